package swarm

import (
	"maps"
	"slices"
	"time"
)

// Stats is what a fleet has counted since its start, at one moment. Two of them make a
// third with Sub: what happened between them. They are plain values for JSON.
type Stats struct {
	At int64 `json:"at"` // ns of CLOCK_MONOTONIC
	// Groups are by name.
	Groups map[string]*GroupStats `json:"groups"`
	// Threads are all of all processes.
	Threads []ThreadStats `json:"threads"`
	// Processes are those of the clients, one at least.
	Processes []ProcessStats `json:"processes"`
	// Faults are the first ones that were found, MaxFaults of each process.
	Faults []Fault `json:"faults,omitempty"`
}

// GroupStats is what the clients of one group have met. Latencies and other times are in
// nanoseconds.
type GroupStats struct {
	// How many clients there are, at the moment. Sub leaves them alone.
	Clients    int64 `json:"clients"`
	Open       int64 `json:"open"`
	Connecting int64 `json:"connecting"`
	Away       int64 `json:"away"`
	Slow       bool  `json:"slow"` // Group.Slow, or it was given a Pace

	Traffic
	Connections
	Checks
}

// Traffic is what went over the connections of a group, and how late it was.
type Traffic struct {
	Frames    int64 `json:"frames"`     // binary and text messages that came, of WebSocket
	Windows   int64 `json:"windows"`    // of them those that were understood
	Messages  int64 `json:"messages"`   // scene messages in them: the deliveries
	Bytes     int64 `json:"bytes"`      // read from sockets, handshakes apart
	Inflated  int64 `json:"inflated"`   // bytes of windows before compression
	Packed    int64 `json:"packed"`     // bytes of these windows on the wire
	Sent      int64 `json:"sent"`       // messages of Stream
	SentBytes int64 `json:"sent_bytes"` // of all that was sent, handshakes apart
	Refused   int64 `json:"refused"`    // messages that weren't sent: too much waited
	SentLate  int64 `json:"sent_late"`  // messages of Stream that were sent 1 ms late or more
	Echoes    int64 `json:"echoes"`     // that were sent
	Echoed    int64 `json:"echoed"`     // that came back

	Latency   Histogram `json:"latency"`    // of broadcast messages that have a stamp
	UpdateGap Histogram `json:"update_gap"` // of watched clients: between two updates of one object
	Echo      Histogram `json:"echo"`       // from when an echo was scheduled to its return
	RoundTrip Histogram `json:"round_trip"` // of pings of scenewire.v1
}

// Connections is how a group's connections began and ended.
type Connections struct {
	Opened    int64           `json:"opened"`
	Returned  int64           `json:"returned"` // of them those of clients that had been connected before
	Failed    map[Cause]int64 `json:"failed,omitempty"`
	Fresh     int64           `json:"fresh"`          // hellos that resume nothing
	Resumed   int64           `json:"resumed"`        // hellos that continue the session
	Scene     int64           `json:"resumed_scene"`  // hellos of a new session with the old scene
	Resets    int64           `json:"resets"`         // windows that began anew
	Closed    map[int]int64   `json:"closed"`         // ends that were not asked for, by close code; 1006: without one
	Dropped   int64           `json:"dropped"`        // by Drop or Flap
	Connect   Histogram       `json:"connect"`        // from when it was scheduled to the server's 101
	Join      Histogram       `json:"join"`           // catch-up of the first time, from the 101 on
	Comeback  Histogram       `json:"comeback"`       // catch-up of each later time
	JoinBytes Histogram       `json:"join_bytes"`     // read until it had caught up, in bytes
	BackBytes Histogram       `json:"comeback_bytes"` // the same of later times: what an outage cost
}

// Checks is what was found wrong with what a group was sent, and what wasn't looked at.
type Checks struct {
	Gaps       int64 `json:"gaps"`       // ticks that a client which keeps up didn't get
	LostTicks  int64 `json:"lost_ticks"` // ticks that slow and returning clients didn't get: allowed
	Disorder   int64 `json:"disorder"`   // sequences, ticks, times, versions and counts that went back or jumped
	Duplicates int64 `json:"duplicates"` // what came a second time
	Corrupt    int64 `json:"corrupt"`    // windows that couldn't be decoded
	Mirrored   int64 `json:"mirrored"`   // pointers that came back to their own sender
	Protocol   int64 `json:"protocol"`   // connections on which the server broke RFC 6455

	// UncheckedOrder is how many windows with messages had no sequence or count by which
	// their order can be judged.
	UncheckedOrder int64 `json:"unchecked_order"`
	// Unstamped is how many messages had no time, and so no latency.
	Unstamped int64 `json:"unstamped"`
	// Unwatched is how many clients were to be watched, but for the memory.
	Unwatched int64 `json:"unwatched"`
}

// Errors is how many faults there are that no server should have.
func (c *Checks) Errors() int64 {
	return c.Gaps + c.Disorder + c.Duplicates + c.Corrupt + c.Mirrored + c.Protocol
}

// Fault is something that was wrong.
type Fault struct {
	At     int64  `json:"at"` // ns of CLOCK_MONOTONIC
	Group  string `json:"group"`
	Client int    `json:"client"`
	Epoch  uint64 `json:"epoch,string"`
	Seq    uint64 `json:"seq,string"` // that the client was at
	What   string `json:"what"`
}

// MaxFaults is how many faults a process describes; all are counted.
const MaxFaults = 20

// ThreadStats is what a thread did, in all time since it began.
type ThreadStats struct {
	Wall time.Duration `json:"wall"` // since it began
	Busy time.Duration `json:"busy"` // of it not waiting for events
	CPU  time.Duration `json:"cpu"`
	// Delayed is how long it could have run, but the machine's processors were taken.
	Delayed time.Duration `json:"delayed"`
	Reads   int64         `json:"reads"` // system calls that read something
	// Lag is for how long sockets waited: from the return of epoll_wait that named them to
	// their reading.
	Lag Histogram `json:"lag"`
}

// ProcessStats is what a process of clients took.
type ProcessStats struct {
	CPU      time.Duration `json:"cpu"`
	Resident int64         `json:"resident_bytes"` // Sub leaves it alone
}

// Sub returns what has happened between an earlier snapshot and this one. Neither is
// changed.
func (s *Stats) Sub(earlier *Stats) *Stats {
	out := s.clone()
	for name, g := range out.Groups {
		if was := earlier.Groups[name]; was != nil {
			g.Traffic.sub(&was.Traffic)
			g.Connections.sub(&was.Connections)
			g.Checks.add(&was.Checks, -1)
		}
	}
	for i := range min(len(out.Threads), len(earlier.Threads)) {
		out.Threads[i].sub(&earlier.Threads[i])
	}
	for i := range min(len(out.Processes), len(earlier.Processes)) {
		out.Processes[i].CPU -= earlier.Processes[i].CPU
	}
	out.Faults = slices.DeleteFunc(out.Faults, func(f Fault) bool { return f.At <= earlier.At })
	return out
}

// Merge adds what another process has counted at about the same time.
func (s *Stats) Merge(other *Stats) {
	s.At = max(s.At, other.At)
	if s.Groups == nil {
		s.Groups = make(map[string]*GroupStats)
	}
	for name, g := range other.Groups {
		if s.Groups[name] == nil {
			s.Groups[name] = new(GroupStats)
		}
		s.Groups[name].merge(g)
	}
	for i := range other.Threads {
		t := other.Threads[i]
		t.Lag = t.Lag.Clone()
		s.Threads = append(s.Threads, t)
	}
	s.Processes = append(s.Processes, other.Processes...)
	s.Faults = append(s.Faults, other.Faults...)
	slices.SortStableFunc(s.Faults, func(a, b Fault) int { return int(min(max(a.At-b.At, -1), 1)) })
}

// Total returns all groups as one. It is slow if any of them is.
func (s *Stats) Total() *GroupStats {
	total := new(GroupStats)
	for _, name := range slices.Sorted(maps.Keys(s.Groups)) {
		total.merge(s.Groups[name])
	}
	return total
}

func (s *Stats) clone() *Stats {
	out := new(Stats)
	out.Merge(s)
	return out
}

func (g *GroupStats) merge(o *GroupStats) {
	g.Clients += o.Clients
	g.Open += o.Open
	g.Connecting += o.Connecting
	g.Away += o.Away
	g.Slow = g.Slow || o.Slow
	g.Traffic.add(&o.Traffic)
	g.Connections.add(&o.Connections)
	g.Checks.add(&o.Checks, 1)
}

// counters are pointers to the numbers that add and sub treat alike.
func (t *Traffic) counters() []*int64 {
	return []*int64{
		&t.Frames, &t.Windows, &t.Messages, &t.Bytes, &t.Inflated, &t.Packed,
		&t.Sent, &t.SentBytes, &t.Refused, &t.SentLate, &t.Echoes, &t.Echoed,
	}
}

func (t *Traffic) histograms() []*Histogram {
	return []*Histogram{&t.Latency, &t.UpdateGap, &t.Echo, &t.RoundTrip}
}

func (t *Traffic) add(o *Traffic) {
	addAll(t.counters(), o.counters(), 1)
	addHistograms(t.histograms(), o.histograms())
}

func (t *Traffic) sub(o *Traffic) {
	addAll(t.counters(), o.counters(), -1)
	subHistograms(t.histograms(), o.histograms())
}

func (c *Connections) counters() []*int64 {
	return []*int64{&c.Opened, &c.Returned, &c.Fresh, &c.Resumed, &c.Scene, &c.Resets, &c.Dropped}
}

func (c *Connections) histograms() []*Histogram {
	return []*Histogram{&c.Connect, &c.Join, &c.Comeback, &c.JoinBytes, &c.BackBytes}
}

func (c *Connections) add(o *Connections) {
	addAll(c.counters(), o.counters(), 1)
	addHistograms(c.histograms(), o.histograms())
	c.Failed = addMap(c.Failed, o.Failed, 1)
	c.Closed = addMap(c.Closed, o.Closed, 1)
}

func (c *Connections) sub(o *Connections) {
	addAll(c.counters(), o.counters(), -1)
	subHistograms(c.histograms(), o.histograms())
	c.Failed = addMap(c.Failed, o.Failed, -1)
	c.Closed = addMap(c.Closed, o.Closed, -1)
}

func (c *Checks) counters() []*int64 {
	return []*int64{
		&c.Gaps, &c.LostTicks, &c.Disorder, &c.Duplicates, &c.Corrupt, &c.Mirrored, &c.Protocol,
		&c.UncheckedOrder, &c.Unstamped, &c.Unwatched,
	}
}

func (c *Checks) add(o *Checks, sign int64) { addAll(c.counters(), o.counters(), sign) }

func (t *ThreadStats) sub(o *ThreadStats) {
	t.Wall -= o.Wall
	t.Busy -= o.Busy
	t.CPU -= o.CPU
	t.Delayed -= o.Delayed
	t.Reads -= o.Reads
	t.Lag.Sub(&o.Lag)
}

func addAll(to, from []*int64, sign int64) {
	for i := range to {
		*to[i] += sign * *from[i]
	}
}

func addHistograms(to, from []*Histogram) {
	for i := range to {
		to[i].Add(from[i])
	}
}

func subHistograms(to, from []*Histogram) {
	for i := range to {
		to[i].Sub(from[i])
	}
}

// addMap returns to with from's numbers added, without zeros.
func addMap[K comparable](to, from map[K]int64, sign int64) map[K]int64 {
	for k, n := range from {
		if to == nil {
			to = make(map[K]int64)
		}
		if to[k] += sign * n; to[k] == 0 {
			delete(to, k)
		}
	}
	return to
}
