package scenewire

import (
	"time"

	"github.com/scenewire/scenewire/loop"
)

// Stats is a snapshot of what a server does. Counts rise for the life of the server.
type Stats struct {
	// Clients is how many are connected.
	Clients int
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
	// LogMessages and LogBytes are the live state.
	LogMessages int
	LogBytes    int64
	// Loop has the counters of the event loop, for all servers that share it.
	Loop loop.Stats
}

// Stats returns the server's figures as they are now.
func (s *Server) Stats() Stats {
	perSecond, pass := s.pace.measured()
	s.mu.Lock()
	clients := len(s.clients)
	s.mu.Unlock()
	return Stats{
		Clients:     clients,
		WindowRate:  perSecond,
		PassTime:    pass,
		FramesBuilt: s.framesBuilt.Load(),
		FramesLive:  s.frames.Live(),
		LogMessages: s.log.Len(),
		LogBytes:    s.log.Bytes(),
		Loop:        s.loop.Stats(),
	}
}
