package scenewire

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// pace is the tick that all clients of a server share. At a tick the cut moves to
// the log's end; clients read up to the cut, so that those at one cursor share their
// windows. Between ticks there is a timer only if something was pushed.
type pace struct {
	cut   atomic.Uint64 // clients read below it; written with mu held
	armed atomic.Bool   // a tick will come; written with mu held

	mu    sync.Mutex // guards all below
	pacer buffers.Pacer
	timer *time.Timer
	now   func() time.Duration
	end   func() uint64 // the log's end
	wake  func()        // has the clients read
}

func (p *pace) init(interval time.Duration, now func() time.Duration, end func() uint64, wake func()) {
	p.pacer.Init(interval)
	p.now, p.end, p.wake = now, end, wake
	p.timer = time.AfterFunc(time.Hour, p.onTimer)
	p.timer.Stop()
}

// pushed sees to it that a tick comes after what the caller has pushed: at once if
// the last one is an interval ago. It is called after the push, so that a tick that
// disarms concurrently has the entry below its cut.
func (p *pace) pushed() {
	if p.armed.Load() {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.armed.Load() {
		return
	}
	wait := p.pacer.Wait(p.now())
	if wait == 0 {
		p.tickLocked()
		return
	}
	p.armed.Store(true)
	p.timer.Reset(wait)
}

// flush ticks now if anything waits; otherwise the next push ticks at once.
func (p *pace) flush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cut.Load() == p.end() {
		p.pacer.Flush()
		return
	}
	p.timer.Stop()
	p.tickLocked()
}

func (p *pace) onTimer() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.armed.Load() {
		p.tickLocked()
	}
}

func (p *pace) tickLocked() {
	p.armed.Store(false)
	p.pacer.Sent(p.now())
	p.cut.Store(p.end())
	p.wake()
}

// stop ends the ticks.
func (p *pace) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.timer.Stop()
	p.armed.Store(true) // pushed has nothing to do
}
