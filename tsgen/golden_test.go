package tsgen

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/tsgen/testdata/handmade"
	"github.com/scenewire/scenewire/tsgen/testdata/odd"
)

var update = flag.Bool("update", false, "rewrite the golden files from the packages as they are")

// The TypeScript compiler looks at these files in .ci/run's step typescript.
func TestGeneratedFilesAreAsWrittenDown(t *testing.T) {
	for _, name := range []string{"handmade", "odd", "plain"} {
		t.Run(name, func(t *testing.T) {
			got := string(bindingsOf(t, name).TypeScript())
			file := filepath.Join("testdata", name+".gen.ts")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := diff(file, string(want), got); d != "" {
				t.Errorf("%s (go test -update rewrites it)", d)
			}
			if !strings.HasSuffix(got, "}\n") && !strings.HasSuffix(got, ";\n") {
				t.Error("the last line has no end")
			}
		})
	}
}

func TestRegisteredFieldsAreTheGeneratedOnes(t *testing.T) {
	for name, registry := range map[string]*messages.Registry{"handmade": handmade.Registry, "odd": odd.Registry} {
		t.Run(name, func(t *testing.T) {
			if err := bindingsOf(t, name).Check(registry); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestOutputDoesNotDependOnTheDirectory(t *testing.T) {
	want := bindingsOf(t, "odd").TypeScript()
	b, err := Load(filepath.Join("testdata", "odd"), ".")
	if err != nil {
		t.Fatal(err)
	}
	if d := diff("odd", string(want), string(b.TypeScript())); d != "" {
		t.Error(d)
	}
}

func TestWideIntegersAreWarnedAbout(t *testing.T) {
	var got []string
	for _, w := range bindingsOf(t, "odd").Warnings() {
		got = append(got, filepath.Base(w.File)+": "+w.Text)
	}
	want := "time.go: Duration: beyond 2^53 a number loses precision in JavaScript, and this is int64\n" +
		"odd.go: field Wide: beyond 2^53 a number loses precision in JavaScript, and this is int64"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// wanted matches what a line of package bad says of its errors.
var wanted = regexp.MustCompile(`// want "(.*)"$`)

func TestWhatHasNoTypeIsAnErrorWithItsLine(t *testing.T) {
	_, err := Load("testdata/bad", ".")
	var problems *SourceError
	if !errors.As(err, &problems) {
		t.Fatalf("Load = %v", err)
	}
	source, err := os.ReadFile("testdata/bad/bad.go")
	if err != nil {
		t.Fatal(err)
	}
	got := map[int]string{}
	for _, p := range problems.Problems {
		if p.File != "bad.go" {
			t.Errorf("%v: the file is not bad.go", p)
		}
		got[p.Line] += p.Text
	}
	for i, line := range strings.Split(string(source), "\n") {
		want := ""
		if m := wanted.FindStringSubmatch(line); m != nil {
			want = strings.ReplaceAll(m[1], `\"`, `"`)
		}
		if text := got[i+1]; (want == "") != (text == "") || !strings.Contains(text, want) {
			t.Errorf("bad.go:%d: got %q, want %q\n\t%s", i+1, text, want, strings.TrimSpace(line))
		}
	}
}

func TestPackagesThatCannotBeReadAreErrors(t *testing.T) {
	for pattern, want := range map[string]string{
		"./testdata/nowhere":       "nowhere",
		"./testdata/odd/shapes":    "there are no messages",
		"example.invalid/nobody/x": "example.invalid",
	} {
		if _, err := Load("", pattern); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Load(%q) = %v, want an error with %q", pattern, err, want)
		}
	}
}

// bindingsOf returns the bindings of a package below testdata, which is read once.
func bindingsOf(t *testing.T, name string) *Bindings {
	t.Helper()
	b, err := loaded[name]()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var loaded = map[string]func() (*Bindings, error){}

func init() {
	for _, name := range []string{"handmade", "odd", "plain"} {
		loaded[name] = sync.OnceValues(func() (*Bindings, error) { return Load("", "./testdata/"+name) })
	}
}
