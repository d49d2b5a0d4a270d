package record

import (
	"bytes"
	"errors"

	"github.com/scenewire/scenewire/internal/mcap"
)

// runFound copies the chunks of a file without an index. It walks from record to record,
// and where there is none that could be one, it looks for the next chunk.
func (r *recovery) runFound() error {
	off := int64(0)
	for off < r.src.size && !r.atEnd(off) {
		next, err := r.copyRecord(off)
		if err == nil {
			off = next
			continue
		}
		next, searchErr := r.nextChunk(off + 1)
		if searchErr != nil {
			return searchErr
		}
		if err := r.damaged(off, next-off, err, next-off >= minChunkBytes); err != nil {
			return err
		}
		off = next
	}
	return nil
}

// atEnd says whether a whole file ends behind the magic at off.
func (r *recovery) atEnd(off int64) bool {
	var b [len(mcap.Magic)]byte
	return off == r.src.size-int64(len(b)) && r.src.read(b[:], off) == nil && string(b[:]) == mcap.Magic
}

// copyRecord copies what the record at off has, and returns where it ends. Whatever
// isn't known to be sound is an error.
func (r *recovery) copyRecord(off int64) (end int64, err error) {
	var b [len(mcap.Magic)]byte
	if off == 0 && r.src.read(b[:], off) == nil && string(b[:]) == mcap.Magic {
		return int64(len(b)), nil
	}
	at, err := r.src.recordAt(off)
	if err != nil {
		return 0, err
	}
	if at.op == mcap.OpChunk {
		return at.end(), r.copyFound(at)
	}
	if !at.isLongIndex() {
		content, err := r.src.small(at)
		if err != nil {
			return 0, err
		}
		if err := r.learn(at.op, content); err != nil {
			return 0, r.src.corrupt(off, "%w", err)
		}
	}
	if !r.atRecord(at.end()) {
		return 0, r.src.corrupt(off, "behind the record (%v) of %d bytes there is none", at.op, at.size)
	}
	return at.end(), nil
}

// isLongIndex says whether it may be the message index of a chunk with so many messages
// that it isn't taken into memory; there is nothing to learn from it.
func (r recordAt) isLongIndex() bool {
	places := r.size - (emptyIndexBytes - mcap.HeadBytes)
	return r.op == mcap.OpMessageIndex && r.size > maxSmallRecord && places%placeBytes == 0
}

// atRecord says whether something like a record, or the end, is at off.
func (r *recovery) atRecord(off int64) bool {
	at, err := r.src.recordAt(off)
	return err == nil && at.op <= mcap.OpDataEnd || off == r.src.size || r.atEnd(off)
}

// learn takes in a record outside of a chunk.
func (r *recovery) learn(op mcap.Op, content []byte) (err error) {
	switch op {
	case mcap.OpHeader:
		var h mcap.Header
		h, err = mcap.ParseHeader(content)
		r.sound = err == nil && h.Profile == mcapProfile
	case mcap.OpSchema:
		_, err = mcap.ParseSchema(content)
	case mcap.OpChannel:
		var c mcap.Channel
		if c, err = mcap.ParseChannel(content); err == nil && c.ID > channelGap {
			r.channels.learn(c)
		}
	case mcap.OpMetadata:
		var m mcap.Metadata
		if m, err = mcap.ParseMetadata(content); err == nil && m.Name == metadataName {
			r.meta = m.Pairs
		}
	case mcap.OpMessageIndex:
		_, err = mcap.ParseMessageIndex(content)
	case mcap.OpChunkIndex:
		_, err = mcap.ParseChunkIndex(content)
	case mcap.OpStatistics:
		_, err = mcap.ParseStatistics(content)
	case mcap.OpMetadataIndex:
		_, err = mcap.ParseMetadataIndex(content)
	case mcap.OpSummaryOffset:
		_, err = mcap.ParseSummaryOffset(content)
	case mcap.OpDataEnd:
		_, err = mcap.ParseDataEnd(content)
	case mcap.OpFooter:
		_, err = mcap.ParseFooter(content)
	default:
		err = errUnknownRecord
	}
	return err
}

var errUnknownRecord = errors.New("a record that isn't known")

// copyFound copies the chunk at.
func (r *recovery) copyFound(at recordAt) error {
	h, err := r.src.chunkHead(at)
	if err != nil {
		return err
	}
	if h.records+h.stored != at.end() {
		return r.src.corrupt(at.off, "the chunk declares %d bytes, and %d of records", at.size, h.stored)
	}
	cost := h.stored + int64(min(h.Size, uint64(r.lim.MaxBytes)))
	if r.tries < cost {
		return r.src.corrupt(at.off, "%w: too much looks like a chunk and is none", ErrLimit)
	}
	r.tries -= cost
	_, records, err := r.src.chunk(at.off, r.lim)
	if err != nil {
		return err
	}
	r.tries += cost
	return r.copyChunk(at.off, records)
}

// minChunkBytes is what a chunk takes at least that has a step.
const minChunkBytes = mcap.HeadBytes + fixedHeadBytes + minMessageBytes

// searchBytes is how much of a file is looked through at a time.
const searchBytes = 1 << 20

// nextChunk returns where the next record begins, at or behind off, that could be a
// chunk, or the file's end.
func (r *recovery) nextChunk(off int64) (int64, error) {
	const head = mcap.HeadBytes + chunkHeadBytes
	buf := make([]byte, max(0, min(searchBytes+head, r.src.size-off)))
	for ; off < r.src.size; off += searchBytes {
		b := buf[:min(int64(len(buf)), r.src.size-off)]
		if err := r.src.read(b, off); err != nil {
			return 0, err
		}
		for i := 0; i < min(len(b), searchBytes); i++ {
			skip := bytes.IndexByte(b[i:], byte(mcap.OpChunk))
			if skip < 0 {
				break
			}
			if i += skip; r.maybeChunk(b[i:], off+int64(i)) {
				return off + int64(i), nil
			}
		}
	}
	return r.src.size, nil
}

// maybeChunk says whether a chunk may begin at the front of b, which stands at off.
func (r *recovery) maybeChunk(b []byte, off int64) bool {
	_, length, err := mcap.ReadHead(b)
	if err != nil || length > uint64(r.src.size-off-mcap.HeadBytes) {
		return false
	}
	b = b[mcap.HeadBytes:]
	c, stored, err := mcap.ParseChunkHead(b[:min(uint64(len(b)), length)])
	return err == nil && (c.Compression == mcap.CompressionZstd || c.Compression == mcap.CompressionNone) &&
		stored == length-fixedHeadBytes-uint64(len(c.Compression)) && c.Start <= c.End
}
