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
	cut       uint64        // of the last tick that the cursor was told of
	timestamp float64       // of the newest frame: they must not go back
	began     time.Duration // when a client that wants few windows was last given some
	joined    uint64        // where the log ended when the client first had nothing
	hasJoined bool          // joined is set
	caughtUp  bool          // the client has got what was there when it came
	arrived   uint64        // where the log ended when it came
}

// begin has the client get all of the log, which ends at next.
func (st *stream) begin(next uint64) {
	if !st.hasJoined {
		st.joined, st.hasJoined = next, true
	}
	st.cursor, st.cut = buffers.JoinAt(next), 0
}

// resume has it get what comes behind seq. What it has may be from before it had to begin
// anew, if it hasn't got the window that says so: so it has joined when it first did.
func (st *stream) resume(seq uint64) {
	st.cursor, st.cut = buffers.ResumeAt(seq, st.joined), 0
}

// Pull gives the connection the windows that may leave: one of the log, one of the
// private queue, and the answer to a ping. It runs on the shard's goroutine.
func (e *endpoint) Pull(now time.Duration, dst []*buffers.Frame) ([]*buffers.Frame, time.Duration) {
	c := (*Client)(e)
	had := len(dst)
	dst, again := c.pull(now, dst)
	c.sent.count(dst[had:])
	if c.ping.Load() > 0 {
		// The last of them, as its time would keep the client from sharing older frames.
		dst = append(dst, c.bareFrame(wsproto.Head{Pong: c.ping.Swap(0)}))
	}
	return dst, again
}

// pull gives the windows of the log and of the private queue.
func (c *Client) pull(now time.Duration, dst []*buffers.Frame) ([]*buffers.Frame, time.Duration) {
	if c.paused.Load() && !c.server.pace.finished.Load() {
		return dst, 0
	}
	if until := c.heldBack(now); until > 0 {
		return dst, until
	}
	cut := max(c.flushed.Load(), c.server.pace.cut.Load())
	f, err := c.pullLog(cut)
	if f != nil {
		dst = append(dst, f)
	}
	if st := &c.stream; !st.caughtUp && st.cursor.Seq() >= st.arrived {
		st.caughtUp = true
		c.caughtUp.Store(max(int64(now-c.connected), 1))
	}
	private, again, queueErr := c.pullQueue(now)
	if c.stream.cursor.Seq() < max(cut, c.stream.cut) {
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
		c.conn.Load().Close(wsproto.CloseInternalError, "a window can't be built")
	}
	return dst, again
}

// heldBack returns when a client that wants few windows is to be given the next ones, 0:
// now. One that is behind what it was given last goes on with that.
func (c *Client) heldBack(now time.Duration) (until time.Duration) {
	interval := time.Duration(c.interval.Load())
	if interval == 0 || c.stream.cursor.Seq() < c.stream.cut || c.resync.Load() > 0 {
		return 0
	}
	if next := c.stream.began + interval; next > now && !c.server.pace.finished.Load() {
		return next
	}
	c.stream.began = now
	return 0
}

// pullLog returns the client's next window below cut, or nil.
func (c *Client) pullLog(cut uint64) (*buffers.Frame, error) {
	st := &c.stream
	if c.resync.Load() > 0 {
		return c.goBack(c.resync.Swap(0) - 1), nil
	}
	if cut > st.cut {
		st.cut = cut
		st.cursor.Tick(cut)
	}
	enc := c.encoding()
	reader := uint64(c.id)
	if enc.echoes {
		reader = buffers.NoReader
	}
	for st.cursor.Seq() < st.cut {
		req := st.cursor.Request(reader)
		f, err := c.logFrame(req, enc)
		if err != nil {
			return nil, err
		}
		if f.Reset {
			f.Release()
			return c.beginAgain(), nil
		}
		st.cursor.Advance(buffers.Window{From: req.From, To: f.To})
		c.cursor.Store(f.To)
		if f.Skipped > 0 && req.From >= st.arrived {
			c.sent.skipped.Store(c.sent.skipped.Load() + f.Skipped)
		}
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
func (c *Client) logFrame(req buffers.WindowRequest, enc encoding) (*buffers.Frame, error) {
	s := c.server
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

// beginAgain is for a client that has missed what it can't do without. If it knows how,
// it forgets the scene and gets all of it.
func (c *Client) beginAgain() *buffers.Frame {
	if !c.agreed.resumes {
		c.conn.Load().Close(wsproto.CloseServiceRestart, "connect again for the whole scene")
		return nil
	}
	return c.restart(wsproto.Head{Reset: true})
}

// goBack has the client get again what has changed since a sequence, as it has asked for.
func (c *Client) goBack(seq uint64) *buffers.Frame {
	s, st := c.server, &c.stream
	if seq == 0 || seq > st.cursor.Seq() || seq < s.log.OldestToken() {
		return c.restart(wsproto.Head{Reset: true, Resync: true})
	}
	st.cursor.Back(seq, st.joined)
	st.cut = 0
	c.cursor.Store(seq)
	return c.bareFrame(wsproto.Head{Epoch: s.epoch, Seq: seq, Resync: true})
}

// restart has the client get all of the scene, and returns the window that says so.
func (c *Client) restart(head wsproto.Head) *buffers.Frame {
	s, st := c.server, &c.stream
	st.begin(s.log.Next())
	c.cursor.Store(0)
	s.resumes.inBand.Add(1)
	head.Epoch = s.epoch
	return c.bareFrame(head)
}

// bareFrame builds a window without messages.
func (c *Client) bareFrame(head wsproto.Head) *buffers.Frame {
	f := c.server.frames.Get(headRoom)
	f.TimestampSec = c.server.loop.Now().Seconds()
	head.TimestampSec = f.TimestampSec
	c.stream.timestamp = f.TimestampSec
	f.Set(wsproto.AppendFrame(f.Buffer(), wsproto.OpBinary, wsproto.AppendSceneWindow(nil, nil, &head, nil)))
	return f
}

func (c *Client) encoding() encoding {
	return encoding{
		generation: c.agreed.generation, singleFrame: c.singleFrame.Load(),
		scene: c.agreed.scene, echoes: c.agreed.scene && c.echoes.Load(),
	}
}

// variant tells apart the frames that one window has for different clients.
func (enc encoding) variant(req buffers.WindowRequest) uint32 {
	v := uint32(enc.generation) << 5
	if enc.scene {
		v |= 16
	}
	if enc.echoes {
		v |= 8
	}
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
	if !c.queued.Load() || !c.queued.Swap(false) || !c.hasOwn() {
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
	own := c.takeOwn(entries)
	f, err := s.buildFrame(*entries, nil, c.encoding(), wsproto.Head{Own: own})
	if err != nil {
		return nil, 0, err
	}
	c.stream.timestamp = f.TimestampSec
	if c.hasOwn() {
		c.queued.Store(true)
		return f, now + s.opts.WindowInterval, nil
	}
	return f, 0, nil
}

// hasOwn reports whether something waits for this client alone.
func (c *Client) hasOwn() bool {
	if c.session == nil {
		return c.queue.Len() > 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session.sent.waits() || c.queue.Len() > 0
}

// takeOwn makes entries the next window of what waits for this client alone, and returns
// how many messages of that kind there are up to its end, 0 if nobody needs to know.
func (c *Client) takeOwn(entries *[]*buffers.Entry) (own uint64) {
	s := c.server
	if c.session == nil {
		*entries = c.queue.Pop((*entries)[:0], s.opts.MaxWindowMessages, s.opts.MaxWindowBytes)
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	sent := &c.session.sent
	if w, ok := sent.again(); ok {
		*entries = append((*entries)[:0], w.entries...)
		return w.end
	}
	*entries = c.queue.Pop((*entries)[:0], s.opts.MaxWindowMessages, s.opts.MaxWindowBytes)
	return sent.add(*entries)
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
	if req.Reader != buffers.NoReader || enc.echoes {
		excluded = nil // nobody is left out of this frame who gets it
	}
	f, err := s.buildFrame(w.Entries, excluded, enc, s.logHead(&w, enc))
	if err != nil {
		return nil, err
	}
	f.To, f.MinJoined, f.Lost, f.Skipped, f.Reset = w.To, w.MinJoined, w.Lost, w.Skipped, w.Reset
	return f, nil
}

// logHead is what a window of the log says beside its messages.
func (s *Server) logHead(w *buffers.Window, enc encoding) (h wsproto.Head) {
	if enc.scene {
		h.Epoch, h.Seq = s.epoch, w.To
	}
	if !enc.echoes {
		return h
	}
	for i, e := range w.Entries {
		if e.Except != buffers.NoReader {
			h.Except = append(h.Except, uint64(i), e.Except)
		}
	}
	return h
}
