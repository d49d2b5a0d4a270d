package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	table "github.com/scenewire/scenewire/internal/bench/report"
)

// Verdict is what a comparison says about one figure.
type Verdict string

// The verdicts. A figure that can only be looked at, such as a maximum, or the memory of a
// run that was too short, is Unjudged.
const (
	Better    Verdict = "better"
	Worse     Verdict = "worse"
	Unchanged Verdict = "unchanged"
	Unjudged  Verdict = "not judged"
)

// Change is one figure of two runs: where it is judged, the mean over their seconds,
// otherwise that of the whole runs.
type Change struct {
	Figure     string  `json:"figure"`
	Old        Number  `json:"old"`
	New        Number  `json:"new"`
	Change     Number  `json:"change"` // 0.1: a tenth more
	Low        Number  `json:"low"`    // it lies between these with a confidence of 95 %
	High       Number  `json:"high"`
	Verdict    Verdict `json:"verdict"`
	Regression bool    `json:"regression"` // worse, and by more than the threshold

	label string
}

// Comparison is two runs side by side.
type Comparison struct {
	Old       string   `json:"old"` // where from
	Threshold float64  `json:"threshold"`
	Changes   []Change `json:"changes"`
	Doubts    []string `json:"doubts,omitempty"`
}

// Regressions returns the names of the figures that are worse by more than the threshold.
func (c *Comparison) Regressions() []string {
	var names []string
	for _, change := range c.Changes {
		if change.Regression {
			names = append(names, change.Figure)
		}
	}
	return names
}

// DifferentError says that two runs aren't of the same load, so comparing them would say
// nothing.
type DifferentError struct{ Differences []string }

// Error names what differs.
func (e *DifferentError) Error() string {
	return "the runs are of different loads: " + strings.Join(e.Differences, "; ")
}

// notTheLoad are settings in which runs that are compared may differ.
var notTheLoad = []string{"about", "duration", "warmup", "settle", "ramp"}

// Compare compares a run with an older one. threshold is by how much a figure may be
// worse, 0.05 is 5 %; what is wrong with deliveries may not rise at all. The error is a
// [*DifferentError].
func Compare(old, now *Report, threshold float64) (*Comparison, error) {
	if d := differences(old, now); len(d) > 0 {
		return nil, &DifferentError{d}
	}
	c := &Comparison{Threshold: threshold, Doubts: doubts(old, now)}
	for i := range figures {
		if change, ok := compareFigure(&figures[i], old, now, threshold); ok {
			c.Changes = append(c.Changes, change)
		}
	}
	return c, nil
}

func differences(old, now *Report) []string {
	var d []string
	differ := func(what, before, now string) {
		if before != now {
			d = append(d, fmt.Sprintf("%s was %s and is %s", what, orNone(before), orNone(now)))
		}
	}
	differ("scenario", old.Scenario, now.Scenario)
	differ("subprotocol", old.Subprotocol, now.Subprotocol)
	differ("the server", kindOfTarget(old), kindOfTarget(now))
	keys := maps.Clone(old.Settings)
	if keys == nil {
		keys = map[string]string{}
	}
	maps.Copy(keys, now.Settings)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if key != "name" && !slices.Contains(notTheLoad, key) {
			differ(key, old.Settings[key], now.Settings[key])
		}
	}
	return d
}

// kindOfTarget is "embedded" or "foreign": a foreign server may have another port.
func kindOfTarget(r *Report) string {
	if r.Target == Embedded {
		return Embedded
	}
	return "foreign"
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

// doubts are what a reader should know before the figures.
func doubts(old, now *Report) []string {
	var d []string
	if old.Machine.CPU != now.Machine.CPU || old.Machine.Cores != now.Machine.Cores {
		d = append(d, fmt.Sprintf("The old run is of another machine: %d × %s, not %d × %s.",
			old.Machine.Cores, old.Machine.CPU, now.Machine.Cores, now.Machine.CPU))
	}
	for _, r := range []struct {
		*Report
		which string
	}{{old, "old"}, {now, "new"}} {
		switch {
		case r.Interrupted:
			d = append(d, "The "+r.which+" run was interrupted.")
		case len(r.Samples) < fewestSeconds:
			d = append(d, fmt.Sprintf("The %s run is too short to judge by: %d seconds, %d are the least.", r.which, len(r.Samples), fewestSeconds))
		}
	}
	return d
}

// compareFigure compares one figure; false: a run doesn't have it.
func compareFigure(f *figure, old, now *Report, threshold float64) (Change, bool) {
	change := Change{
		Figure: f.name, Old: f.value(old), New: f.value(now), Verdict: Unjudged, label: f.label,
		Low: Unknown, High: Unknown,
	}
	if !change.Old.Known() || !change.New.Known() {
		return change, false
	}
	change.Change = ratio(change.New-change.Old, change.Old)
	if f.better == zero {
		change.judgeCount()
		return change, true
	}
	before, after := f.points(old), f.points(now)
	i, ok := changeOf(before, after)
	if !ok {
		return change, true
	}
	change.Old, change.New = Number(mean(before)), Number(mean(after))
	change.Change, change.Low, change.High = Number(i.estimate), Number(i.low), Number(i.high)
	change.judge(f.better, i, threshold)
	return change, true
}

// judgeCount judges a figure that counts what is wrong.
func (c *Change) judgeCount() {
	switch {
	case c.New > c.Old:
		c.Verdict, c.Regression = Worse, true
	case c.New < c.Old:
		c.Verdict = Better
	default:
		c.Verdict = Unchanged
	}
}

func (c *Change) judge(way better, i interval, threshold float64) {
	rises, falls := i.low > 0, i.high < 0
	switch {
	case way == neither:
	case way == lower && rises, way == higher && falls:
		c.Verdict = Worse
		c.Regression = max(i.estimate, -i.estimate) > threshold
	case rises || falls:
		c.Verdict = Better
	default:
		c.Verdict = Unchanged
	}
}

// Text writes the comparison for people.
func (c *Comparison) Text(w io.Writer) error {
	t := table.Table{
		Title:   "Compared with " + c.Old + ": means of single seconds, and between what the change lies (95 %)",
		Columns: []string{"figure", "old", "new", "change", "between", "", "verdict"},
	}
	for _, v := range c.Changes {
		verdict := string(v.Verdict)
		if v.Regression {
			verdict = "WORSE"
		}
		low, high := percent(v.Low), percent(v.High)
		if !v.Low.Known() {
			low, high = "", ""
		}
		t.Add(v.label, float64(v.Old), float64(v.New), percent(v.Change), low, high, verdict)
	}
	for _, doubt := range c.Doubts {
		if _, err := fmt.Fprintln(w, doubt); err != nil {
			return err
		}
	}
	return t.Write(w)
}

// percent writes a change: "+3.1 %".
func percent(n Number) string {
	if !n.Known() {
		return "-"
	}
	return fmt.Sprintf("%+.1f %%", 100*float64(n))
}
