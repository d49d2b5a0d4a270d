package record

import (
	"bufio"
	"hash/crc32"
	"io"

	"github.com/scenewire/scenewire/internal/mcap"
)

const (
	// fileEnd is the bytes of a whole file behind its summary.
	fileEnd = mcap.FooterBytes + len(mcap.Magic)
	// emptyIndexBytes is a message index without its places, of placeBytes each.
	emptyIndexBytes = mcap.HeadBytes + 2 + 4
	placeBytes      = 16
)

// readSummary takes in the index at the end of a whole file. With an error it has to
// be found otherwise.
func (x *fileIndex) readSummary() error {
	footer, start, err := x.src.footer()
	if err != nil {
		return err
	}
	end := x.src.size - int64(fileEnd)
	sum := crc32.NewIEEE()
	r := summaryReader{
		fileIndex: x, off: start, end: end,
		r: bufio.NewReader(io.TeeReader(io.NewSectionReader(x.src.r, start, end-start), sum)),
	}
	for r.off < end {
		if err := r.next(); err != nil {
			return err
		}
	}
	again := mcap.AppendFooter(nil, footer)
	sum.Write(again[:len(again)-4])
	if footer.CRC != 0 && footer.CRC != sum.Sum32() {
		return x.src.corrupt(start, "the summary's checksum doesn't fit it")
	}
	return nil
}

// footer reads the end of the file, and where the summary begins.
func (s *source) footer() (f mcap.Footer, start int64, err error) {
	end := s.size - int64(fileEnd)
	if end < int64(len(mcap.Magic)) {
		return f, 0, s.corrupt(s.size, "%w: there is no footer", ErrTruncated)
	}
	var tail [fileEnd]byte
	if err := s.read(tail[:], end); err != nil {
		return f, 0, err
	}
	op, content, n, err := mcap.Next(tail[:])
	if err != nil || op != mcap.OpFooter || string(tail[n:]) != mcap.Magic {
		return f, 0, s.corrupt(s.size, "%w: there is no footer", ErrTruncated)
	}
	if f, err = mcap.ParseFooter(content); err != nil {
		return f, 0, s.corrupt(end, "%w", err)
	}
	if f.Summary < uint64(len(mcap.Magic)) || f.Summary > uint64(end) {
		return f, 0, s.corrupt(end, "there is no summary at byte %d", f.Summary)
	}
	return f, int64(f.Summary), nil
}

// summaryReader reads the records of a summary one after the other.
type summaryReader struct {
	*fileIndex
	r        *bufio.Reader
	off, end int64
	buf      []byte
}

func (r *summaryReader) next() error {
	var head [mcap.HeadBytes]byte
	if _, err := io.ReadFull(r.r, head[:]); err != nil {
		return r.src.fail(r.off, err)
	}
	op, length, err := mcap.ReadHead(head[:])
	if err != nil || length > uint64(r.end-r.off-mcap.HeadBytes) || length > maxSmallRecord {
		return r.src.corrupt(r.off, "a record (%v) of the summary declares %d bytes", op, length)
	}
	if uint64(cap(r.buf)) < length {
		r.buf = make([]byte, 2*length)
	}
	content := r.buf[:length]
	if _, err := io.ReadFull(r.r, content); err != nil {
		return r.src.fail(r.off, err)
	}
	if err := r.add(op, content); err != nil {
		return err
	}
	r.off += mcap.HeadBytes + int64(length)
	return nil
}

// add takes in a record of the summary.
func (r *summaryReader) add(op mcap.Op, content []byte) error {
	switch op {
	case mcap.OpChannel:
		return r.addChannel(r.off, content)
	case mcap.OpMetadata:
		return r.addMetadata(r.off, content)
	case mcap.OpChunkIndex:
		return r.addChunkIndex(content)
	case mcap.OpMetadataIndex:
		return r.addMetadataIndex(content)
	case mcap.OpStatistics:
		return r.addStatistics(content)
	}
	return nil
}

func (r *summaryReader) addChunkIndex(content []byte) error {
	x, err := mcap.ParseChunkIndex(content)
	if err != nil {
		return r.src.corrupt(r.off, "%w", err)
	}
	c := Chunk{Offset: int64(x.Offset), Length: int64(x.Length), Size: int64(x.Size)}
	for _, p := range x.Indexes {
		c.note(r.channels.of(p.Channel).role)
	}
	indexes := uint64(len(x.Indexes)) * emptyIndexBytes
	if x.IndexBytes >= indexes {
		c.Messages = int((x.IndexBytes - indexes) / placeBytes)
	}
	if err := r.addChunk(r.off, c, x.Start, x.End, r.end); err != nil {
		return err
	}
	r.Bytes += int64(min(x.IndexBytes, uint64(r.end-r.Bytes)))
	return nil
}

// addMetadataIndex reads the record that is pointed to, if it is ours.
func (r *summaryReader) addMetadataIndex(content []byte) error {
	x, err := mcap.ParseMetadataIndex(content)
	if err != nil || x.Offset > uint64(r.end) {
		return r.src.corrupt(r.off, "the index of a metadata record is damaged")
	}
	if x.Name != metadataName {
		return nil
	}
	at, err := r.src.recordAt(int64(x.Offset))
	if err != nil {
		return err
	}
	if at.op != mcap.OpMetadata {
		return r.src.corrupt(at.off, "there is no metadata record but another one (%v)", at.op)
	}
	if content, err = r.src.small(at); err != nil {
		return err
	}
	return r.addMetadata(at.off, content)
}

func (r *summaryReader) addStatistics(content []byte) error {
	s, err := mcap.ParseStatistics(content)
	if err != nil {
		return r.src.corrupt(r.off, "%w", err)
	}
	for _, c := range s.Counts {
		r.count(c.Channel, c.Messages)
	}
	return nil
}
