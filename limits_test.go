package scenewire

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/loop"
)

// limitRow is one row of the table in docs/limits.md.
type limitRow struct {
	options []string // such as "MaxClients" and "loop.Options.MaxConns"
	value   string   // the cell of the default
}

var (
	limitName  = regexp.MustCompile(`^Max|(Timeout|Interval|Rate|PerSecond)$`)
	codeSpan   = regexp.MustCompile("`([^`]+)`")
	metricName = regexp.MustCompile(`scenewire_[a-z_]+`)
)

// limitRows reads the table.
func limitRows(t *testing.T) (rows []limitRow) {
	t.Helper()
	text, err := os.ReadFile("docs/limits.md")
	must(t, err)
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) < 2 || strings.HasPrefix(cells[1], "---") || strings.HasPrefix(cells[1], " **") {
			continue
		}
		if len(cells) != 7 {
			t.Fatalf("a row of %d cells, want 5: %s", len(cells)-2, line)
		}
		row := limitRow{value: strings.TrimSpace(cells[3])}
		for _, span := range codeSpan.FindAllStringSubmatch(cells[1], -1) {
			row.options = append(row.options, span[1])
		}
		rows = append(rows, row)
	}
	return rows
}

// documentedDefault reads a default as the table writes it; ok is false for one that
// is computed.
func documentedDefault(cell string, duration bool) (value int64, ok bool) {
	if cell == "none" {
		return 0, true
	}
	number, unit, _ := strings.Cut(cell, " ")
	n, of, isFraction := strings.Cut(number, "/")
	value, err := strconv.ParseInt(n, 10, 64)
	if err != nil {
		return 0, false
	}
	scale, known := map[string]int64{
		"": 1, "/s": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
	}[unit]
	if duration {
		scale, known = map[string]int64{"s": int64(time.Second), "min": int64(time.Minute)}[unit]
	}
	value *= scale
	if isFraction {
		divisor, err := strconv.ParseInt(of, 10, 64)
		if err != nil || divisor == 0 {
			return 0, false
		}
		value /= divisor
	}
	return value, known
}

// TestEveryLimitIsDocumented holds docs/limits.md to the options as they are.
func TestEveryLimitIsDocumented(t *testing.T) {
	own := (*Options)(nil).withDefaults()
	shared, err := loop.New(nil)
	must(t, err)
	loops := shared.Options()
	must(t, shared.Close())

	documented := map[string]string{}
	for _, row := range limitRows(t) {
		for _, name := range row.options {
			if old, twice := documented[name]; twice && old != row.value {
				t.Errorf("%s has the defaults %q and %q", name, old, row.value)
			}
			documented[name] = row.value
		}
	}
	checkLimits(t, "", reflect.ValueOf(own), documented)
	checkLimits(t, "loop.Options.", reflect.ValueOf(loops), documented)
	for name := range documented {
		if !strings.HasPrefix(name, "messages.") {
			t.Errorf("%s is documented, but there is no such option", name)
		}
	}
}

// checkLimits compares the fields of options with the rows, and takes these out.
func checkLimits(t *testing.T, prefix string, options reflect.Value, documented map[string]string) {
	t.Helper()
	computed := []string{"MaxClients", "MaxHTTPConns"}
	for field, v := range options.Fields() {
		name := prefix + field.Name
		cell, there := documented[name]
		delete(documented, name)
		if !there {
			if limitName.MatchString(field.Name) {
				t.Errorf("docs/limits.md has no row for %s, which is %v", name, v)
			}
			continue
		}
		if !v.CanInt() {
			t.Errorf("%s is a %v", name, v.Type())
			continue
		}
		if slices.Contains(computed, name) {
			if cell != "from the limit of open files" {
				t.Errorf("%s: the default is %q", name, cell)
			}
			continue
		}
		want, ok := documentedDefault(cell, v.Type() == reflect.TypeFor[time.Duration]())
		if !ok || want != v.Int() {
			t.Errorf("%s is %v by default, documented is %q", name, v, cell)
		}
	}
}

func TestMetricsOfTheLimitsExist(t *testing.T) {
	limits, err := os.ReadFile("docs/limits.md")
	must(t, err)
	metrics, err := os.ReadFile("docs/metrics.md")
	must(t, err)
	for _, name := range metricName.FindAllString(string(limits), -1) {
		if !strings.Contains(string(metrics), fmt.Sprintf("| `%s` |", name)) {
			t.Errorf("docs/limits.md points to %s, which docs/metrics.md doesn't have", name)
		}
	}
}

func TestOpenFilesAreDivided(t *testing.T) {
	for _, tt := range []struct{ files, clients, http int }{
		{16, 1, 2},
		{64, 24, 8},
		{1024, 832, 128},
		{65536, 57344, 4096},
		{1 << 20, 978_944, 4096},
	} {
		var o Options
		o.setAdmissionDefaults(tt.files)
		if o.MaxClients != tt.clients || o.MaxHTTPConns != tt.http {
			t.Errorf("of %d files, %d are for clients and %d for others; want %d and %d",
				tt.files, o.MaxClients, o.MaxHTTPConns, tt.clients, tt.http)
		}
	}
}
