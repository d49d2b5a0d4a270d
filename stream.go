package scenewire

import (
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
	f, err := c.pullLog(max(c.flushed.Load(), c.server.pace.cut.Load()))
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
		if f.Reset {
			f.Release()
			c.conn.Close(wsproto.CloseServiceRestart, "too far behind; connect again for the whole scene")
			return nil, nil
		}
		st.cursor.Advance(buffers.Window{From: req.From, To: f.To})
		c.cursor.Store(f.To)
		if f.Lost > 0 {
			c.lost.Add(f.Lost)
			c.server.transientsLost.Add(f.Lost)
		}
		if f.Len() > 0 {
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
	enc := c.encoding()
	shared := req.Shared()
	key := buffers.FrameKey{From: req.From, To: req.To, Reader: buffers.NoReader, Variant: enc.variant(shared)}
	f, err := s.cache.Get(key, func() (*buffers.Frame, error) { return s.buildLogFrame(shared, enc) })
	if err != nil {
		return nil, err
	}
	if f.TimestampSec >= c.stream.timestamp && req.MayShare(f.MinJoined, nil) {
		if !f.Excludes(req.Reader) {
			return f, nil
		}
		if f.Layout != nil {
			return s.without(f, req.Reader), nil
		}
	}
	f.Release()
	return s.buildLogFrame(req, enc)
}

func (c *Client) encoding() encoding {
	return encoding{generation: c.agreed.generation, singleFrame: c.singleFrame.Load()}
}

// variant tells apart the frames that one window has for different clients.
func (enc encoding) variant(req buffers.WindowRequest) uint32 {
	v := uint32(enc.generation) << 3
	if enc.singleFrame {
		v |= 4
	}
	if req.Joined != 0 {
		v |= 2
	}
	if req.Live {
		v |= 1
	}
	return v
}

// pullQueue returns the next window of the private queue, or when to ask for it.
func (c *Client) pullQueue(now time.Duration) (*buffers.Frame, time.Duration, error) {
	// What is pushed after the flag is cleared sets it again, and wakes the connection.
	if !c.queued.Load() || !c.queued.Swap(false) || c.queue.Len() == 0 {
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
		c.queued.Store(true)
		return nil, now + wait, nil
	}
	entries := entryLists.Get().(*[]*buffers.Entry)
	defer putEntryList(entries)
	*entries = c.queue.Pop((*entries)[:0], s.opts.MaxWindowMessages, s.opts.MaxWindowBytes)
	f, err := s.buildFrame(*entries, nil, c.encoding())
	if err != nil {
		return nil, 0, err
	}
	c.stream.timestamp = f.TimestampSec
	if c.queue.Len() > 0 {
		c.queued.Store(true)
		return f, now + s.opts.WindowInterval, nil
	}
	return f, 0, nil
}

// buildLogFrame builds the frame of a window of the log. It has no bytes if the window
// has no entries.
func (s *Server) buildLogFrame(req buffers.WindowRequest, enc encoding) (*buffers.Frame, error) {
	entries := entryLists.Get().(*[]*buffers.Entry)
	defer putEntryList(entries)
	req.MaxEntries, req.MaxBytes = s.opts.MaxWindowMessages, s.opts.MaxWindowBytes
	w := s.log.Window((*entries)[:0], req)
	*entries = w.Entries
	excluded := w.Excluded
	if req.Reader != buffers.NoReader {
		excluded = nil // one reader's own frame isn't asked whom it excludes
	}
	f, err := s.buildFrame(w.Entries, excluded, enc)
	if err != nil {
		return nil, err
	}
	f.To, f.MinJoined, f.Lost, f.Reset = w.To, w.MinJoined, w.Lost, w.Reset
	return f, nil
}
