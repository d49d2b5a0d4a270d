package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/HdrHistogram/hdrhistogram-go"
)

func TestForms(t *testing.T) {
	for name, r := range map[string]*Report{"embedded": made(5, 0.02), "foreign": foreign()} {
		for form, write := range map[string]func(*Report, *bytes.Buffer) error{
			"txt":  func(r *Report, b *bytes.Buffer) error { return r.Text(b) },
			"json": func(r *Report, b *bytes.Buffer) error { return r.WriteJSON(b) },
			"csv":  func(r *Report, b *bytes.Buffer) error { return r.WriteCSV(b) },
		} {
			var b bytes.Buffer
			must(t, write(r, &b))
			golden(t, name+"."+form, b.String())
		}
	}
}

// Programs rely on these names.
func TestJSONHasTheNamedFields(t *testing.T) {
	var b bytes.Buffer
	must(t, made(5, 0).WriteJSON(&b))
	var r struct {
		Clients    *int
		Seconds    *float64
		Deliveries *int64
		PerS       *float64 `json:"deliveries_per_s"`
		Gaps       *int64
		Errors     *int64
		Latency    struct{ P50, P99, P999, Max *float64 } `json:"latency_ms"`
		Server     struct {
			CPU *float64 `json:"cpu_s"`
			RSS *float64 `json:"rss_bytes"`
		}
	}
	must(t, json.Unmarshal(b.Bytes(), &r))
	l := r.Latency
	for name, there := range map[string]bool{
		"clients": r.Clients != nil && *r.Clients == 1000, "seconds": r.Seconds != nil, "deliveries": r.Deliveries != nil, "deliveries_per_s": r.PerS != nil,
		"gaps": r.Gaps != nil, "errors": r.Errors != nil, "latency_ms": l.P50 != nil && l.P99 != nil && l.P999 != nil && l.Max != nil,
		"server": r.Server.CPU != nil && *r.Server.CPU == 6 && r.Server.RSS != nil,
	} {
		if !there {
			t.Errorf("%s is missing or wrong in %s", name, b.Bytes())
		}
	}
}

func TestReadTakesBackWhatWasWritten(t *testing.T) {
	r := made(5, 0.02)
	r.Echo = r.Latency
	var b bytes.Buffer
	must(t, r.WriteJSON(&b))
	file, err := File(r)
	must(t, err)
	path, err := file.WriteTo(t.TempDir())
	must(t, err)
	if name := filepath.Base(path); name != "2026-01-02T030405Z-loadgen.json" {
		t.Errorf("the result file is %s", name)
	}
	for form, path := range map[string]string{"JSON": write(t, "a.json", b.String()), "result file": path} {
		all, err := Read(path)
		must(t, err)
		got := all[0]
		if !got.Taken.Equal(r.Taken) || got.Commit != r.Commit || got.Machine != r.Machine || len(got.Samples) != len(r.Samples) {
			t.Errorf("%s: got %+v", form, got)
		}
		if d := differences(r, got); len(d) > 0 {
			t.Errorf("%s: differs: %v", form, d)
		}
		for i := range figures {
			f := &figures[i]
			was, is := f.value(r), f.value(got)
			if was.Known() != is.Known() || was.Known() && rounded(float64(was)) != rounded(float64(is)) {
				t.Errorf("%s: %s was %v and is %v", form, f.name, was, is)
			}
			if len(f.points(r)) != len(f.points(got)) {
				t.Errorf("%s: %s has %d points, want %d", form, f.name, len(f.points(got)), len(f.points(r)))
			}
		}
	}
}

func TestReadSaysWhatAFileIsnt(t *testing.T) {
	for text, want := range map[string]string{
		"nothing":        "not JSON",
		"{}":             "neither what loadgen --json writes nor a result file",
		`{"loadgen":99}`: "form 99",
		`{"kind":"rivals","taken":"2026-01-02T03:04:05Z"}`:            `results of "rivals"`,
		`{"kind":"loadgen","taken":"2026-01-02T03:04:05Z","rows":[]}`: "it has no runs",
	} {
		path := write(t, "old.json", text)
		if _, err := Read(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "old.json") {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func TestCSVHasALineForEachSecond(t *testing.T) {
	var b bytes.Buffer
	must(t, foreign().WriteCSV(&b))
	lines, err := csv.NewReader(&b).ReadAll()
	must(t, err)
	if len(lines) != 4 || lines[0][0] != "t" || lines[1][0] != "1" || lines[3][0] != "3" {
		t.Fatalf("got %v", lines)
	}
	for i, name := range lines[0] {
		if name == "p50_ms" && lines[1][i] != "" {
			t.Errorf("an unknown figure is %q", lines[1][i])
		}
	}
}

func TestHDRFiles(t *testing.T) {
	r := made(3, 0)
	dir := filepath.Join(t.TempDir(), "hdr")
	paths, err := r.WriteHDR(dir)
	must(t, err)
	if len(paths) != 2 {
		t.Fatalf("wrote %v", paths)
	}
	percentiles, err := os.ReadFile(filepath.Join(dir, "latency.hgrm"))
	must(t, err)
	if text := string(percentiles); !strings.Contains(text, "1/(1-Percentile)") || !strings.Contains(text, "#[Max     =       20.0") {
		t.Errorf("latency.hgrm: %s", text)
	}
	log, err := os.Open(filepath.Join(dir, "intervals.hlog"))
	must(t, err)
	defer log.Close()
	reader := hdrhistogram.NewHistogramLogReader(log)
	for i := range 3 {
		h, err := reader.NextIntervalHistogram()
		must(t, err)
		if h == nil || h.TotalCount() != 100 || h.Tag() != "latency" {
			t.Fatalf("interval %d: %+v", i, h)
		}
	}
	checkIntervalLines(t, filepath.Join(dir, "intervals.hlog"))
}

// checkIntervalLines reads what the format says, not what one reader takes.
func checkIntervalLines(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	n := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "Tag=") {
			continue
		}
		cells := strings.Split(strings.TrimSpace(line), ",")
		begin, _ := strconv.ParseFloat(cells[1], 64)
		length, _ := strconv.ParseFloat(cells[2], 64)
		most, _ := strconv.ParseFloat(cells[3], 64)
		if begin != float64(n) || length != 1 || most < 19 || most > 21 || !strings.HasPrefix(cells[4], "HISTFAAA") {
			t.Errorf("interval %d: %v", n, cells)
		}
		n++
	}
	if n != 3 {
		t.Errorf("%d intervals", n)
	}
}
