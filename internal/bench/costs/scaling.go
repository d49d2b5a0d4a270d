package costs

import (
	"fmt"

	"github.com/scenewire/scenewire/internal/bench/chart"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/internal/bench/result"
)

// KB is the unit of all terms that are about bytes.
const KB = 1000

// cpuTerms are the figures of a row that the processor time is made of, and their names.
var cpuTerms = [][2]string{
	{"broadcast_messages", "a message broadcast"},
	{"broadcast_kb", "a KB broadcast"},
	{"built_windows", "a window built"},
	{"delivered_windows", "a window to one client"},
	{"delivered_kb", "a KB to one client"},
	{"client_seconds", "a client connected for a second"},
}

var memoryTerms = []string{"a server at work", "a client", "a message in the log", "a KB in the log", "a KB of the newest windows"}

// What a server keeps of the newest windows, in bytes and in windows
// (buffers.FrameCacheLimits).
const (
	cacheKB     = 32 << 20 / KB
	keptWindows = 256
)

// memoryFloor is, in bytes, what can't be told from chance.
const memoryFloor = 4e6

// Scaling is what the rows of kind "scaling" say about cost.
type Scaling struct {
	CPU    *Model  // of microseconds
	Memory *Model  // of bytes, beside Base
	Base   float64 // bytes of a process that has no clients
	// Working is how much more memory than Memory says a process had at most while it
	// worked: the median of all points as a multiple, and the largest.
	Working, WorkingMost float64
}

// OfScaling fits models to the rows of a file of kind "scaling".
func OfScaling(rows []result.Row) (*Scaling, error) {
	if len(rows) <= len(cpuTerms) {
		return nil, fmt.Errorf("costs: %d points are too few for %d terms", len(rows), len(cpuTerms))
	}
	s := &Scaling{}
	var cpu, memory []Point
	var working []float64
	for _, r := range rows {
		row := figures{r}
		cpu = append(cpu, row.cpu())
		kept := row.memory()
		memory = append(memory, kept)
		if base := row.number("rss_bytes_before") / row.number("servers"); s.Base == 0 || base < s.Base {
			s.Base = base
		}
		if kept.Cost > memoryFloor {
			working = append(working, (row.number("peak_rss_bytes")-row.number("rss_bytes_before"))/kept.Cost)
		}
	}
	var names []string
	for _, term := range cpuTerms {
		names = append(names, term[1])
	}
	s.CPU = fit(names, cpu, 0)
	s.Memory = fit(memoryTerms, memory, memoryFloor)
	spread := report.SpreadOf(working)
	s.Working, s.WorkingMost = spread.Median, spread.Max
	return s, nil
}

// figures reads a row.
type figures struct{ result.Row }

func (f figures) number(name string) float64 {
	v, _ := f.Number(name)
	return v
}

func (f figures) name() string {
	return fmt.Sprintf("%s × %s × %s, %s Hz", chart.Short(f.number("clients")), chart.Short(f.number("objects")),
		chart.Bytes(f.number("message_bytes")), chart.Short(f.number("hz")))
}

func (f figures) cpu() Point {
	p := Point{Name: f.name(), Cost: f.number("cpu_us")}
	for _, term := range cpuTerms {
		p.Numbers = append(p.Numbers, f.number(term[0]))
	}
	return p
}

func (f figures) memory() Point {
	messages := f.number("objects") * f.number("servers")
	if f.number("log_bytes") == 0 {
		messages = 0
	}
	return Point{
		Name: f.name(), Cost: f.number("settled_rss_bytes") - f.number("rss_bytes_before"),
		Numbers: []float64{
			f.number("servers"), f.number("clients"), messages, f.number("log_bytes") / KB,
			min(f.number("sent_kb_per_server"), cacheKB*f.number("servers")),
		},
	}
}

// Load is a scene that a machine is to be sized for: all of its objects change together,
// and every client gets all of them.
type Load struct {
	Clients, Objects int
	MessageBytes     int
	Hz               float64 // of the changes; at most the windows' rate
	Compressed       float64 // what compression leaves of a byte
}

// CPUNumbers returns how many there are of each term of the processor time in a second.
func (l Load) CPUNumbers() []float64 {
	messages := l.Hz * float64(l.Objects)
	kb := messages * float64(l.MessageBytes) / KB
	clients := float64(l.Clients)
	return []float64{messages, kb, l.Hz, l.Hz * clients, kb * clients * l.Compressed, clients}
}

// MemoryNumbers returns how many there are of each term of the memory, once so many windows
// were sent that no more of them are kept.
func (l Load) MemoryNumbers() []float64 {
	kb := float64(l.Objects) * float64(l.MessageBytes) / KB
	return []float64{1, float64(l.Clients), float64(l.Objects), kb, min(cacheKB, keptWindows*kb*l.Compressed)}
}
