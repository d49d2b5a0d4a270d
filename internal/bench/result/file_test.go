package result

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestFileReadsBackAsWritten(t *testing.T) {
	dir := t.TempDir()
	f := &File{
		Kind: "rivals", Command: "go run ./benchmarks/rivals", Taken: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Machine: ThisMachine(), Versions: map[string]string{"gws": "v1.8.9"},
		Rows: []Row{{"work": "fanout", "p99_ms": 1.5, "pinned": true}, {"work": "echo"}},
	}
	path, err := f.WriteTo(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := filepath.Base(path), "2026-01-02T030405Z-rivals.json"; got != want {
		t.Errorf("name %s, want %s", got, want)
	}
	got, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, f) {
		t.Errorf("got %+v, want %+v", got, f)
	}
	if v, ok := got.Rows[0].Number("p99_ms"); v != 1.5 || !ok {
		t.Errorf("p99_ms is %v, %v", v, ok)
	}
	text, _ := os.ReadFile(path)
	if n := strings.Count(string(text), "\n    {"); n != 2 {
		t.Errorf("%d rows stand on lines of their own, want 2:\n%s", n, text)
	}
}

func TestReadAllSortsByTime(t *testing.T) {
	dir := t.TempDir()
	for i, kind := range []string{"b", "a", "c"} {
		f := &File{Kind: kind, Taken: time.Unix(int64(100-i), 0)}
		if err := f.Write(filepath.Join(dir, kind+".json")); err != nil {
			t.Fatal(err)
		}
	}
	all, err := ReadAll(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	var kinds string
	for _, f := range all {
		kinds += f.Kind
	}
	if kinds != "cab" {
		t.Errorf("read in the order %s, want cab", kinds)
	}
}

func TestReadTellsWhichFileIsBad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bad.json")
	for _, text := range []string{"{", "{}", `{"kind":"x"}`} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path); err == nil || !strings.Contains(err.Error(), "bad.json") {
			t.Errorf("%s: error %v", text, err)
		}
	}
}

func TestRowOfTakesWhatEncodesToAnObject(t *testing.T) {
	r, err := RowOf(struct {
		Name string  `json:"name"`
		P99  float64 `json:"p99_ms"`
	}{"x", 2})
	if v, _ := r.Number("p99_ms"); err != nil || v != 2 || r.Text("name") != "x" {
		t.Errorf("%v, %v", r, err)
	}
	if _, err := RowOf(3); err == nil {
		t.Error("a number is taken for an object")
	}
}
