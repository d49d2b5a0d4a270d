package record

import (
	"fmt"
	"hash/crc32"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/scenewire/scenewire/internal/mcap"
)

const (
	// fixedHeadBytes is what stands before a chunk's records, but for the name of its
	// compression, and chunkHeadBytes has room for those that are known.
	fixedHeadBytes = 8 + 8 + 8 + 4 + 4 + 8
	chunkHeadBytes = 64
	// maxZstdRatio is more than zstd can make of a byte: a block of 128 KiB takes 4.
	maxZstdRatio = 1 << 15
	// maxPooledPacked bounds the compressed bytes whose memory is used again.
	maxPooledPacked = 4 << 20
)

// chunkHead is a chunk's record without its records.
type chunkHead struct {
	mcap.Chunk
	off     int64 // of the chunk
	records int64 // where its records lie in the file
	stored  int64 // how many bytes they are there
}

// chunkHead reads the head of the chunk r.
func (s *source) chunkHead(r recordAt) (chunkHead, error) {
	var buf [chunkHeadBytes]byte
	b := buf[:min(int64(len(buf)), r.size)]
	if err := s.read(b, r.content()); err != nil {
		return chunkHead{}, err
	}
	c, stored, err := mcap.ParseChunkHead(b)
	if err != nil {
		return chunkHead{}, s.corrupt(r.off, "the chunk's head is damaged: %w", err)
	}
	if c.Compression != mcap.CompressionZstd && c.Compression != mcap.CompressionNone {
		return chunkHead{}, s.corrupt(r.off, "the chunk's compression %q isn't known", c.Compression)
	}
	records := r.content() + fixedHeadBytes + int64(len(c.Compression))
	if left := r.end() - records; stored > uint64(left) {
		return chunkHead{}, s.corrupt(r.off, "the chunk declares %d bytes of records, there are %d", stored, left)
	}
	if c.Start > c.End {
		return chunkHead{}, s.corrupt(r.off, "the chunk ends before it begins")
	}
	return chunkHead{Chunk: c, off: r.off, records: records, stored: int64(stored)}, nil
}

// chunk reads the chunk at off and returns its records, decompressed and checked. The
// memory is the caller's.
func (s *source) chunk(off int64, lim Limits) (chunkHead, []byte, error) {
	r, err := s.recordAt(off)
	if err != nil {
		return chunkHead{}, nil, err
	}
	if r.op != mcap.OpChunk {
		return chunkHead{}, nil, s.corrupt(off, "there is no chunk but another record (%v)", r.op)
	}
	h, err := s.chunkHead(r)
	if err != nil {
		return h, nil, err
	}
	records, err := s.records(h, lim)
	if err != nil {
		return h, nil, err
	}
	if h.CRC != 0 && crc32.ChecksumIEEE(records) != h.CRC {
		return h, nil, s.corrupt(off, "the chunk's checksum doesn't fit its records")
	}
	return h, records, nil
}

// records returns the records of a chunk, exactly as many bytes as are declared.
func (s *source) records(h chunkHead, lim Limits) ([]byte, error) {
	switch {
	case h.Size > uint64(lim.MaxBytes):
		return nil, s.corrupt(h.off, "%w: the chunk declares %d bytes, at most %d", ErrLimit, h.Size, lim.MaxBytes)
	case h.Compression == mcap.CompressionZstd:
		return s.unzstd(h)
	case uint64(h.stored) != h.Size:
		return nil, s.corrupt(h.off, "the chunk declares %d bytes of records, there are %d", h.Size, h.stored)
	}
	records := make([]byte, h.stored)
	return records, s.read(records, h.records)
}

// unzstd decompresses into memory of the declared size.
func (s *source) unzstd(h chunkHead) ([]byte, error) {
	if h.Size/maxZstdRatio > uint64(h.stored) {
		return nil, s.corrupt(h.off, "the chunk declares %d bytes, which can't be in %d", h.Size, h.stored)
	}
	packed := packedPool.Get().(*[]byte)
	defer packedPool.Put(packed)
	if int64(cap(*packed)) < h.stored {
		*packed = make([]byte, h.stored)
	}
	b := (*packed)[:h.stored]
	if cap(*packed) > maxPooledPacked {
		*packed = nil
	}
	if err := s.read(b, h.records); err != nil {
		return nil, err
	}
	dec := unzstdPool.Get().(*zstd.Decoder)
	defer unzstdPool.Put(dec)
	records, err := dec.DecodeAll(b, make([]byte, 0, h.Size))
	if err == nil && uint64(len(records)) != h.Size {
		err = fmt.Errorf("there are %d bytes", len(records))
	}
	if err != nil {
		return nil, s.corrupt(h.off, "the chunk declares %d bytes: %w", h.Size, err)
	}
	return records, nil
}

var packedPool = sync.Pool{New: func() any { return new([]byte) }}

// unzstdPool has decoders that decompress in one go, on the caller's goroutine, and
// never into more memory than they are given.
var unzstdPool = sync.Pool{New: func() any {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecodeAllCapLimit(true),
		zstd.WithDecoderLowmem(true))
	if err != nil {
		panic(err) // the options are wrong
	}
	return dec
}}
