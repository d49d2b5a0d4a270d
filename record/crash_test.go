package record

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

const (
	crashVariable = "SCENEWIRE_CAPTURE_CRASH" // for the child: where to capture to
	killsVariable = "SCENEWIRE_KILLS"         // how often the test kills; a few times without it
)

func init() { children[crashVariable] = captureUntilKilled }

// crashKeys is how many keys a scene has that is captured until it is killed.
const crashKeys = 40

// crashEntry is its entry number i: it is told by its payload.
func crashEntry(i int) buffers.Entry {
	e := thing(strconv.Itoa(i%crashKeys), i%300)
	e.Payload = append(e.Payload, fmt.Sprintf(" %d", i)...)
	return e
}

// captureUntilKilled pushes without end, one batch of 1 to 3 entries after the other, and
// says up to which entry it has been told that they are in the file.
func captureUntilKilled(path string) error {
	log := buffers.NewLog(buffers.LogLimits{})
	c, err := NewCapture(log, CaptureOptions{
		Path: path, ChunkInterval: 5 * time.Millisecond, KeyframeInterval: 20 * time.Millisecond, MaxFileBytes: 50_000,
	})
	if err != nil {
		return err
	}
	for i := 0; ; {
		var batch []buffers.Entry
		for range 1 + i%3 {
			batch = append(batch, crashEntry(i))
			i++
		}
		if _, _, err := log.PushBatch(batch); err != nil {
			return err
		}
		if i%1000 < 3 {
			if err := c.Flush(); err != nil {
				return err
			}
			if _, err := fmt.Println(i); err != nil {
				return err
			}
		}
	}
}

// TestKilledCaptureHasAllThatWasFlushed kills a capture at random moments. Each time every
// file opens, and what there is is right, whole batches, and nothing is missing that Flush
// has promised. SCENEWIRE_KILLS says how many times.
func TestKilledCaptureHasAllThatWasFlushed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the process is killed by a signal")
	}
	kills := 6
	if value := os.Getenv(killsVariable); value != "" {
		var err error
		kills, err = strconv.Atoi(value)
		must(t, err)
	}
	var total struct {
		sync.Mutex
		entries, flushed, files int
	}
	var killing sync.WaitGroup
	next := make(chan int)
	for range 2 {
		killing.Go(func() {
			for n := range next {
				path := filepath.Join(t.TempDir(), "scene.mcap")
				r := rand.New(rand.NewPCG(uint64(n), uint64(time.Now().UnixNano())))
				begins := n == 0 || r.IntN(4) > 0 // else it may be killed before it has begun
				flushed := killed(t, path, begins, r)
				entries, files := checkKilled(t, path, flushed)
				total.Lock()
				total.entries, total.flushed, total.files = total.entries+entries, total.flushed+flushed, total.files+files
				total.Unlock()
			}
		})
	}
	for n := range kills {
		next <- n
	}
	close(next)
	killing.Wait()
	t.Logf("%d kills: %d entries in %d files, of which %d were flushed", kills, total.entries, total.files, total.flushed)
	const many = 50 // of which some come while files are rotated, whatever the machine does
	if total.flushed == 0 || kills >= many && total.files <= kills {
		t.Error("it was never killed while it captured")
	}
}

// killed runs a capture and kills it at a random moment, if it is to begin then behind its
// first Flush. It returns how many entries it
// has said to be flushed.
func killed(t *testing.T, path string, begins bool, r *rand.Rand) (flushed int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashVariable+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Error(err)
		return 0
	}
	if err := cmd.Start(); err != nil {
		t.Error(err)
		return 0
	}
	lines := bufio.NewScanner(out)
	if begins && lines.Scan() {
		flushed, _ = strconv.Atoi(lines.Text())
	}
	timer := time.AfterFunc(time.Duration(r.IntN(150_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	for lines.Scan() {
		flushed, _ = strconv.Atoi(lines.Text())
	}
	if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Errorf("it ended by itself: %v", err)
	}
	return flushed
}

// checkKilled verifies what a capture has left behind.
func checkKilled(t *testing.T, path string, flushed int) (entries, files int) {
	t.Helper()
	paths, err := filepath.Glob(strings.TrimSuffix(path, ".mcap") + "-*.mcap")
	if err != nil || len(paths) == 0 && flushed > 0 {
		t.Errorf("no files, %d entries were flushed, %v", flushed, err)
	}
	if len(paths) == 0 {
		return 0, 0
	}
	f, err := OpenAll(paths, nil)
	if err != nil {
		t.Error(err)
		return 0, 0
	}
	defer f.Close()
	state := NewState()
	for {
		s, err := f.Next()
		if errors.Is(err, io.EOF) || errors.Is(err, ErrTruncated) {
			break
		}
		if err == nil {
			err = state.Apply(s)
		}
		if err != nil || s.Kind != KindPush && s.Kind != KindKeyframe {
			t.Errorf("behind %d entries: a %v, %v", entries, s.Kind, err)
			return entries, len(paths)
		}
		entries = checkKilledStep(t, s, entries)
	}
	if entries < flushed {
		t.Errorf("%d entries are there, %d were flushed", entries, flushed)
	}
	if !slices.Equal(liveKeys(state), keysAfter(entries)) {
		t.Errorf("after %d entries the keys %q are live, want %q", entries, liveKeys(state), keysAfter(entries))
	}
	return entries, len(paths)
}

// checkKilledStep verifies a step behind some entries, and returns how many there are then.
func checkKilledStep(t *testing.T, s Step, entries int) int {
	t.Helper()
	if s.Kind == KindKeyframe {
		if s.Seq != uint64(entries) {
			t.Errorf("a keyframe at %d behind %d entries", s.Seq, entries)
		}
		return entries
	}
	if len(s.Entries) != 1+entries%3 {
		t.Errorf("a batch of %d at entry %d", len(s.Entries), entries)
	}
	for _, e := range s.Entries {
		if want := crashEntry(entries); e.Key != want.Key || string(e.Payload) != string(want.Payload) {
			t.Errorf("entry %d is %q, %q", entries, e.Key, e.Payload)
		}
		entries++
	}
	return entries
}

func liveKeys(s *State) (keys []string) {
	live, _ := s.log.Snapshot()
	for _, e := range live {
		keys = append(keys, e.Key)
	}
	return keys
}

func keysAfter(entries int) (keys []string) {
	for i := max(0, entries-crashKeys); i < entries; i++ {
		keys = append(keys, strconv.Itoa(i%crashKeys))
	}
	return keys
}
