package loop

import (
	"encoding/binary"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/wsproto"
)

// Conn is one WebSocket connection. Its methods may be called from any goroutine
// and don't block.
type Conn struct {
	// Loop-owned (the shard), but for the atomics. What a pass touches of each connection
	// lies together, in two cache lines: of ten thousand connections each further line
	// comes from far away (BenchmarkPass).
	posted     atomic.Uint32 // what the shard shall look at: see the post… constants
	opened     atomic.Bool   // Open has returned: pulling may begin
	hasControl atomic.Bool   // control isn't empty; written with ctlMu held
	batched    bool          // in the shard's batch
	more       bool          // the endpoint has more, as soon as the ring is empty
	blocked    bool          // the socket is full, or a flight is under way
	registered bool
	state      connState
	epollConn
	endpoint     Endpoint
	out          ring
	lastProgress time.Duration // when the socket last took something, or began to be owed something
	owed         atomic.Int64  // bytes in the ring after the last write; written by the shard
	wakeAt       time.Duration // when the shard's timer will pull again; 0 = none
	group        *groupPart    // nil: none

	// Of the rest, the shard owns these.
	groupIndex int
	pingSent   time.Duration // 0 = no ping is out

	loop      *Loop
	shard     *shard
	id        uint64
	remote    net.Addr
	transport transport
	net       *netTransport // the same; nil: on epoll
	inbox     inbox
	hungUp    atomic.Bool // hangUp was called
	deaf      atomic.Bool // Close was called: nothing is received any more

	// Reading: guarded by readMu, held by the poller or by the worker that resumes.
	readMu              sync.Mutex
	parser              wsproto.Parser
	rest                rest              // read but not parsed when reading had to pause
	limit               *limiter          // nil: none
	protocolError       wsproto.CloseCode // instead of 1002; 0: none
	peerHasClosed       bool              // with a close frame
	discard             bool              // after a close frame or a fault: read on, but drop it
	drainsReceiveBuffer bool              // the peer has closed its side: take what the kernel has

	// The last ping: atomic, as pings may be asked for by anybody.
	pinged atomic.Int64 // Loop.Now when it was queued; 0: it is answered
	rtt    atomic.Int64 // ns until its answer had come; 0: none has

	lastRead    atomic.Int64 // Loop.Now of the last bytes read
	lastMessage atomic.Int64 // Loop.Now of the last message, or of when its handling was seen to go on

	// Control frames and the wish to close: guarded by ctlMu.
	ctlMu   sync.Mutex
	control []byte        // finished pongs and pings, at most maxControlBytes
	closing *closeRequest // first one wins
	after   []func()      // AfterClose
	gone    bool          // after has been called
	reason  *wsproto.CloseError
}

// connState is loop-owned (the shard) and only rises.
type connState uint8

const (
	stateOpen     connState = iota
	stateDraining           // pulls to the end, then closes
	stateClosing            // the close frame is in the ring
	stateShut               // the close frame is written, our side of the socket is shut
	stateGone               // the socket is closed and everything is released
)

// closeRequest is what Close and Drain leave for the shard.
type closeRequest struct {
	code  wsproto.CloseCode
	text  string
	drain bool
}

// ID returns a number that is unique in this loop: 1, 2, 3, …
func (c *Conn) ID() uint64 { return c.id }

// RemoteAddr returns the peer's address.
func (c *Conn) RemoteAddr() net.Addr { return c.remote }

// Wake has the endpoint's Pull called soon.
func (c *Conn) Wake() { c.post(postPull) }

// Do has task called as if it were one of the endpoint's callbacks: none of them runs
// meanwhile, and none after Closed. False: a task waits already, or the connection has
// ended.
func (c *Conn) Do(task func()) bool { return c.inbox.do(c, task) }

// Pending returns the bytes that were pulled and that the socket hasn't taken.
func (c *Conn) Pending() int64 { return c.owed.Load() }

// Close sends a close frame behind what is being written, drops what isn't, and
// closes when the peer has answered or CloseTimeout is over. What is received from then
// on is dropped. The first call decides; the reason is cut to 123 bytes (RFC 6455
// section 5.5).
func (c *Conn) Close(code wsproto.CloseCode, reason string) {
	c.deaf.Store(true)
	c.requestClose(closeRequest{code: code, text: reason})
}

// Drain closes like [Conn.Close], after Pull has nothing more to give.
func (c *Conn) Drain(code wsproto.CloseCode, reason string) {
	c.requestClose(closeRequest{code: code, text: reason, drain: true})
}

// Abort closes the socket without a close frame.
func (c *Conn) Abort(reason *wsproto.CloseError) {
	c.setReason(reason)
	c.hangUp()
}

// hangUp ends the socket both ways; the transport closes it.
func (c *Conn) hangUp() {
	if !c.hungUp.Swap(true) { // each time would make another event
		c.transport.hangUp(false)
	}
}

// giveUp is Abort for a peer that takes nothing.
func (c *Conn) giveUp(reason *wsproto.CloseError) {
	c.setReason(reason)
	if !c.hungUp.Swap(true) {
		c.transport.hangUp(true)
	}
}

// enter begins the connection's life on its shard and on the pool.
func (c *Conn) enter() {
	c.post(postRegister)
	c.inbox.open(c)
}

// AfterClose has f called when the connection has ended; at once if it has. f must not
// block: it runs on the shard's goroutine, and may run while Receive does.
func (c *Conn) AfterClose(f func()) {
	c.ctlMu.Lock()
	gone := c.gone
	if !gone {
		c.after = append(c.after, f)
	}
	c.ctlMu.Unlock()
	if gone {
		f()
	}
}

func (c *Conn) runAfterClose() {
	c.ctlMu.Lock()
	after := c.after
	c.after, c.gone = nil, true
	c.ctlMu.Unlock()
	for _, f := range after {
		f()
	}
}

func (c *Conn) requestClose(r closeRequest) {
	c.ctlMu.Lock()
	first := c.closing == nil
	// A close in earnest overtakes a drain that is still going on.
	if first || (c.closing.drain && !r.drain) {
		c.closing = &r
	}
	c.ctlMu.Unlock()
	if first {
		c.setReason(&wsproto.CloseError{Code: r.code, Reason: r.text})
	}
	c.post(postClose)
}

// setReason keeps the first reason: later ones are consequences.
func (c *Conn) setReason(reason *wsproto.CloseError) {
	c.ctlMu.Lock()
	if c.reason == nil {
		c.reason = reason
	}
	c.ctlMu.Unlock()
}

// Reason returns why the connection has ended, as [Endpoint.Closed] gets it. Before the
// end, as in [Conn.AfterClose], it is what it would be.
func (c *Conn) Reason() *wsproto.CloseError {
	c.ctlMu.Lock()
	defer c.ctlMu.Unlock()
	if c.reason == nil {
		c.reason = lostReason(nil)
	}
	return c.reason
}

// Ping sends a ping, whose answer [Conn.RTT] tells of, unless one is out.
func (c *Conn) Ping() {
	if c.pinged.Load() == 0 {
		c.sendPing()
	}
}

// RTT returns the round trip of the last ping that was answered: from when it was queued,
// behind what was being written, until its answer was read. One that is out for longer
// counts for as long. 0: none was answered.
func (c *Conn) RTT() time.Duration {
	rtt := time.Duration(c.rtt.Load())
	if pinged := c.pinged.Load(); pinged != 0 && rtt != 0 {
		rtt = max(rtt, c.loop.Now()-time.Duration(pinged))
	}
	return rtt
}

// sendPing queues a ping. Its payload is the time of the first one that isn't answered.
func (c *Conn) sendPing() {
	c.pinged.CompareAndSwap(0, int64(c.loop.Now()))
	c.queueControl(wsproto.OpPing, binary.LittleEndian.AppendUint64(nil, uint64(c.pinged.Load())))
}

// ponged takes the answer to a ping. Peers may also send pongs that nobody asked for (RFC
// 6455 section 5.5.3).
func (c *Conn) ponged(payload []byte) {
	pinged := c.pinged.Load()
	if pinged == 0 || len(payload) != 8 || binary.LittleEndian.Uint64(payload) != uint64(pinged) {
		return
	}
	c.rtt.Store(max(c.lastRead.Load()-pinged, 1))
	c.pinged.Store(0)
}

// maxControlBytes bounds the control frames that wait for a connection.
const maxControlBytes = 4 << 10

// queueControl hands a finished control frame to the shard. When a peer doesn't
// read its pongs, only the newest one is kept (RFC 6455 section 5.5.3).
func (c *Conn) queueControl(op wsproto.Opcode, payload []byte) {
	c.ctlMu.Lock()
	if len(c.control)+len(payload)+2 > maxControlBytes {
		c.control = c.control[:0]
	}
	c.control = wsproto.AppendFrame(c.control, op, payload)
	c.hasControl.Store(true)
	c.ctlMu.Unlock()
	c.post(postControl)
}

// takeControl moves waiting control frames into a frame of their own; nil: none.
func (c *Conn) takeControl() *buffers.Frame {
	c.ctlMu.Lock()
	defer c.ctlMu.Unlock()
	if len(c.control) == 0 {
		return nil
	}
	f := c.loop.frames.Get(len(c.control))
	f.Set(append(f.Buffer(), c.control...))
	c.control = nil
	c.hasControl.Store(false)
	return f
}

// What the shard shall look at.
const (
	postRegister uint32 = 1 << iota
	postPull
	postWritable
	postControl
	postClose
	postClosed
	postLanded
)

// post leaves a mark for the shard; the shard's list has each connection at most once.
func (c *Conn) post(mark uint32) {
	if c.posted.Or(mark) == 0 {
		c.shard.postConn(c)
	}
}
