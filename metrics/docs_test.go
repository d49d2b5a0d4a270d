package metrics

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

var update = flag.Bool("update", false, "rewrite the table in docs/metrics.md from what a server serves")

const (
	docsFile  = "../docs/metrics.md"
	tableHead = "| metric | type | labels | meaning |\n|---|---|---|---|\n"
)

// family is a metric as a server serves it.
type family struct {
	help, kind string
	labels     []string
}

// row writes a line of the table.
func (f *family) row(name string) string {
	labels := strings.Join(f.labels, ", ")
	if f.kind == "histogram" {
		labels += ", le"
	}
	return fmt.Sprintf("| `%s` | %s | %s | %s |\n", name, f.kind, labels, f.help)
}

// families reads what is served, in the order in which it is: by name.
func families(text string) (names []string, byName map[string]*family) {
	byName = map[string]*family{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "# HELP "); ok {
			name, help, _ := strings.Cut(rest, " ")
			names = append(names, name)
			byName[name] = &family{help: help}
			continue
		}
		newest := byName[names[len(names)-1]]
		if rest, ok := strings.CutPrefix(line, "# TYPE "); ok {
			_, newest.kind, _ = strings.Cut(rest, " ")
			continue
		}
		if _, rest, ok := strings.Cut(line, "{"); ok && newest.labels == nil {
			for pair := range strings.SplitSeq(rest, ",") {
				label, _, _ := strings.Cut(pair, "=")
				if label != "le" {
					newest.labels = append(newest.labels, label)
				}
			}
			slices.Sort(newest.labels)
		}
	}
	return names, byName
}

func TestDocumentedMetricsAreThoseThatAreServed(t *testing.T) {
	s := serve(t, scenewire.Options{}, func(s *scenewire.Server) http.Handler { return Handler(s) })
	leaving := join(t, s, wstest.Options{})     // so that the closes have a code
	must(t, leaving.Write(wsproto.OpText, nil)) // bad messages a kind
	leaving.leave(t, wsproto.CloseNormal)
	expect(t, s, map[string]float64{`scenewire_clients_closed_total{code="1000",server=""}`: 1})

	names, byName := families(scrapeText(t, s))
	table := tableHead
	for _, name := range names {
		if strings.HasPrefix(name, prefix) {
			table += byName[name].row(name)
		}
	}
	if n := strings.Count(table, "\n") - 2; n != len(serverMetrics)+len(loopMetrics)+2 {
		t.Errorf("%d metrics are served, and %d defined", n, len(serverMetrics)+len(loopMetrics)+2)
	}
	docs, err := os.ReadFile(docsFile)
	must(t, err)
	before, rest, ok := strings.Cut(string(docs), tableHead)
	if !ok {
		t.Fatal("docs/metrics.md has no table")
	}
	documented := tableHead
	for line := range strings.Lines(rest) {
		if line[0] != '|' {
			break
		}
		documented += line
	}
	if *update {
		after := strings.TrimPrefix(string(docs), before+documented)
		must(t, os.WriteFile(docsFile, []byte(before+table+after), 0o600))
		return
	}
	if documented != table {
		t.Errorf("docs/metrics.md isn't what is served; go test ./metrics -update\ngot:\n%s", table)
	}
}

// TestNamesFollowTheConventions holds them to https://prometheus.io/docs/practices/naming/.
func TestNamesFollowTheConventions(t *testing.T) {
	check := func(name, help string, isCounter bool) {
		if strings.HasSuffix(name, "_total") != isCounter {
			t.Errorf("%s: counters and nothing else end in _total", name)
		}
		for _, unit := range []string{"milli", "micro", "kilo", "mega"} {
			if strings.Contains(name, unit) {
				t.Errorf("%s isn't in a base unit", name)
			}
		}
		if !strings.HasSuffix(help, ".") || strings.ContainsAny(help, "|\n") {
			t.Errorf("%s: %q", name, help)
		}
	}
	for _, m := range serverMetrics {
		check(m.name, m.help, m.kind == counter)
	}
	for _, m := range loopMetrics {
		check(m.name, m.help, m.kind == counter)
	}
}
