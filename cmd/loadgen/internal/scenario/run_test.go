//go:build linux

package scenario

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/serve"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/record"
)

// The test binary is the embedded server, too.
func TestMain(m *testing.M) {
	if served, err := serve.Main(); served {
		command.Main(func(context.Context) error { return err })
		return
	}
	_ = os.Setenv("GORACE", "atexit_sleep_ms=0") // of the servers: they needn't wait for reports
	before := wstest.OpenDescriptors()
	os.Exit(wstest.CheckLeaks(m.Run(), before, 8, 5*time.Second))
}

// small returns a preset that a test has time for.
func small(t *testing.T, name string) *Scenario {
	t.Helper()
	s, err := Preset(name)
	if err != nil {
		t.Fatal(err)
	}
	s.Clients, s.Ramp, s.Warmup = 12, 0, Duration(50*time.Millisecond)
	s.Duration, s.Settle = Duration(600*time.Millisecond), Duration(20*time.Second)
	p := &s.Produce
	p.Objects = min(p.Objects, 50)
	if len(s.Slow) > 0 {
		p.Size = 4096 // more than sockets' buffers hold
	}
	p.Batch = min(p.Batch, Batch(p.Objects))
	p.Burst.Messages = min(p.Burst.Messages, 200)
	p.Burst.Every = min(p.Burst.Every, Duration(100*time.Millisecond))
	for i := range s.Storms {
		t := &s.Storms[i]
		t.At, t.Away = Duration(50*time.Millisecond), Duration(50*time.Millisecond)
		t.Every = min(t.Every, Duration(250*time.Millisecond))
		t.Clients = Portion{Share: 0.5}
	}
	return s
}

// must runs a scenario that is to come to its end.
func must(t *testing.T, s *Scenario, env Env) *Outcome {
	t.Helper()
	o, err := Run(t.Context(), s, env)
	if err != nil {
		t.Fatal(err)
	}
	if o.Failed != nil || o.Interrupted {
		t.Errorf("failed: %v, interrupted: %v", o.Failed, o.Interrupted)
	}
	return o
}

func TestPresetsRunCleanly(t *testing.T) {
	for name, check := range map[string]func(t *testing.T, o *Outcome){
		"fan-out": func(t *testing.T, o *Outcome) {
			if _, known := o.EffectiveRate(); !known || o.Fast().UpdateGap.Count() == 0 {
				t.Errorf("the effective rate isn't known, or no update gaps: %d", o.Fast().UpdateGap.Count())
			}
		},
		"burst": func(*testing.T, *Outcome) {},
		"idle": func(t *testing.T, o *Outcome) {
			if o.Server.IdleBytes == 0 || o.Server.ResidentBytes == 0 {
				t.Errorf("memory: %+v", o.Server)
			}
		},
		"late-join": wavesOf(func(w *Wave) int64 { return w.Fresh + w.Scene + w.Resumed }, false),
		"reconnect": wavesOf(func(w *Wave) int64 { return w.Fresh + w.Scene + w.Resumed }, false),
		"resume":    wavesOf(func(w *Wave) int64 { return w.Resumed }, true),
		"slow-readers": func(t *testing.T, o *Outcome) {
			if o.Converged.Slow != 1 || o.Converged.Fast != 11 {
				t.Errorf("compared: %+v", o.Converged)
			}
		},
		"never-readers": func(t *testing.T, o *Outcome) {
			if o.Converged.Slow != 1 || o.Slow().Messages != 0 {
				t.Errorf("who never reads has got %d messages; compared: %+v", o.Slow().Messages, o.Converged)
			}
		},
		"flapping": func(t *testing.T, o *Outcome) {
			if total(o.Whole, everyone).Returned == 0 || o.Converged.Slow != 6 {
				t.Errorf("nobody came back, or compared: %+v", o.Converged)
			}
		},
		"echo": func(t *testing.T, o *Outcome) {
			g := total(o.Whole, everyone)
			if g.Echoes == 0 || g.Echoed > g.Echoes || g.Echo.Count() == 0 {
				t.Errorf("%d echoes of %d", g.Echoed, g.Echoes)
			}
		},
		"flood": func(t *testing.T, o *Outcome) {
			if o.Server.Embedded.Handled == 0 {
				t.Error("the server has handled nothing")
			}
		},
		"pointers": func(t *testing.T, o *Outcome) {
			if g := total(o.Whole, everyone); g.Sent == 0 || g.Messages == 0 || g.Mirrored != 0 {
				t.Errorf("%d sent, %d delivered, %d to their senders", g.Sent, g.Messages, g.Mirrored)
			}
		},
		"mixed": func(t *testing.T, o *Outcome) {
			if o.Converged.Slow < 3 || len(o.Waves) == 0 {
				t.Errorf("compared: %+v; %d waves", o.Converged, len(o.Waves))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := small(t, name)
			o := must(t, s, Env{})
			isClean(t, o)
			check(t, o)
		})
	}
}

// isClean checks what holds for every run against the embedded server.
func isClean(t *testing.T, o *Outcome) {
	t.Helper()
	whole := total(o.Whole, everyone)
	if whole.Errors() != 0 || o.Errors() != 0 {
		t.Errorf("%+v, closed %v, failed %v, faults %+v", whole.Checks, whole.Closed, whole.Failed, o.Whole.Faults)
	}
	if objects := o.Scenario.Produce.Objects; o.Converged.Held() != (objects > 0) || o.Converged.Objects != objects {
		t.Errorf("end state: %+v", o.Converged)
	}
	if o.Connected < o.Scenario.Clients/2 || o.Ramp <= 0 || o.Seconds < o.Scenario.Duration.Std().Seconds() {
		t.Errorf("%d clients after %v, %v s", o.Connected, o.Ramp, o.Seconds)
	}
	if o.Server == nil || o.Server.CPU <= 0 || o.Server.ResidentBytes == 0 || o.Server.Embedded == nil || o.Produced == nil {
		t.Errorf("server: %+v, produced: %+v", o.Server, o.Produced)
	}
	if whole.Messages == 0 || len(o.Samples) == 0 {
		t.Errorf("%d deliveries, %d samples", whole.Messages, len(o.Samples))
	}
	var kinds []string
	for _, e := range o.Events {
		kinds = append(kinds, e.Kind)
	}
	for _, phase := range []Phase{PhaseRamp, PhaseWarmup, PhaseMeasure, PhaseSettle} {
		if !slices.Contains(kinds, string(phase)) {
			t.Errorf("no event of %s among %q", phase, kinds)
		}
	}
}

// wavesOf checks that everybody has come back in each wave, and was told so.
func wavesOf(told func(*Wave) int64, resumes bool) func(*testing.T, *Outcome) {
	return func(t *testing.T, o *Outcome) {
		if len(o.Waves) == 0 {
			t.Error("no waves")
		}
		for i := range o.Waves {
			w := &o.Waves[i]
			if w.Clients != 6 || w.Back != 6 || w.Bytes.Count() != 6 || w.Bytes.Mean() == 0 {
				t.Errorf("%d of %d are back; bytes of %d", w.Back, w.Clients, w.Bytes.Count())
			}
			if resumes && told(w) != 6 {
				t.Errorf("%d of 6 sessions go on", told(w))
			}
		}
	}
}

func TestResumingCostsLessThanComingAnew(t *testing.T) {
	t.Parallel()
	cost := map[string]float64{}
	for _, name := range []string{"reconnect", "resume"} {
		s := small(t, name)
		s.Produce.Rate, s.Produce.Ticks = 0, 0
		cost[name] = must(t, s, Env{}).Waves[0].Bytes.Mean()
	}
	if cost["resume"] <= 0 || cost["resume"] > cost["reconnect"]/2 {
		t.Errorf("bytes of a return: %v", cost)
	}
}

func TestInterruptLeavesWhatWasMeasured(t *testing.T) {
	for _, phase := range []Phase{PhaseRamp, PhaseWarmup, PhaseMeasure} {
		t.Run(string(phase), func(t *testing.T) {
			t.Parallel()
			s := small(t, "fan-out")
			s.Warmup, s.Duration = Duration(time.Hour), Duration(time.Hour)
			switch phase {
			case PhaseRamp:
				s.Ramp = 0.1
			case PhaseMeasure:
				s.Warmup = 0
			}
			ctx, cancel := context.WithCancel(t.Context())
			seen := 0
			o, err := Run(ctx, s, Env{Progress: func(p Progress) {
				if p.Phase == phase {
					seen++
				}
				if seen == 5 {
					cancel()
				}
			}})
			if err != nil || !o.Interrupted || o.Failed != nil || o.Converged.Checked {
				t.Fatalf("%+v, %v", o, err)
			}
			if measured := phase == PhaseMeasure; (o.Measured != nil) != measured || (o.Seconds > 0.5) != measured || (len(o.Samples) > 0) != measured {
				t.Errorf("%v s, %d samples", o.Seconds, len(o.Samples))
			}
			if o.Whole == nil {
				t.Error("nothing of the whole run")
			}
		})
	}
}

func TestServerThatDiesEndsTheRun(t *testing.T) {
	t.Parallel()
	s := small(t, "fan-out")
	s.Duration = Duration(time.Hour)
	var once sync.Once
	pid := make(chan int, 1)
	o, err := Run(t.Context(), s, Env{
		Started: func(a serve.Addresses) {
			p, err := findServer(a.WebSocket)
			if err != nil {
				t.Error(err)
			}
			pid <- p
		},
		Progress: func(p Progress) {
			if p.Phase == PhaseMeasure {
				once.Do(func() { _ = syscall.Kill(<-pid, syscall.SIGKILL) })
			}
		},
	})
	if err != nil || o.Failed == nil || o.Interrupted || o.Converged.Checked {
		t.Errorf("%+v, %v", o, err)
	}
	if o.Errors() < 12 {
		t.Errorf("%d errors, and all 12 connections broke", o.Errors())
	}
}

func TestNobodyToConnectTo(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "ws://" + ln.Addr().String()
	_ = ln.Close()
	var refused *swarm.ConnectError
	if _, err := Run(t.Context(), small(t, "fan-out"), Env{Target: address}); !errors.As(err, &refused) || refused.Cause != swarm.CauseRefused {
		t.Errorf("error: %v", err)
	}
	var faults *FaultsError
	if _, err := Run(t.Context(), &Scenario{}, Env{}); !errors.As(err, &faults) {
		t.Errorf("error: %v", err)
	}
	crowd := small(t, "fan-out")
	crowd.Clients, _ = machine.MaxConnections()
	crowd.Clients++
	if _, err := Run(t.Context(), crowd, Env{}); !errors.Is(err, swarm.ErrTooMany) {
		t.Errorf("error: %v", err)
	}
	s := small(t, "replay")
	s.Replay.File = filepath.Join(t.TempDir(), "none.mcap")
	if _, err := Run(t.Context(), s, Env{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error: %v", err)
	}
}

// foreign is a server of this process, for which a scenario is a stranger.
func foreign(t *testing.T) (*scenewire.Server, string) {
	t.Helper()
	s, err := scenewire.New(&scenewire.Options{Addr: "127.0.0.1:0", Registry: wire.NewRegistry(), Logger: zap.NewNop()})
	if err != nil {
		t.Fatal(err)
	}
	addr, err := s.Listen()
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.ListenAndServe() }()
	t.Cleanup(func() {
		_ = s.Close()
		<-served
	})
	return s, "ws://" + addr.String()
}

func TestForeignServerIsMeasuredAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	for _, subprotocol := range []string{swarm.SubprotocolScenewire, swarm.SubprotocolViser} {
		s, address := foreign(t)
		for id := range uint32(10) {
			if err := s.Broadcast(wire.Object{ID: id, Version: 1}); err != nil {
				t.Fatal(err)
			}
		}
		o := must(t, small(t, "fan-out"), Env{Target: address, Subprotocol: subprotocol})
		if o.Embedded || o.Server == nil || o.Server.PID != os.Getpid() || o.Server.CPU <= 0 || o.Server.Embedded != nil {
			t.Errorf("%s: server %+v", subprotocol, o.Server)
		}
		if !o.Converged.Held() || o.Converged.Objects != 10 || o.Errors() != 0 {
			t.Errorf("%s: end state %+v, %d errors", subprotocol, o.Converged, o.Errors())
		}
	}
}

// A server that has lost an object's newest message for one client, and one that closes
// another, are found out.
func TestServerThatLosesAMessageIsFoundOut(t *testing.T) {
	t.Parallel()
	s, address := foreign(t)
	for id := range uint32(10) {
		if err := s.Broadcast(wire.Object{ID: id, Version: 1}); err != nil {
			t.Fatal(err)
		}
	}
	var wrong, closed sync.Once
	stop := s.OnConnect(func(c *scenewire.Client) {
		wrong.Do(func() { _ = c.Send(wire.Object{ID: 10, Version: 7}) }) // the others lack it
	})
	defer stop()
	settle := small(t, "fan-out")
	settle.Settle = Duration(300 * time.Millisecond)
	o := must(t, settle, Env{Target: address, Progress: func(p Progress) {
		if p.Phase == PhaseMeasure {
			closed.Do(func() { s.Clients()[11].Close(scenewire.CloseCode(4000), "go") })
		}
	}})
	if c := o.Converged; !c.Checked || c.Held() || c.Missed != 1 || c.Gone != 1 || len(c.Which) != 1 || c.Took < settle.Settle.Std() {
		t.Errorf("end state: %+v", c)
	}
	if !slices.ContainsFunc(o.Events, func(e Event) bool { return e.Kind == "kill" && strings.Contains(e.Text, "4000") }) || o.Errors() != 1 {
		t.Errorf("events: %+v, %d errors", o.Events, o.Errors())
	}
}

func TestReplayIsALoad(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "scene.mcap")
	s, address := foreign(t)
	capture, err := s.StartCapture(record.CaptureOptions{Path: path, Inbound: true})
	if err != nil {
		t.Fatal(err)
	}
	taken := make(chan struct{}, 8)
	defer scenewire.Handle(s, func(_ *scenewire.Client, m wire.Flood) { taken <- struct{}{} })()
	for version := range uint64(20) {
		if err := s.Broadcast(wire.Object{ID: uint32(version % 4), Version: version/4 + 1}); err != nil {
			t.Fatal(err)
		}
	}
	client, err := wstest.Dial(strings.TrimPrefix(address, "ws://"), wstest.Options{Subprotocols: []string{scenewire.Subprotocol}})
	if err != nil {
		t.Fatal(err)
	}
	body, err := wire.NewRegistry().Append(nil, wire.Flood{N: 1})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := client.Write(2, body); err != nil {
			t.Fatal(err)
		}
		<-taken
	}
	if err := errors.Join(client.CloseNormally(), capture.Close()); err != nil {
		t.Fatal(err)
	}
	replay := small(t, "replay")
	replay.Replay = Replay{File: path, Speed: 10, Inbound: true}
	o := must(t, replay, Env{})
	if o.Converged.Objects != 4 || !o.Converged.Held() {
		t.Errorf("end state: %+v", o.Converged)
	}
	if in := o.Inbound; in == nil || in.Messages != 3 || in.Clients != 1 || in.FirstFail != nil {
		t.Errorf("inbound: %+v", in)
	}
}
