package main

import (
	"fmt"
	"math"
	"slices"

	"github.com/scenewire/scenewire/internal/bench/chart"
	"github.com/scenewire/scenewire/internal/bench/costs"
	"github.com/scenewire/scenewire/internal/bench/result"
)

func writeCost(w *writer, f *result.File) error {
	s, err := costs.OfScaling(f.Rows)
	if err != nil {
		return err
	}
	w.writeTerms(s)
	w.chart("cost", costFigure(s))
	w.writeFit(s)
	w.writeExample(s, compression(f.Rows))
	return nil
}

func (w *writer) writeTerms(s *costs.Scaling) {
	w.printf("Processor time is, nearly, a sum. Each second costs what happens in it, times this:\n\n")
	t := newTable("For each", "CPU µs")
	for _, term := range s.CPU.Terms {
		t.add("**"+term.Name+"**", figure(term.Cost))
	}
	w.table(t)
	w.printf("A message is broadcast once and a window is built once, whatever the number of clients; a KB broadcast is 1000 bytes " +
		"before compression, a KB to a client what is left of it. A term of 0 isn't free: it can't be told from the others here.\n\n")
	w.printf("So is memory, beside the %s MB of a process that does nothing:\n\n", megabytes(s.Base))
	t = newTable("For each", "bytes")
	for _, term := range s.Memory.Terms {
		t.add("**"+term.Name+"**", figure(term.Cost))
	}
	w.table(t)
	w.printf("The newest windows are kept for those who ask for them next, up to 256 and up to 32 MB. While it works a process has more "+
		"than it keeps, as Go collects garbage only now and then: %s times as much at most in half of the points, %s times in the worst. "+
		"The kernel's memory for sockets isn't in it.\n\n", figure(s.Working), figure(s.WorkingMost))
}

// costFigure lays the model beside what was measured.
func costFigure(s *costs.Scaling) *chart.Figure {
	panel := func(title, unit string, m *costs.Model, scale, floor float64) chart.Panel {
		dots, line := chart.Series{Name: "a point", Dots: true}, chart.Series{Name: "model = measured", Line: true}
		least, most := math.Inf(1), 0.0
		for _, r := range m.Fit.Points {
			if r.Measured <= floor {
				continue
			}
			dots.Points = append(dots.Points, chart.Point{X: r.Measured * scale, Y: r.Modelled * scale})
			least, most = math.Min(least, r.Measured*scale), math.Max(most, r.Measured*scale)
		}
		line.Points = []chart.Point{{X: least, Y: least}, {X: most, Y: most}}
		return chart.Panel{Title: title, Body: chart.Lines{
			X: chart.Axis{Label: "measured, " + unit, Log: true}, Y: chart.Axis{Label: "model, " + unit, Log: true},
			Series: []chart.Series{dots, line}, Tall: 240,
		}}
	}
	return &chart.Figure{
		Title: "What the model says, and what was measured", Columns: 2,
		Description: fmt.Sprintf("Two scatter plots. The model of processor time is off by %s in the median, that of memory by %s.",
			percent(s.CPU.Fit.Median), percent(s.Memory.Fit.Median)),
		Panels: []chart.Panel{
			panel("Processor time", "ms", s.CPU, 1e-3, 0),
			panel("Memory", "MB", s.Memory, 1e-6, 1e6),
		},
	}
}

// worstShown is how many of the points that a model tells worst are named.
const worstShown = 4

func (w *writer) writeFit(s *costs.Scaling) {
	w.printf("R² is %s for processor time and %s for memory; the models are off by %s and %s in the median of the points. "+
		"They were fitted to the same points (least squares of the relative error, no term below 0), so this is how well a sum can say it, "+
		"not how well it foretells. Processor time is off the most in these (clients × objects × message size):\n\n",
		figure(s.CPU.Fit.R2), figure(s.Memory.Fit.R2), percent(s.CPU.Fit.Median), percent(s.Memory.Fit.Median))
	points := slices.SortedFunc(slices.Values(s.CPU.Fit.Points), func(a, b costs.Residual) int {
		return int(math.Copysign(1, math.Abs(b.Off())-math.Abs(a.Off())))
	})
	t := newTable("Point", "measured ms", "model ms", "off")
	for _, r := range points[:min(worstShown, len(points))] {
		t.add(r.Name, figure(r.Measured/1e3), figure(r.Modelled/1e3), fmt.Sprintf("%+.0f %%", 100*r.Off()))
	}
	w.table(t)
	w.printf("Not in it: what clients send, exclusion, resuming, captures, TLS, a second processor's locks, and latency. " +
		"A processor that is asked for more than it has sends windows less often, and those cost more each.\n\n")
}

// compression is what the median point leaves of a byte.
func compression(rows []result.Row) float64 {
	var shares []float64
	for _, r := range rows {
		clients, windows, built := number(r, "clients"), number(r, "delivered_windows"), number(r, "built_windows")
		raw := number(r, "broadcast_kb") * clients * windows / math.Max(built*clients, 1)
		if share := number(r, "delivered_kb") / raw; !math.IsNaN(share) && !math.IsInf(share, 0) {
			shares = append(shares, share)
		}
	}
	if len(shares) == 0 {
		return 1
	}
	slices.Sort(shares)
	return math.Min(shares[len(shares)/2], 1)
}

// exampleLoad is the scene that the page sizes a machine for.
var exampleLoad = costs.Load{Clients: 2000, Objects: 200, MessageBytes: 120, Hz: 20}

func (w *writer) writeExample(s *costs.Scaling, compressed float64) {
	l := exampleLoad
	l.Compressed = compressed
	numbers := l.CPUNumbers()
	w.printf("**An example.** %s clients look at %d objects, of which each sends a message of %d bytes %s times a second; compression leaves %s.\n\n",
		grouped(fmt.Sprint(l.Clients)), l.Objects, l.MessageBytes, chart.Short(l.Hz), percent(l.Compressed))
	t := newTable("What", "a second", "µs each", "ms CPU a second")
	for i, term := range s.CPU.Terms {
		t.add(term.Name, figure(numbers[i]), figure(term.Cost), figure(numbers[i]*term.Cost/1e3))
	}
	cpu := s.CPU.Of(numbers) / 1e6
	t.add("**in all**", "", "", "**"+figure(1e3*cpu)+"**")
	w.table(t)
	memory := s.Base + s.Memory.Of(l.MemoryNumbers())
	w.printf("That is %s of one processor: %s. It keeps %s MB, and %s MB leave room for garbage. The network carries %s MB a second.\n\n",
		percent(cpu), verdict(cpu), megabytes(memory), megabytes(s.Base+s.Working*(memory-s.Base)), figure(numbers[4]*costs.KB/1e6))
}

// comfortable is how much of a processor a load may take on average, so that latency
// stays low when it isn't average.
const comfortable = 0.6

func verdict(cpu float64) string {
	if cpu <= comfortable {
		return "one is enough, with some left for latency"
	}
	return fmt.Sprintf("take %d, so that none is busier than %s", int(math.Ceil(cpu/comfortable)), percent(comfortable))
}
