package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/scenewire/scenewire/internal/commandline"
)

// Title says in a line what was run.
func (r *Report) Title() string {
	target := "loadgen's own server"
	if r.Target != Embedded {
		target = r.Target
	}
	if r.Subprotocol != "" {
		target += " (" + r.Subprotocol + ")"
	}
	return fmt.Sprintf("%s: %s for %s s on %s", r.Scenario, commandline.Count(r.Clients, "client"), decimal(Number(r.Seconds)), target)
}

// Text writes the report for people.
func (r *Report) Text(w io.Writer) error {
	var b strings.Builder
	b.WriteString(r.Title() + "\n\n")
	rows := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	line := func(label, text string) {
		if text != "" {
			commandline.Writef(rows, "  %s\t%s\n", label, text)
		}
	}
	line("clients", r.connectedText())
	line("received", r.receivedText())
	line("traffic", r.trafficText())
	line("sent", r.sentText())
	_ = rows.Flush()
	r.spreads(&b)
	r.storms(&b)
	rows = tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	line("checked", r.checkedText())
	line("not checked", strings.Join(r.NotChecked, ", "))
	line("errors", counts(r.ErrorCauses))
	line("closed", counts(r.Closes))
	line("end state", r.Converged.text())
	line("server", r.Server.text())
	line("loadgen", r.Generator.text())
	line("dashboard", r.Dashboard)
	_ = rows.Flush()
	r.ending(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) connectedText() string {
	text := commandline.Number(int64(r.Connected)) + " connected"
	switch {
	case r.Connected < r.Clients:
		text += " of " + commandline.Number(int64(r.Clients))
	case r.Connected > r.Clients:
		text += " at a time, with those that joined"
	}
	return text
}

func (r *Report) receivedText() string {
	text := fmt.Sprintf("%s, %s/s", plural(r.Deliveries, "message"), decimal(r.DeliveriesPerS))
	if r.Windows > 0 {
		text += fmt.Sprintf(", in %s: %s/s for each client", plural(r.Windows, "window"), decimal(r.WindowHz))
	}
	return text
}

func (r *Report) trafficText() string {
	text := fmt.Sprintf("%s, %s/s", commandline.Size(r.WireBytes), sizeOf(r.BytesPerS))
	if r.BytesPerMessage.Known() {
		text += fmt.Sprintf("; %s bytes a message", decimal(r.BytesPerMessage))
	}
	if r.CompressRatio.Known() {
		text += fmt.Sprintf(", compressed %s times", decimal(r.CompressRatio))
	}
	return text
}

func (r *Report) sentText() string {
	if r.Sent == 0 {
		return ""
	}
	text := fmt.Sprintf("%s, %s/s", plural(r.Sent, "message"), decimal(r.SentPerS))
	if r.Server.HandledPerS.Known() {
		text += fmt.Sprintf("; the server handled %s/s", decimal(r.Server.HandledPerS))
	}
	return text
}

// spreads writes a table of the distributions that there are.
func (r *Report) spreads(b *strings.Builder) {
	rows := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
	commandline.Writef(rows, "\n  milliseconds\tp50\tp90\tp99\tp99.9\tmax\tcount\t\n")
	found := false
	for _, row := range []struct {
		label string
		*Spread
	}{
		{"latency", r.Latency}, {"update gap", r.UpdateGap}, {"echo", r.Echo}, {"connect", r.Connect}, {"catch up", r.CatchUp},
	} {
		if s := row.Spread; s != nil && s.Count > 0 {
			found = true
			commandline.Writef(rows, "  %-12s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", row.label,
				decimal(s.P50), decimal(s.P90), decimal(s.P99), decimal(s.P999), decimal(s.Max), commandline.Number(s.Count))
		}
	}
	if found {
		_ = rows.Flush()
	}
	b.WriteString("\n")
}

// storms writes a table of the storms.
func (r *Report) storms(b *strings.Builder) {
	if len(r.Storms) == 0 {
		return
	}
	rows := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
	commandline.Writef(rows, "  storm\tat\tclients\tback\tall back\tcatch up p50\tp99\tbytes each\t\n")
	for _, s := range r.Storms {
		p50, p99 := Unknown, Unknown
		if s.CatchUp != nil && s.CatchUp.Count > 0 {
			p50, p99 = s.CatchUp.P50, s.CatchUp.P99
		}
		kind := s.Kind
		if s.Resume {
			kind += ", resuming"
		}
		commandline.Writef(rows, "  %s\t%.1f s\t%s\t%s\t%.2f s\t%s ms\t%s ms\t%s\t\n", kind, s.At, commandline.Number(int64(s.Clients)),
			commandline.Number(int64(s.Back)), s.Seconds, decimal(p50), decimal(p99), sizeOf(s.BytesEach))
	}
	_ = rows.Flush()
	b.WriteString("\n")
}

// FaultText says what is wrong with what clients received and where they ended: "2 gaps,
// 1 error"; "" if nothing is.
func (r *Report) FaultText() string {
	var found []string
	for _, f := range []struct {
		n    int64
		what string
	}{
		{r.Gaps, "gap"},
		{r.Disorder, "order violation"},
		{r.Duplicates, "duplicate"},
		{r.Corrupt, "corrupt window"},
		{r.Errors, "error"},
		{r.Mirrored, "mirrored pointer"},
		{int64(r.Converged.Diverged), "diverged client"},
	} {
		if f.n > 0 {
			found = append(found, plural(f.n, f.what))
		}
	}
	return strings.Join(found, ", ")
}

// checkedText says what was looked at and found.
func (r *Report) checkedText() string {
	lost := ""
	if r.Lost > 0 {
		lost = fmt.Sprintf("; slow clients lost %s, as they may", plural(r.Lost, "transient message"))
	}
	if found := r.FaultText(); found != "" {
		return found + lost
	}
	if slices.Contains(r.NotChecked, CheckGaps) {
		return "nothing wrong was seen" + lost
	}
	return "every client: no gaps, nothing out of order, nothing twice, no errors" + lost
}

func (c *Convergence) text() string {
	if c.Compared == 0 {
		return ""
	}
	text := commandline.Count(c.Compared, "client") + " compared"
	if c.Slow > 0 {
		text += ", " + commandline.Number(int64(c.Slow)) + " of them slow"
	}
	if c.Diverged == 0 {
		return text + ": all have the same"
	}
	text += fmt.Sprintf(": %s diverged", commandline.Number(int64(c.Diverged)))
	if len(c.Which) > 0 {
		text += " (" + strings.Join(c.Which, ", ") + ")"
	}
	return text
}

func (s *Server) text() string {
	if !s.CPUSeconds.Known() {
		return ""
	}
	text := fmt.Sprintf("%s s of processor time", decimal(s.CPUSeconds))
	if s.Cores.Known() {
		text += fmt.Sprintf(" (%s cores)", decimal(s.Cores))
	}
	if s.CPUMicros.Known() {
		text += fmt.Sprintf(", %s µs for each delivery", decimal(s.CPUMicros))
	}
	text += fmt.Sprintf("; %s of memory", sizeOf(s.ResidentBytes))
	if s.PeakBytes.Known() {
		text += fmt.Sprintf(", %s at most", sizeOf(s.PeakBytes))
	}
	return text
}

func (g *Generator) text() string {
	text := fmt.Sprintf("%s s of processor time, %s of memory", decimal(g.CPUSeconds), sizeOf(g.ResidentBytes))
	if g.Processes > 1 {
		text += fmt.Sprintf(", in %d processes", g.Processes)
	}
	return text
}

// ending says what a reader should know before using the figures.
func (r *Report) ending(b *strings.Builder) {
	remarks := r.Remarks
	if r.Interrupted {
		remarks = append([]string{"It was interrupted: this is what there was until then."}, remarks...)
	}
	if r.Failed != "" {
		remarks = append([]string{"It failed: " + r.Failed}, remarks...)
	}
	if len(remarks) == 0 {
		return
	}
	b.WriteString("\n")
	for _, remark := range remarks {
		b.WriteString("  ! " + remark + "\n")
	}
}

// counts writes a map of counts, the largest first.
func counts(m map[string]int64) string {
	names := slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		if m[a] != m[b] {
			return int(max(min(m[b]-m[a], 1), -1))
		}
		return strings.Compare(a, b)
	})
	for i, name := range names {
		names[i] = commandline.Number(m[name]) + " × " + commandline.Printable(name)
	}
	return strings.Join(names, ", ")
}

func plural(n int64, what string) string { return commandline.Count(int(n), what) }

func sizeOf(n Number) string {
	if !n.Known() {
		return "-"
	}
	return commandline.Size(int64(n))
}

// decimal writes three digits that say something, and as many commas as it takes.
func decimal(n Number) string {
	if !n.Known() {
		return "-"
	}
	v := float64(n)
	switch size := max(v, -v); {
	case size >= 100:
		return commandline.Number(int64(v + 0.5))
	case size >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	case size >= 1:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case size == 0:
		return "0"
	}
	return strconv.FormatFloat(v, 'f', 3, 64)
}

// format writes a figure with its unit.
func (f *figure) format(n Number) string {
	switch {
	case strings.HasSuffix(f.name, "_ms"):
		return decimal(n) + " ms"
	case strings.Contains(f.name, "bytes"):
		return sizeOf(n)
	}
	return decimal(n)
}
