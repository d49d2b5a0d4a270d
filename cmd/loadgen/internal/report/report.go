package report

import (
	"time"

	"github.com/scenewire/scenewire/internal/bench/result"
)

// Form is the version of a Report's JSON. Fields may be added to it.
const Form = 1

// Report is what a run came to. Counts and figures are those of the measured time, after
// the ramp and the warm-up, unless they say otherwise. In its JSON a figure that wasn't
// measured is null.
type Report struct {
	Form     int    `json:"loadgen"` // Form
	Scenario string `json:"scenario"`
	// Settings are the scenario in full, by the paths of its fields: runs are only
	// compared if these are alike.
	Settings    map[string]string `json:"settings"`
	Target      string            `json:"target"` // "embedded", or the server's address
	Subprotocol string            `json:"subprotocol"`
	Command     string            `json:"command"`
	Taken       time.Time         `json:"taken"` // its end
	Commit      string            `json:"commit,omitempty"`
	Machine     result.Machine    `json:"machine"`
	Interrupted bool              `json:"interrupted"`
	Failed      string            `json:"failed,omitempty"` // why it ended before its time

	Clients   int     `json:"clients"`   // asked for
	Connected int     `json:"connected"` // the most at a time
	Seconds   float64 `json:"seconds"`   // measured

	Deliveries      int64  `json:"deliveries"` // messages that clients received
	DeliveriesPerS  Number `json:"deliveries_per_s"`
	Windows         int64  `json:"windows"`
	WindowHz        Number `json:"window_hz"` // windows per second and client: the effective rate
	WireBytes       int64  `json:"wire_bytes"`
	BytesPerS       Number `json:"bytes_per_s"`
	BytesPerMessage Number `json:"bytes_per_delivery"`
	CompressRatio   Number `json:"compress_ratio"` // decompressed bytes for each on the wire

	Sent     int64  `json:"sent"` // messages that clients sent
	SentPerS Number `json:"sent_per_s"`

	// What is wrong with what clients received, and with clients, of the whole run.
	// NotChecked has the names of those that couldn't be judged.
	Gaps        int64            `json:"gaps"`   // messages that a client should have got and didn't
	Errors      int64            `json:"errors"` // connections that failed or broke, windows that aren't any
	Disorder    int64            `json:"order_violations"`
	Duplicates  int64            `json:"duplicates"`
	Corrupt     int64            `json:"corrupt"`
	Mirrored    int64            `json:"mirrored"`        // pointers that came back to who had sent them
	Lost        int64            `json:"lost_transients"` // by clients that fell behind, as they may
	ErrorCauses map[string]int64 `json:"error_causes,omitempty"`
	Closes      map[string]int64 `json:"closes,omitempty"` // by the servers' close codes
	Converged   Convergence      `json:"converged"`
	NotChecked  []string         `json:"not_checked,omitempty"`

	Latency   *Spread `json:"latency_ms"`    // from when a message was due
	UpdateGap *Spread `json:"update_gap_ms"` // between two updates of an object at a client
	Echo      *Spread `json:"echo_ms"`       // round trip
	Connect   *Spread `json:"connect_ms"`    // handshake and hello; of the whole run
	CatchUp   *Spread `json:"catch_up_ms"`   // from a connection to the state of then

	Storms    []Storm   `json:"storms,omitempty"`
	Server    Server    `json:"server"`
	Generator Generator `json:"generator"`
	Remarks   []string  `json:"remarks,omitempty"` // for people: bottlenecks, doubts
	Dashboard string    `json:"dashboard,omitempty"`
	Samples   []Sample  `json:"samples"`

	// Histograms and Intervals are for HDR files.
	Histograms []Histogram `json:"-"`
	Intervals  []Interval  `json:"-"`
}

// Spread is a distribution of durations, in milliseconds.
type Spread struct {
	P50   Number `json:"p50"`
	P90   Number `json:"p90"`
	P99   Number `json:"p99"`
	P999  Number `json:"p999"`
	Max   Number `json:"max"`
	Mean  Number `json:"mean"`
	Count int64  `json:"count"`
}

// Server is what the server's process used.
type Server struct {
	CPUSeconds       Number `json:"cpu_s"`
	ResidentBytes    Number `json:"rss_bytes"` // at the end
	PeakBytes        Number `json:"peak_rss_bytes"`
	CPUMicros        Number `json:"cpu_us_per_delivery"`
	Cores            Number `json:"cores"`               // processors that it kept busy
	ProducerLateMS   Number `json:"producer_late_ms"`    // p99 of how late what was due was produced
	ProducedPerS     Number `json:"produced_per_s"`      // messages
	ProducedOfWished Number `json:"produced_of_planned"` // 1: all that was due
	HandledPerS      Number `json:"handled_per_s"`       // messages of clients
}

// Generator is what loadgen itself used.
type Generator struct {
	Processes     int    `json:"processes"`
	Threads       int    `json:"threads"`
	CPUSeconds    Number `json:"cpu_s"`
	ResidentBytes Number `json:"rss_bytes"`
	BusiestThread Number `json:"busiest_thread"` // 1: it was never idle
	LagMS         Number `json:"lag_ms"`         // p99 of how long what had come waited to be read
	SentLate      Number `json:"sent_late"`      // share of what clients sent that was 1 ms late or more
}

// Storm is many clients that did the same at once.
type Storm struct {
	Kind      string  `json:"kind"`
	At        float64 `json:"at"` // seconds since the measured time began
	Clients   int     `json:"clients"`
	Resume    bool    `json:"resume"`
	Back      int     `json:"back"`    // how many reached the state of then
	Seconds   float64 `json:"seconds"` // until the last of them had
	CatchUp   *Spread `json:"catch_up_ms"`
	BytesEach Number  `json:"bytes_each"`
	Resumed   int64   `json:"resumed"`       // whose session went on
	Scene     int64   `json:"resumed_scene"` // who got what had changed
	Fresh     int64   `json:"fresh"`         // who got everything
}

// CheckGaps is what NotChecked has if nothing was sent by which gaps can be seen.
const CheckGaps = "gaps"

// Convergence is whether clients ended in one state.
type Convergence struct {
	Compared int      `json:"compared"` // clients; 0: it wasn't checked
	Slow     int      `json:"slow"`     // of those, clients that read slowly
	Diverged int      `json:"diverged"`
	Which    []string `json:"which,omitempty"` // some of those, described
	Seconds  Number   `json:"seconds"`         // until the last one was there
}

// Sample is one second of a run.
type Sample struct {
	Second         float64 `json:"t"` // its end, since the measured time began
	Clients        int     `json:"clients"`
	DeliveriesPerS Number  `json:"deliveries_per_s"`
	WindowHz       Number  `json:"window_hz"`
	BytesPerS      Number  `json:"bytes_per_s"`
	CompressRatio  Number  `json:"compress_ratio"`
	P50            Number  `json:"p50_ms"`
	P99            Number  `json:"p99_ms"`
	P999           Number  `json:"p999_ms"`
	Max            Number  `json:"max_ms"`
	UpdateGapP99   Number  `json:"update_gap_p99_ms"`
	EchoP99        Number  `json:"echo_p99_ms"`
	Gaps           int64   `json:"gaps"`
	Errors         int64   `json:"errors"`
	ServerCores    Number  `json:"server_cores"`
	ServerBytes    Number  `json:"server_rss_bytes"`
	GeneratorCores Number  `json:"generator_cores"`
}

// BytesPerDelivery is what one message takes on the wire.
func (s *Sample) BytesPerDelivery() Number { return ratio(s.BytesPerS, s.DeliveriesPerS) }

// CPUPerDelivery is the server's processor time for each message, in microseconds.
func (s *Sample) CPUPerDelivery() Number { return ratio(s.ServerCores*1e6, s.DeliveriesPerS) }

// Faults is how much is wrong with what clients received and where they ended.
func (r *Report) Faults() int64 {
	return r.Gaps + r.Errors + r.Disorder + r.Duplicates + r.Corrupt + r.Mirrored + int64(r.Converged.Diverged)
}
