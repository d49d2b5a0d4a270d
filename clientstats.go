package scenewire

import (
	"slices"
	"sync/atomic"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// ClientStats is a snapshot of what one client has got and what it still has to get.
// Counts rise for the life of the client.
type ClientStats struct {
	Client    *Client
	Connected time.Duration // since it came
	// CaughtUp is how long it took from then until the last window of what the log held
	// then was handed to its socket. 0: it hasn't yet.
	CaughtUp  time.Duration
	Paused    bool // see [Client.SetPaused]
	Suspended bool // it has no connection and may come back

	// Deliveries counts the messages that it was sent, Windows the windows that they came
	// in, BytesSent what its socket took of them. WindowRate is the windows per second, of
	// the last second or two.
	Deliveries uint64
	Windows    uint64
	BytesSent  uint64
	WindowRate float64
	// Skipped counts the broadcasts since it came that were superseded before it got them.
	Skipped uint64

	// PendingMessages and PendingBytes are what it still has to get, of the log and of its
	// private queue, before compression, and what its socket hasn't taken of the windows
	// that were begun. Messages that exclude it count.
	PendingMessages int
	PendingBytes    int64
	// OldestPending is for how long the oldest of these messages has been waiting: since it
	// could have been sent, or since the client came if that is later. What waited when the
	// server's first ClientStats were asked for is only seen to wait from then on.
	OldestPending time.Duration
	Lag           Lag

	// RTT is the round trip of the last ping that the client has answered: one of
	// [Options.PingInterval], which come when nothing is sent, or of [Client.Ping]. One
	// that waits for its answer for longer counts for as long. 0: it has answered none.
	RTT time.Duration
}

// sentCounts is what a client was handed: written by its shard, read by anybody.
type sentCounts struct {
	windows, deliveries, bytes, skipped atomic.Uint64
}

// count adds frames that are handed to the connection. Nobody else writes, so a load and
// a store do (BenchmarkPull).
func (n *sentCounts) count(frames []*buffers.Frame) {
	for _, f := range frames {
		n.bytes.Store(n.bytes.Load() + uint64(f.Len()))
		if f.Messages == 0 {
			continue
		}
		n.windows.Store(n.windows.Load() + 1)
		n.deliveries.Store(n.deliveries.Load() + uint64(f.Messages))
	}
}

// recent is the rate of a client's windows, of late. Guarded by Client.mu.
type recent struct {
	at      time.Duration // of the last look; 0: none
	windows uint64        // then
	rate    float64       // in the time before
}

// look begins a new time if the current one has lasted for a second.
func (r *recent) look(now time.Duration, windows uint64) {
	age := now - r.at
	if r.at != 0 && age < time.Second {
		return
	}
	if r.at != 0 {
		r.rate = float64(windows-r.windows) / age.Seconds()
	}
	r.at, r.windows = now, windows
}

// perSecond weighs the time before with the current one.
func (r *recent) perSecond(now time.Duration, windows uint64) float64 {
	r.look(now, windows)
	part := (now - r.at).Seconds()
	return float64(windows-r.windows) + r.rate*(1-part)
}

// Stats returns the client's figures as they are now. It walks over what waits for the
// client in the log; [Server.AppendClientStats] does so once for all clients.
func (c *Client) Stats() ClientStats {
	return c.server.appendStats(nil, []*Client{c})[0]
}

// AppendClientStats appends the figures of all clients, in no order. It takes some 0.3 µs
// for each, and one walk over what waits in the log for the slowest.
func (s *Server) AppendClientStats(dst []ClientStats) []ClientStats {
	clients, _ := s.unsortedClients()
	return s.appendStats(dst, clients)
}

func (s *Server) appendStats(dst []ClientStats, clients []*Client) []ClientStats {
	times := s.pace.keepTimes()
	cursors := make([]uint64, len(clients))
	for i, c := range clients {
		cursors[i] = c.cursor.Load()
	}
	distinct := slices.Clone(cursors)
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	waiting := s.log.AppendWaiting(nil, distinct)
	now, end := s.loop.Now(), s.log.Next()
	dst = slices.Grow(dst, len(clients))
	for i, c := range clients {
		at, _ := slices.BinarySearch(distinct, cursors[i])
		dst = append(dst, c.stats(now, end, waiting[at], &times))
	}
	return dst
}

// stats is the client's part: what waits for it in the log, and since when what could be
// sent, is given.
func (c *Client) stats(now time.Duration, end uint64, log buffers.Waiting, times *tickTimes) ClientStats {
	conn := c.conn.Load()
	owed := conn.Pending()
	st := ClientStats{
		Client: c, Connected: now - c.connected, CaughtUp: time.Duration(c.caughtUp.Load()), Paused: c.paused.Load(),
		Deliveries: c.sent.deliveries.Load(), Windows: c.sent.windows.Load(), Skipped: c.sent.skipped.Load(),
		BytesSent: c.sent.bytes.Load(), RTT: conn.RTT(),
		PendingMessages: log.Entries + c.queue.Len(), PendingBytes: log.Bytes + c.queue.Bytes() + owed,
	}
	st.BytesSent -= min(st.BytesSent, uint64(owed))
	c.mu.Lock()
	st.Suspended = c.suspendedLocked()
	st.WindowRate = c.recent.perSecond(now, st.Windows)
	st.Lag = c.lagLocked(now, end)
	queued := c.queuedAt
	c.mu.Unlock()
	if log.Entries > 0 {
		st.OldestPending = min(max(now-times.since(log.Oldest, now), 0), st.Connected)
	}
	if st.PendingMessages > log.Entries {
		st.OldestPending = max(st.OldestPending, now-queued)
	}
	return st
}

// Ping asks the client's browser for a sign of life, unless one is on its way. Its answer
// is found in [ClientStats].RTT.
func (c *Client) Ping() { c.conn.Load().Ping() }

// SetPaused says whether the client is kept without messages: none leave from now on, but
// for the window that is being written. What is broadcast is conflated meanwhile, so
// that a client that goes on gets what has changed and nothing else.
//
// The bounds on what waits for a client hold as for one that doesn't read: transient
// broadcasts are dropped, and a private queue that is full closes it. It isn't a laggard
// to [Server.OnLag], and [Options.WriteTimeout] doesn't begin. Flush works when it goes on;
// [Server.Shutdown] sends it what waits. One that comes back is still paused.
func (c *Client) SetPaused(paused bool) {
	if c.paused.Swap(paused) && !paused {
		c.conn.Load().Wake()
	}
}
