package loop

import (
	"math"
	"time"
)

// throttlePause is the least time for which a connection that sends too fast isn't read.
// Shorter pauses would cost more than what they let in.
const throttlePause = 20 * time.Millisecond

// limiter bounds what a connection may send in a second, by two buckets of tokens that
// hold one second's worth. nil: no limit. Guarded by Conn.readMu.
type limiter struct {
	messages bucket
	bytes    bucket
	seen     time.Duration // Loop.Now of the last refill
	timer    *time.Timer   // nil before the first pause
	resume   func()        // what the timer calls
}

// bucket is a number of tokens that grows by rate in a second, up to one second's worth.
// Below zero it is a debt.
type bucket struct{ rate, level float64 }

func newBucket(perSecond int) bucket {
	rate := float64(perSecond)
	if perSecond <= 0 {
		rate = math.Inf(1)
	}
	return bucket{rate, rate}
}

func (b *bucket) refill(d time.Duration) {
	if b.level < b.rate {
		b.level = min(b.rate, b.level+b.rate*d.Seconds())
	}
}

// wait returns the time until the bucket has so many tokens.
func (b *bucket) wait(tokens float64) time.Duration {
	if b.level >= tokens {
		return 0
	}
	return time.Duration((tokens - b.level) / b.rate * float64(time.Second))
}

// LimitInbound bounds what the peer may send in a second; 0 or less is no limit. What
// is sent faster isn't read before its time, so that TCP holds the peer back: nothing is
// dropped. One second's worth may come at once, and so may one message, however large.
// Control frames count as bytes only. It is to be called in the function that
// makes the endpoint, see [Loop.Upgrade].
func (c *Conn) LimitInbound(messagesPerSecond, bytesPerSecond int) {
	if messagesPerSecond <= 0 && bytesPerSecond <= 0 {
		c.limit = nil
		return
	}
	c.limit = &limiter{
		messages: newBucket(messagesPerSecond),
		bytes:    newBucket(bytesPerSecond),
		seen:     c.loop.Now(),
		resume:   func() { c.inbox.unthrottle(c) },
	}
}

// read counts bytes that were read from the socket.
func (l *limiter) read(n int) {
	if l != nil {
		l.bytes.level -= float64(n)
	}
}

// refill lets time pass.
func (l *limiter) refill(now time.Duration) {
	if l == nil || now <= l.seen {
		return
	}
	l.messages.refill(now - l.seen)
	l.bytes.refill(now - l.seen)
	l.seen = now
}

// allow returns how many of n messages may be taken.
func (l *limiter) allow(n int) int {
	if l == nil || float64(n) <= l.messages.level {
		return n
	}
	return max(int(l.messages.level), 0)
}

// spend counts messages that were taken.
func (l *limiter) spend(n int) {
	if l != nil {
		l.messages.level -= float64(n)
	}
}

// pause returns for how long the connection must not be read; 0: it may be.
func (l *limiter) pause() time.Duration {
	if l == nil || l.messages.level >= 1 && l.bytes.level >= 0 {
		return 0
	}
	return max(l.messages.wait(1), l.bytes.wait(0), throttlePause)
}

// throttleLocked stops reading for a while if the peer has sent too much, and reports
// whether it has. There is a timer only while it is needed.
func (c *Conn) throttleLocked() bool {
	if c.limit == nil || c.drainsReceiveBuffer {
		return false
	}
	d := c.limit.pause()
	if d == 0 {
		return false
	}
	c.count(func(to *inboundCounters) { to.throttles.Add(1) })
	c.inbox.throttle()
	if c.limit.timer == nil {
		c.limit.timer = time.AfterFunc(d, c.limit.resume)
	} else {
		c.limit.timer.Reset(d)
	}
	return true
}
