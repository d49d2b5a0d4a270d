package arch

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// mayImport is the import graph: package, relative to the module's root, to the
// packages of the module that its non-test files may import directly. Imports
// point down. Programs, and what they alone share, are not listed: they
// may import anything, and nothing else may import them.
var mayImport = map[string][]string{
	"":                      {"backplane", "buffers", "loop", "messages", "record", "wsproto"},
	"backplane":             {"buffers", "messages"},
	"benchmarks/dashboard":  {"", "benchmarks/results", "internal/bench/result", "loop", "messages"},
	"benchmarks/results":    {},
	"buffers":               {},
	"cmd/scenerec/page":     {"record"},
	"internal/arch":         {},
	"internal/bench/result": {},
	"internal/chaos":        {},
	"internal/commandline":  {},
	"internal/commands":     {},
	"internal/fieldtag":     {},
	"internal/inbound":      {"internal/wsclient", "record", "wsproto"},
	"internal/mcap":         {},
	"internal/msgpscan":     {},
	"internal/probe":        {},
	"internal/uring":        {},
	"internal/wsclient":     {"wsproto"},
	"internal/wstest":       {"wsproto"},
	"loop":                  {"buffers", "internal/uring", "wsproto"},
	"messages":              {"internal/fieldtag", "internal/msgpscan"},
	"metrics":               {"", "loop"},
	"record":                {"buffers", "internal/mcap", "internal/msgpscan", "messages"},
	"tsgen":                 {"internal/fieldtag", "internal/msgpscan", "messages"},
	"wsproto":               {"internal/msgpscan"},
}

func TestImportsPointDown(t *testing.T) {
	pkgs := packages(t)
	for _, path := range slices.Sorted(maps.Keys(pkgs)) {
		p := pkgs[path]
		rel, ours := p.rel()
		if !ours {
			continue
		}
		allowed, listed := mayImport[rel]
		if !listed && !p.isProgram() {
			t.Errorf("%s: has no row in the import graph: add one to mayImport and to ARCHITECTURE.md", path)
			continue
		}
		for _, imported := range p.Imports {
			to, ours := relPath(imported)
			switch {
			case !ours:
			case pkgs[imported] != nil && pkgs[imported].isProgram() && !p.isProgram():
				t.Errorf("%s imports the program %s", path, imported)
			case listed && !slices.Contains(allowed, to):
				t.Errorf("%s imports %s, which the import graph does not allow", path, imported)
			}
		}
	}
}

// forbidden names import paths, and everything below them, that no package of
// the main module may depend on, tests included.
var forbidden = map[string]string{
	"github.com/lesismal/nbio/nbhttp":    "its HTTP and WebSocket layers keep a parser, a lock and a buffer for each connection; loop has its own",
	"github.com/lesismal/nbio/extension": "only nbio's core is used",
	"github.com/gorilla/websocket":       "wsproto is the module's own",
	"net/http/pprof":                     "it puts itself into http.DefaultServeMux of every program",
	"github.com/stretchr/testify":        "tests use the standard library's assertions",
}

// onlyIn names import paths that few packages may import, tests and programs apart.
var onlyIn = map[string][]string{
	"github.com/lesismal/nbio":           {"loop"},
	"github.com/vmihailenco/msgpack/v5":  {"messages"},
	"github.com/klauspost/compress/zstd": {"", "record", "wsproto"}, // the root compresses the files that it serves
	// So a server costs nobody Prometheus who doesn't use it.
	"github.com/prometheus/client_golang/prometheus":            {"metrics"},
	"github.com/prometheus/client_golang/prometheus/collectors": {"metrics"},
	"github.com/prometheus/client_golang/prometheus/promhttp":   {"metrics"},

	"golang.org/x/sys/unix": {"internal/uring", "loop"},

	// It takes testify and package testing into every program (its testutils.go is no
	// test file), and panics on some damaged files. Tests compare with it.
	"github.com/foxglove/mcap/go/mcap": {},

	// A generator's burden is not a server's: see TestOnlyTheGeneratorNeedsGoTools.
	"golang.org/x/tools/go/packages": {"tsgen"},
}

func TestForeignImportsStayInTheirPackage(t *testing.T) {
	pkgs := packages(t)
	for _, path := range slices.Sorted(maps.Keys(pkgs)) {
		p := pkgs[path]
		rel, ours := p.rel()
		if !ours {
			continue
		}
		for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			for prefix, why := range forbidden {
				if below(imported, prefix) {
					t.Errorf("%s imports %s: %s", path, imported, why)
				}
			}
		}
		for _, imported := range p.Imports {
			if owners, ok := onlyIn[imported]; ok && !p.isProgram() && !slices.Contains(owners, rel) {
				t.Errorf("%s imports %s, which only %v may", path, imported, owners)
			}
		}
	}
}

// isProgram reports whether nothing else may import the package.
func (p *pkg) isProgram() bool {
	rel, ours := p.rel()
	if _, listed := mayImport[rel]; listed || !ours {
		return false
	}
	return p.Name == "main" || below(rel, "internal/bench") || below(rel, "cmd/loadgen/internal")
}

// below says whether path is prefix or lies below it.
func below(path, prefix string) bool {
	rest, ok := strings.CutPrefix(path, prefix)
	return ok && (rest == "" || rest[0] == '/')
}

// mayRequire is the allow-list of go.mod's requirements, direct and indirect.
var mayRequire = []string{
	"github.com/klauspost/compress",
	"github.com/lesismal/nbio",
	"github.com/vmihailenco/msgpack/v5",
	"github.com/vmihailenco/tagparser/v2",
	"go.uber.org/multierr",
	"go.uber.org/zap",
	"golang.org/x/sys",
	"pgregory.net/rapid",

	// Package metrics: Prometheus' client library, and what it needs.
	"github.com/beorn7/perks",
	"github.com/cespare/xxhash/v2",
	"github.com/munnerz/goautoneg",
	"github.com/prometheus/client_golang",
	"github.com/prometheus/client_model",
	"github.com/prometheus/common",
	"github.com/prometheus/procfs",
	"go.yaml.in/yaml/v2",
	"google.golang.org/protobuf",

	// The commands: their flags, progress bars, and what those need.
	"github.com/inconshreveable/mousetrap",
	"github.com/mitchellh/colorstring",
	"github.com/rivo/uniseg",
	"github.com/schollz/progressbar/v3",
	"github.com/spf13/cobra",
	"github.com/spf13/pflag",
	"golang.org/x/term",

	// The command loadgen: its scenarios.
	"go.yaml.in/yaml/v3",

	// The command loadgen: histograms of latencies, in a form that other tools read.
	"github.com/HdrHistogram/hdrhistogram-go",

	// Tests of package record have the library of MCAP's authors read what is written;
	// the rest is what that library needs.
	"github.com/foxglove/mcap/go/mcap",
	"github.com/davecgh/go-spew",
	"github.com/pierrec/lz4/v4",
	"github.com/pmezard/go-difflib",
	"github.com/stretchr/testify",
	"gopkg.in/yaml.v3",

	// Package tsgen, and what golang.org/x/tools needs. Modules that import others than
	// tsgen have none of them in their go.mod, go.sum or vendor directory (go.dev/ref/mod,
	// "Module graph pruning"): no package that they build, or that is in the tests of one,
	// comes from there.
	"golang.org/x/mod",
	"golang.org/x/sync",
	"golang.org/x/tools",
}

// TestOnlyTheGeneratorNeedsGoTools holds what keeps golang.org/x/tools away from users.
func TestOnlyTheGeneratorNeedsGoTools(t *testing.T) {
	pkgs := packages(t)
	for _, path := range slices.Sorted(maps.Keys(pkgs)) {
		p := pkgs[path]
		rel, ours := p.rel()
		if !ours || below(rel, "tsgen") {
			continue
		}
		for _, dep := range append(transitive(pkgs, p), slices.Concat(p.TestImports, p.XTestImports)...) {
			if below(dep, "golang.org/x/tools") || below(dep, modulePath+"/tsgen") && !p.isProgram() {
				t.Errorf("%s needs %s", path, dep)
			}
		}
	}
}

func TestModuleRequiresOnlyTheAllowed(t *testing.T) {
	watchSources(t)
	out, err := goCommand("mod", "edit", "-json")
	if err != nil {
		t.Fatal(err)
	}
	var mod struct {
		Module  struct{ Path string }
		Require []struct{ Path, Version string }
		Replace []struct{ Old, New struct{ Path string } }
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	if mod.Module.Path != modulePath {
		t.Errorf("module %s, want %s", mod.Module.Path, modulePath)
	}
	for _, r := range mod.Require {
		if !slices.Contains(mayRequire, r.Path) {
			t.Errorf("go.mod requires %s %s, which is not on the allow-list", r.Path, r.Version)
		}
	}
	for _, r := range mod.Replace {
		t.Errorf("go.mod replaces %s by %s: users of the module would not get that", r.Old.Path, r.New.Path)
	}
}
