package scenewire

import (
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/wsproto"
)

// stream is a client's way through the log. It is owned by the shard's goroutine.
type stream struct {
	cursor    buffers.Cursor
	cut       uint64  // of the last tick that the cursor was told of
	timestamp float64 // of the newest frame: they must not go back
}

// Pull gives the connection the windows that may leave: one of the log and one of the
// private queue. It runs on the shard's goroutine.
func (e *endpoint) Pull(now time.Duration, dst []*buffers.Frame) ([]*buffers.Frame, time.Duration) {
	c := (*Client)(e)
	c.mu.Lock()
	flushed := c.cut
	c.mu.Unlock()
	f, err := c.pullLog(max(flushed, c.server.pace.cut.Load()))
	if f != nil {
		dst = append(dst, f)
	}
	private, again, queueErr := c.pullQueue(now)
	if c.stream.cursor.Seq() < c.stream.cut {
		again = now
	}
	if private != nil {
		dst = append(dst, private)
	}
	if err == nil {
		err = queueErr
	}
	if err != nil {
		c.server.opts.Logger.Error("a window can't be built", zap.Error(err))
		c.conn.Close(wsproto.CloseInternalError, "a window can't be built")
	}
	return dst, again
}

// pullLog returns the client's next window below cut, or nil.
func (c *Client) pullLog(cut uint64) (*buffers.Frame, error) {
	st := &c.stream
	if cut > st.cut {
		st.cut = cut
		st.cursor.Tick(cut)
	}
	for st.cursor.Seq() < st.cut {
		req := st.cursor.Request(uint64(c.id))
		f, err := c.logFrame(req)
		if err != nil {
			return nil, err
		}
		st.cursor.Advance(buffers.Window{From: req.From, To: f.To})
		if len(f.Bytes()) > 0 {
			st.timestamp = f.TimestampSec
			return f, nil
		}
		f.Release() // nothing in it for this client
	}
	return nil, nil
}

// logFrame finds the window that all clients at this cursor share, or has it built.
// A client that some entry excludes gets a window of its own.
func (c *Client) logFrame(req buffers.WindowRequest) (*buffers.Frame, error) {
	s := c.server
	key := buffers.FrameKey{From: req.From, To: req.To, Reader: buffers.NoReader, Variant: c.variant(req.Live)}
	own := req
	req.Reader = buffers.NoReader
	f, err := s.cache.Get(key, func() (*buffers.Frame, error) { return s.buildLogFrame(req, c.agreed.generation) })
	if err != nil {
		return nil, err
	}
	if f.Excludes(own.Reader) || f.TimestampSec < c.stream.timestamp {
		f.Release()
		return s.buildLogFrame(own, c.agreed.generation)
	}
	return f, nil
}

// variant tells apart the frames that one window has for different clients.
func (c *Client) variant(live bool) uint32 {
	v := uint32(c.agreed.generation) << 1
	if live {
		v |= 1
	}
	return v
}

// pullQueue returns the next window of the private queue, or when to ask for it.
func (c *Client) pullQueue(now time.Duration) (*buffers.Frame, time.Duration, error) {
	if c.queue.Len() == 0 {
		return nil, 0, nil
	}
	s := c.server
	c.mu.Lock()
	wait := c.pacer.Wait(now)
	if wait == 0 {
		c.pacer.Sent(now)
	}
	c.mu.Unlock()
	if wait > 0 {
		return nil, now + wait, nil
	}
	entries := entryLists.Get().(*[]*buffers.Entry)
	defer putEntryList(entries)
	*entries = c.queue.Pop((*entries)[:0], s.opts.MaxWindowMessages, s.opts.MaxWindowBytes)
	f, err := s.buildFrame(*entries, c.agreed.generation)
	if err != nil {
		return nil, 0, err
	}
	c.stream.timestamp = f.TimestampSec
	if c.queue.Len() > 0 {
		return f, now + s.opts.WindowInterval, nil
	}
	return f, 0, nil
}

// buildLogFrame builds the frame of a window of the log. It has no bytes if the window
// has no entries.
func (s *Server) buildLogFrame(req buffers.WindowRequest, g wsproto.Generation) (*buffers.Frame, error) {
	entries := entryLists.Get().(*[]*buffers.Entry)
	defer putEntryList(entries)
	req.MaxEntries, req.MaxBytes = s.opts.MaxWindowMessages, s.opts.MaxWindowBytes
	w := s.log.Window((*entries)[:0], req)
	*entries = w.Entries
	f, err := s.buildFrame(w.Entries, g)
	if err != nil {
		return nil, err
	}
	f.To, f.Excluded = w.To, w.Excluded
	return f, nil
}

// windowOverhead is room for the header, the envelope and what zstd adds.
const windowOverhead = 128

// buildFrame encodes entries as one window, or as a WebSocket message each for the
// oldest clients.
func (s *Server) buildFrame(entries []*buffers.Entry, g wsproto.Generation) (*buffers.Frame, error) {
	size := windowOverhead
	for _, e := range entries {
		size += len(e.Payload) + wsproto.MaxHeaderBytes
	}
	f := s.frames.Get(size)
	f.TimestampSec = s.loop.Now().Seconds()
	if len(entries) == 0 {
		return f, nil
	}
	if g == wsproto.GenerationMap {
		b := f.Buffer()
		for _, e := range entries {
			b = wsproto.AppendFrame(b, wsproto.OpBinary, e.Payload)
		}
		f.Set(b)
		return f, nil
	}
	b, err := appendWindowFrame(f.Buffer(), entries, g, f.TimestampSec)
	if err != nil {
		f.Release()
		return nil, err
	}
	f.Set(b)
	return f, nil
}

// appendWindowFrame appends header and envelope. The header's length depends on that
// of the envelope, so the envelope is written behind room for the longest header and
// moved to the shorter one's end: at most a copy within the cache.
func appendWindowFrame(dst []byte, entries []*buffers.Entry, g wsproto.Generation, timestampSec float64) ([]byte, error) {
	payloads := payloadLists.Get().(*[][]byte)
	defer putPayloadList(payloads)
	for _, e := range entries {
		*payloads = append(*payloads, e.Payload)
	}
	z := compressors.Get().(*wsproto.Compressor)
	defer compressors.Put(z)

	var room [wsproto.MaxHeaderBytes]byte
	start := len(dst)
	b, err := wsproto.AppendWindow(append(dst, room[:]...), g, *payloads, timestampSec, z)
	if err != nil {
		return nil, err
	}
	envelope := b[start+len(room):]
	header := wsproto.AppendHeader(room[:0], wsproto.OpBinary, true, len(envelope))
	n := copy(b[start:], header)
	n += copy(b[start+n:], envelope)
	return b[:start+n], nil
}

var (
	entryLists   = sync.Pool{New: func() any { return new([]*buffers.Entry) }}
	payloadLists = sync.Pool{New: func() any { return new([][]byte) }}
	compressors  = sync.Pool{New: func() any { return wsproto.NewCompressor() }}
)

// maxPooledList is the length above which a list's memory isn't kept.
const maxPooledList = 4096

func putEntryList(list *[]*buffers.Entry) {
	clear((*list)[:cap(*list)])
	*list = (*list)[:0]
	if cap(*list) <= maxPooledList {
		entryLists.Put(list)
	}
}

func putPayloadList(list *[][]byte) {
	clear(*list)
	*list = (*list)[:0]
	if cap(*list) <= maxPooledList {
		payloadLists.Put(list)
	}
}
