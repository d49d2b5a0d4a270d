package loop

import (
	"fmt"
	"math"
	"runtime/debug"
	"sync"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/wsproto"
)

// runQuantum is how many messages of one connection a worker handles before
// others have their turn.
const runQuantum = 32

// inbox holds what a connection has received and its endpoint hasn't handled. Its memory
// is pooled, so an idle connection has none.
type inbox struct {
	mu        sync.Mutex // guards all below
	manned    bool       // the connection has its endpoint
	waiting   parcels    // counts what a worker has taken and not handled, too
	opened    bool       // Open was called
	closed    bool       // nothing may be added
	finished  bool       // Closed was called
	scheduled bool       // a worker runs it, or will
	full      bool       // the reader stopped because the inbox is full
	throttled bool       // the reader stopped because the peer sends too fast
	resume    bool       // the reader can go on, a worker is to tell it
	requested bool       // behind was acted on
	task      func()     // of Conn.Do; nil: none
	reason    *wsproto.CloseError
	behind    *closeRequest // close when all messages are handled
}

// room is what fits into an inbox.
type room struct{ messages, bytes int }

func (r room) none() bool { return r.messages <= 0 || r.bytes <= 0 }

// man notes that the connection has its endpoint. What was to be done before waits for
// the connection's beginning.
func (b *inbox) man() {
	b.mu.Lock()
	b.manned = true
	b.mu.Unlock()
}

// open schedules the endpoint's Open.
func (b *inbox) open(c *Conn) {
	b.mu.Lock()
	b.scheduleLocked(c)
	b.mu.Unlock()
}

// room returns how much may be added.
func (b *inbox) room(c *Conn) room {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.roomLocked(c)
}

func (b *inbox) roomLocked(c *Conn) room {
	if c.drainsReceiveBuffer {
		return room{math.MaxInt, math.MaxInt}
	}
	return room{c.loop.opts.InboxMessages - b.waiting.count, c.loop.opts.InboxBytes - b.waiting.held}
}

// add takes messages over, and returns the room that is left. If there is none, the
// reader must pause.
func (b *inbox) add(c *Conn, arrived *parcels) room {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		arrived.release()
		return room{math.MaxInt, math.MaxInt}
	}
	if n := arrived.count; n > 0 {
		c.countReceived(n)
		b.waiting.move(arrived)
		b.scheduleLocked(c)
	}
	left := b.roomLocked(c)
	b.full = left.none()
	return left
}

// close lets the endpoint see what was received, and then Closed.
func (b *inbox) close(c *Conn, reason *wsproto.CloseError) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	b.closed, b.reason = true, reason
	b.scheduleLocked(c)
}

// busy reports whether something that was received isn't handled yet.
func (b *inbox) busy() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.scheduled || b.full || b.throttled
}

// do schedules task, unless one waits already or the connection has ended.
func (b *inbox) do(c *Conn, task func()) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.task != nil || b.closed {
		return false
	}
	b.task = task
	b.scheduleLocked(c)
	return true
}

// closeBehind has the connection closed when the endpoint has handled what was
// received.
func (b *inbox) closeBehind(c *Conn, r closeRequest) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.behind = &r
	b.scheduleLocked(c)
}

func (b *inbox) scheduleLocked(c *Conn) {
	if b.manned && !b.scheduled && !b.finished {
		b.scheduled = true
		c.loop.pool.submit(c)
	}
}

// step is what a worker does next for a connection.
type step uint8

const (
	stepNone step = iota
	stepOpen
	stepResume
	stepReceive
	stepTask
	stepRequestClose
	stepClosed
)

// run calls the endpoint for what there is, up to a quantum, and reports whether
// there is more. It is called by one worker at a time.
func (b *inbox) run(c *Conn) (more bool) {
	for budget := runQuantum; budget > 0; budget-- {
		next, p, task := b.next()
		switch next {
		case stepNone:
			return false
		case stepOpen:
			c.callOpen()
		case stepResume:
			c.transport.resume()
		case stepReceive:
			budget -= p.n - 1
			c.receiveAll(p)
			b.handled(c, p)
		case stepTask:
			c.callTask(task)
		case stepRequestClose:
			c.requestClose(*b.behind)
		case stepClosed:
			c.callClosed(b.reason)
		}
	}
	return true
}

// next picks what to do; stepNone: nothing, and the inbox is no longer scheduled.
func (b *inbox) next() (step, *parcel, func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case !b.opened:
		b.opened = true
		return stepOpen, nil, nil
	case b.task != nil:
		task := b.task
		b.task = nil
		return stepTask, nil, task
	case b.resume:
		b.resume = false
		return stepResume, nil, nil
	case b.waiting.first != nil:
		return stepReceive, b.waiting.take(), nil
	case b.behind != nil && !b.requested:
		b.requested = true
		return stepRequestClose, nil, nil
	case b.closed && !b.finished:
		b.finished = true
		return stepClosed, nil, nil
	}
	b.scheduled = false
	return stepNone, nil, nil
}

// handled gives back a parcel whose messages the endpoint has seen. If the reader
// waits for room and half of the inbox is free, it goes on.
func (b *inbox) handled(c *Conn, p *parcel) {
	n, held := p.n, p.held()
	p.release()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting.count -= n
	b.waiting.held -= held
	o := &c.loop.opts
	if b.full && b.waiting.count <= o.InboxMessages/2 && b.waiting.held <= o.InboxBytes/2 {
		b.full = false
		b.resume = !b.throttled
	}
}

// throttle stops the reader until unthrottle.
func (b *inbox) throttle() {
	b.mu.Lock()
	b.throttled = true
	b.mu.Unlock()
}

// unthrottle lets the reader go on, unless the inbox is full.
func (b *inbox) unthrottle(c *Conn) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.throttled = false
	if !b.full && !b.closed {
		b.resume = true
		b.scheduleLocked(c)
	}
}

// paused reports whether the reader has to wait.
func (b *inbox) paused() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.full || b.throttled
}

func (c *Conn) callOpen() {
	defer func() {
		c.opened.Store(true)
		c.Wake()
	}()
	defer c.logPanic("Open")
	c.endpoint.Open()
}

func (c *Conn) callTask(task func()) {
	defer c.logPanic("Do")
	task()
}

// receiveAll calls the endpoint for each message of a parcel. The clock is read twice
// for all of them.
func (c *Conn) receiveAll(p *parcel) {
	begin := c.loop.Now()
	for i := range p.messages[:p.n] {
		c.callReceive(&p.messages[i])
	}
	c.countHandled(p.n, c.loop.Now()-begin)
}

func (c *Conn) callReceive(m *received) {
	defer c.logPanic("Receive")
	c.endpoint.Receive(m.op, m.payload)
}

func (c *Conn) callClosed(reason *wsproto.CloseError) {
	defer c.loop.conns.Done()
	defer c.logPanic("Closed")
	c.endpoint.Closed(reason)
}

// logPanic is deferred around callbacks: a panic of an endpoint goes no further.
func (c *Conn) logPanic(callback string) {
	if v := recover(); v != nil {
		c.loop.opts.Logger.Error("endpoint panicked", zap.String("callback", callback),
			zap.String("panic", fmt.Sprint(v)), zap.ByteString("stack", debug.Stack()))
	}
}
