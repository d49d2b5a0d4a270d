package arch

import (
	"go/ast"
	"slices"
	"strconv"
	"testing"
)

// purity is what a package without input or output may lean on.
type purity struct {
	// modules whose packages it may depend on, however indirectly, beside the
	// standard library and itself.
	modules []string
}

var purePackages = map[string]purity{
	"buffers":           {},
	"internal/fieldtag": {},
	"internal/msgpscan": {},
	"messages":          {modules: []string{modulePath + "/internal/fieldtag", modulePath + "/internal/msgpscan", "github.com/vmihailenco/msgpack/v5", "github.com/vmihailenco/tagparser/v2"}},
	"wsproto":           {modules: []string{modulePath + "/internal/msgpscan", "github.com/klauspost/compress"}},
}

// impureImports are the standard packages, with all below them, that a pure
// package's own files may not import.
var impureImports = []string{"C", "log", "net", "os", "syscall", "testing"}

// impureCalls are the functions by which a package would have a clock of its
// own.
var impureCalls = map[string][]string{
	"time": {"After", "AfterFunc", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until"},
}

func TestPurePackagesDependOnLittle(t *testing.T) {
	pkgs := packages(t)
	for rel, want := range purePackages {
		t.Run(rel, func(t *testing.T) {
			p := purePackage(t, pkgs, rel)
			for _, dep := range transitive(pkgs, p) {
				if pkgs[dep].Standard || slices.ContainsFunc(want.modules, func(m string) bool { return below(dep, m) }) {
					continue
				}
				t.Errorf("depends on %s", dep)
			}
			for _, imported := range p.Imports {
				for _, impure := range impureImports {
					if below(imported, impure) {
						t.Errorf("imports %s", imported)
					}
				}
			}
		})
	}
}

func TestPurePackagesHaveNoGoroutineOrClock(t *testing.T) {
	pkgs := packages(t)
	for rel := range purePackages {
		t.Run(rel, func(t *testing.T) {
			fset, files := sourceFiles(t, purePackage(t, pkgs, rel))
			for _, f := range files {
				names := importNames(f)
				ast.Inspect(f, func(n ast.Node) bool {
					if what := impureNode(n, names); what != "" {
						t.Errorf("%s: %s", fset.Position(n.Pos()), what)
					}
					return true
				})
			}
		})
	}
}

func purePackage(t *testing.T, pkgs map[string]*pkg, rel string) *pkg {
	t.Helper()
	p := pkgs[modulePath+"/"+rel]
	if p == nil {
		t.Fatalf("package %s does not exist", rel)
	}
	return p
}

// transitive returns the import paths of everything that p depends on, sorted.
func transitive(pkgs map[string]*pkg, p *pkg) []string {
	seen := make(map[string]bool)
	var walk func(*pkg)
	walk = func(p *pkg) {
		for _, path := range p.Imports {
			if next := pkgs[path]; next != nil && !seen[path] {
				seen[path] = true
				walk(next)
			}
		}
	}
	walk(p)
	var paths []string
	for path := range seen {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// importNames maps a file's names for the packages that it imports to their
// import paths.
func importNames(f *ast.File) map[string]string {
	names := make(map[string]string)
	for _, spec := range f.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		if spec.Name != nil {
			names[spec.Name.Name] = path
		} else if impureCalls[path] != nil {
			names[path] = path
		}
	}
	return names
}

// impureNode says what is impure about one node of a syntax tree, or "".
func impureNode(n ast.Node, names map[string]string) string {
	switch n := n.(type) {
	case *ast.GoStmt:
		return "starts a goroutine"
	case *ast.SelectorExpr:
		x, ok := n.X.(*ast.Ident)
		if !ok {
			return ""
		}
		path := names[x.Name]
		if slices.Contains(impureCalls[path], n.Sel.Name) {
			return "uses " + path + "." + n.Sel.Name
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "print" || f.Name == "println") {
			return "calls " + f.Name
		}
	}
	return ""
}
