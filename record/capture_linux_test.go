package record

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/scenewire/scenewire/buffers"
)

const (
	limitVariable = "SCENEWIRE_CAPTURE_LIMIT" // for the child: where to capture to
	fileLimit     = 60_000                    // bytes that the kernel lets it put into a file
)

func init() { children[limitVariable] = captureToLimitedFiles }

// captureToLimitedFiles captures more than the kernel lets it put into one file, and waits
// until it goes on in another one.
func captureToLimitedFiles(path string) error {
	signal.Ignore(syscall.SIGXFSZ) // write(2) returns EFBIG then, behind what had room
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: fileLimit, Max: fileLimit}); err != nil {
		return err
	}
	log := buffers.NewLog(buffers.LogLimits{})
	failed := make(chan error, 10)
	c, err := NewCapture(log, CaptureOptions{Path: path, OnError: func(err error) { failed <- err }})
	if err != nil {
		return err
	}
	push := func() error {
		e := thing("a", 1000)
		for i := range e.Payload[100:] {
			e.Payload[100+i] = byte(rand.Uint32())
		}
		_, err := log.Push(e)
		return err
	}
	for c.Err() == nil {
		if err := push(); err != nil {
			return err
		}
		_ = c.Flush()
	}
	if err := <-failed; !errors.Is(err, syscall.EFBIG) {
		return fmt.Errorf("told of %w", err)
	}
	for range 10 {
		if err := push(); err != nil {
			return err
		}
	}
	if !eventually(func() bool { return c.Err() == nil }) {
		return fmt.Errorf("it doesn't go on: %w", c.Err())
	}
	if err := push(); err != nil {
		return err
	}
	fmt.Println(log.Next(), c.Stats().Lost.Entries)
	return c.Close()
}

// A file that the kernel lets grow no further ends with its last whole chunk, and the
// capture goes on in another one, with a gap of what is in neither.
func TestCaptureOfAFileThatCannotGrow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scene.mcap")
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), limitVariable+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	must(t, err)
	var all, lost uint64
	_, err = fmt.Sscan(string(out), &all, &lost)
	must(t, err)
	first, second := readCapture(t, path), readCapture(t, filepath.Join(filepath.Dir(path), "scene-*.mcap"))
	_, marked := lostIn(second)
	there := pushedIn(first).Entries + pushedIn(second).Entries
	if there+marked.Entries != all || marked.Entries != lost || marked.Entries < 11 || second[0].Kind != KindGap {
		t.Errorf("%d entries are there, %d marked as lost, of %d; the second file begins with a %v",
			there, marked.Entries, all, second[0].Kind)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > fileLimit || info.Size() < fileLimit/2 {
		t.Errorf("%v, %v", info.Size(), err)
	}
	paths, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "scene*.mcap"))
	f, err := OpenAll(paths, nil)
	must(t, err)
	defer f.Close()
	if state, err := f.State(second[len(second)-1].Time); err != nil || len(state.Entries) != 1 {
		t.Errorf("%+v, %v", state, err)
	}
}
