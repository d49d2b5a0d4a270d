package report

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// SLO is what a run has to hold: bounds of figures, all of them.
type SLO []Bound

// Bound is one of them, such as "p99<=50ms".
type Bound struct {
	text   string
	figure *figure
	op     string
	limit  float64
}

// ParseSLO reads bounds with commas between them: "p99<=50ms,gaps=0". A bound is the name
// of a figure, with or without its unit, one of <=, >=, <, > and =, and a number, which
// for a time may have a unit (50 is 50ms) and for a size KB, MB or GB.
func ParseSLO(text string) (SLO, error) {
	var slo SLO
	for part := range strings.SplitSeq(text, ",") {
		bound, err := parseBound(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		slo = append(slo, bound)
	}
	return slo, nil
}

// operators, those of two characters first.
var operators = []string{"<=", ">=", "<", ">", "="}

func parseBound(text string) (Bound, error) {
	for _, op := range operators {
		name, value, ok := strings.Cut(text, op)
		if !ok {
			continue
		}
		f := figureOf(strings.TrimSpace(name))
		if f == nil {
			return Bound{}, fmt.Errorf("%q: there is no figure %q; there are %s", text, strings.TrimSpace(name), strings.Join(FigureNames(), ", "))
		}
		limit, err := parseLimit(f, strings.TrimSpace(value))
		if err != nil {
			return Bound{}, fmt.Errorf("%q: %w", text, err)
		}
		return Bound{text, f, op, limit}, nil
	}
	return Bound{}, fmt.Errorf("%q is no bound such as p99<=50ms or gaps=0", text)
}

// parseLimit reads a bound's number in its figure's unit.
func parseLimit(f *figure, text string) (float64, error) {
	if v, err := strconv.ParseFloat(text, 64); err == nil && v >= 0 {
		return v, nil
	}
	if strings.HasSuffix(f.name, "_ms") {
		d, err := time.ParseDuration(text)
		if err != nil || d < 0 {
			return 0, errors.New("a time is like 50ms or 1.5s")
		}
		return float64(d) / float64(time.Millisecond), nil
	}
	for unit, factor := range map[string]float64{"KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30} {
		digits, ok := strings.CutSuffix(text, unit)
		if v, err := strconv.ParseFloat(digits, 64); ok && err == nil && v >= 0 && strings.Contains(f.name, "bytes") {
			return v * factor, nil
		}
	}
	return 0, fmt.Errorf("%q is no number", text)
}

// FigureNames returns the names of all figures, as bounds have them.
func FigureNames() []string {
	names := make([]string, len(figures))
	for i, f := range figures {
		names[i] = strings.TrimSuffix(f.name, "_ms")
	}
	return names
}

// Missed returns what a run doesn't hold, each as "p99 is 81 ms, not <=50ms". A figure that
// wasn't measured isn't held.
func (s SLO) Missed(r *Report) []string {
	var missed []string
	for _, b := range s {
		if text := b.missed(r); text != "" {
			missed = append(missed, text)
		}
	}
	return missed
}

func (b *Bound) missed(r *Report) string {
	v := b.figure.value(r)
	name := strings.TrimSuffix(b.figure.name, "_ms")
	limit := strings.TrimSpace(b.text[strings.Index(b.text, b.op):])
	switch {
	case !v.Known():
		return name + " wasn't measured"
	case b.held(float64(v)):
		return ""
	}
	return fmt.Sprintf("%s is %s, not %s", name, b.figure.format(v), limit)
}

func (b *Bound) held(v float64) bool {
	switch b.op {
	case "<=":
		return v <= b.limit
	case ">=":
		return v >= b.limit
	case "<":
		return v < b.limit
	case ">":
		return v > b.limit
	}
	return v == b.limit
}

// Text returns the figures that the SLO is about: "p99 12.3 ms, gaps 0".
func (s SLO) Text(r *Report) string {
	var figures []string
	for _, b := range s {
		figures = append(figures, strings.TrimSuffix(b.figure.name, "_ms")+" "+b.figure.format(b.figure.value(r)))
	}
	return strings.Join(figures, ", ")
}
