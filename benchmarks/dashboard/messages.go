package dashboard

import (
	"strconv"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/messages"
)

// registry lists every message between the dashboard and its pages, in both directions.
// web/src/messages.gen.ts is generated from this file.
//
// The flow, from a page's side:
//
//   - At the connect, and never again while the dashboard runs: [Welcome], always first,
//     because it is the log's first entry.
//   - Then what the log holds: the [Sample]s of the last ten minutes while somebody was
//     watching, the newest [Totals] and [Joins], and the last [MarkKeep] [Mark]s. A page that
//     comes back on its old connection's token gets only what it has missed. Apply by
//     number: a Sample or Mark whose N is known already replaces it.
//   - Then, while at least one page is connected: a Sample four times a second; Totals and
//     Joins once a second; a Mark whenever something happens.
//   - On request, to this page alone: [Rows] at two a second after [AskClients] (one, if there
//     are thousands), [HotKeys] once a second after [AskKeys], until the page asks for a limit of 0; [History] once for each
//     [AskHistory]. What was asked for, and being an admin, are the connection's own: ask
//     again whenever a Welcome comes and whenever the connection was made anew.
//   - [Access] answers [Login], [Done] answers [Act], each with the number that it was sent with.
//
// Figures that aren't known are NaN, and stand for gaps in a chart, never for 0.
var registry = messages.NewRegistry().MustRegister(
	Welcome{}, Sample{}, Totals{}, Joins{}, Mark{},
	AskClients{}, Rows{}, AskKeys{}, HotKeys{}, AskHistory{}, History{},
	Login{}, Access{}, Act{}, Done{},
	Measured{}, Note{},
)

// Registry returns the types of the dashboard's messages, for programs that feed a
// dashboard over the wire with [Login], [Measured] and [Note]. It must not be changed.
func Registry() *messages.Registry { return registry }

// Count is a number of things. It fits into a JavaScript number up to 2^53.
//
//tsgen:type number
type Count uint64

// Welcome describes what is shown and how to read it. It never changes while a dashboard
// runs. A second one on the same page means another dashboard: forget everything.
//
//tsgen:tag FromServer
type Welcome struct {
	Name string `msgpack:"name"` // of the server that is watched; "" if it has none
	// Live says that there is a server to watch. Without one there is the history, and
	// what a load generator measures.
	Live bool `msgpack:"live"`
	// CanLogin says that an admin token is set. Without one everything is read-only.
	CanLogin bool `msgpack:"canLogin"`
	// Series are the columns of Sample.Values, in their order.
	Series []SeriesInfo `msgpack:"series"`
	// Lag, Pending and RTT tell how to read the bins of the same names in [Sample].
	Lag     Bins `msgpack:"lag"`
	Pending Bins `msgpack:"pending"`
	RTT     Bins `msgpack:"rtt"`
	// Join tells how to read Joins.Counts.
	Join Bins `msgpack:"join"`

	SampleMs float64 `msgpack:"sampleMs"` // between two samples
	KeepMs   float64 `msgpack:"keepMs"`   // how long samples are kept for pages that come later
	MaxRows  int     `msgpack:"maxRows"`  // the largest Limit of AskClients and AskKeys
	// StartedMs is when the dashboard began, by the wall clock, as all times here: ms
	// since 1970.
	StartedMs float64 `msgpack:"startedMs"`
	System    string  `msgpack:"system"` // operating system, architecture, cores and Go of the server's process
}

// SeriesInfo describes one curve.
type SeriesInfo struct {
	ID    Series `msgpack:"id"`
	Title string `msgpack:"title"`
	Unit  Unit   `msgpack:"unit"`
	// Note says in a sentence what the figure is and who measured it, for a tooltip.
	Note string `msgpack:"note"`
}

// Unit says how a number is to be written.
type Unit string

// The units.
const (
	unitNumber    Unit = "number"
	unitPerSecond Unit = "perSecond"
	unitBytes     Unit = "bytes"
	unitBytesRate Unit = "bytesPerSecond"
	unitMs        Unit = "ms"
	unitUs        Unit = "us"
	unitRatio     Unit = "ratio" // a factor: 3 means three to one
	unitShare     Unit = "share" // 0 … 1 of a core; more than one core is more than 1
	unitHz        Unit = "hz"
)

// Series names a curve.
type Series string

// The curves.
const (
	seriesDeliveries     Series = "deliveries"
	seriesWindows        Series = "windows"
	seriesBytesSent      Series = "bytes"
	seriesCPU            Series = "cpu"
	seriesCPUPerDelivery Series = "cpuPerDelivery"
	seriesWindowRate     Series = "windowRate"
	seriesPassTime       Series = "passTime"
	seriesCompression    Series = "compression"

	seriesLatencyP50  Series = "latencyP50"
	seriesLatencyP99  Series = "latencyP99"
	seriesLatencyP999 Series = "latencyP999"
	seriesGapP50      Series = "gapP50"
	seriesGapP99      Series = "gapP99"
	seriesGapP999     Series = "gapP999"
	seriesRTTP50      Series = "rttP50"
	seriesRTTP99      Series = "rttP99"
	seriesRTTP999     Series = "rttP999"
	seriesAgeP50      Series = "ageP50"
	seriesAgeP99      Series = "ageP99"
	seriesAgeP999     Series = "ageP999"

	seriesLagMax         Series = "lagMax"
	seriesPendingBytes   Series = "pending"
	seriesWriteStalls    Series = "writeStalls"
	seriesTransientsLost Series = "transientsLost"

	seriesClients   Series = "clients"
	seriesSuspended Series = "suspended"
	seriesPaused    Series = "paused"
	seriesConnects  Series = "connects"
	seriesCloses    Series = "closes"
	seriesRefused   Series = "refused"

	seriesHandlerQueue Series = "handlerQueue"
	seriesHandlerTime  Series = "handlerTime"
	seriesInbound      Series = "inbound"
	seriesInboundBytes Series = "inboundBytes"

	seriesLogMessages Series = "logMessages"
	seriesLogBytes    Series = "logBytes"
	seriesPushes      Series = "pushes"
	seriesCulled      Series = "culled"
	seriesFramesBuilt Series = "framesBuilt"

	seriesHeap       Series = "heap"
	seriesRSS        Series = "rss"
	seriesGCPause    Series = "gcPause"
	seriesGCShare    Series = "gcShare"
	seriesGoroutines Series = "goroutines"

	seriesMeasuredClients    Series = "measuredClients"
	seriesMeasuredDeliveries Series = "measuredDeliveries"
)

// Bins describes a distribution over clients: bin 0 counts values of less than Edges[0],
// bin i those from Edges[i-1] on and below Edges[i], the last one, of which there is one
// more than edges, the rest.
type Bins struct {
	Title string    `msgpack:"title"`
	Unit  Unit      `msgpack:"unit"`
	Edges []float64 `msgpack:"edges"`
	Note  string    `msgpack:"note"`
}

// Sample is what the server did in the last quarter of a second, or since the sample
// before it.
//
//tsgen:tag FromServer
type Sample struct {
	N  Count   `msgpack:"n"`  // rises by one; where it skips, nobody was watching
	Ms float64 `msgpack:"ms"` // when it was taken
	// Values has one number for each of Welcome.Series. NaN: not known.
	Values []float32 `msgpack:"values"`
	// Lag, Pending and RTT count the clients by how long what they haven't got has been
	// waiting, by how many bytes of the log and of their own queues they still have to
	// get, and by the round trip of the server's last ping. Clients without a round trip
	// aren't in RTT, suspended ones in none. They are empty in three samples of four when
	// there are thousands of clients.
	Lag     []uint32 `msgpack:"lag"`
	Pending []uint32 `msgpack:"pending"`
	RTT     []uint32 `msgpack:"rtt"`
}

// Totals are the counts since the server began.
//
//tsgen:tag FromServer
type Totals struct {
	Ms           float64          `msgpack:"ms"`
	Clients      Count            `msgpack:"clients"`      // connected now
	Viewers      Count            `msgpack:"viewers"`      // of this dashboard
	ClientsTotal Count            `msgpack:"clientsTotal"` // that ever were
	Deliveries   Count            `msgpack:"deliveries"`
	Windows      Count            `msgpack:"windows"`
	BytesSent    Count            `msgpack:"bytesSent"`
	PayloadBytes Count            `msgpack:"payloadBytes"` // before compression
	CPUSeconds   float64          `msgpack:"cpuSeconds"`   // of the process
	Panics       Count            `msgpack:"panics"`
	Refused      map[string]Count `msgpack:"refused"` // by what stood against the handshake
	Closed       map[string]Count `msgpack:"closed"`  // by close code
	Resumes      map[string]Count `msgpack:"resumes"` // by what those got that came back
	BadMessages  map[string]Count `msgpack:"badMessages"`
}

// Joins is how long clients took from their connection until the last window of what the
// log held then was handed to their sockets: the server's own view. Of those clients that
// were there while somebody was watching without a break.
//
//tsgen:tag FromServer
type Joins struct {
	Counts []uint32 `msgpack:"counts"` // by the bins of Welcome.Join
	// P50Ms, P99Ms and MaxMs are of the last [JoinKeep] joins; NaN without any.
	P50Ms float64 `msgpack:"p50Ms"`
	P99Ms float64 `msgpack:"p99Ms"`
	MaxMs float64 `msgpack:"maxMs"`
	// Measured is what the load generator says of the same, seen by its clients, and nil
	// without one.
	Measured *Quantiles `msgpack:"measured"`
}

// EventKind says what a mark is about.
type EventKind string

// The kinds of events. The last two come from load generators and from people.
const (
	EventStart    EventKind = "start"    // the dashboard began
	EventConnects EventKind = "connects" // many clients came within a second
	EventCloses   EventKind = "closes"   // many clients went within a second
	EventRefused  EventKind = "refused"  // handshakes were refused
	EventStall    EventKind = "stall"    // sockets took no more
	EventLag      EventKind = "lag"      // clients are far behind
	EventLost     EventKind = "lost"     // transient broadcasts were dropped
	EventPanic    EventKind = "panic"    // a callback panicked
	EventAction   EventKind = "action"   // an admin has paused, flushed or closed clients
	EventPhase    EventKind = "phase"    // of a scenario: ramp, warm-up, kill, storm, end
	EventNote     EventKind = "note"
)

// MarkKeep is how many marks are kept.
const MarkKeep = 512

// Mark is one event on the timeline. One that goes on (stalls each second) is told again
// with the same N and what it has become.
//
//tsgen:tag FromServer
type Mark struct {
	N     Count     `msgpack:"n"`
	Ms    float64   `msgpack:"ms"`    // when it began
	EndMs float64   `msgpack:"endMs"` // when it was last seen; Ms, if it is a moment
	Kind  EventKind `msgpack:"kind"`
	Text  string    `msgpack:"text"`
	Count Count     `msgpack:"count"` // how many clients, or times; 0 if that means nothing
}

// ClientColumn is what the table of clients can be sorted by.
type ClientColumn string

// The columns.
const (
	byID           ClientColumn = "id"
	byAddress      ClientColumn = "address"
	bySubprotocol  ClientColumn = "subprotocol"
	byConnected    ClientColumn = "connectedMs"
	byPendingKeys  ClientColumn = "pendingKeys"
	byPendingBytes ClientColumn = "pendingBytes"
	byOldest       ClientColumn = "oldestMs"
	bySkipped      ClientColumn = "skipped"
	byLag          ClientColumn = "lag"
	byRTT          ClientColumn = "rttMs"
	byRate         ClientColumn = "rate"
	byDeliveries   ClientColumn = "deliveries"
	byBytesSent    ClientColumn = "bytesSent"
	byState        ClientColumn = "state"
)

// AskClients says which rows of the table a page shows. Rows with the same value stand in
// the order of their ids.
//
//tsgen:tag ToServer
type AskClients struct {
	Sort       ClientColumn `msgpack:"sort"` // "" is the id
	Descending bool         `msgpack:"descending"`
	// Search keeps the clients in whose id, address, subprotocol or state each of its
	// words is found, whatever the case.
	Search string `msgpack:"search"`
	Offset int    `msgpack:"offset"`
	Limit  int    `msgpack:"limit"` // 0: no rows any more; at most Welcome.MaxRows
}

// Rows is the part of the table that a page has asked for.
//
//tsgen:tag FromServer
type Rows struct {
	Ask      AskClients  `msgpack:"ask"` // what it answers, its Offset moved back if there are fewer
	Total    int         `msgpack:"total"`
	Matching int         `msgpack:"matching"` // those that the search leaves
	Rows     []ClientRow `msgpack:"rows"`
}

// ClientState is how a client's connection is.
type ClientState string

// The states.
const (
	stateLive      ClientState = "live"
	statePaused    ClientState = "paused"
	stateSuspended ClientState = "suspended" // without a connection, may come back
	stateCatching  ClientState = "catching up"
)

// ClientRow is one client. Times are NaN where they aren't known.
type ClientRow struct {
	ID           scenewire.ClientID `msgpack:"id"`
	Address      string             `msgpack:"address"`
	Subprotocol  string             `msgpack:"subprotocol"`
	State        ClientState        `msgpack:"state"`
	ConnectedMs  float64            `msgpack:"connectedMs"`  // for how long
	PendingKeys  Count              `msgpack:"pendingKeys"`  // messages that it will get, of the log and of its own queue
	PendingBytes Count              `msgpack:"pendingBytes"` // of these, before compression, and what its socket hasn't taken
	OldestMs     float64            `msgpack:"oldestMs"`     // how long the oldest of these has been waiting; 0: none
	Skipped      Count              `msgpack:"skipped"`      // broadcasts that were superseded before it got them
	Lag          Count              `msgpack:"lag"`          // sequences behind the newest broadcast
	RTTMs        float64            `msgpack:"rttMs"`        // of the server's last ping
	Rate         float64            `msgpack:"rate"`         // windows per second, of late
	Deliveries   Count              `msgpack:"deliveries"`
	BytesSent    Count              `msgpack:"bytesSent"`
}

// AskKeys asks for the hot keys, or, with a limit of 0, for none any more.
//
//tsgen:tag ToServer
type AskKeys struct {
	Limit int `msgpack:"limit"` // of each list; at most Welcome.MaxRows
}

// HotKeys are the keys that cost most, the dearest first.
//
//tsgen:tag FromServer
type HotKeys struct {
	Keys    Count    `msgpack:"keys"`    // live messages in all
	Bytes   Count    `msgpack:"bytes"`   // of all
	ByBytes []HotKey `msgpack:"byBytes"` // by the size of their newest message
	ByRate  []HotKey `msgpack:"byRate"`  // by how often they were pushed of late
}

// HotKey is one redundancy key.
type HotKey struct {
	Key    string  `msgpack:"key"` // cut to 200 bytes; "": messages that nothing supersedes
	Bytes  Count   `msgpack:"bytes"`
	Pushes Count   `msgpack:"pushes"` // since the key appeared
	Rate   float64 `msgpack:"rate"`   // pushes per second since the last look; NaN: not known yet
}

// AskHistory asks for the runs.
//
//tsgen:tag ToServer
type AskHistory struct{}

// History is the runs of benchmarks/results, the oldest first.
//
//tsgen:tag FromServer
type History struct {
	Runs []Run `msgpack:"runs"`
	// Fault says what couldn't be read; "" if everything could.
	Fault string `msgpack:"fault"`
}

// Run is one run of one program. Runs of one Kind have groups and metrics with the same
// names, so they can be laid side by side.
type Run struct {
	Name     string            `msgpack:"name"` // unique
	Kind     string            `msgpack:"kind"`
	Title    string            `msgpack:"title"`
	TakenMs  float64           `msgpack:"takenMs"`
	Command  string            `msgpack:"command"`
	Commit   string            `msgpack:"commit"`
	Machine  string            `msgpack:"machine"` // CPU, cores and memory: runs are compared where these are the same
	System   string            `msgpack:"system"`  // kernel and Go
	Versions map[string]string `msgpack:"versions"`
	Groups   []RunGroup        `msgpack:"groups"`
	// Before is the Name of the run that this one's marks compare it with; "": there is
	// none of this kind on this machine.
	Before string `msgpack:"before"`
	Worse  int    `msgpack:"worse"`  // metrics that are marked as worse
	Better int    `msgpack:"better"` // metrics that are marked as better
}

// RunGroup is the rounds of one measurement: rows whose labels are the same.
type RunGroup struct {
	Name    string            `msgpack:"name"` // the labels' values, for people; unique in a run
	Labels  map[string]string `msgpack:"labels"`
	Metrics []RunMetric       `msgpack:"metrics"`
}

// RunMetric is one figure of a group over its rounds.
type RunMetric struct {
	Name   string  `msgpack:"name"` // its unit is its ending: "p99_ms"
	Median float64 `msgpack:"median"`
	Min    float64 `msgpack:"min"`
	Max    float64 `msgpack:"max"`
	Rounds int     `msgpack:"rounds"`
	Better Better  `msgpack:"better"`
	// Change is the median divided by that of the run before; NaN: there is none.
	Change float64 `msgpack:"change"`
	// Verdict is "worse" or "better" if the two runs' rounds don't overlap and the medians
	// differ by more than a twentieth, or a fifth where neither has several rounds, else "".
	Verdict Verdict `msgpack:"verdict"`
}

// Better says which direction of a figure is the good one.
type Better string

// The directions.
const (
	betterLower  Better = "lower"
	betterHigher Better = "higher"
	betterNone   Better = "" // neither: it says how something was measured
)

// Verdict compares a figure with the run before.
type Verdict string

// The verdicts.
const (
	verdictWorse  Verdict = "worse"
	verdictBetter Verdict = "better"
	verdictSame   Verdict = ""
)

// Login gives the admin token, which holds for this connection. Guesses are limited for
// each address.
//
//tsgen:tag ToServer
type Login struct {
	N     Count  `msgpack:"n"` // of the page's choice, to tell the answer by
	Token string `msgpack:"token"`
}

// Access answers [Login].
//
//tsgen:tag FromServer
type Access struct {
	N     Count  `msgpack:"n"`
	Admin bool   `msgpack:"admin"`
	Fault string `msgpack:"fault"` // why not, for people
}

// Action is what an admin can do to clients.
type Action string

// The actions.
const (
	actionPause   Action = "pause"
	actionUnpause Action = "unpause"
	actionFlush   Action = "flush"
	actionClose   Action = "close"
)

// Act does something to clients. It needs [Login].
//
//tsgen:tag ToServer
type Act struct {
	N       Count                `msgpack:"n"` // of the page's choice, to tell the answer by
	Action  Action               `msgpack:"action"`
	Clients []scenewire.ClientID `msgpack:"clients"` // at most 1000
	// Code and Reason are those of the close frame; Code is 4000 … 4999, 0 is 4000.
	Code   int    `msgpack:"code"`
	Reason string `msgpack:"reason"`
}

// Done answers [Act].
//
//tsgen:tag FromServer
type Done struct {
	N      Count                `msgpack:"n"`
	Action Action               `msgpack:"action"`
	Done   int                  `msgpack:"done"`  // clients that it was done to
	Gone   []scenewire.ClientID `msgpack:"gone"`  // clients that aren't there any more
	Fault  string               `msgpack:"fault"` // why nothing was done, for people; "": it was
}

// Measured is what a load generator's clients saw since its last one. It needs [Login]
// when it comes over the wire. It holds until the next one, for 3 s at most. Figures that
// aren't known are NaN.
//
//tsgen:tag ToServer
type Measured struct {
	Clients    Count     `msgpack:"clients"`    // connected now
	Deliveries float64   `msgpack:"deliveries"` // messages per second that arrived
	Latency    Quantiles `msgpack:"latency"`    // from when a message was due until it was there
	Gap        Quantiles `msgpack:"gap"`        // between two versions of an object at a client
	Join       Quantiles `msgpack:"join"`       // from the connect to having caught up
}

// Quantiles are of times in ms. NaN: not known.
type Quantiles struct {
	P50  float64 `msgpack:"p50"`
	P99  float64 `msgpack:"p99"`
	P999 float64 `msgpack:"p999"`
	Max  float64 `msgpack:"max"`
}

// Note puts a mark on the timeline. It needs [Login] when it comes over the wire.
//
//tsgen:tag ToServer
type Note struct {
	Kind  EventKind `msgpack:"kind"` // "" is "note"
	Text  string    `msgpack:"text"` // cut to 500 bytes
	Count Count     `msgpack:"count"`
}

// Messages with one key supersede each other. Samples and marks have as many keys as are
// kept, so the log itself is their ring: pages that come later get what it holds.

// RedundancyKey says what a newer Welcome takes the place of.
func (Welcome) RedundancyKey() string { return "welcome" }

// RedundancyKey says what a newer Sample takes the place of.
func (m Sample) RedundancyKey() string {
	return "sample/" + strconv.FormatUint(uint64(m.N)%sampleKeep, 10)
}

// RedundancyKey says what a newer Totals takes the place of.
func (Totals) RedundancyKey() string { return "totals" }

// RedundancyKey says what a newer Joins takes the place of.
func (Joins) RedundancyKey() string { return "joins" }

// RedundancyKey says what a newer Mark takes the place of.
func (m Mark) RedundancyKey() string { return "mark/" + strconv.FormatUint(uint64(m.N)%MarkKeep, 10) }

// RedundancyKey says what a newer Rows takes the place of.
func (Rows) RedundancyKey() string { return "rows" }

// RedundancyKey says what a newer HotKeys takes the place of.
func (HotKeys) RedundancyKey() string { return "keys" }

// RedundancyKey says what a newer History takes the place of.
func (History) RedundancyKey() string { return "history" }

// RedundancyKey says what a newer Access takes the place of.
func (Access) RedundancyKey() string { return "" }

// RedundancyKey says what a newer Done takes the place of.
func (Done) RedundancyKey() string { return "" }

// RedundancyKey says what a newer AskClients takes the place of.
func (AskClients) RedundancyKey() string { return "ask/clients" }

// RedundancyKey says what a newer AskKeys takes the place of.
func (AskKeys) RedundancyKey() string { return "ask/keys" }

// RedundancyKey says what a newer AskHistory takes the place of.
func (AskHistory) RedundancyKey() string { return "" }

// RedundancyKey says what a newer Login takes the place of.
func (Login) RedundancyKey() string { return "" }

// RedundancyKey says what a newer Act takes the place of.
func (Act) RedundancyKey() string { return "" }

// RedundancyKey says what a newer Measured takes the place of.
func (Measured) RedundancyKey() string { return "measured" }

// RedundancyKey says what a newer Note takes the place of.
func (Note) RedundancyKey() string { return "" }
