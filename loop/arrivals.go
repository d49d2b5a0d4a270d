package loop

import (
	"sync/atomic"
	"time"
)

// InboundStats is what came from peers. Counts rise for the life of the loop or group.
type InboundStats struct {
	Messages       uint64 // messages received
	Waiting        int64  // of these not handled yet, now
	Handled        uint64 // messages that Receive was called for
	Pauses         uint64 // times that a full inbox stopped reading
	Throttles      uint64 // times that [Conn.LimitInbound] stopped reading
	ProtocolErrors uint64 // connections closed because the peer broke RFC 6455, or sent too large a message
	// HandlerTime is how long Receive took for all that were handled. It is taken for up
	// to 32 messages of a connection at once, when they are done.
	HandlerTime time.Duration
}

// inboundCounters are atomic: written by readers and workers, once for many messages.
type inboundCounters struct {
	messages, handled                 atomic.Uint64
	waiting, nanos                    atomic.Int64
	pauses, throttles, protocolErrors atomic.Uint64
}

// addTo adds the counters to a sum.
func (c *inboundCounters) addTo(sum *InboundStats) {
	sum.Messages += c.messages.Load()
	sum.Waiting += c.waiting.Load()
	sum.Handled += c.handled.Load()
	sum.Pauses += c.pauses.Load()
	sum.Throttles += c.throttles.Load()
	sum.ProtocolErrors += c.protocolErrors.Load()
	sum.HandlerTime += time.Duration(c.nanos.Load())
}

// Inbound returns what came from the group's peers so far.
func (g *Group) Inbound() InboundStats {
	var sum InboundStats
	for i := range g.parts {
		g.parts[i].inbound.addTo(&sum)
	}
	return sum
}

// count has what c's peer does counted, for the loop and for c's group.
func (c *Conn) count(add func(*inboundCounters)) {
	add(&c.loop.stats.inbound)
	if c.group != nil {
		add(&c.group.inbound)
	}
}

// countReceived counts messages that go into the inbox.
func (c *Conn) countReceived(n int) {
	c.count(func(to *inboundCounters) {
		to.messages.Add(uint64(n))
		to.waiting.Add(int64(n))
	})
}

// countHandled counts messages that the endpoint took so long for.
func (c *Conn) countHandled(n int, took time.Duration) {
	c.count(func(to *inboundCounters) {
		to.waiting.Add(int64(-n))
		to.handled.Add(uint64(n))
		to.nanos.Add(int64(took))
	})
}
