package record

import (
	"encoding/binary"
	"math"

	"github.com/scenewire/scenewire/internal/mcap"
)

// scan finds the chunks of a file without a summary by walking from record to record.
// It reads the records' heads, and a chunk only where nothing else tells what is in it.
type scan struct {
	*fileIndex
	lim Limits
	off int64 // of the next record
	// indexed says that there are indexes behind the last chunk, and looked that what
	// they would tell has been taken from its content.
	indexed, looked bool
}

// run walks on to the end of the data and returns nil, or as far as it gets and says
// why it didn't come to the end. It may be called again when the file has grown.
func (s *scan) run() error {
	for {
		r, err := s.src.recordAt(s.off)
		if err != nil {
			s.settle()
			return err
		}
		if r.op != mcap.OpMessageIndex {
			s.settle()
		}
		if r.op == mcap.OpDataEnd && r.size == dataEndBytes {
			return nil
		}
		if err := s.add(r); err != nil {
			return err
		}
		s.off = r.end()
	}
}

func (s *scan) add(r recordAt) error {
	switch r.op {
	case mcap.OpChunk:
		return s.scanChunk(r)
	case mcap.OpMessageIndex:
		return s.scanMessageIndex(r)
	case mcap.OpSchema, mcap.OpAttachment:
		return nil
	case mcap.OpChannel, mcap.OpMetadata:
		content, err := s.src.small(r)
		if err != nil {
			return err
		}
		if r.op == mcap.OpChannel {
			return s.addChannel(r.off, content)
		}
		return s.addMetadata(r.off, content)
	}
	return s.src.corrupt(r.off, "a record (%v) that doesn't belong here", r.op)
}

// dataEndBytes is the content of the record that ends the data.
const dataEndBytes = 4

func (s *scan) scanChunk(r recordAt) error {
	h, err := s.src.chunkHead(r)
	if err != nil {
		return err
	}
	s.indexed, s.looked = false, false
	c := Chunk{Offset: r.off, Length: r.end() - r.off, Size: int64(min(h.Size, math.MaxInt64))}
	return s.addChunk(r.off, c, h.Start, h.End, s.src.size)
}

// scanMessageIndex takes note of a channel that the last chunk has messages of.
func (s *scan) scanMessageIndex(r recordAt) error {
	var b [emptyIndexBytes - mcap.HeadBytes]byte
	places := r.size - int64(len(b))
	if len(s.Chunks) == 0 || places < 0 || places%placeBytes != 0 {
		return s.src.corrupt(r.off, "the index of a chunk is damaged, or there is no chunk")
	}
	if err := s.src.read(b[:], r.content()); err != nil {
		return err
	}
	if int64(binary.LittleEndian.Uint32(b[2:])) != places {
		return s.src.corrupt(r.off, "the index of a chunk is damaged")
	}
	s.Bytes = r.end()
	if s.looked {
		return nil
	}
	s.indexed = true
	id := binary.LittleEndian.Uint16(b[:])
	if s.channels.of(id).role == roleUnknown {
		s.look(func(uint16) {})
	}
	s.count(id, int(places/placeBytes))
	return nil
}

// count notes that the last chunk has n messages of a channel.
func (s *scan) count(id uint16, n int) {
	c := &s.Chunks[len(s.Chunks)-1]
	c.Messages += n
	c.note(s.channels.of(id).role)
	s.fileIndex.count(id, uint64(n))
}

// settle looks into the last chunk if there are no indexes behind it.
func (s *scan) settle() {
	if s.indexed || s.looked || len(s.Chunks) == 0 {
		return
	}
	s.looked = true
	s.look(func(id uint16) { s.count(id, 1) })
}

// look learns the channels that the last chunk declares, and tells of which its messages
// are. That it is damaged is found again when it is read.
func (s *scan) look(message func(id uint16)) {
	at := s.Chunks[len(s.Chunks)-1].Offset
	_, records, err := s.src.chunk(at, s.lim)
	for len(records) > 0 && err == nil {
		op, content, n, bad := mcap.Next(records)
		switch {
		case bad != nil:
			return
		case op == mcap.OpChannel:
			err = s.addChannel(at, content)
		case op == mcap.OpMessage:
			m, _ := mcap.ParseMessage(content)
			message(m.Channel)
		}
		records = records[n:]
	}
}
