package wsproto

import (
	"encoding/binary"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// Bounds of the zstd frames that we write.
const (
	// minCompressBytes is below what compression is not worth its time: such
	// content is stored raw.
	minCompressBytes = 256
	// probeBytes is the size from which a sample decides whether compression
	// is tried: random floats don't shrink, and trying costs 4 ms per MB.
	probeBytes   = 256 << 10
	probePieces  = 8
	probePiece   = 4 << 10
	keptScratch  = 1 << 20   // larger scratch buffers are given back
	maxZstdBlock = 128 << 10 // RFC 8878 section 3.1.1.2.4
)

// Compressor writes zstd frames at klauspost's fastest level, without checksum,
// with a window of at most 4 MB. It holds about 4.5 MB once used, so it is to be
// shared by many connections. It belongs to one goroutine at a time and has none
// of its own. A nil *Compressor stores everything raw.
type Compressor struct {
	enc    *zstd.Encoder
	plain  []byte // scratch: content to be compressed
	sample []byte // scratch: pieces of content, and what became of them
}

// NewCompressor returns a Compressor. Its memory is allocated at first use.
func NewCompressor() *Compressor {
	enc, err := zstd.NewWriter(nil,
		zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderCRC(false),
		zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic("wsproto: " + err.Error()) // the options are constants
	}
	return &Compressor{enc: enc}
}

// AppendFrame appends one zstd frame that holds content: compressed if that is
// smaller, and raw otherwise. content is borrowed until return.
func (z *Compressor) AppendFrame(dst, content []byte) []byte {
	if z == nil || len(content) < minCompressBytes || !z.mayShrink(content) {
		return AppendZstdRawFrame(dst, content)
	}
	start := len(dst)
	dst = z.enc.EncodeAll(content, dst)
	if len(dst)-start >= rawFrameSize(len(content)) {
		return AppendZstdRawFrame(dst[:start], content)
	}
	return dst
}

// mayShrink guesses whether large content compresses at all, from pieces spread
// evenly over it. It misses repetition over long distances.
func (z *Compressor) mayShrink(content []byte) bool {
	if len(content) < probeBytes {
		return true
	}
	sample := z.sample[:0]
	stride := (len(content) - probePiece) / (probePieces - 1)
	for i := range probePieces {
		sample = append(sample, content[i*stride:][:probePiece]...)
	}
	z.sample = z.enc.EncodeAll(sample, sample)
	compressed := len(z.sample) - len(sample)
	return compressed < len(sample)-len(sample)/64
}

// keep stores a scratch buffer for the next call, if it isn't too large.
func (z *Compressor) keep(plain []byte) {
	if z == nil {
		return
	}
	if cap(plain) > keptScratch {
		plain = nil
	}
	z.plain = plain[:0]
}

// scratch returns an empty buffer for size bytes, to be given back with keep.
func (z *Compressor) scratch(size int) []byte {
	if z == nil {
		return make([]byte, 0, size)
	}
	return slices.Grow(z.plain[:0], size)
}

const (
	zstdMagic     = 0xFD2FB528
	skippableMag  = 0x184D2A50 // the first of 16 (RFC 8878 section 3.1.2)
	singleSegment = 1 << 5     // of the frame header descriptor
	lastBlock     = 1          // of a block header; type raw is 0
)

// AppendZstdRawFrame appends a zstd frame that stores content as it is, in one
// segment and with its size (RFC 8878 section 3.1.1). It adds 9 bytes below
// 256, 10 below 64 KiB, and above that 12 and 3 per 128 KiB.
func AppendZstdRawFrame(dst, content []byte) []byte {
	dst = slices.Grow(dst, rawFrameSize(len(content)))
	dst = binary.LittleEndian.AppendUint32(dst, zstdMagic)
	switch n := uint64(len(content)); {
	case n < 256:
		dst = append(dst, singleSegment, byte(n))
	case n < 256+1<<16:
		dst = binary.LittleEndian.AppendUint16(append(dst, 1<<6|singleSegment), uint16(n-256))
	case n < 1<<32:
		dst = binary.LittleEndian.AppendUint32(append(dst, 2<<6|singleSegment), uint32(n))
	default:
		dst = binary.LittleEndian.AppendUint64(append(dst, 3<<6|singleSegment), n)
	}
	for len(content) > maxZstdBlock {
		dst = append(appendBlockHeader(dst, maxZstdBlock, 0), content[:maxZstdBlock]...)
		content = content[maxZstdBlock:]
	}
	return append(appendBlockHeader(dst, len(content), lastBlock), content...)
}

// appendBlockHeader appends the header of a raw block (RFC 8878 section 3.1.1.2).
func appendBlockHeader(dst []byte, size int, last uint32) []byte {
	h := uint32(size)<<3 | last
	return append(dst, byte(h), byte(h>>8), byte(h>>16))
}

// rawFrameSize is the size of AppendZstdRawFrame's frame, for n bytes.
func rawFrameSize(n int) int {
	head := 4 + 1
	switch {
	case n < 256:
		head++
	case n < 256+1<<16:
		head += 2
	case uint64(n) < 1<<32:
		head += 4
	default:
		head += 8
	}
	blocks := max(1, (n+maxZstdBlock-1)/maxZstdBlock)
	return head + 3*blocks + n
}

// AppendZstdSkippable appends a skippable frame (RFC 8878 section 3.1.2), which
// decoders of zstd pass over. payload must be shorter than 4 GiB.
func AppendZstdSkippable(dst, payload []byte) []byte {
	dst = binary.LittleEndian.AppendUint32(dst, skippableMag)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(payload)))
	return append(dst, payload...)
}

// maxDecoderWindow is the largest window that a frame may ask for. Ours have 4
// MB at most; libzstd's decoder stops at this by default too.
const maxDecoderWindow = 128 << 20

// Decompressor reads zstd windows for DecodeWindow. It holds the decompressed
// bytes of its last window, if at most 1 MiB, and 40 KB of tables. It belongs to one goroutine at a time and has none
// of its own.
type Decompressor struct {
	dec      *zstd.Decoder
	plain    []byte
	messages [][]byte
}

// NewDecompressor returns a Decompressor.
func NewDecompressor() *Decompressor {
	dec, err := zstd.NewReader(nil,
		zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(maxDecoderWindow),
		zstd.WithDecodeAllCapLimit(true))
	if err != nil {
		panic("wsproto: " + err.Error()) // the options are constants
	}
	return &Decompressor{dec: dec}
}

// decompress returns the content of all frames in src, which must be of that
// size. The result is valid until the next call.
func (d *Decompressor) decompress(src []byte, size int) ([]byte, error) {
	const slack = 32 // lets the decoder copy 16 bytes at a time up to the end
	if cap(d.plain) < size+slack {
		d.plain = make([]byte, 0, size+slack)
	}
	plain, err := d.dec.DecodeAll(src, d.plain[:0:size+slack])
	if cap(d.plain) > keptScratch {
		d.plain = nil
	}
	return plain, err
}
