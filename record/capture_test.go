package record

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

func mustCapture(t testing.TB, log *buffers.Log, o CaptureOptions) *Capture {
	t.Helper()
	c, err := NewCapture(log, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// thing is an entry of the scenes that are captured here.
func thing(key string, size int) buffers.Entry {
	return buffers.Entry{Key: key, Payload: payload("Thing", size), Except: buffers.NoReader}
}

func pushAll(t testing.TB, log *buffers.Log, es ...buffers.Entry) {
	t.Helper()
	if _, _, err := log.PushBatch(es); err != nil {
		t.Fatal(err)
	}
}

// churn changes a scene at random: things with parts that follow them, batches,
// removals, what has no key, what is transient, and removals by hand.
func churn(t testing.TB, log *buffers.Log, r *rand.Rand, steps int) {
	t.Helper()
	for range steps {
		name := fmt.Sprintf("/%d", r.IntN(20))
		switch r.IntN(12) {
		case 0:
			remove := thing(name, 1)
			remove.Removal, remove.Supersedes = true, &buffers.KeySet{Prefix: name + "/"}
			pushAll(t, log, remove)
		case 1:
			log.Remove(func(e *buffers.Entry) bool { return e.Key == name })
		case 2:
			pushAll(t, log, thing("", r.IntN(50)))
		case 3:
			flash := thing(name, 1)
			flash.Transient = true
			pushAll(t, log, flash)
		case 4:
			log.Remove(func(e *buffers.Entry) bool { return e.Key == "" && r.IntN(2) == 0 })
		default:
			part := thing(fmt.Sprintf("%s/%d", name, r.IntN(3)), r.IntN(200))
			part.Follows = name
			pushAll(t, log, part, thing(name, r.IntN(200)), thing("", r.IntN(9)))
		}
	}
}

// stateAfter is the live state that steps lead to.
func stateAfter(t testing.TB, steps []Step) *State {
	t.Helper()
	s := NewState()
	for _, step := range steps {
		if err := s.Apply(step); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// leadsTo verifies that steps lead to a log's live state, with its sequences.
func leadsTo(t testing.TB, steps []Step, log *buffers.Log) {
	t.Helper()
	got, gotNext := stateAfter(t, steps).log.Snapshot()
	want, next := log.Snapshot()
	if a, b := describeLive(got), describeLive(want); !slices.Equal(a, b) || gotNext > next {
		t.Errorf("%d live entries to %d, want %d to %d\n got %.300q\nwant %.300q", len(a), gotNext, len(b), next, a, b)
	}
}

func describeLive(live []*buffers.Entry) (lines []string) {
	for _, e := range live {
		lines = append(lines, fmt.Sprintf("%d %q %d %q", e.Seq, e.Key, len(e.Payload), e.Follows))
	}
	return lines
}

// readCapture returns the steps of a capture's files, whose names match, in order.
func readCapture(t testing.TB, pattern string) (steps []Step) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files like %s, %v", pattern, err)
	}
	if last := paths[len(paths)-1]; !strings.Contains(filepath.Base(last), "-") { // sorts behind those with a time
		paths = append([]string{last}, paths[:len(paths)-1]...)
	}
	for _, path := range paths {
		file, err := os.ReadFile(path)
		must(t, err)
		steps = append(steps, stepsOf(t, file)...)
	}
	return steps
}

func kindsOf(steps []Step) (kinds []string) {
	for _, s := range steps {
		kinds = append(kinds, s.Kind.String())
	}
	return kinds
}

func TestCaptureHasAllThatHappened(t *testing.T) {
	log := buffers.NewLog(buffers.LogLimits{})
	churn(t, log, rand.New(rand.NewPCG(1, 1)), 200)
	path := filepath.Join(t.TempDir(), "new", "scene.mcap")
	c := mustCapture(t, log, CaptureOptions{Path: path, Name: "test", ChunkInterval: 5 * time.Millisecond})
	var producing sync.WaitGroup
	for p := range uint64(3) {
		producing.Go(func() { churn(t, log, rand.New(rand.NewPCG(p, 2)), 2000) })
	}
	producing.Wait()
	must(t, c.Close())
	steps := readCapture(t, path)
	leadsTo(t, steps, log)
	pushes := 0
	for i, s := range steps {
		if i > 0 && !s.Time.After(steps[i-1].Time) {
			t.Fatalf("step %d at %v, behind %v", i, s.Time, steps[i-1].Time)
		}
		if s.Kind == KindPush {
			pushes += len(s.Entries)
		}
	}
	stats := c.Stats()
	if steps[0].Kind != KindKeyframe || stats.Messages != uint64(pushes) || stats.Gaps != 0 || stats.Files != 1 {
		t.Errorf("begins with a %v; %d messages; %+v", steps[0].Kind, pushes, stats)
	}
	if info, err := os.Stat(path); err != nil || uint64(info.Size()) != stats.Bytes || info.Size() != stats.FileBytes {
		t.Errorf("%v, %v; %+v", info, err, stats)
	}
}

func TestCaptureDoesNotOverwrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scene.mcap")
	must(t, os.WriteFile(path, []byte("dear to someone"), 0o600))
	_, err := NewCapture(buffers.NewLog(buffers.LogLimits{}), CaptureOptions{Path: path})
	if !errors.Is(err, os.ErrExist) {
		t.Errorf("err = %v", err)
	}
}

func TestCaptureNamesWhatIsWrongWithItsOptions(t *testing.T) {
	_, err := NewCapture(buffers.NewLog(buffers.LogLimits{}), CaptureOptions{MaxAge: -1, MaxQueueBytes: -1})
	if err == nil {
		t.Fatal("accepted")
	}
	for _, field := range []string{"MaxAge", "MaxQueueBytes"} {
		if !strings.Contains(err.Error(), field) {
			t.Errorf("%v doesn't name %s", err, field)
		}
	}
}

func TestCaptureOfSomeMessages(t *testing.T) {
	log := buffers.NewLog(buffers.LogLimits{})
	asked := map[string]int{}
	path := filepath.Join(t.TempDir(), "scene.mcap")
	c := mustCapture(t, log, CaptureOptions{Path: path, Inbound: true, Filter: func(name string) bool {
		asked[name]++
		return name != "Secret"
	}})
	secret := func(key string) buffers.Entry {
		return buffers.Entry{Key: key, Payload: payload("Secret", 3), Except: buffers.NoReader}
	}
	pushAll(t, log, secret("s"), thing("a", 1), secret(""), thing("b", 2))
	pushAll(t, log, secret("s"))
	pushAll(t, log, thing("a", 3), thing("", 4))
	log.Remove(func(e *buffers.Entry) bool { return e.Key == "a" || e.Key == "s" || e.Key == "" })
	log.Remove(func(e *buffers.Entry) bool { return e.Key == "s" })
	c.Received(1, "", Message{Type: "Secret", Body: payload("Secret", 1)})
	must(t, c.Close())
	steps := readCapture(t, path)
	if got, want := kindsOf(steps), []string{"keyframe", "push", "push", "remove", "connect"}; !slices.Equal(got, want) {
		t.Fatalf("steps %q, want %q", got, want)
	}
	live, _ := stateAfter(t, steps).log.Snapshot()
	if len(live) != 1 || live[0].Key != "b" || asked["Secret"] != 1 || asked["Thing"] != 1 {
		t.Errorf("live %q, asked %v", describeLive(live), asked)
	}
}

func TestCaptureOfClients(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scene.mcap")
	c := mustCapture(t, buffers.NewLog(buffers.LogLimits{}), CaptureOptions{Path: path, Inbound: true})
	say := Message{Type: "Say", Body: payload("Say", 5)}
	c.Connected(7, "10.0.0.1:99")
	c.Connected(7, "10.0.0.1:99")
	c.Received(7, "10.0.0.1:99", say)
	c.Received(8, "10.0.0.2:99", say)
	c.Disconnected(7, "1001")
	c.Disconnected(7, "1001")
	must(t, c.Close())
	c.Connected(9, "late")
	var got []string
	for _, s := range readCapture(t, path)[1:] {
		got = append(got, fmt.Sprint(s.Kind, s.Client, s.Address, s.Message.Type, len(s.Message.Body), s.Reason))
	}
	size := len(say.Body)
	want := []string{
		fmt.Sprint(KindConnect, uint64(7), "10.0.0.1:99", "", 0, ""),
		fmt.Sprint(KindReceive, uint64(7), "", "Say", size, ""),
		fmt.Sprint(KindConnect, uint64(8), "10.0.0.2:99", "", 0, ""),
		fmt.Sprint(KindReceive, uint64(8), "", "Say", size, ""),
		fmt.Sprint(KindDisconnect, uint64(7), "", "", 0, "1001"),
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestCaptureFlushWaitsForTheFile(t *testing.T) {
	log := buffers.NewLog(buffers.LogLimits{})
	path := filepath.Join(t.TempDir(), "scene.mcap")
	c := mustCapture(t, log, CaptureOptions{Path: path, ChunkInterval: time.Hour, Sync: true})
	var before int64
	for range 5 {
		pushAll(t, log, thing("a", 100))
		must(t, c.Flush())
		info, err := os.Stat(path)
		must(t, err)
		if info.Size() <= before {
			t.Fatalf("the file has %d bytes, as before", before)
		}
		before = info.Size()
	}
	must(t, c.Close())
	if err := c.Flush(); !errors.Is(err, ErrEnded) {
		t.Errorf("err = %v", err)
	}
	must(t, c.Close())
}

// A chunk is written when it is as old as it may be, by itself.
func TestCaptureWritesInTime(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		log := buffers.NewLog(buffers.LogLimits{})
		c, err := NewCapture(log, CaptureOptions{Path: filepath.Join(dir, "scene.mcap")})
		must(t, err)
		time.Sleep(time.Minute)
		before := c.Stats().Bytes
		pushAll(t, log, thing("a", 100))
		pushed := time.Now()
		time.Sleep(900 * time.Millisecond)
		if c.Stats().Bytes != before {
			t.Error("written early")
		}
		time.Sleep(200 * time.Millisecond)
		if s := c.Stats(); s.Bytes == before || s.Flushed.Before(pushed) {
			t.Errorf("not written after 1.1 s: %+v", s)
		}
		must(t, c.Close())
	})
}
