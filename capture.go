package scenewire

import (
	"bytes"
	"slices"
	"sync"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/record"
	"github.com/scenewire/scenewire/wsproto"
)

// StartCapture captures what is broadcast from now on, as it happens, beginning with the
// live state: to files that grow, or to the memory of a flight recorder, as the options
// say. It costs those who broadcast some microseconds, and never makes them wait. With
// Inbound it captures clients, too: those that are connected now, those that come, what
// they send (before its handlers run), and why they leave. What single clients are sent
// isn't captured.
//
// Name and ViserVersion are those of the server's options by default. Gaps and errors are
// logged; a panic of a callback is, too, and of Filter it means no. A capture ends by its
// Close, or with the server: Shutdown captures that the clients leave, Close doesn't.
//
// The error is that of [record.NewCapture], or [ErrServerClosed].
func (s *Server) StartCapture(o record.CaptureOptions) (*record.Capture, error) {
	if o.Name == "" {
		o.Name = s.opts.Name
	}
	if o.ViserVersion == "" {
		o.ViserVersion = s.opts.Protocol.ViserVersion
	}
	s.guardCapture(&o)
	c, err := s.captures.start(s, o)
	if err != nil || !o.Inbound {
		return c, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, client := range s.clients {
		c.Connected(uint64(client.id), client.RemoteAddr().String())
	}
	return c, nil
}

// guardCapture has the callbacks of a capture logged, and their panics contained.
func (s *Server) guardCapture(o *record.CaptureOptions) {
	filter, onGap, onError := o.Filter, o.OnGap, o.OnError
	if filter != nil {
		o.Filter = func(name string) (wanted bool) {
			s.guard("capture filter", func() { wanted = filter(name) })
			return wanted
		}
	}
	path := zap.String("path", o.Path)
	o.OnGap = func(lost record.Lost) {
		if lost.Until.IsZero() {
			s.opts.Logger.Warn("the capture can't follow: messages are lost", path)
		} else {
			s.opts.Logger.Warn("the capture goes on behind a gap", path, zap.Uint64("batches", lost.Batches),
				zap.Uint64("messages", lost.Entries), zap.Uint64("bytes", lost.Bytes))
		}
		if onGap != nil {
			s.guard("OnGap", func() { onGap(lost) })
		}
	}
	o.OnError = func(err error) {
		s.opts.Logger.Error("the capture can't be written", path, zap.Error(err))
		if onError != nil {
			s.guard("OnError", func() { onError(err) })
		}
	}
}

// captures are those that run, and what the others have done.
type captures struct {
	inbound callbacks[*record.Capture] // those that capture clients

	mu     sync.Mutex // guards all below
	closed bool
	list   []*record.Capture
	ended  record.CaptureStats
}

// start starts a capture. It is in the list until it has ended.
func (x *captures) start(s *Server, o record.CaptureOptions) (*record.Capture, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil, ErrServerClosed
	}
	var c *record.Capture
	leave := func() {}
	onEnd := o.OnEnd
	o.OnEnd = func() {
		leave()
		x.remove(c)
		if onEnd != nil {
			s.guard("OnEnd", onEnd)
		}
	}
	c, err := record.NewCapture(s.log, o)
	if err != nil {
		return nil, err
	}
	if o.Inbound {
		leave = x.inbound.add(c)
	}
	x.list = append(x.list, c)
	return c, nil
}

// remove takes a capture out that has ended, and keeps what it has counted.
func (x *captures) remove(c *record.Capture) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.list = slices.DeleteFunc(x.list, func(other *record.Capture) bool { return other == c })
	addCapture(&x.ended, c.Stats())
	x.ended.Files, x.ended.FileBytes = 0, 0
}

// stats returns how many captures run, and the sum of their figures.
func (x *captures) stats() (running int, sum record.CaptureStats) {
	x.mu.Lock()
	defer x.mu.Unlock()
	sum = x.ended
	for _, c := range x.list {
		addCapture(&sum, c.Stats())
	}
	return len(x.list), sum
}

func addCapture(sum *record.CaptureStats, c record.CaptureStats) {
	sum.Messages += c.Messages
	sum.Bytes += c.Bytes
	sum.Files += c.Files
	sum.FileBytes += c.FileBytes
	sum.Gaps += c.Gaps
	sum.Lost.Batches += c.Lost.Batches
	sum.Lost.Entries += c.Lost.Entries
	sum.Lost.Bytes += c.Lost.Bytes
	sum.Errors += c.Errors
	sum.QueueMessages += c.QueueMessages
	sum.QueueBytes += c.QueueBytes
}

// close ends all captures, and waits until they are written.
func (x *captures) close() {
	x.mu.Lock()
	x.closed = true
	list := slices.Clone(x.list)
	x.mu.Unlock()
	for _, c := range list {
		_ = c.Close() // OnError has been told
	}
}

// captured hands a client's part in a capture to those that want it.
func (c *Client) captured(to func(capture *record.Capture, id uint64)) {
	for _, f := range c.server.captures.inbound.all() {
		to(f.call, uint64(c.id))
	}
}

func (c *Client) captureConnect() {
	c.captured(func(x *record.Capture, id uint64) { x.Connected(id, c.RemoteAddr().String()) })
}

// captureMessage captures what the client sent: payload is borrowed until return. m is
// what was decoded, nil: it can't be.
func (c *Client) captureMessage(payload []byte, m Message) {
	if len(c.server.captures.inbound.all()) == 0 {
		return
	}
	message := record.Message{Body: bytes.Clone(payload)}
	if m != nil {
		message.Type, _ = c.server.opts.Registry.Name(m)
	}
	c.captured(func(x *record.Capture, id uint64) { x.Received(id, c.RemoteAddr().String(), message) })
}

func (c *Client) captureDisconnect(reason *wsproto.CloseError) {
	c.captured(func(x *record.Capture, id uint64) { x.Disconnected(id, reason.Error()) })
}
