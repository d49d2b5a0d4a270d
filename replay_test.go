package scenewire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"
	"pgregory.net/rapid"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/record"
	"github.com/scenewire/scenewire/wsproto"
)

// TestRecordingsPlayBack captures the random programs of TestPromises to files, and
// plays each into a second server with real clients:
//
//   - It is told the same batches and removals, with the same keys and claims, in the same
//     order, and ends with the same live state, in the same order. So it does after any
//     seeks, both ways, and at any other time.
//   - Each client ends in that state: one that was there all along, whether it kept up,
//     was told in band or had to begin again, and one that comes late. So does a capture
//     of the second server.
//
// SCENEWIRE_PROGRAMS is as for TestPromises; a tenth as many are run.
func TestRecordingsPlayBack(t *testing.T) {
	shared := promiseLoop(t, loop.WriterPlain)
	limitChecks(t, programs(t)/10)
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		p := programGen.Draw(rt, "program")
		p.Drain = false
		seeks := rapid.SliceOfN(rapid.Float64Range(0, 1), 0, 8).Draw(rt, "seeks")
		n++
		path := filepath.Join(dir, fmt.Sprint(n, ".mcap"))
		want, err := captureProgram(shared, p, path)
		if err == nil {
			err = playBack(shared, path, want, seeks)
		}
		if err != nil {
			rt.Fatal(err)
		}
	})
}

// captureProgram runs a program up to its last rest and captures it. It returns the live
// state then.
func captureProgram(shared *loop.Loop, p program, path string) (live []LogEntry, err error) {
	r, err := newRun(shared, p)
	if err != nil {
		return nil, err
	}
	defer func() {
		_ = r.server.Close()
		<-r.served
	}()
	c, err := r.server.StartCapture(record.CaptureOptions{Path: path, KeyframeInterval: time.Millisecond})
	if err != nil {
		return nil, err
	}
	if err := r.phases(); err != nil {
		return nil, err
	}
	live = r.server.Log().Entries()
	return live, errors.Join(c.Close(), r.broken())
}

// playBack plays a file into a server of its own.
func playBack(shared *loop.Loop, path string, want []LogEntry, seeks []float64) error {
	file, err := record.Open(path, nil)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	s, err := startPlayback(shared)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.playThrough(file); err != nil {
		return err
	}
	if err := s.check(want); err != nil {
		return fmt.Errorf("played through: %w", err)
	}
	if err := s.seekAround(file, seeks); err != nil {
		return err
	}
	if err := s.check(want); err != nil {
		return fmt.Errorf("after the seeks: %w", err)
	}
	for _, part := range seeks[:min(2, len(seeks))] {
		if err := s.jump(file, part); err != nil {
			return fmt.Errorf("at %v: %w", part, err)
		}
	}
	return nil
}

// playbackServer is where a file is played to.
type playbackServer struct {
	*Server
	served   chan error
	capture  *record.Capture // of what is played
	audience []*spectator
	marks    int
	exact    bool // nothing is removed by hand
}

func startPlayback(shared *loop.Loop) (*playbackServer, error) {
	server, err := New(&Options{Addr: "127.0.0.1:0", Registry: promiseRegistry(), Loop: shared, WindowInterval: time.Millisecond, Logger: zap.NewNop()})
	if err != nil {
		return nil, err
	}
	s := &playbackServer{Server: server, served: make(chan error, 1)}
	if s.capture, err = s.StartCapture(record.CaptureOptions{}); err != nil {
		return nil, err
	}
	if _, err := s.Listen(); err != nil {
		return nil, err
	}
	go func() { s.served <- s.ListenAndServe() }()
	s.join()
	s.join()
	return s, nil
}

func (s *playbackServer) join() {
	x := &spectator{server: s.Server, done: make(chan struct{})}
	s.audience = append(s.audience, x)
	go x.watch()
}

func (s *playbackServer) close() {
	_ = s.Close()
	<-s.served
	for _, x := range s.audience {
		<-x.done
	}
}

// playThrough plays a file and compares what is pushed with what is in it.
func (s *playbackServer) playThrough(file *record.File) error {
	player, err := record.NewPlayer(file.Fork(), &record.PlayerOptions{Speed: record.MaxSpeed})
	if err != nil {
		return err
	}
	if err := player.Play(context.Background(), s); err != nil {
		return err
	}
	again, err := s.captured()
	if err != nil {
		return err
	}
	defer func() { _ = again.Close() }()
	want, err := changes(file.Fork())
	if err != nil {
		return err
	}
	s.exact = !slices.ContainsFunc(want, func(change string) bool { return strings.HasPrefix(change, "remove") })
	got, err := changes(again)
	if err != nil {
		return err
	}
	for i := range max(len(got), len(want)) {
		if i == len(got) || i == len(want) || got[i] != want[i] {
			return fmt.Errorf("change %d of %d and %d: played\n%q, recorded\n%q",
				i, len(got), len(want), got[i:min(i+1, len(got))], want[i:min(i+1, len(want))])
		}
	}
	return nil
}

// captured opens what a capture of the server has.
func (s *playbackServer) captured() (*record.File, error) {
	if err := s.capture.Flush(); err != nil {
		return nil, err
	}
	return s.capture.Open(nil)
}

// changes describes the changes of the live state in a recording.
func changes(file *record.File) (list []string, err error) {
	for {
		step, err := file.Next()
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, record.ErrTruncated):
			return list, nil
		case err != nil:
			return nil, err
		case step.Kind == record.KindGap:
			return nil, fmt.Errorf("a gap: %+v", step)
		case step.Kind == record.KindRemove:
			list = append(list, fmt.Sprint("remove ", step.Removed))
		case step.Kind == record.KindPush:
			var b strings.Builder
			fmt.Fprintf(&b, "push at %d", step.Seq)
			for _, e := range step.Entries {
				fmt.Fprintf(&b, "; %q %q %q removal %v transient %v", e.Key, e.Payload, e.Follows, e.Removal, e.Transient)
				if e.Supersedes != nil {
					fmt.Fprintf(&b, " %+v", *e.Supersedes)
				}
			}
			list = append(list, b.String())
		}
	}
}

// seekAround goes from one place to the other, and to the end.
func (s *playbackServer) seekAround(file *record.File, seeks []float64) error {
	player, err := record.NewPlayer(file.Fork(), &record.PlayerOptions{Paused: true})
	if err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- player.Play(context.Background(), s) }()
	to := player.Progress().To
	for _, part := range append(seeks, 1) {
		if err := player.Seek(time.Duration(part * float64(to))); err != nil {
			return err
		}
		time.Sleep(time.Duration(part * float64(time.Millisecond)))
	}
	player.Resume()
	return <-done
}

// jump goes to one place, and compares.
func (s *playbackServer) jump(file *record.File, part float64) error {
	info := file.Info()
	at := max(time.Duration(part*float64(info.Duration())), 1)
	player, err := record.NewPlayer(file.Fork(), &record.PlayerOptions{From: at, To: at})
	if err != nil {
		return err
	}
	if err := player.Play(context.Background(), s); err != nil {
		return err
	}
	state, err := file.State(info.Start.Add(at))
	if err != nil {
		return err
	}
	want := make([]LogEntry, len(state.Entries))
	for i := range state.Entries {
		want[i] = logEntry(&state.Entries[i])
	}
	return s.check(want)
}

// check compares the log with that of the first server, and all clients with it.
func (s *playbackServer) check(want []LogEntry) error {
	got := s.Log().Entries()
	same := slices.EqualFunc(got, want, func(a, b LogEntry) bool {
		return a.Key == b.Key && string(a.Payload) == string(b.Payload)
	})
	if !same {
		return fmt.Errorf("the log has\n%v, want\n%v", brief(got), brief(want))
	}
	if err := s.checkCapture(want); err != nil {
		return err
	}
	s.join() // a late one
	s.marks--
	mark := item{Key: "mark", Rest: s.marks, Except: nobody}
	if err := s.Broadcast(mark); err != nil {
		return err
	}
	defer s.RemoveEntries(func(e *buffers.Entry) bool { return e.Key == "mark" })
	for i, x := range s.audience {
		if !wstest.Eventually(func() bool { return x.hasMark(s.marks) }) {
			return fmt.Errorf("spectator %d doesn't see the end: %w", i, x.fault())
		}
		if err := x.compare(want, s.exact); err != nil {
			return fmt.Errorf("spectator %d: %w", i, err)
		}
	}
	return nil
}

// checkCapture compares what a capture of the server has led to.
func (s *playbackServer) checkCapture(want []LogEntry) error {
	f, err := s.captured()
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info := f.Info()
	state, err := f.State(info.End)
	same := slices.EqualFunc(state.Entries, want, func(a buffers.Entry, b LogEntry) bool {
		return a.Key == b.Key && string(a.Payload) == string(b.Payload)
	})
	if err != nil || !same {
		return fmt.Errorf("the capture of what is played has %d of %d entries, %w", len(state.Entries), len(want), err)
	}
	return nil
}

func brief(entries []LogEntry) (keys []string) {
	for _, e := range entries {
		keys = append(keys, fmt.Sprintf("%q:%d", e.Key, len(e.Payload)))
	}
	return keys
}

// spectator is a client that begins again when it is told to.
type spectator struct {
	server *Server
	done   chan struct{} // closed when it watches no more

	mu    sync.Mutex // guards all below
	state map[string]uint64
	seen  map[uint64]bool
	mark  int
	err   error
}

func (x *spectator) watch() {
	defer close(x.done)
	for {
		err := x.connect()
		var closed *wsproto.CloseError
		if errors.As(err, &closed) && closed.Code == wsproto.CloseServiceRestart {
			continue
		}
		x.mu.Lock()
		x.err = err
		x.mu.Unlock()
		return
	}
}

// connect watches with one connection.
func (x *spectator) connect() error {
	c, err := wstest.Dial(x.server.Addr().String(), wstest.Options{Subprotocols: []string{Subprotocol}})
	if err != nil {
		return err
	}
	defer c.Conn.Close()
	x.mu.Lock()
	x.state, x.seen, x.mark = map[string]uint64{}, map[uint64]bool{}, 0
	x.mu.Unlock()
	unzip := wsproto.NewDecompressor()
	for {
		window, err := c.Window(wsproto.GenerationZstd, unzip)
		if err != nil {
			return err
		}
		for _, body := range window.Messages {
			m, err := x.server.opts.Registry.Decode(body)
			if err != nil {
				return err
			}
			x.apply(m.(item))
		}
	}
}

func (x *spectator) apply(m item) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if m.Key == "mark" {
		x.mark = m.Rest
		return
	}
	x.seen[m.N] = true
	m.applyTo(x.state)
}

func (x *spectator) hasMark(n int) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.mark == n
}

func (x *spectator) fault() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.err
}

// compare holds what it has applied against a live state. It may have more messages, of
// what was removed by hand, unless there is nothing such.
func (x *spectator) compare(want []LogEntry, exact bool) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	live := map[string]bool{}
	for _, e := range want {
		decoded, err := x.server.opts.Registry.Decode(e.Payload)
		if err != nil {
			return err
		}
		m := decoded.(item)
		live[m.RedundancyKey()] = true
		switch key := m.RedundancyKey(); {
		case key == "" && !x.seen[m.N]:
			return fmt.Errorf("%d hasn't come", m.N)
		case key != "" && x.state[key] != m.N:
			return fmt.Errorf("%q is %d instead of %d", key, x.state[key], m.N)
		}
	}
	for key := range x.state {
		if (exact || strings.HasPrefix(key, "node ") || strings.HasPrefix(key, "pose ")) && !live[key] {
			return fmt.Errorf("%q is there, but not in the log", key)
		}
	}
	return nil
}
