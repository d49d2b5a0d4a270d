package scenewire

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// ClientID numbers the clients of a server: 0, 1, 2, … It is never reused.
//
//tsgen:type number
type ClientID uint64

// CloseCode is the status code of a WebSocket close frame (RFC 6455 section 7.4).
type CloseCode = wsproto.CloseCode

// CloseError is the reason of a disconnect: the code and text of the close frame, or
// 1006 and what happened when there was none.
type CloseError = wsproto.CloseError

// Client is one connected browser. All methods may be called from any goroutine;
// after the disconnect they do nothing, and Send returns [ErrClientGone].
type Client struct {
	// What a pass touches of each client lies together, as in [loop.Conn].
	server      *Server
	stream      stream        // what is sent when; owned by the shard
	cursor      atomic.Uint64 // the stream's, for others to read
	flushed     atomic.Uint64 // the log is to be read up to here, whatever the cut is
	id          ClientID
	interval    atomic.Int64 // ns, between windows; 0: as the server's
	session     *session     // nil: it doesn't come back
	singleFrame atomic.Bool
	echoes      atomic.Bool
	queued      atomic.Bool // something may be in queue; set after each push
	paused      atomic.Bool
	agreed      agreement // its first fields

	resync   atomic.Uint64 // what the client has asked for: a sequence and 1; 0: nothing
	ping     atomic.Uint64 // what the client has asked with and waits for; 0: nothing
	sent     sentCounts
	lost     atomic.Uint64 // transient broadcasts that a bound took before they were sent
	conn     atomic.Pointer[loop.Conn]
	address  netip.Prefix             // what admission counts it under; with a session guarded by mu
	identity any                      // what Authorize returned
	from     atomic.Pointer[net.Addr] // what a trusted proxy told; nil: the connection's
	handlers handlerTable
	taps     callbacks[*tap]
	queue    buffers.Queue
	conduct  conduct // what was wrong with its messages; of its callbacks
	hints    hints

	connected time.Duration // Loop.Now; immutable after publication
	caughtUp  atomic.Int64  // ns, see [ClientStats]

	mu       sync.Mutex // guards all below
	pacer    buffers.Pacer
	gone     bool
	ctx      context.Context // made when asked for
	cancel   context.CancelFunc
	recent   recent
	queuedAt time.Duration // when something was last put into an empty queue

	// Of the last look for laggards.
	seenCut uint64
	behind  time.Duration // since when the client is behind; 0: it keeps up
	told    time.Duration // when OnLag was called last
}

// ID returns the client's number.
func (c *Client) ID() ClientID { return c.id }

// RemoteAddr returns the address of the browser, or of the proxy before it if that
// isn't one of [Options.TrustedProxies]. What a proxy tells mostly has no port: it is 0.
func (c *Client) RemoteAddr() net.Addr {
	if from := c.from.Load(); from != nil {
		return *from
	}
	return c.conn.Load().RemoteAddr()
}

func (c *Client) setFrom(from net.Addr) {
	if from == nil {
		c.from.Store(nil)
		return
	}
	c.from.Store(&from)
}

// Subprotocol returns what was agreed on in the handshake: [Subprotocol], viser's
// own, or "".
func (c *Client) Subprotocol() string { return c.agreed.subprotocol }

// Context returns a context that is cancelled when the connection ends for good, also
// while one of the client's handlers is running: if the client may come back, after
// [Options.ResumeGrace].
func (c *Client) Context() context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx == nil {
		c.ctx, c.cancel = context.WithCancel(context.Background())
		switch {
		case c.session == nil:
			c.conn.Load().AfterClose(c.cancel)
		case c.session.over:
			c.cancel()
		}
	}
	return c.ctx
}

// Send queues m for this client alone. It encodes before it returns and never blocks.
// The error is that of the encoding, or [ErrClientGone], or [ErrFull] when the client
// doesn't keep up ([Options.MaxQueueMessages]); it is then closed with 1013.
func (c *Client) Send(m Message) error {
	e, err := encode(c.server.opts.Registry, m, buffers.Entry{Except: buffers.NoReader})
	if err != nil {
		return err
	}
	return c.enqueue([]buffers.Entry{e}, []Message{m})
}

// Atomic queues the messages that fn sends to its batch, as one. If fn returns an
// error or panics, none is queued.
func (c *Client) Atomic(fn func(*Batch) error) error {
	return runBatch(c.server.opts.Registry, true, fn, c.enqueue)
}

// enqueue appends to the queue, tells the recordings and wakes the connection.
func (c *Client) enqueue(entries []buffers.Entry, ms []Message) error {
	taps := c.taps.all()
	parts := c.server.pick(taps, entries, ms)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone {
		return ErrClientGone
	}
	if err := c.queue.PushBatch(entries); err != nil {
		c.closeLocked(wsproto.CloseTryAgainLater, "too much is waiting for this client")
		return err
	}
	capture(taps, parts)
	if !c.queued.Swap(true) {
		c.queuedAt = c.server.loop.Now()
	}
	c.conn.Load().Wake()
	return nil
}

// Flush sends what is queued for this client so far, broadcasts too, without waiting
// for the window's end. If nothing waits, the next Send goes at once.
func (c *Client) Flush() {
	c.mu.Lock()
	c.pacer.Flush()
	c.flushed.Store(c.server.log.Next())
	c.mu.Unlock()
	c.conn.Load().Wake()
}

// SetSingleFrame says whether each compressed window for this client is one zstd frame.
// Windows with large messages, and those that leave some clients out, are otherwise
// several frames behind each other, which some decoders don't read: node's zlib stops
// after the first without an error. It costs a compression of its own. Called in
// OnConnect it holds from the first window on.
func (c *Client) SetSingleFrame(single bool) { c.singleFrame.Store(single) }

// Close ends the connection with a close frame. Codes for applications are 4000…4999,
// but for 4007, 4401 and 4403, which have a meaning; the reason is cut to 123 bytes. Viser's client takes 1002 for a version mismatch.
// A client that may come back can't after this.
func (c *Client) Close(code CloseCode, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closeLocked(code, reason)
}

func (c *Client) handlerTable() *handlerTable  { return &c.handlers }
func (c *Client) registry() *messages.Registry { return c.server.opts.Registry }

// endpoint is the client as its connection sees it.
type endpoint Client

// Open is the client's first callback.
func (e *endpoint) Open() {
	c := (*Client)(e)
	s := c.server
	s.opts.Logger.Info("client connected", zap.Uint64("client", uint64(c.id)),
		zap.Stringer("from", c.RemoteAddr()), zap.String("speaks", c.speaks()))
	c.captureConnect()
	for _, f := range s.onConnect.all() {
		s.guard("OnConnect", func() { f.call(c) })
	}
}

// Receive decodes one message and calls its handlers.
func (e *endpoint) Receive(op wsproto.Opcode, payload []byte) {
	c := (*Client)(e)
	if c.conduct.expelled {
		return
	}
	if op != wsproto.OpBinary {
		c.receiveText(payload)
		return
	}
	m, err := c.server.opts.Registry.Decode(payload)
	c.captureMessage(payload, m)
	if err != nil {
		c.fault(fault(messages.FaultOf(err)), err)
		return
	}
	c.dispatch(c.server.handlers.handlers(m), m)
	c.dispatch(c.handlers.handlers(m), m)
}

// receiveText takes what isn't for the application.
func (c *Client) receiveText(payload []byte) {
	if c.agreed.scene {
		c.control(payload)
		return
	}
	c.fault(faultText, errTextMessage)
}

func (c *Client) dispatch(handlers []*callback[handlerFunc], m Message) {
	for _, h := range handlers {
		c.handle(h, m)
	}
}

// handle calls one handler. A panic costs only this call.
func (c *Client) handle(h *callback[handlerFunc], m Message) {
	defer c.server.contain("handler", m)
	h.call(c, m)
}

// Closed is the client's last callback.
func (e *endpoint) Closed(reason *wsproto.CloseError) {
	c := (*Client)(e)
	c.server.closes.add(reason.Code)
	c.finish(reason)
}

// finish ends the client, once: OnDisconnect is called, and nothing is left.
func (c *Client) finish(reason *CloseError) {
	s := c.server
	c.mu.Lock()
	if c.gone {
		c.mu.Unlock()
		return
	}
	c.gone = true
	c.queue.Clear()
	if sess := c.session; sess != nil {
		sess.sent = unconfirmed{}
		if sess.suspended {
			sess.suspended = false
			s.suspended.Add(-1)
		}
	}
	c.mu.Unlock()
	s.opts.Logger.Info("client disconnected", zap.Uint64("client", uint64(c.id)), zap.NamedError("reason", reason))
	c.captureDisconnect(reason)
	for _, f := range s.onDisconnect.all() {
		s.guard("OnDisconnect", func() { f.call(c, reason) })
	}
	s.removeClient(c)
	c.captureDisconnect(reason) // for captures that have just begun with those who were here
}

func (c *Client) speaks() string {
	if c.agreed.subprotocol == "" {
		return c.agreed.generation.String()
	}
	return c.agreed.subprotocol
}
