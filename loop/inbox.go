package loop

import (
	"fmt"
	"runtime/debug"
	"sync"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/wsproto"
)

// runQuantum is how many messages of one connection a worker handles before
// others have their turn.
const runQuantum = 32

// inbox holds what a connection has received and its endpoint hasn't seen.
// The chunks are pooled, so an idle connection has none.
type inbox struct {
	mu        sync.Mutex // guards all below
	first     *chunk
	last      *chunk
	count     int
	bytes     int
	opened    bool   // Open was called
	closed    bool   // nothing may be added
	finished  bool   // Closed was called
	scheduled bool   // a worker runs it, or will
	paused    bool   // the reader stopped because the inbox is full
	requested bool   // behind was acted on
	task      func() // of Conn.Do; nil: none
	reason    *wsproto.CloseError
	behind    *closeRequest // close when all messages are handled
}

type received struct {
	op      wsproto.Opcode
	payload *payload
}

const chunkMessages = 16

type chunk struct {
	next     *chunk
	messages [chunkMessages]received
	head, n  int
}

var chunkPool = sync.Pool{New: func() any { return new(chunk) }}

// open schedules the endpoint's Open.
func (b *inbox) open(c *Conn) {
	b.mu.Lock()
	b.scheduleLocked(c)
	b.mu.Unlock()
}

// add takes a message over. It returns false when the reader must pause after it.
func (b *inbox) add(c *Conn, m received) (more bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		m.payload.release()
		return true
	}
	b.pushLocked(m)
	b.scheduleLocked(c)
	full := b.count >= c.loop.opts.InboxMessages || b.bytes >= c.loop.opts.InboxBytes
	if full && !c.drainsReceiveBuffer {
		b.paused = true
		return false
	}
	return true
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
	return b.scheduled || b.paused
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
	if !b.scheduled && !b.finished {
		b.scheduled = true
		c.loop.pool.submit(c)
	}
}

// step is what a worker does next for a connection.
type step uint8

const (
	stepNone step = iota
	stepOpen
	stepReceive
	stepReceiveAndResume // the inbox has room again
	stepTask
	stepRequestClose
	stepClosed
)

// run calls the endpoint for what there is, up to a quantum, and reports whether
// there is more. It is called by one worker at a time.
func (b *inbox) run(c *Conn) (more bool) {
	for range runQuantum {
		next, m, task := b.next(&c.loop.opts)
		switch next {
		case stepNone:
			return false
		case stepOpen:
			c.callOpen()
		case stepReceive:
			c.callReceive(m)
		case stepReceiveAndResume:
			c.callReceive(m)
			c.transport.resume()
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

// next picks the callback to run; stepNone: none, and the inbox is no longer scheduled.
func (b *inbox) next(o *Options) (step, received, func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case !b.opened:
		b.opened = true
		return stepOpen, received{}, nil
	case b.task != nil:
		task := b.task
		b.task = nil
		return stepTask, received{}, task
	case b.count > 0:
		m := b.popLocked()
		if b.paused && b.count <= o.InboxMessages/2 && b.bytes <= o.InboxBytes/2 {
			b.paused = false
			return stepReceiveAndResume, m, nil
		}
		return stepReceive, m, nil
	case b.behind != nil && !b.requested:
		b.requested = true
		return stepRequestClose, received{}, nil
	case b.closed && !b.finished:
		b.finished = true
		return stepClosed, received{}, nil
	}
	b.scheduled = false
	return stepNone, received{}, nil
}

func (b *inbox) pushLocked(m received) {
	if b.last == nil || b.last.n == chunkMessages {
		ch := chunkPool.Get().(*chunk)
		ch.head, ch.n, ch.next = 0, 0, nil
		if b.last == nil {
			b.first = ch
		} else {
			b.last.next = ch
		}
		b.last = ch
	}
	b.last.messages[b.last.n] = m
	b.last.n++
	b.count++
	b.bytes += len(m.payload.bytes)
}

func (b *inbox) popLocked() received {
	ch := b.first
	m := ch.messages[ch.head]
	ch.messages[ch.head] = received{}
	ch.head++
	b.count--
	b.bytes -= len(m.payload.bytes)
	if ch.head == ch.n {
		b.first = ch.next
		if b.first == nil {
			b.last = nil
		}
		chunkPool.Put(ch)
	}
	return m
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

func (c *Conn) callReceive(m received) {
	defer m.payload.release()
	defer c.logPanic("Receive")
	c.endpoint.Receive(m.op, m.payload.bytes)
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
