//go:build linux

package scenario

import (
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/serve"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
)

// Outcome is what a run has found.
type Outcome struct {
	Scenario    Scenario
	Target      string          // the URL
	Embedded    bool            // the server was loadgen's own
	Addresses   serve.Addresses // of the embedded server, which is gone
	Subprotocol string
	Began       time.Time
	Interrupted bool  // it was ended early: what follows is of the time until then
	Failed      error // why it ended by itself before its time; nil: it didn't

	Ramp      time.Duration // until all clients were connected
	Seconds   float64       // that were measured; 0: it didn't come so far
	Connected int           // the most clients at a time

	Measured *swarm.Stats // of the measured time
	Whole    *swarm.Stats // of the whole run, ramp and settling included
	Samples  []Sample     // of the measured time, about one for each second

	Server    *ServerFigures // nil: nothing is known of its process
	Produced  *Produced      // nil: the server isn't loadgen's own
	Inbound   *Inbound       // nil: no recording's clients sent
	Waves     []Wave         // of the storms, in order
	Events    []Event        // of the whole run, in order
	Converged Convergence
	// Limits says what besides the server limited the run, in sentences: loadgen's own
	// clients, the producers. None: the figures are the server's.
	Limits []string
}

// Sample is a second of the measured time.
type Sample struct {
	At         float64 // seconds from the beginning of the measured time to its end
	Seconds    float64 // its length
	Clients    int     // connected at its end
	Deliveries int64
	Windows    int64
	Bytes      int64 // from the sockets
	Inflated   int64 // of windows, before compression
	Packed     int64 // of the same on the wire
	Gaps       int64
	Errors     int64           // see [Outcome.Errors]
	Latency    swarm.Histogram // of groups that keep up
	UpdateGap  swarm.Histogram // of the same
	Echo       swarm.Histogram

	ServerCPU      time.Duration // that the server's process used in it; 0: not known
	ServerResident int64         // bytes at its end; 0: not known
	OwnCPU         time.Duration // that loadgen's processes with clients used
}

// ServerFigures are of the server's process, in the measured time.
type ServerFigures struct {
	PID           int
	CPU           time.Duration
	ResidentBytes int64 // at its end
	PeakBytes     int64 // in it; 0: not known
	IdleBytes     int64 // before the first client, resident; 0: not known

	Embedded *serve.Reading // of the embedded server: counts of the measured time
}

// Produced is what the embedded server broadcast in the measured time, and how late it was
// with that: how long after its time each change, tick or burst began.
type Produced struct {
	Messages      int64
	P50, P99, Max time.Duration
	// Done is the share of what was due that was done.
	Done float64
}

// Event is something that happened to a run, for its timeline.
type Event struct {
	At   float64 `json:"at"`   // seconds from the run's begin
	Kind string  `json:"kind"` // a phase's name, or storm, kill, stall, end
	Text string  `json:"text"`
}

// Wave is one storm at one time, and what it cost.
type Wave struct {
	Kind    StormKind `json:"kind"`
	At      float64   `json:"at"` // seconds from the beginning of the measured time
	Clients int       `json:"clients"`
	Resume  bool      `json:"resume"`
	// Back is how many came (back) and reached the state that the server had then, within
	// Seconds.
	Back    int     `json:"back"`
	Seconds float64 `json:"seconds"`
	// What each needed to reach it, from its connection on.
	CatchUp swarm.Histogram `json:"-"` // ns
	Bytes   swarm.Histogram `json:"-"`
	// What they were told: that their session goes on, that they get what has changed in
	// the scene, that they get all.
	Resumed int64 `json:"resumed"`
	Scene   int64 `json:"scene"`
	Fresh   int64 `json:"fresh"`
}

// Convergence is whether all got to the same end state once nothing was produced any more.
type Convergence struct {
	Checked bool          `json:"checked"`
	Why     string        `json:"why,omitempty"`   // it wasn't checked
	Took    time.Duration `json:"took_ns"`         // from the end of the load until the last one had it; of those that missed it, all that was waited
	Fast    int           `json:"fast"`            // clients that were compared, of those that keep up
	Slow    int           `json:"slow"`            // and of those that don't
	Gone    int           `json:"gone"`            // that couldn't be compared: they have no connection any more
	Objects int           `json:"objects"`         // in the state
	Missed  int           `json:"missed"`          // clients with another state
	Which   []string      `json:"which,omitempty"` // some of them, described
}

// Held reports whether the end state was checked, and everybody had it.
func (c *Convergence) Held() bool { return c.Checked && c.Missed == 0 }

// Fast returns what the clients had that were to keep up, in the measured time.
func (o *Outcome) Fast() *swarm.GroupStats { return total(o.Measured, isFast) }

// All returns what all clients had in the measured time.
func (o *Outcome) All() *swarm.GroupStats {
	return total(o.Measured, everyone)
}

// Slow returns what the clients had that weren't to keep up, in the measured time.
func (o *Outcome) Slow() *swarm.GroupStats {
	return total(o.Measured, func(g *swarm.GroupStats) bool { return g.Slow })
}

func everyone(*swarm.GroupStats) bool { return true }

func isFast(g *swarm.GroupStats) bool { return !g.Slow }

// total sums up some groups.
func total(s *swarm.Stats, which func(*swarm.GroupStats) bool) *swarm.GroupStats {
	if s == nil {
		return new(swarm.GroupStats)
	}
	some := swarm.Stats{Groups: map[string]*swarm.GroupStats{}}
	for name, g := range s.Groups {
		if which(g) {
			some.Groups[name] = g
		}
	}
	return some.Total()
}

// Errors returns how often connections failed or were ended by the server, over the whole
// run.
func (o *Outcome) Errors() int64 {
	return failures(total(o.Whole, everyone))
}

// failures counts what went wrong with the connections of a group.
func failures(g *swarm.GroupStats) int64 {
	n := g.Protocol
	for _, failed := range g.Failed {
		n += failed
	}
	for _, closed := range g.Closed {
		n += closed
	}
	return n
}

// EffectiveRate returns the windows per second that a client that keeps up has got, on
// average, divided by the rate of changes or of windows, whichever is less: 1 is the full
// rate. known is false where no rate is produced.
func (o *Outcome) EffectiveRate() (share float64, known bool) {
	fast := o.Fast()
	full := o.Scenario.windowRate()
	if full == 0 || o.Seconds == 0 || fast.Clients == 0 || !o.Embedded {
		return 0, false
	}
	return float64(fast.Windows) / float64(fast.Clients) / o.Seconds / full, true
}
