package scenario

import (
	"slices"
	"time"
)

// Scenario is one load. [Parse] and [Preset] fill in the defaults of what isn't said; then
// [Scenario.Validate] tells whether it can be run. The types of fields that are no Go
// types are values of flags.
type Scenario struct {
	Name  string `yaml:"name"`
	About string `yaml:"about"` // what it shows, in a line

	Clients  int      `yaml:"clients"`
	Ramp     Rate     `yaml:"ramp"`     // clients that connect, per second; 0: as fast as the server takes them
	Warmup   Duration `yaml:"warmup"`   // of the load, before anything counts
	Duration Duration `yaml:"duration"` // of what counts
	Settle   Duration `yaml:"settle"`   // how long everybody may take to reach the end state; default 10 s
	Seed     uint64   `yaml:"seed"`     // of all that is chosen at random; default 1

	Produce Produce `yaml:"produce"` // what the embedded server broadcasts
	Send    Send    `yaml:"send"`    // what clients send
	Slow    []Slow  `yaml:"slow"`    // clients that read slowly
	Storms  []Storm `yaml:"storms"`  // clients that come, break and come back
	Replay  Replay  `yaml:"replay"`  // a recording as load
	Server  Server  `yaml:"server"`  // options of the embedded server
}

// Produce is what the embedded server broadcasts. The objects exist before the first
// client connects.
type Produce struct {
	Objects int   `yaml:"objects"`
	Rate    Rate  `yaml:"rate"`    // changes of each object, per second
	Size    Size  `yaml:"size"`    // of one message, encoded, before compression; default 128 B
	Batch   Batch `yaml:"batch"`   // how many objects change together, in one Atomic; default all
	Ticks   Rate  `yaml:"ticks"`   // transient broadcasts, per second
	Burst   Burst `yaml:"burst"`   // besides the rate
	Shrink  Share `yaml:"shrinks"` // of a message's data: what compression saves; default 50 %
}

// Burst is many changes at once.
type Burst struct {
	Every    Duration `yaml:"every"`
	Messages int      `yaml:"messages"` // in each burst, over the objects in turn
}

// Send is what clients send. The rates are of each client.
type Send struct {
	Clients Portion `yaml:"clients"` // how many send; default all
	Echo    Rate    `yaml:"echo"`    // the server sends each back, and the round trip is measured
	Pointer Rate    `yaml:"pointer"` // the server sends each on to all others
	Flood   Rate    `yaml:"flood"`   // the server only counts; "max": as fast as the sockets take it
	Size    Size    `yaml:"size"`    // of a message, encoded; default 64 B
}

// Slow is a group of clients that don't read as fast as they could. When the load is over
// they read on at full speed, to reach the end state.
type Slow struct {
	Clients Portion `yaml:"clients"`
	Reads   Reads   `yaml:"reads"` // bytes per second, or nothing
}

// Storm is many clients that do the same at once.
type Storm struct {
	Kind    StormKind `yaml:"kind"`
	At      Duration  `yaml:"at"`    // from the beginning of the measured time
	Every   Duration  `yaml:"every"` // and again; 0: once. Of flap: how often each client does
	Clients Portion   `yaml:"clients"`
	Break   Break     `yaml:"break"`  // how connections end; default reset
	Away    Duration  `yaml:"away"`   // until they come back, or joiners leave; 0: at once, or never
	Resume  bool      `yaml:"resume"` // they ask to go on where they were
}

// StormKind is what clients do in a storm.
type StormKind string

// The kinds of storms.
const (
	Join      StormKind = "join"      // clients join besides those that are there
	Reconnect StormKind = "reconnect" // clients lose their connections, all at once, and come back
	Flap      StormKind = "flap"      // the same, over and over, each client at a time of its own
)

// Break is how a connection ends.
type Break string

// The ways.
const (
	BreakReset Break = "reset" // TCP's RST, as when a network or a machine goes
	BreakFIN   Break = "fin"   // the stream ends without a close frame, as when a process dies
	BreakClose Break = "close" // a close frame: the server lets the client go at once
)

// Replay plays a recording, .viser or .mcap. With a path relative to a scenario's file,
// it is looked for beside that.
type Replay struct {
	File    string  `yaml:"file"`
	Speed   float64 `yaml:"speed"`   // default 1
	Repeat  bool    `yaml:"repeat"`  // from the start again when it has ended
	Inbound bool    `yaml:"inbound"` // what its clients sent is sent by clients, too
}

// Server is options of the embedded server. The zero values are Scenewire's defaults.
type Server struct {
	Window         Duration `yaml:"window"`          // time between two windows; negative: none
	WindowMessages int      `yaml:"window-messages"` // in one window
	WriteTimeout   Duration `yaml:"write-timeout"`   // after which one who reads nothing is closed
	ResumeGrace    Duration `yaml:"resume-grace"`    // for how long a broken client is kept
	Procs          int      `yaml:"procs"`           // GOMAXPROCS
	Writer         string   `yaml:"writer"`          // "write" or "io_uring"
}

// SetDuration changes how long is measured. If a storm would lie behind the end then, all
// of them come earlier, in proportion.
func (s *Scenario) SetDuration(d Duration) {
	part := float64(d) / float64(s.Duration)
	late := func(t Storm) bool { return t.At >= d }
	if part < 1 && slices.ContainsFunc(s.Storms, late) {
		s.Storms = slices.Clone(s.Storms)
		for i := range s.Storms {
			s.Storms[i].At = Duration(part * float64(s.Storms[i].At))
		}
	}
	s.Duration = d
}

// windowRate returns how many windows per second a client gets that keeps up: as many as
// there are changes, up to what the server sends; 0: that can't be told.
func (s *Scenario) windowRate() float64 {
	p := &s.Produce
	if p.Objects == 0 || p.Rate == 0 {
		return 0
	}
	interval := s.Server.Window.Std()
	if interval == 0 {
		interval = time.Second / 60
	}
	changes := float64(p.Rate) * float64(p.Objects) / float64(p.Batch.Of(p.Objects))
	most := changes
	if interval > 0 {
		most = float64(time.Second) / float64(interval)
	}
	others := p.Burst.Messages > 0 || p.Ticks > 0 || s.Send.Pointer > 0 || s.Send.Echo > 0
	if others && (changes < 0.99*most || interval < 0) {
		return 0 // what else there is may come in windows of its own, or not
	}
	return min(changes, most)
}

// newScenario returns what a scenario is in which nothing is said.
func newScenario() *Scenario {
	return &Scenario{
		Duration: Duration(15 * time.Second),
		Settle:   Duration(10 * time.Second),
		Seed:     1,
		Produce:  Produce{Size: 128, Shrink: 0.5},
		Send:     Send{Clients: Portion{Share: 1}, Size: 64},
		Replay:   Replay{Speed: 1},
	}
}
