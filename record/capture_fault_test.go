package record

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// badStore is a store whose writes are delayed, or fail.
type badStore struct {
	store
	bad *badDisk
}

// badDisk makes stores and says how they behave.
type badDisk struct {
	mu     sync.Mutex
	stuck  chan struct{} // writes wait until it is closed; nil: they don't
	err    error         // of writes, and of making files; nil: they succeed
	partly int           // how many bytes of a write that fails are written
	made   int
	hangs  int // writes that wait
}

func (d *badDisk) set(stuck chan struct{}, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stuck, d.err = stuck, err
}

func (d *badDisk) now() (stuck chan struct{}, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.stuck, d.err
}

func (d *badDisk) hang(more int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.hangs += more
}

func (d *badDisk) hung() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.hangs > 0
}

func (d *badDisk) make(path string) (store, error) {
	if _, err := d.now(); err != nil {
		return nil, err
	}
	d.made++
	s, err := newStore(path)
	return &badStore{s, d}, err
}

func (s *badStore) Write(b []byte) (int, error) {
	if stuck, _ := s.bad.now(); stuck != nil {
		s.bad.hang(1)
		<-stuck
		s.bad.hang(-1)
	}
	if _, err := s.bad.now(); err != nil {
		n, _ := s.store.Write(b[:min(s.bad.partly, len(b))])
		return n, err
	}
	return s.store.Write(b)
}

// told collects what the callbacks are told.
type told struct {
	mu   sync.Mutex
	gaps []Lost
	errs []error
}

func (x *told) options(o CaptureOptions) CaptureOptions {
	o.OnGap = func(l Lost) {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.gaps = append(x.gaps, l)
	}
	o.OnError = func(err error) {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.errs = append(x.errs, err)
	}
	return o
}

func (x *told) get() (gaps []Lost, errs []error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Clone(x.gaps), slices.Clone(x.errs)
}

// lostIn adds up the gaps of a file.
func lostIn(steps []Step) (gaps int, lost Lost) {
	for _, s := range steps {
		if s.Kind == KindGap {
			gaps++
			lost.add(s.Lost)
		}
	}
	return gaps, lost
}

// pushedIn counts what steps have of pushes.
func pushedIn(steps []Step) (l Lost) {
	for i := range steps {
		if steps[i].Kind == KindPush {
			l.add(stepCost(&steps[i], steps[i].Entries))
		}
	}
	return l
}

// A disk that hangs doesn't hold pushes up. What the queue has no room for is lost, and
// marked; then the capture goes on with the state that there is.
func TestCaptureOfADiskThatHangs(t *testing.T) {
	log := buffers.NewLog(buffers.LogLimits{})
	path := filepath.Join(t.TempDir(), "scene.mcap")
	disk, heard := &badDisk{}, &told{}
	c, err := newCapture(log, heard.options(CaptureOptions{Path: path, Inbound: true, MaxQueueBytes: 100_000, ChunkInterval: time.Millisecond}), disk.make)
	must(t, err)
	c.Connected(1, "stays")
	c.Connected(2, "leaves in the gap")
	must(t, c.Flush())
	stuck := make(chan struct{})
	disk.set(stuck, nil)
	var all Lost
	add := func(key string) {
		e := thing(key, 5000)
		pushAll(t, log, e)
		all.add(Lost{Batches: 1, Entries: 1, Bytes: uint64(len(e.Payload))})
	}
	add("a")
	if !eventually(disk.hung) {
		t.Fatal("nothing is written")
	}
	for range 100 {
		add("b")
	}
	c.Disconnected(2, "gone")
	c.Connected(3, "comes in the gap")
	if gaps, _ := heard.get(); !eventually(func() bool { gaps, _ = heard.get(); return len(gaps) == 1 }) || !gaps[0].Until.IsZero() {
		t.Errorf("told of %+v while it hangs", gaps)
	}
	close(stuck)
	must(t, c.Flush())
	add("c")
	must(t, c.Close())

	steps := readCapture(t, path)
	leadsTo(t, steps, log)
	n, lost := lostIn(steps)
	got := pushedIn(steps)
	got.add(lost)
	if n != 1 || lost.Batches < 50 || got != all {
		t.Errorf("%d gaps, lost %+v, with what is there %+v, want %+v", n, lost, got, all)
	}
	i := slices.IndexFunc(steps, func(s Step) bool { return s.Kind == KindGap })
	want := []string{"gap", "keyframe", "disconnect", "connect", "push"}
	if tail := kindsOf(steps[i:]); !slices.Equal(tail, want) {
		t.Errorf("steps from the gap on %q, want %q", tail, want)
	}
	if until := steps[i].Lost.Until; !until.After(steps[i].Time) || until.After(steps[i+1].Time) {
		t.Errorf("the gap is from %v to %v, the keyframe at %v", steps[i].Time, until, steps[i+1].Time)
	}
	gaps, errs := heard.get()
	if len(gaps) != 2 || gaps[1] != steps[i].Lost || len(errs) > 0 {
		t.Errorf("told of %+v, %v", gaps, errs)
	}
	if s := c.Stats(); s.Gaps != 1 || s.Lost.Batches != lost.Batches || s.Errors != 0 {
		t.Errorf("%+v", s)
	}
}

func eventually(holds func() bool) bool {
	for range 1000 {
		if holds() {
			return true
		}
		time.Sleep(5 * time.Millisecond)
	}
	return false
}

// When writing fails, what isn't in the file is marked as lost in the next one. The file
// before ends with its last whole chunk.
func TestCaptureOfADiskThatFails(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		log := buffers.NewLog(buffers.LogLimits{})
		full := errors.New("no space left")
		disk, heard := &badDisk{partly: 100}, &told{}
		c, err := newCapture(log, heard.options(CaptureOptions{Path: filepath.Join(dir, "scene.mcap"), Inbound: true}), disk.make)
		must(t, err)
		r := rand.New(rand.NewPCG(1, 3))
		churn(t, log, r, 50)
		c.Connected(1, "before")
		must(t, c.Flush())
		whole, err := os.ReadFile(filepath.Join(dir, "scene.mcap"))
		must(t, err)
		c.Connected(2, "lost")
		churn(t, log, r, 50)
		disk.set(nil, full)
		if err := c.Flush(); !errors.Is(err, full) || !errors.Is(c.Err(), full) {
			t.Errorf("Flush: %v, Err: %v", err, c.Err())
		}
		churn(t, log, r, 50)
		time.Sleep(time.Minute)
		_, errs := heard.get()
		if n := len(errs); n < 5 || n > 7 { // after 1, 2, 4, 8, 16, 30 s
			t.Errorf("tried %d times in a minute", n)
		}
		c.Disconnected(1, "meanwhile")
		disk.set(nil, nil)
		time.Sleep(31 * time.Second)
		if c.Err() != nil || disk.made != 2 {
			t.Errorf("Err %v, %d files", c.Err(), disk.made)
		}
		churn(t, log, r, 50)
		must(t, c.Close())
		after, err := os.ReadFile(filepath.Join(dir, "scene.mcap"))
		if err != nil || string(after) != string(whole) {
			t.Errorf("the first file has %d bytes, had %d when it was whole", len(after), len(whole))
		}
		steps := readCapture(t, filepath.Join(dir, "scene-*.mcap"))
		leadsTo(t, steps, log)
		if got, want := kindsOf(steps)[:4], []string{"gap", "keyframe", "disconnect", "connect"}; !slices.Equal(got, want) {
			t.Errorf("the second file begins with %q, want %q", got, want)
		}
		gaps, _ := heard.get()
		s := c.Stats()
		if len(gaps) != 2 || gaps[1] != steps[0].Lost || s.Lost.Batches != gaps[1].Batches || s.Lost.Batches < 50 || s.Gaps != 1 {
			t.Errorf("told of %+v; marked %+v; %+v", gaps, steps[0].Lost, s)
		}
	})
}

// Whatever fails when, all is either in the files or in their gaps.
func TestCaptureOfADiskThatFailsNowAndThen(t *testing.T) {
	for seed := range uint64(20) {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 4))
			log := buffers.NewLog(buffers.LogLimits{})
			disk := &badDisk{partly: r.IntN(2000)}
			c, err := newCapture(log, CaptureOptions{
				Path: filepath.Join(dir, "scene.mcap"), MaxFileBytes: int64(r.IntN(2)) << 13, KeyframeInterval: time.Millisecond,
			}, disk.make)
			must(t, err)
			var all Lost
			for range 40 {
				for range r.IntN(100) {
					e := thing(string(rune('a'+r.IntN(26))), r.IntN(2000))
					pushAll(t, log, e)
					all.add(Lost{Batches: 1, Entries: 1, Bytes: uint64(len(e.Payload))})
				}
				time.Sleep(time.Duration(r.IntN(3_000_000_000)))
				switch r.IntN(4) {
				case 0:
					disk.set(nil, errors.New("it fails"))
				case 1, 2:
					disk.set(nil, nil)
				}
			}
			disk.set(nil, nil)
			must(t, c.Close())
			steps := readCapture(t, filepath.Join(dir, "scene*.mcap"))
			leadsTo(t, steps, log)
			_, lost := lostIn(steps)
			got := pushedIn(steps)
			got.add(lost)
			if s := c.Stats(); got != all || s.Lost.Batches != lost.Batches || s.Messages != pushedIn(steps).Entries {
				t.Errorf("seed %d: %+v in the files and their gaps, want %+v; lost %+v, %+v", seed, got, all, lost, s)
			}
		})
	}
}
