package scenewire

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// pace is the tick that all clients of a server share. At a tick the cut moves to
// the log's end and a pass over all clients begins; they read up to the cut, so that
// those at one cursor share their windows. The next tick comes when both the window
// interval and the pass are over: a server that has more to do than fits into an
// interval sends fewer, larger windows, and nothing piles up.
//
// Between ticks there is a timer only if something was pushed.
type pace struct {
	cut      atomic.Uint64 // clients read below it; written with mu held
	armed    atomic.Bool   // a tick will come; written with mu held
	finished atomic.Bool   // nobody is held back any more

	mu    sync.Mutex // guards all below
	pacer buffers.Pacer
	timer *time.Timer
	busy  bool // a pass is going on
	owed  bool // a tick is due as soon as the pass is over
	began time.Duration
	took  time.Duration // the last pass
	now   func() time.Duration
	end   func() uint64 // the log's end
	wake  func() bool   // begins a pass, unless there are no clients
	tick  func(now time.Duration)
	rate  rate
	times *tickTimes // of the last ticks; nil until somebody asks
}

func (p *pace) init(interval time.Duration, now func() time.Duration, end func() uint64, wake func() bool, tick func(now time.Duration)) {
	p.pacer.Init(interval)
	p.now, p.end, p.wake, p.tick = now, end, wake, tick
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
		p.dueLocked()
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
	p.dueLocked()
}

// finish lets clients read all there is, also during a pass.
func (p *pace) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut.Store(p.end())
}

func (p *pace) onTimer() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.armed.Load() {
		p.dueLocked()
	}
}

// passed is called when all clients have had their turn.
func (p *pace) passed() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy = false
	p.took = p.now() - p.began
	if p.owed {
		p.owed = false
		p.tickLocked()
	}
}

// dueLocked ticks, or leaves it to the end of the pass.
func (p *pace) dueLocked() {
	if p.busy {
		p.owed = true
		p.armed.Store(true)
		return
	}
	p.tickLocked()
}

func (p *pace) tickLocked() {
	now := p.now()
	p.armed.Store(false)
	p.pacer.Sent(now)
	p.cut.Store(p.end())
	p.rate.count(now)
	if p.times != nil {
		p.times.add(p.cut.Load(), now)
	}
	p.began = now
	p.busy = p.wake()
	p.tick(now)
}

// measured returns the ticks per second of late, and how long the last pass took.
func (p *pace) measured() (perSecond float64, pass time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.rate.perSecond(p.now()), p.took
}

// rate counts how often something happens, in whole seconds.
type rate struct {
	began time.Duration // of the second that is being counted
	n     int           // in it
	last  int           // in the second before
}

func (r *rate) count(now time.Duration) {
	r.turn(now)
	r.n++
}

// turn begins a new second if the current one is over.
func (r *rate) turn(now time.Duration) {
	switch age := now - r.began; {
	case age < time.Second:
	case age < 2*time.Second:
		r.began, r.last, r.n = r.began+time.Second, r.n, 0
	default:
		r.began, r.last, r.n = now, 0, 0
	}
}

// perSecond weighs the last whole second with the part of the current one.
func (r *rate) perSecond(now time.Duration) float64 {
	r.turn(now)
	part := (now - r.began).Seconds()
	return float64(r.n) + float64(r.last)*(1-part)
}

// stop ends the ticks.
func (p *pace) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.timer.Stop()
	p.owed = false
	p.armed.Store(true) // pushed has nothing to do
}
