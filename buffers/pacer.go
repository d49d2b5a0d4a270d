package buffers

import "time"

// Pacer says when the next window to a reader may leave: at once when the last
// one is older than the interval, else at the interval's end, or at a flush.
//
// A window that leaves late, as timers are, doesn't move the ones behind it: the
// next is due an interval after this one was. So windows keep the rate of their
// interval, and two of them may be closer together than it.
//
// Times are durations since an origin of the caller's choice and never fall.
// The zero value does not wait at all. Not safe for concurrent use.
type Pacer struct {
	interval time.Duration
	last     time.Duration // when the last window was due, or sent if that's not near
	sent     bool          // last is set
	flush    bool
}

// Init sets the interval between windows and forgets the last one.
func (p *Pacer) Init(interval time.Duration) { *p = Pacer{interval: interval} }

// Wait is how long the next window has to wait from now on. 0 means that it may
// leave.
func (p *Pacer) Wait(now time.Duration) time.Duration {
	if p.flush || !p.sent {
		return 0
	}
	return max(0, p.last+p.interval-now)
}

// Sent notes that a window left at now. It ends a flush.
func (p *Pacer) Sent(now time.Duration) {
	due := p.last + p.interval
	if p.sent && now >= due && now < due+p.interval {
		now = due
	}
	p.last, p.sent, p.flush = now, true, false
}

// Flush lets the next window leave at once. It is sticky: it holds until the
// next Sent, whether or not there is anything to send yet.
func (p *Pacer) Flush() { p.flush = true }
