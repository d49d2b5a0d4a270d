package scenewire

import (
	"sync"
	"time"

	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/record"
)

// Stats is a snapshot of what a server does. Counts rise for the life of the server.
// Package metrics serves it to Prometheus.
type Stats struct {
	// Clients is how many are connected, ClientsTotal how many ever were; a client that
	// came back is the same. Suspended is how many have no connection and may come back,
	// within Options.ResumeGrace.
	Clients      int
	ClientsTotal uint64
	Suspended    int
	// Resumes counts what those got that came back with a token of [Subprotocol]:
	// "client" (the same client went on), "scene" (what has changed), "reset" (all of the
	// scene: theirs was too old, or another server's); and as "in_band" the clients whose
	// connection went on with all of the scene, because they were far behind, because it
	// was replaced, or because they asked for that.
	Resumes map[string]uint64
	// Refused counts the handshakes that didn't become clients, by what stood against
	// them: "clients" (Options.MaxClients), "address" (MaxClientsPerAddress), "rate"
	// (MaxHandshakeRate), "loop" (loop.Options.MaxConns), "host" (Hosts), "origin"
	// (AllowedOrigins), "authorize" (Authorize), "version" (Protocol.ViserVersion),
	// "handshake" (not one of RFC 6455), "draining" (Shutdown), "failed" (the connection
	// broke, or couldn't be taken over).
	Refused map[string]uint64
	// Closed counts the connections that ended, by the code of their reason, whoever gave
	// it; 1006 is an end without a close frame. Codes from 3000 on are counted as 3000,
	// those from 4000 on as 4000.
	Closed map[CloseCode]uint64

	// HTTPConns is the open connections that aren't clients, of the server's own
	// listeners. HTTPConnsEvicted counts those that were closed for Options.MaxHTTPConns
	// or for want of file descriptors.
	HTTPConns        int
	HTTPConnsEvicted uint64
	// AcceptFailures counts how often a connection couldn't be accepted for want of file
	// descriptors or memory; it was tried again.
	AcceptFailures uint64

	// Deliveries counts the messages that clients were sent: one that goes to a thousand
	// clients counts a thousand times. Windows counts the windows that they came in.
	Deliveries uint64
	Windows    uint64
	// BytesSent is what the clients' sockets took. PayloadBytes is the size of the
	// deliveries before compression: PayloadBytes / BytesSent is what compression gains.
	BytesSent    uint64
	PayloadBytes uint64
	// WriteStalls counts how often a client's socket took no more.
	WriteStalls uint64

	// WindowRate is the windows per second that clients are sent, of late: 60 under
	// continuous broadcasts, and less when a pass over all clients takes longer than
	// Options.WindowInterval.
	WindowRate float64
	// PassTime is how long the last pass over all clients took.
	PassTime time.Duration
	// FramesBuilt counts the frames that were encoded and compressed; they are shared.
	FramesBuilt uint64
	// FramesLive is how many frames are held: by the cache, and for sockets that
	// haven't taken them.
	FramesLive int64

	// MaxLag has the largest value of each field over all clients, see [Client.Lag].
	MaxLag Lag
	// Pending sums [Client.Pending], the bytes that wait for single clients.
	Pending int64
	// TransientsLost counts the transient broadcasts that were dropped before they
	// reached a client, once for each client.
	TransientsLost uint64

	// LogMessages and LogBytes are the live state. Culled counts the broadcasts that
	// newer ones superseded.
	LogMessages int
	LogBytes    int64
	Culled      uint64
	// LogRemovals and LogTransients are the removals and the transient broadcasts that
	// are kept for clients that haven't got them.
	LogRemovals   int
	LogTransients int

	// Captures is how many captures run, see [Server.StartCapture]. Captured sums up what
	// they do, and counts that of those that have ended; its Flushed isn't used.
	Captures int
	Captured record.CaptureStats

	// Inbound is what clients sent, how much of it waits for handlers, and how long
	// these took.
	Inbound loop.InboundStats
	// BadMessages counts the messages of clients that were ignored, by what was wrong
	// with them: "text_message" (messages are binary), "control" (a text message of
	// [Subprotocol] that isn't as docs/protocol.md says), or the name of a [messages.Fault]:
	// "malformed", "too_large", "too_deep", "no_message", "trailing_bytes",
	// "unknown_type", "wrong_field", "number", "invalid_utf8", "duplicate_key".
	BadMessages map[string]uint64
	// Panics counts the panics of callbacks. Each costs its client no more than this
	// call; at most ten in a second are logged.
	Panics uint64

	// Loop has the counters of the event loop, for all servers that share it.
	Loop loop.Stats
}

// Stats returns the server's figures as they are now. It looks at every client, which
// takes some 0.1 µs for each.
func (s *Server) Stats() Stats {
	perSecond, pass := s.pace.measured()
	sent := s.group.Stats()
	httpConns, evicted := s.httpConns.counts()
	transients, _ := s.log.Transients()
	stats := Stats{
		Suspended: int(s.suspended.Load()), Resumes: s.resumes.counts(),
		Refused: s.admission.counts(), Closed: s.closes.counts(),
		HTTPConns: httpConns, HTTPConnsEvicted: evicted, AcceptFailures: s.acceptFailures.Load(),
		Deliveries: sent.Messages, Windows: sent.Windows, BytesSent: sent.Bytes,
		PayloadBytes: sent.PayloadBytes, WriteStalls: sent.WriteStalls,
		WindowRate: perSecond, PassTime: pass,
		FramesBuilt: s.framesBuilt.Load(), FramesLive: s.frames.Live(),
		TransientsLost: s.transientsLost.Load(),
		LogMessages:    s.log.Len(), LogBytes: s.log.Bytes(), Culled: s.log.Culled(),
		LogRemovals: s.log.Removals(), LogTransients: transients,
		Inbound: s.group.Inbound(), BadMessages: s.badMessages.counts(), Panics: s.panics.count.Load(),
		Loop: s.loop.Stats(),
	}
	stats.Captures, stats.Captured = s.captures.stats()
	stats.addClients(s)
	return stats
}

// addClients fills in what is found by looking at every client.
func (stats *Stats) addClients(s *Server) {
	clients, total := s.unsortedClients()
	stats.ClientsTotal = total
	now, end := s.loop.Now(), s.log.Next()
	for _, c := range clients {
		c.mu.Lock()
		suspended, lag := c.suspendedLocked(), c.lagLocked(now, end)
		c.mu.Unlock()
		if suspended {
			continue
		}
		stats.Clients++
		stats.Pending += lag.Pending
		worst := &stats.MaxLag
		worst.Sequences = max(worst.Sequences, lag.Sequences)
		worst.Pending = max(worst.Pending, lag.Pending)
		worst.Since = max(worst.Since, lag.Since)
		worst.Lost = max(worst.Lost, lag.Lost)
	}
}

// closeCounts counts the ends of connections by code. The zero value is ready.
type closeCounts struct {
	mu     sync.Mutex // guards all below
	byCode map[CloseCode]uint64
}

// add counts one. Peers may send any code from 3000 on: these are counted together.
func (c *closeCounts) add(code CloseCode) {
	if code >= 3000 {
		code -= code % 1000
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byCode == nil {
		c.byCode = map[CloseCode]uint64{}
	}
	c.byCode[code]++
}

func (c *closeCounts) counts() map[CloseCode]uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	copied := make(map[CloseCode]uint64, len(c.byCode))
	for code, n := range c.byCode {
		copied[code] = n
	}
	return copied
}
