package arch

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// versionsTemplate prints the module of a package, with the version that is built.
const versionsTemplate = `{{with .Module}}{{if not .Main}}{{.Path}} {{if .Replace}}{{.Replace.Version}}{{else}}{{.Version}}{{end}}{{end}}{{end}}`

// versionsBuilt returns the modules that the main module's packages and tests are built
// with, and their versions, each once; workspace is GOWORK.
func versionsBuilt(t *testing.T, workspace string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-test", "-f", versionsTemplate, "./...")
	cmd.Dir = moduleRoot
	cmd.Env = append(os.Environ(), "GOWORK="+workspace)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go list, GOWORK=%q: %v\n%s", workspace, err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(lines)
	return slices.Compact(lines)
}

// The workspace must not take the versions that other modules want into the main one:
// what is tested here is what users build.
func TestWorkspaceChangesNoVersion(t *testing.T) {
	watchSources(t)
	file := workspaceFile(t)
	alone, together := versionsBuilt(t, "off"), versionsBuilt(t, file)
	if diff := lineDiff(strings.Join(alone, "\n"), strings.Join(together, "\n")); diff != "" {
		t.Errorf("the main module is built with other versions in the workspace:\n%s\nreplace these in go.work", diff)
	}
}

func TestWorkspaceHasEveryModule(t *testing.T) {
	out, err := goCommand("work", "edit", "-json", workspaceFile(t))
	if err != nil {
		t.Fatal(err)
	}
	var work struct{ Use []struct{ DiskPath string } }
	if err := json.Unmarshal(out, &work); err != nil {
		t.Fatal(err)
	}
	var used []string
	for _, use := range work.Use {
		used = append(used, filepath.Clean(use.DiskPath))
	}
	modules := modulesOnDisk(t)
	for _, dir := range modules {
		if !slices.Contains(used, dir) {
			t.Errorf("go.work doesn't use %s: the go command refuses to work in there", dir)
		}
	}
	if len(modules) < 2 {
		t.Errorf("found only the modules %v", modules)
	}
}

// workspaceFile returns the absolute path of go.work.
func workspaceFile(t *testing.T) string {
	t.Helper()
	file, err := filepath.Abs(filepath.Join(moduleRoot, "go.work"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Fatal(err)
	}
	return file
}

// modulesOnDisk returns the directories with a go.mod, as seen from the root.
func modulesOnDisk(t *testing.T) (dirs []string) {
	t.Helper()
	err := filepath.WalkDir(moduleRoot, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != moduleRoot && (name == "testdata" || name == "node_modules" || strings.HasPrefix(name, ".")) {
			return filepath.SkipDir
		}
		if name != "go.mod" {
			return nil
		}
		rel, err := filepath.Rel(moduleRoot, filepath.Dir(path))
		dirs = append(dirs, rel)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dirs
}
