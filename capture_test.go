package scenewire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/record"
	"github.com/scenewire/scenewire/wsproto"
)

// captured returns the steps of a file, and the live state that they lead to.
func captured(t *testing.T, path string) (steps []record.Step, state *record.State) {
	t.Helper()
	f, err := record.Open(path, nil)
	must(t, err)
	defer func() { must(t, f.Close()) }()
	state = record.NewState()
	for {
		s, err := f.Next()
		if errors.Is(err, io.EOF) {
			return steps, state
		}
		must(t, err)
		must(t, state.Apply(s))
		steps = append(steps, s)
	}
}

// story writes steps as a test reads them: kinds, and the messages' names.
func story(steps []record.Step) (lines []string) {
	for _, s := range steps {
		line := s.Kind.String()
		switch s.Kind {
		case record.KindPush, record.KindKeyframe:
			line += fmt.Sprint(" ", len(s.Entries))
		case record.KindConnect, record.KindDisconnect:
			line += fmt.Sprint(" ", s.Client)
		case record.KindReceive:
			line += fmt.Sprint(" ", s.Client, " ", s.Message.Type)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestCaptureHasTheSceneAndWhatChangesIt(t *testing.T) {
	s := serve(t, func(o *Options) { o.Name = "hall" })
	must(t, s.Broadcast(pose{Name: "a"}))
	must(t, s.Broadcast(pose{Name: "a", Position: [3]float64{1}}))
	path := filepath.Join(t.TempDir(), "scene.mcap")
	c, err := s.StartCapture(record.CaptureOptions{Path: path})
	must(t, err)
	must(t, s.Broadcast(pose{Name: "b"}))
	must(t, s.Atomic(func(b *Batch) error {
		must(t, b.Broadcast(note{N: 1}))
		return b.BroadcastExcept(7, note{N: 2})
	}))
	must(t, s.BroadcastTransient(note{N: 3}))
	s.Log().Remove(func(e LogEntry) bool { return e.Key == "pose a" })
	must(t, c.Close())
	must(t, s.Broadcast(note{N: 4}))
	steps, state := captured(t, path)
	want := []string{"keyframe 1", "push 1", "push 2", "push 1", "remove"}
	if got := story(steps); !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	if e := steps[2].Entries[1]; e.Except != 7 || !steps[3].Entries[0].Transient {
		t.Errorf("claims are lost: %+v, %+v", e, steps[3].Entries[0])
	}
	live, _ := s.log.Snapshot()
	frame := state.Keyframe(time.Now())
	if len(frame.Entries) != 3 || len(live) != 4 {
		t.Fatalf("%d live messages are captured, %d live", len(frame.Entries), len(live))
	}
	for i, e := range frame.Entries {
		if e.Seq != live[i].Seq || e.Key != live[i].Key || string(e.Payload) != string(live[i].Payload) {
			t.Errorf("captured %+v, want %+v", e, live[i])
		}
	}
	stats := s.Stats()
	if stats.Captures != 0 || stats.Captured.Messages != 4 || stats.Captured.Bytes == 0 || stats.Captured.Files != 0 {
		t.Errorf("%d captures, %+v", stats.Captures, stats.Captured)
	}
}

func TestCaptureOfClientsHasWhatTheySendBeforeWhatItLeadsTo(t *testing.T) {
	s := serve(t, nil)
	Handle(s, func(_ *Client, n note) { must(t, s.Broadcast(pose{Name: n.Text})) })
	here := join(t, s)
	clientOf(t, s, 0)
	path := filepath.Join(t.TempDir(), "scene.mcap")
	_, err := s.StartCapture(record.CaptureOptions{Path: path, Inbound: true})
	must(t, err)
	here.send(note{Text: "x"})
	here.expect(pose{Name: "x"})
	comes := join(t, s)
	comes.expect(pose{Name: "x"})
	must(t, comes.Write(wsproto.OpBinary, []byte("nonsense")))
	comes.send(note{Text: "y"})
	comes.expect(pose{Name: "y"})
	must(t, comes.CloseNormally())
	eventually(t, "the second client leaves", func() bool { return len(s.Clients()) == 1 })
	ctx, cancel := context.WithTimeout(t.Context(), wstest.Timeout)
	defer cancel()
	go func() { _, _, _ = here.Message() }()
	must(t, s.Shutdown(ctx))
	steps, _ := captured(t, path)
	want := []string{
		"keyframe 0", "connect 0", "receive 0 note", "push 1", "connect 1", "receive 1 ", "receive 1 note", "push 1",
		"disconnect 1", "disconnect 0",
	}
	if got := story(steps); !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	if a := steps[1].Address; !strings.HasPrefix(a, "127.0.0.1:") {
		t.Errorf("the first client came from %q", a)
	}
	if string(steps[5].Message.Body) != "nonsense" || !strings.Contains(steps[8].Reason, "1000") {
		t.Errorf("%+v, %+v", steps[5], steps[8])
	}
}

func TestCaptureEndsWithTheServer(t *testing.T) {
	s := serve(t, nil)
	path := filepath.Join(t.TempDir(), "scene.mcap")
	var ended atomic.Int32
	c, err := s.StartCapture(record.CaptureOptions{Path: path, OnEnd: func() { ended.Add(1) }})
	must(t, err)
	must(t, s.Broadcast(note{N: 1}))
	if s.Stats().Captures != 1 {
		t.Error("it isn't counted")
	}
	must(t, s.Close())
	if ended.Load() != 1 {
		t.Errorf("it has ended %d times", ended.Load())
	}
	if err := c.Flush(); !errors.Is(err, record.ErrEnded) {
		t.Errorf("Flush: %v", err)
	}
	if steps, _ := captured(t, path); len(steps) != 2 {
		t.Errorf("captured %q", story(steps))
	}
	if _, err := s.StartCapture(record.CaptureOptions{}); !errors.Is(err, ErrServerClosed) {
		t.Errorf("err = %v", err)
	}
}

func TestCaptureSaysWhatGoesWrong(t *testing.T) {
	core, logs := observer.New(zapcore.WarnLevel)
	s := serve(t, func(o *Options) { o.Logger = zap.New(core) })
	told := make(chan record.Lost, 2)
	c, err := s.StartCapture(record.CaptureOptions{
		MaxQueueBytes: 10_000,
		Filter:        func(name string) bool { panic("filter of " + name) },
		OnGap: func(lost record.Lost) {
			told <- lost
			panic("told")
		},
	})
	must(t, err)
	must(t, s.Broadcast(note{Text: strings.Repeat("x", 20_000)}))
	must(t, s.Broadcast(note{Text: "small"}))
	must(t, c.Flush())
	if begun, over := <-told, <-told; !begun.Until.IsZero() || over.Until.IsZero() || over.Entries == 0 {
		t.Errorf("told of %+v, %+v", begun, over)
	}
	must(t, c.Close())
	eventually(t, "it is logged", func() bool {
		return logs.FilterMessageSnippet("the capture").Len() == 2 && logs.FilterMessageSnippet("panicked").Len() >= 3
	})
	stats := s.Stats()
	if stats.Captured.Gaps == 0 || stats.Captured.Lost.Entries == 0 {
		t.Errorf("%+v", stats.Captured)
	}
}
