package record

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

func dumped(t testing.TB, c *Capture) (file []byte, steps []Step) {
	t.Helper()
	var b bytes.Buffer
	must(t, c.Dump(&b))
	return b.Bytes(), stepsOf(t, b.Bytes())
}

func TestFlightRecorderKeepsTheLastMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := buffers.NewLog(buffers.LogLimits{})
		c, err := NewCapture(log, CaptureOptions{})
		must(t, err)
		r := rand.New(rand.NewPCG(1, 7))
		for i := range 20 * 60 {
			churn(t, log, r, 3)
			time.Sleep(time.Second)
			if s := c.Stats(); s.FileBytes > defaultFlightBytes || s.Files > filesKept+2 {
				t.Fatalf("after %d s: %+v", i, s)
			}
		}
		_, steps := dumped(t, c)
		leadsTo(t, steps, log)
		if age := time.Since(steps[0].Time); steps[0].Kind != KindKeyframe || age < 5*time.Minute || age > 6*time.Minute {
			t.Errorf("begins with a %v %v ago", steps[0].Kind, age)
		}
		gaps, _ := lostIn(steps)
		for i, s := range steps[1:] {
			if since := s.Time.Sub(steps[i].Time); since <= 0 || since > 2*time.Second {
				t.Fatalf("step %d comes %v behind the one before", i+1, since)
			}
		}
		must(t, c.Close())
		_, again := dumped(t, c)
		leadsTo(t, again, log)
		if gaps > 0 {
			t.Errorf("%d gaps", gaps)
		}
	})
}

func TestFlightRecorderIsBounded(t *testing.T) {
	log := buffers.NewLog(buffers.LogLimits{})
	const most = 300_000
	c := mustCapture(t, log, CaptureOptions{MaxTotalBytes: most})
	noise := make([]byte, 5000)
	r := rand.NewChaCha8([32]byte{})
	for range 500 {
		_, _ = r.Read(noise)
		e := thing("a", 0)
		e.Payload = append(e.Payload, noise...)
		pushAll(t, log, e)
		must(t, c.Flush())
		if s := c.Stats(); s.FileBytes > most {
			t.Fatalf("%d bytes", s.FileBytes)
		}
	}
	file, steps := dumped(t, c)
	if len(file) < most/2 || len(file) > 2*most {
		t.Errorf("the dump has %d bytes", len(file))
	}
	leadsTo(t, steps, log)
}

func TestCaptureIsReadWhileItGoesOn(t *testing.T) {
	for name, path := range map[string]string{"on disk": "scene.mcap", "in memory": ""} {
		t.Run(name, func(t *testing.T) {
			if path != "" {
				path = filepath.Join(t.TempDir(), path)
			}
			log := buffers.NewLog(buffers.LogLimits{})
			c := mustCapture(t, log, CaptureOptions{Path: path, MaxFileBytes: 10_000, MaxTotalBytes: 60_000, ChunkInterval: time.Millisecond})
			var producing sync.WaitGroup
			for p := range uint64(2) {
				producing.Go(func() { churn(t, log, rand.New(rand.NewPCG(p, 8)), 3000) })
			}
			for range 30 {
				steps := readOpen(t, c)
				if len(steps) > 0 && steps[0].Kind != KindKeyframe {
					t.Fatalf("begins with a %v", steps[0].Kind)
				}
			}
			producing.Wait()
			must(t, c.Flush())
			steps := readOpen(t, c)
			leadsTo(t, steps, log)
			if gaps, _ := lostIn(steps); gaps > 0 {
				t.Errorf("%d gaps", gaps)
			}
		})
	}
}

func readOpen(t testing.TB, c *Capture) (steps []Step) {
	t.Helper()
	f, err := c.Open(nil)
	must(t, err)
	defer func() { must(t, f.Close()) }()
	for {
		s, err := f.Next()
		if errors.Is(err, io.EOF) {
			return steps
		}
		must(t, err)
		steps = append(steps, s)
	}
}

func TestDumpFileIsWholeOrNotThere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dumps")
	log := buffers.NewLog(buffers.LogLimits{})
	c := mustCapture(t, log, CaptureOptions{Name: "a/b"})
	pushAll(t, log, thing("a", 10))
	path := filepath.Join(dir, "x.mcap")
	must(t, c.DumpFile(path))
	leadsTo(t, readCapture(t, path), log)
	if err := c.DumpFile(path); !errors.Is(err, os.ErrExist) {
		t.Errorf("err = %v", err)
	}
	if err := c.DumpFile(filepath.Join(path, "y.mcap")); err == nil {
		t.Error("a file is a directory")
	}
	if names, _ := filesIn(t, dir); len(names) != 1 {
		t.Errorf("left are %q", names)
	}
}
