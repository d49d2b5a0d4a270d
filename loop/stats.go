package loop

import "sync/atomic"

// Stats is a snapshot of a loop's counters. Counts rise for the life of the loop.
type Stats struct {
	InboundStats // of all connections

	Conns         int64  // connections open now
	BytesWritten  uint64 // bytes that sockets took
	FramesWritten uint64 // frames written whole, control frames too
	Writes        uint64 // system calls that wrote
	WriteStalls   uint64 // times that a socket took no more; with goroutines: not within 10 ms
	BytesRead     uint64 // bytes read from sockets
	WriteTimeouts uint64 // connections dropped for Options.WriteTimeout
	PingTimeouts  uint64 // connections dropped for Options.PingTimeout
	IdleTimeouts  uint64 // connections closed for Options.IdleTimeout
	ControlFrames int64  // control frames queued now
}

// counters are atomic: written by the goroutine that does the thing, read by Stats.
type counters struct {
	inbound                     inboundCounters
	conns                       atomic.Int64
	bytesWritten, framesWritten atomic.Uint64
	writes, stalls, bytesRead   atomic.Uint64

	writeTimeouts, pingTimeouts, idleTimeouts atomic.Uint64
}

// Stats returns the counters as they are now.
func (l *Loop) Stats() Stats {
	c := &l.stats
	stats := Stats{
		Conns:         c.conns.Load(),
		BytesWritten:  c.bytesWritten.Load(),
		FramesWritten: c.framesWritten.Load(),
		Writes:        c.writes.Load(),
		WriteStalls:   c.stalls.Load(),
		BytesRead:     c.bytesRead.Load(),
		WriteTimeouts: c.writeTimeouts.Load(),
		PingTimeouts:  c.pingTimeouts.Load(),
		IdleTimeouts:  c.idleTimeouts.Load(),
		ControlFrames: l.frames.Live(),
	}
	c.inbound.addTo(&stats.InboundStats)
	return stats
}
