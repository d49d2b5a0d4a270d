package main

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/scenewire/scenewire/internal/bench/chart"
	"github.com/scenewire/scenewire/internal/bench/result"
)

// page is a Markdown file with generated parts.
type page struct {
	name    string
	charts  string // where the charts are, from the page
	results map[string]*result.File
	made    map[string][]byte // charts, by name
}

// Marks around what is generated; that at the beginning has a section's name.
const (
	beginMark = "<!-- generated: "
	closeMark = " -->"
	endMark   = "<!-- end -->"
)

// fill replaces what is between marks.
func (p *page) fill(text []byte) ([]byte, error) {
	var out bytes.Buffer
	for {
		before, rest, found := strings.Cut(string(text), beginMark)
		out.WriteString(before)
		if !found {
			return out.Bytes(), nil
		}
		name, rest, found := strings.Cut(rest, closeMark)
		if !found {
			return nil, errors.New("a mark isn't closed")
		}
		_, rest, found = strings.Cut(rest, endMark)
		if !found {
			return nil, fmt.Errorf("%s%s%s has no %s", beginMark, name, closeMark, endMark)
		}
		part, err := p.section(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(&out, "%s%s%s\n%s\n%s", beginMark, name, closeMark, strings.TrimSpace(part), endMark)
		text = []byte(rest)
	}
}

// section is a generated part, made of the newest file of its kind.
type section struct {
	kind   string
	repeat string // the command, where there is no file
	write  func(w *writer, f *result.File) error
}

// sections by their marks' names.
var sections = map[string]section{
	"rivals":    {"rivals", "go run ./benchmarks/rivals", writeRivals},
	"limit":     {"limit", "go run ./benchmarks/limit", writeLimit},
	"capture":   {"capture", "go run ./benchmarks/limit --servers scenewire-uring,scenewire-uring-capture", writePlain},
	"dashboard": {"dashboard", "go run ./benchmarks/all --only dashboard", writePlain},
	"scaling":   {"scaling", "go run ./benchmarks/scaling", writeScaling},
	"cost":      {"scaling", "go run ./benchmarks/scaling", writeCost},
	"windows":   {"windows", "go run ./benchmarks/windows", writeWindows},
	"idle":      {"idle", "go run ./benchmarks/idle", writeIdle},
	"rooms":     {"rooms", "go run ./benchmarks/rooms", writeRooms},
	"join":      {"join", "go run ./benchmarks/join", writeJoin},
	"inbound":   {"inbound", "go run ./benchmarks/inbound", writeInbound},
	"loadgen":   {"loadgen", "go run ./cmd/loadgen", writeLoadgen},
}

// overview is the mark of the part that is made of all kinds.
const overview = "overview"

func (p *page) section(name string) (string, error) {
	w := &writer{page: p}
	if name == overview {
		writeOverview(w, p.results)
		return w.text.String(), nil
	}
	s, ok := sections[name]
	if !ok {
		return "", errors.New("there is no such part")
	}
	f := p.results[s.kind]
	if f == nil {
		return fmt.Sprintf("*Not measured yet: `%s`.*", s.repeat), nil
	}
	if err := s.write(w, f); err != nil {
		return "", err
	}
	w.stamp(f)
	return w.text.String(), nil
}

// writer collects the text of one part.
type writer struct {
	page *page
	text strings.Builder
}

func (w *writer) printf(format string, args ...any) { fmt.Fprintf(&w.text, format, args...) }

// chart writes an image of the figure, which is made beside it.
func (w *writer) chart(name string, f *chart.Figure) {
	if w.page.made == nil {
		w.page.made = map[string][]byte{}
	}
	w.page.made[name+".svg"] = f.SVG()
	w.printf("![%s](%s/%s.svg)\n\n", f.Description, w.page.charts, name)
}

// stamp says where, when and with what it was measured.
func (w *writer) stamp(f *result.File) {
	m := f.Machine
	where := []string{f.Taken.Format("2006-01-02"), m.CPU, counted(m.Cores, "processor"), chart.Bytes(float64(m.MemoryBytes)), "Linux " + m.Kernel, m.Go}
	if m.Kernel == "" {
		where[4] = m.System
	}
	if f.Commit != "" {
		where = append(where, "commit "+f.Commit)
	}
	where = slices.DeleteFunc(where, func(s string) bool { return s == "" })
	w.printf("<sub>%s. Repeat it with `%s`.%s</sub>\n", strings.Join(where, ", "), whereTo.ReplaceAllString(f.Command, ""), versions(f.Versions))
}

// whereTo is the part of a command that says where its results went.
var whereTo = regexp.MustCompile(` --(results|json)[ =]\S+`)

func versions(all map[string]string) string {
	var list []string
	for name, version := range all {
		list = append(list, name+" "+version)
	}
	if len(list) == 0 {
		return ""
	}
	slices.Sort(list)
	return " With " + strings.Join(list, ", ") + "."
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
