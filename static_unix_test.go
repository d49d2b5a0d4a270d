//go:build unix

package scenewire

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestPipesInARootHoldNobodyUp(t *testing.T) {
	dir := t.TempDir()
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600))
	s := serve(t, func(o *Options) { o.Root = os.DirFS(dir) })
	if r := ask(t, s, "GET", "/pipe"); r.StatusCode != 404 {
		t.Errorf("status %d", r.StatusCode)
	}
}
