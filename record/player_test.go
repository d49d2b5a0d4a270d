package record

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// tape is a Source in memory.
type tape struct {
	steps []Step
	end   time.Time
	err   error // behind the last step, or io.EOF
	next  int
	reads int // of Next
}

var tapeStart = time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)

// newTape makes a tape of steps, whose sequences are those of a log.
func newTape(length time.Duration, steps ...Step) *tape {
	state := NewState()
	for i := range steps {
		s := &steps[i]
		if s.Seq == 0 {
			s.Seq = state.log.Next()
		}
		if err := state.Apply(*s); err != nil {
			panic(err)
		}
	}
	return &tape{steps: steps, end: tapeStart.Add(length), err: io.EOF}
}

func (t *tape) Info() Info { return Info{Start: tapeStart, End: t.end} }

func (t *tape) State(at time.Time) (Step, error) {
	state := NewState()
	for _, s := range t.steps {
		if !s.Time.After(at) {
			if err := state.Apply(s); err != nil {
				return Step{}, err
			}
		}
	}
	return state.Keyframe(at), nil
}

func (t *tape) Seek(at time.Time) {
	t.next = 0
	for t.next < len(t.steps) && !t.steps[t.next].Time.After(at) {
		t.next++
	}
}

func (t *tape) Next() (Step, error) {
	if t.next == len(t.steps) {
		return Step{}, t.err
	}
	t.reads++
	t.next++
	return t.steps[t.next-1], nil
}

// pushAt is a push of entries "key=value", or "=value" without a key.
func pushAt(at time.Duration, entries ...string) Step {
	return Step{Kind: KindPush, Time: tapeStart.Add(at), Entries: entriesOf(entries...)}
}

func entriesOf(entries ...string) []buffers.Entry {
	var es []buffers.Entry
	for _, e := range entries {
		key, value, _ := strings.Cut(e, "=")
		es = append(es, buffers.Entry{Key: key, Payload: []byte(value), Except: buffers.NoReader})
	}
	return es
}

// stage is a Target that notes what it is told and when.
type stage struct {
	mu      sync.Mutex // guards all below
	began   time.Time
	log     *buffers.Log
	told    []string
	takes   time.Duration // each broadcast
	refuses error
}

func newStage() *stage {
	return &stage{began: time.Now(), log: buffers.NewLog(buffers.LogLimits{})}
}

func (s *stage) note(what string, entries []buffers.Entry) {
	for _, e := range entries {
		what += " " + e.Key + "=" + string(e.Payload)
	}
	s.told = append(s.told, fmt.Sprintf("%v %s", time.Since(s.began), what))
}

func (s *stage) BroadcastEntries(entries []buffers.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuses != nil {
		return s.refuses
	}
	s.note("push", entries)
	_, _, err := s.log.PushBatch(entries)
	time.Sleep(s.takes)
	return err
}

func (s *stage) ReplaceEntries(entries []buffers.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.note("replace", entries)
	_, err := s.log.Replace(entries)
	return err
}

func (s *stage) RemoveEntries(match func(*buffers.Entry) bool) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.log.Remove(match)
	s.note(fmt.Sprintf("remove %d", n), nil)
	return n
}

func (s *stage) live() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b strings.Builder
	live, _ := s.log.Snapshot()
	for _, e := range live {
		fmt.Fprintf(&b, "%s=%s ", e.Key, e.Payload)
	}
	return strings.TrimSpace(b.String())
}

// expect compares what it was told since the last time.
func (s *stage) expect(t *testing.T, want ...string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Equal(s.told, want) {
		t.Errorf("told\n  %s\nwant\n  %s", strings.Join(s.told, "\n  "), strings.Join(want, "\n  "))
	}
	s.told = nil
}

// playing is a player that plays in a bubble.
type playing struct {
	*Player
	stage *stage
	done  chan error
}

// play runs the test with a player that has just begun.
func play(t *testing.T, source Source, o *PlayerOptions, test func(t *testing.T, p *playing)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		player, err := NewPlayer(source, o)
		must(t, err)
		p := &playing{Player: player, stage: newStage(), done: make(chan error, 1)}
		ctx, cancel := context.WithCancel(t.Context())
		go func() { p.done <- player.Play(ctx, p.stage) }()
		synctest.Wait()
		test(t, p)
		cancel()
		synctest.Wait()
	})
}

// after lets the bubble's time go on.
func (p *playing) after(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (p *playing) expectEnd(t *testing.T, want error) {
	t.Helper()
	if err := <-p.done; !errors.Is(err, want) {
		t.Errorf("Play returned %v, want %v", err, want)
	}
}

func (p *playing) expectAt(t *testing.T, want time.Duration) {
	t.Helper()
	if got := p.Progress().Position; got != want {
		t.Errorf("at %v, want %v", got, want)
	}
}

func simpleTape() *tape {
	return newTape(4*time.Second,
		pushAt(0, "a=1"), pushAt(time.Second, "b=1", "=x"), pushAt(1500*time.Millisecond, "a=2"), pushAt(3*time.Second, "c=1"))
}

func TestPlayerKeepsTheRecordedTime(t *testing.T) {
	for _, test := range []struct {
		speed float64
		want  []string
		ends  time.Duration
	}{
		{0, []string{"0s replace a=1", "1s push b=1 =x", "1.5s push a=2", "3s push c=1"}, 4 * time.Second},
		{2, []string{"0s replace a=1", "500ms push b=1 =x", "750ms push a=2", "1.5s push c=1"}, 2 * time.Second},
		{0.01, []string{"0s replace a=1", "1m40s push b=1 =x", "2m30s push a=2", "5m0s push c=1"}, 400 * time.Second},
		{1000, []string{"0s replace a=1", "1ms push b=1 =x", "1.5ms push a=2", "3ms push c=1"}, 4 * time.Millisecond},
	} {
		t.Run(fmt.Sprint("speed ", test.speed), func(t *testing.T) {
			play(t, simpleTape(), &PlayerOptions{Speed: test.speed}, func(t *testing.T, p *playing) {
				p.expectEnd(t, nil)
				if took := time.Since(p.stage.began); took != test.ends {
					t.Errorf("ended after %v, want %v", took, test.ends)
				}
				p.stage.expect(t, test.want...)
				if live := p.stage.live(); live != "b=1 =x a=2 c=1" {
					t.Errorf("left %q", live)
				}
				got := p.Progress()
				if want := (Progress{Position: 4 * time.Second, To: 4 * time.Second, Speed: max(test.speed, 0), Steps: 3}); test.speed > 0 && got != want {
					t.Errorf("%+v, want %+v", got, want)
				}
			})
		})
	}
}

func TestPlayerChangesSpeedOnTheWay(t *testing.T) {
	play(t, simpleTape(), nil, func(t *testing.T, p *playing) {
		p.after(500 * time.Millisecond)
		must(t, p.SetSpeed(0.5))
		p.after(500 * time.Millisecond)
		p.expectAt(t, 750*time.Millisecond)
		must(t, p.SetSpeed(10))
		p.expectEnd(t, nil)
		p.stage.expect(t, "0s replace a=1", "1.025s push b=1 =x", "1.075s push a=2", "1.225s push c=1")
	})
}

func TestPlayerPausesAndResumes(t *testing.T) {
	play(t, simpleTape(), &PlayerOptions{Paused: true}, func(t *testing.T, p *playing) {
		p.after(time.Hour)
		p.stage.expect(t, "0s replace a=1")
		p.Resume()
		p.after(1200 * time.Millisecond)
		p.Pause()
		p.Pause()
		p.after(time.Hour)
		p.expectAt(t, 1200*time.Millisecond)
		p.Resume()
		p.expectEnd(t, nil)
		p.stage.expect(t, "1h0m1s push b=1 =x", "2h0m1.5s push a=2", "2h0m3s push c=1")
	})
}

func TestPlayerSeeksBothWays(t *testing.T) {
	steps := []Step{pushAt(0, "a=1"), pushAt(time.Minute, "a=2", "b=2"), pushAt(2*time.Minute, "c=3"), pushAt(3*time.Minute, "b=4")}
	play(t, newTape(4*time.Minute, steps...), nil, func(t *testing.T, p *playing) {
		must(t, p.Seek(2*time.Minute)) // what happens then is played
		p.expectAt(t, 2*time.Minute)
		p.after(time.Second)
		p.expectAt(t, 2*time.Minute+time.Second)
		must(t, p.Seek(59*time.Second))
		p.after(time.Second)
		p.Pause()
		must(t, p.Seek(0))
		p.after(time.Hour)
		p.expectAt(t, 0)
		must(t, p.Seek(4*time.Minute)) // the end
		p.after(time.Hour)
		p.stage.expect(t, "0s replace a=1", "0s replace a=2 b=2 c=3", "1s replace a=1", "2s push a=2 b=2", "2s replace a=1", "1h0m2s replace a=2 c=3 b=4")
		p.Resume()
		p.expectEnd(t, nil)
		for _, to := range []time.Duration{-1, 4*time.Minute + 1, math.MaxInt64, math.MinInt64} {
			if err := p.Seek(to); !errors.Is(err, ErrRange) {
				t.Errorf("%v: %v", to, err)
			}
		}
	})
}

func TestPlayerPlaysWhatAShortSeekSkips(t *testing.T) {
	flash := pushAt(2*time.Second, "f=flash", "d=4")
	flash.Entries[0].Transient = true
	alone := pushAt(3*time.Second, "f=flash")
	alone.Entries[0].Transient = true
	gone := pushAt(4*time.Second, "a=gone")
	gone.Entries[0].Removal = true
	told := 0
	o := &PlayerOptions{
		OnGap:     func(Step) { told++ },
		OnInbound: func(Step) { told++ },
	}
	steps := []Step{
		pushAt(0, "a=1"), flash, alone, gone,
		{Kind: KindConnect, Time: tapeStart.Add(5 * time.Second)},
		pushAt(10*time.Second, "e=1"), pushAt(10*time.Second+1, "g=1"),
	}
	play(t, newTape(time.Minute, steps...), o, func(t *testing.T, p *playing) {
		must(t, p.Seek(10*time.Second))
		p.after(0)
		p.stage.expect(t, "0s replace a=1", "0s push d=4", "0s push a=gone", "0s push e=1")
		if told != 0 {
			t.Errorf("told %d times of what is skipped", told)
		}
		p.after(1)
		p.stage.expect(t, "1ns push g=1")
	})
}

func TestPlayerLoops(t *testing.T) {
	play(t, simpleTape(), &PlayerOptions{Loop: true, From: time.Second, To: 2 * time.Second}, func(t *testing.T, p *playing) {
		p.after(2700 * time.Millisecond)
		p.expectAt(t, 1700*time.Millisecond)
		if got := p.Progress(); got.Loops != 2 || !got.Playing {
			t.Errorf("%+v", got)
		}
		p.SetLoop(false)
		p.expectEnd(t, nil)
		p.stage.expect(t, "0s replace a=1 b=1 =x", "500ms push a=2", "1s replace a=1 b=1 =x", "1.5s push a=2",
			"2s replace a=1 b=1 =x", "2.5s push a=2")
	})
}

func TestPlayerDoesNotLoopOverNoTime(t *testing.T) {
	play(t, newTape(0, pushAt(0, "a=1")), &PlayerOptions{Loop: true}, func(t *testing.T, p *playing) {
		p.expectEnd(t, nil)
		p.stage.expect(t, "0s replace a=1")
	})
}

func TestPlayerHoldsAtTheEnd(t *testing.T) {
	play(t, simpleTape(), &PlayerOptions{Hold: true, Speed: 1000}, func(t *testing.T, p *playing) {
		p.after(10000 * time.Hour)
		p.expectAt(t, 4*time.Second)
		must(t, p.SetSpeed(1))
		p.expectAt(t, 4*time.Second)
		must(t, p.Seek(3*time.Second-1))
		p.after(1)
		p.stage.expect(t, "0s replace a=1", "1ms push b=1 =x", "1.5ms push a=2", "3ms push c=1",
			"10000h0m0s replace b=1 =x a=2", "10000h0m0.000000001s push c=1")
		p.after(time.Hour)
		p.SetLoop(true)
		p.after(time.Second)
		p.expectAt(t, time.Second)
	})
}

func TestPlayerPlaysWhatIsLateAsSoonAsItCan(t *testing.T) {
	play(t, simpleTape(), nil, func(t *testing.T, p *playing) {
		p.stage.mu.Lock()
		p.stage.takes = 1400 * time.Millisecond
		p.stage.mu.Unlock()
		p.after(2300 * time.Millisecond)
		p.expectAt(t, time.Second) // which is being played
		p.expectEnd(t, nil)
		p.stage.expect(t, "0s replace a=1", "1s push b=1 =x", "2.4s push a=2", "3.8s push c=1")
	})
}

func TestPlayerReportsGapsAndPlaysWhatTheyLedTo(t *testing.T) {
	gap := Step{Kind: KindGap, Time: tapeStart.Add(time.Second), Lost: Lost{Batches: 3, Until: tapeStart.Add(2 * time.Second)}}
	keyframe := Step{Kind: KindKeyframe, Time: tapeStart.Add(2 * time.Second), Seq: 9, Entries: entriesOf("b=7", "c=8")}
	keyframe.Entries[0].Seq, keyframe.Entries[1].Seq = 7, 8
	same := keyframe
	same.Time = tapeStart.Add(3 * time.Second)
	source := newTape(5*time.Second, pushAt(0, "a=1", "b=1"), gap, keyframe, same, pushAt(4*time.Second, "b=9"))
	var gaps []Step
	play(t, source, &PlayerOptions{OnGap: func(s Step) { gaps = append(gaps, s) }}, func(t *testing.T, p *playing) {
		p.expectEnd(t, nil)
		p.stage.expect(t, "0s replace a=1 b=1", "2s replace b=7 c=8", "4s push b=9")
		if len(gaps) != 1 || gaps[0].Lost != gap.Lost {
			t.Errorf("gaps: %+v", gaps)
		}
	})
}

func TestPlayerRemovesWhatWasRemovedByHand(t *testing.T) {
	node := pushAt(2*time.Second, "n=2")
	follower := pushAt(time.Second, "p=1")
	follower.Entries[0].Follows = "n"
	source := newTape(9*time.Second,
		pushAt(0, "a=1", "=x", "=y", "=x"), follower, node, // which moves it to 6
		Step{Kind: KindRemove, Time: tapeStart.Add(3 * time.Second), Removed: []uint64{3, 6, 99}})
	play(t, source, nil, func(t *testing.T, p *playing) {
		p.after(2500 * time.Millisecond)
		if live := p.stage.live(); live != "a=1 =x =y =x n=2 p=1" {
			t.Fatal(live)
		}
		must(t, p.stage.BroadcastEntries(entriesOf("mine=1"))) // another producer's
		p.expectEnd(t, nil)
		if live := p.stage.live(); live != "a=1 =x =y n=2 mine=1" {
			t.Error(live)
		}
	})
}

func TestPlayerTellsOfWhatClientsDid(t *testing.T) {
	var got []string
	at := func(kind Kind, d time.Duration) Step {
		return Step{Kind: kind, Time: tapeStart.Add(d), Client: 7}
	}
	source := newTape(9*time.Second, at(KindConnect, 1), at(KindReceive, time.Second), at(KindDisconnect, 2*time.Second))
	player, err := NewPlayer(source, &PlayerOptions{Speed: MaxSpeed, OnInbound: func(s Step) { got = append(got, s.Kind.String()) }})
	must(t, err)
	must(t, player.Play(t.Context(), nil))
	if want := []string{"connect", "receive", "disconnect"}; !slices.Equal(got, want) {
		t.Errorf("told of %q, want %q", got, want)
	}
}

func TestPlayerShowsEverythingToEverybody(t *testing.T) {
	step := pushAt(time.Second, "a=1")
	step.Entries[0].Except = 0
	payload := step.Entries[0].Payload
	play(t, newTape(time.Second, step), nil, func(t *testing.T, p *playing) {
		p.expectEnd(t, nil)
		live, _ := p.stage.log.Snapshot()
		if live[0].Except != buffers.NoReader {
			t.Errorf("client %d is left out", live[0].Except)
		}
		if &live[0].Payload[0] == &payload[0] {
			t.Error("the target keeps the memory of a chunk")
		}
	})
}

func TestPlayerEndsWithTheErrorOf(t *testing.T) {
	broken := errors.New("broken")
	t.Run("the target", func(t *testing.T) {
		play(t, simpleTape(), nil, func(t *testing.T, p *playing) {
			p.stage.mu.Lock()
			p.stage.refuses = broken
			p.stage.mu.Unlock()
			p.expectEnd(t, broken)
			p.expectAt(t, time.Second)
		})
	})
	t.Run("the source", func(t *testing.T) {
		source := simpleTape()
		source.err = broken
		play(t, source, nil, func(t *testing.T, p *playing) {
			p.expectEnd(t, broken)
			p.stage.expect(t, "0s replace a=1", "1s push b=1 =x", "1.5s push a=2", "3s push c=1")
		})
	})
	t.Run("a recording that isn't whole, at its end", func(t *testing.T) {
		source := simpleTape()
		source.err = &CorruptError{Err: ErrTruncated}
		play(t, source, nil, func(t *testing.T, p *playing) {
			p.expectEnd(t, ErrTruncated)
			if took := time.Since(p.stage.began); took != 4*time.Second {
				t.Errorf("ended after %v", took)
			}
		})
	})
	t.Run("the context, while it waits or is paused", func(t *testing.T) {
		for _, paused := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				player, err := NewPlayer(simpleTape(), &PlayerOptions{Paused: paused})
				must(t, err)
				ctx, cancel := context.WithTimeout(t.Context(), 1200*time.Millisecond)
				defer cancel()
				if err := player.Play(ctx, newStage()); !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
			})
		}
	})
	t.Run("a second Play", func(t *testing.T) {
		play(t, simpleTape(), nil, func(t *testing.T, p *playing) {
			if err := p.Play(t.Context(), nil); !errors.Is(err, ErrPlaying) {
				t.Error(err)
			}
		})
	})
}

func TestPlayerGoesOnWhereItWasEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		player, err := NewPlayer(simpleTape(), nil)
		must(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 1200*time.Millisecond)
		defer cancel()
		_ = player.Play(ctx, newStage())
		time.Sleep(time.Hour)
		if got := player.Progress(); got.Position != 1200*time.Millisecond || got.Playing {
			t.Errorf("%+v", got)
		}
		s := newStage()
		must(t, player.Play(t.Context(), s))
		s.expect(t, "0s replace a=1 b=1 =x", "300ms push a=2", "1.8s push c=1")
		s = newStage()
		must(t, player.Play(t.Context(), s)) // from the beginning
		if len(s.told) != 4 {
			t.Errorf("told %q", s.told)
		}
		must(t, player.Seek(3*time.Second))
		s = newStage()
		must(t, player.Play(t.Context(), s))
		s.expect(t, "0s replace b=1 =x a=2 c=1")
	})
}

func TestNewPlayerRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		o    PlayerOptions
		want error
	}{
		"a speed too low":       {PlayerOptions{Speed: 0.009}, ErrSpeed},
		"a speed too high":      {PlayerOptions{Speed: 1001}, ErrSpeed},
		"a negative speed":      {PlayerOptions{Speed: -1}, ErrSpeed},
		"no number":             {PlayerOptions{Speed: math.NaN()}, ErrSpeed},
		"a start before 0":      {PlayerOptions{From: -1}, ErrRange},
		"an end behind the end": {PlayerOptions{To: 5 * time.Second}, ErrRange},
		"an end before 0":       {PlayerOptions{To: -1}, ErrRange},
		"an end before From":    {PlayerOptions{From: 2, To: 1}, ErrRange},
	} {
		if _, err := NewPlayer(simpleTape(), &test.o); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	player, err := NewPlayer(simpleTape(), nil)
	must(t, err)
	if err := player.SetSpeed(math.Inf(1)); !errors.Is(err, ErrSpeed) {
		t.Errorf("SetSpeed: %v", err)
	}
}

// Whatever is called meanwhile, from callbacks too, the target ends with the state of
// where the player stands.
func TestPlayerUnderConcurrentCalls(t *testing.T) {
	var steps []Step
	for i := range 2000 {
		steps = append(steps, pushAt(time.Duration(i)*time.Millisecond, fmt.Sprintf("%d=%d", i%7, i), fmt.Sprintf("%d=%d", i%11, i)))
	}
	source := newTape(2*time.Second, steps...)
	want, err := source.State(tapeStart.Add(2 * time.Second))
	must(t, err)
	player, err := NewPlayer(source, &PlayerOptions{Speed: 1000, Hold: true, Loop: true})
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	s := newStage()
	done := make(chan error)
	go func() { done <- player.Play(ctx, s) }()
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 50 {
				must(t, player.Seek(time.Duration(i*g)*10*time.Millisecond))
				player.Pause()
				must(t, player.SetSpeed(float64(1+i*10)))
				player.Resume()
				if at := player.Progress().Position; at < 0 || at > 2*time.Second {
					t.Errorf("at %v", at)
				}
			}
		})
	}
	wg.Wait()
	player.SetLoop(false)
	must(t, player.SetSpeed(1000))
	for player.Progress().Position < 2*time.Second {
		time.Sleep(time.Millisecond)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	var b strings.Builder
	for _, e := range want.Entries {
		fmt.Fprintf(&b, "%s=%s ", e.Key, e.Payload)
	}
	if got := s.live(); got != strings.TrimSpace(b.String()) {
		t.Errorf("left  %s\nwant %s", got, b.String())
	}
}
