package scenewire

import (
	"slices"
	"sync"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/wsproto"
)

const (
	// packBytes is the size from which a message is compressed by itself, once for all
	// windows that it will be in. Below it, sharing a zstd frame with its neighbours
	// saves more than compressing it again costs (BenchmarkPackThreshold).
	packBytes = 8 << 10
	// segmentMessages is how many small messages share a zstd frame in a window that
	// some clients get without some of them: the others' frames serve these too.
	segmentMessages = 16
	// headRoom is room for the RFC 6455 header and the beginning of a segmented window.
	headRoom = wsproto.MaxHeaderBytes + wsproto.MaxSegmentedHead
)

// pack compresses a large message. It runs on the producer's goroutine.
func pack(payload []byte) []byte {
	if len(payload) < packBytes {
		return nil
	}
	z := compressors.Get().(*wsproto.Compressor)
	defer compressors.Put(z)
	return slices.Clip(z.AppendFrame(nil, payload))
}

// encoding is how a client's windows are written.
type encoding struct {
	generation  wsproto.Generation
	singleFrame bool // a zstd window is one zstd frame
	scene       bool // a window says where the log is behind it, see docs/protocol.md
	echoes      bool // what excludes the reader isn't left out, but marked
}

// segmented reports whether a window is written as segments: it has finished frames to
// reuse, or some clients get it without some of its messages.
func (enc encoding) segmented(entries []*buffers.Entry, excluded []uint64) bool {
	if enc.generation != wsproto.GenerationZstd || enc.singleFrame {
		return false
	}
	return len(excluded) > 0 || slices.ContainsFunc(entries, func(e *buffers.Entry) bool { return e.Packed != nil })
}

// layout is what a segmented frame keeps for the clients that get less than it has.
type layout struct {
	head     wsproto.Head
	entries  []*buffers.Entry
	segments []wsproto.Segment
}

// buildFrame encodes entries as one window. Without entries it has no bytes. Of the head
// everything but the time is given.
func (s *Server) buildFrame(entries []*buffers.Entry, excluded []uint64, enc encoding, head wsproto.Head) (*buffers.Frame, error) {
	size, payload := headRoom, 0
	for _, e := range entries {
		payload += len(e.Payload)
		if e.Packed == nil {
			size += len(e.Payload) + wsproto.MaxHeaderBytes
		}
	}
	f := s.frames.Get(size)
	f.Messages, f.PayloadBytes = len(entries), payload
	s.framesBuilt.Add(1)
	f.TimestampSec = s.loop.Now().Seconds()
	head.TimestampSec = f.TimestampSec
	f.Excluded = excluded
	var err error
	switch {
	case len(entries) == 0:
	case enc.segmented(entries, excluded):
		s.fillSegmented(f, entries, head)
	case enc.generation == wsproto.GenerationMap:
		b := f.Buffer()
		for _, e := range entries {
			b = wsproto.AppendFrame(b, wsproto.OpBinary, e.Payload)
		}
		f.Set(b)
	default:
		err = fillWhole(f, entries, enc.generation, &head)
	}
	if err != nil {
		f.Release()
		return nil, err
	}
	return f, nil
}

// fillWhole writes header and envelope into one piece of memory. The header's length
// depends on that of the envelope, so the envelope is written behind room for the
// longest header, and the frame begins where its header does.
func fillWhole(f *buffers.Frame, entries []*buffers.Entry, g wsproto.Generation, head *wsproto.Head) (err error) {
	payloads := payloadLists.Get().(*[][]byte)
	defer putPayloadList(payloads)
	for _, e := range entries {
		*payloads = append(*payloads, e.Payload)
	}
	z := compressors.Get().(*wsproto.Compressor)
	defer compressors.Put(z)
	var room [wsproto.MaxHeaderBytes]byte
	b := append(f.Buffer(), room[:]...)
	if g == wsproto.GenerationZstd {
		b = wsproto.AppendSceneWindow(b, *payloads, head, z)
	} else if b, err = wsproto.AppendWindow(b, g, *payloads, head.TimestampSec, z); err != nil {
		return err
	}
	header := wsproto.AppendHeader(room[:0], wsproto.OpBinary, true, len(b)-len(room))
	start := len(room) - len(header)
	copy(b[start:], header)
	f.SetPieces(b, [][]byte{b[start:]}, nil)
	return nil
}

// fillSegmented writes a window of segments: small messages compressed into the
// frame's memory, large ones' finished frames where they lie.
func (s *Server) fillSegmented(f *buffers.Frame, entries []*buffers.Entry, head wsproto.Head) {
	l := &layout{head: head, entries: slices.Clone(entries)}
	parts := partLists.Get().(*[]wsproto.Part)
	defer putPartList(parts)
	for _, e := range entries {
		*parts = append(*parts, wsproto.Part{Bytes: e.Payload, Zstd: e.Packed})
		f.Keeps += len(e.Payload) + len(e.Packed)
	}
	perSegment := 0
	if len(f.Excluded) > 0 {
		perSegment = segmentMessages
	}
	z := compressors.Get().(*wsproto.Compressor)
	defer compressors.Put(z)
	var room [headRoom]byte
	own, segments := wsproto.AppendSegments(append(f.Buffer(), room[:]...), nil, *parts, perSegment, z)
	l.segments = segments
	tail := len(own)
	own = wsproto.AppendSegmentedTail(own, &head)
	var p pieces
	for _, seg := range segments {
		p.add(seg, own, l.entries)
	}
	if tail < len(own) {
		p.list = append(p.list, own[tail:])
	}
	p.finish(f, own, nil, &head)
	f.Layout = l
}

// without builds what a client gets of a segmented frame that isn't all for it: the
// segments that are for it are shared, the others are rebuilt without compression. The
// reference to shared is handed over.
func (s *Server) without(shared *buffers.Frame, reader uint64) *buffers.Frame {
	l := shared.Layout.(*layout)
	size := headRoom
	for _, seg := range l.segments {
		if l.excludes(seg, reader) {
			size += seg.Size + wsproto.MaxHeaderBytes*2
		}
	}
	f := s.frames.Get(size)
	f.TimestampSec, f.To, f.Lost, f.Skipped = shared.TimestampSec, shared.To, shared.Lost, shared.Skipped
	var room [headRoom]byte
	own := append(f.Buffer(), room[:]...)
	var p pieces
	for _, seg := range l.segments {
		if !l.excludes(seg, reader) {
			p.add(seg, shared.Bytes(), l.entries)
			continue
		}
		own = p.addRest(own, seg, l.entries, reader)
	}
	f.Messages, f.PayloadBytes = p.count, p.size
	p.finish(f, own, shared, &l.head)
	return f
}

// excludes reports whether the segment has a message that the reader must not get.
func (l *layout) excludes(seg wsproto.Segment, reader uint64) bool {
	for _, e := range l.entries[seg.First : seg.First+seg.Count] {
		if e.Except == reader {
			return true
		}
	}
	return false
}

// pieces collects the pieces of a segmented frame behind its head.
type pieces struct {
	list        [][]byte
	own         []ownPiece // those that lie in the frame's own memory, which may still move
	count, size int        // messages, and the bytes of their encodings
}

// ownPiece is a place in list, and what goes there.
type ownPiece struct{ at, start, end int }

// add adds a segment that lies in memory, or that is an entry's own frame.
func (p *pieces) add(seg wsproto.Segment, memory []byte, entries []*buffers.Entry) {
	p.count += seg.Count
	p.size += seg.Size
	if seg.Start == seg.End {
		p.list = append(p.list, entries[seg.First].Packed)
		return
	}
	p.list = append(p.list, memory[seg.Start:seg.End])
}

// addRest appends a raw frame of what the reader may have of a segment to own.
func (p *pieces) addRest(own []byte, seg wsproto.Segment, entries []*buffers.Entry, reader uint64) []byte {
	var rest []byte
	for _, e := range entries[seg.First : seg.First+seg.Count] {
		if e.Except != reader {
			rest = append(rest, e.Payload...)
			p.count++
			p.size += len(e.Payload)
		}
	}
	if len(rest) == 0 {
		return own
	}
	start := len(own)
	own = wsproto.AppendZstdRawFrame(own, rest)
	p.own = append(p.own, ownPiece{at: len(p.list), start: start, end: len(own)})
	p.list = append(p.list, nil)
	return own
}

// finish writes the head into the room before the segments and sets the frame. With no
// messages at all the frame has no bytes.
func (p *pieces) finish(f *buffers.Frame, own []byte, base *buffers.Frame, head *wsproto.Head) {
	for _, o := range p.own {
		p.list[o.at] = own[o.start:o.end]
	}
	if p.count == 0 {
		f.SetPieces(own, [][]byte{}, base)
		return
	}
	var room [headRoom]byte
	body := 0
	for _, piece := range p.list {
		body += len(piece)
	}
	begin := wsproto.AppendSegmentedHead(room[:0], p.count, p.size, head)
	var headerRoom [wsproto.MaxHeaderBytes]byte
	header := wsproto.AppendHeader(headerRoom[:0], wsproto.OpBinary, true, len(begin)+body)
	start := headRoom - len(begin) - len(header)
	copy(own[start:], header)
	copy(own[start+len(header):], begin)
	f.SetPieces(own, joinPieces(own, start, p.list), base)
}

// joinPieces puts own[start:headRoom] before the pieces, in one with those that follow it in
// memory.
func joinPieces(own []byte, start int, list [][]byte) [][]byte {
	joined := make([][]byte, 1, len(list)+1)
	joined[0] = own[start:headRoom]
	for _, piece := range list {
		last := joined[len(joined)-1]
		if end := len(last); cap(last) > end && &last[:end+1][end] == &piece[0] {
			joined[len(joined)-1] = last[:end+len(piece)]
			continue
		}
		joined = append(joined, piece)
	}
	return joined
}

var (
	entryLists   = sync.Pool{New: func() any { return new([]*buffers.Entry) }}
	payloadLists = sync.Pool{New: func() any { return new([][]byte) }}
	partLists    = sync.Pool{New: func() any { return new([]wsproto.Part) }}
	compressors  = sync.Pool{New: func() any { return wsproto.NewCompressor() }}
)

// maxPooledList is the length above which a list's memory isn't kept.
const maxPooledList = 4096

func putEntryList(list *[]*buffers.Entry) { putList(&entryLists, list) }
func putPayloadList(list *[][]byte)       { putList(&payloadLists, list) }
func putPartList(list *[]wsproto.Part)    { putList(&partLists, list) }

func putList[T any](pool *sync.Pool, list *[]T) {
	clear((*list)[:cap(*list)])
	*list = (*list)[:0]
	if cap(*list) <= maxPooledList {
		pool.Put(list)
	}
}
