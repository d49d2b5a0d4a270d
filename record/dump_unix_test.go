//go:build unix

package record

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/scenewire/scenewire/buffers"
)

func TestCaptureIsDumpedBySignal(t *testing.T) {
	dir := t.TempDir()
	log := buffers.NewLog(buffers.LogLimits{})
	c := mustCapture(t, log, CaptureOptions{Name: "my/scene"})
	paths := make(chan string, 1)
	stop := c.DumpOnSignal(dir, func(path string, err error) {
		must(t, err)
		paths <- path
	}, syscall.SIGUSR1)
	for range 2 {
		pushAll(t, log, thing("a", 10))
		must(t, syscall.Kill(os.Getpid(), syscall.SIGUSR1))
		path := <-paths
		if !strings.HasPrefix(filepath.Base(path), "my_scene-2") {
			t.Errorf("dumped to %s", path)
		}
		leadsTo(t, readCapture(t, path), log)
	}
	stop()
	stop()
}
