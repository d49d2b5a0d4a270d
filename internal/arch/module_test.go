package arch

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// modulePath is the import path of the root package.
const modulePath = "github.com/scenewire/scenewire"

// moduleRoot is the directory of the main module's go.mod, as seen from this
// package's directory, in which go test runs the tests.
const moduleRoot = "../.."

// pkg is what `go list -json` says of one package.
type pkg struct {
	ImportPath   string
	Name         string
	Dir          string
	Export       string // file with the compiled export data
	Standard     bool
	ForTest      string // the package whose test variant this is, "" mostly
	GoFiles      []string
	CgoFiles     []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// rel returns the package's path below the module's root: "" for the root
// package itself, "loop" for loop. ok is false for other modules' packages.
func (p *pkg) rel() (path string, ok bool) { return relPath(p.ImportPath) }

func relPath(importPath string) (path string, ok bool) {
	if importPath == modulePath {
		return "", true
	}
	return strings.CutPrefix(importPath, modulePath+"/")
}

// ownPackages returns the main module's packages and their dependencies by
// import path, without test variants. It runs the go command once.
var ownPackages = sync.OnceValues(func() (map[string]*pkg, error) {
	return goList("-deps", "./...")
})

func packages(t *testing.T) map[string]*pkg {
	t.Helper()
	watchSources(t)
	pkgs, err := ownPackages()
	if err != nil {
		t.Fatal(err)
	}
	return pkgs
}

func goList(args ...string) (map[string]*pkg, error) {
	out, err := goCommand(append([]string{"list", "-e", "-json"}, args...)...)
	if err != nil {
		return nil, err
	}
	pkgs := make(map[string]*pkg)
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		p := new(pkg)
		if err := dec.Decode(p); errors.Is(err, io.EOF) {
			return pkgs, nil
		} else if err != nil {
			return nil, err
		}
		if p.ForTest == "" {
			pkgs[p.ImportPath] = p
		}
	}
}

// goCommand runs the go command in the module's root and returns its output.
func goCommand(args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = moduleRoot
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, errors.New("go " + strings.Join(args, " ") + ": " + err.Error() + "\n" + stderr.String())
	}
	return out, nil
}

// watchSources touches every source file and go.mod of the main module. The go
// command caches test results by the files that the test's own process looked
// at; those that a `go list` looked at don't count.
func watchSources(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(moduleRoot, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != moduleRoot && skipDir(path, d.Name()):
			return filepath.SkipDir
		case strings.HasSuffix(path, ".go") || d.Name() == "go.mod":
			_, err = os.Stat(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// skipDir says whether the go command leaves a directory out of "./...".
func skipDir(path, name string) bool {
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "node_modules" {
		return true
	}
	_, err := os.Stat(filepath.Join(path, "go.mod"))
	return err == nil
}

// sourceFiles parses the package's files that are built here, without tests.
func sourceFiles(t *testing.T, p *pkg) (*token.FileSet, []*ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range slices.Concat(p.GoFiles, p.CgoFiles) {
		f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return fset, files
}
