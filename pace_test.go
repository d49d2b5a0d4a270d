package scenewire

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// stage is a pace whose passes take as long as the test says.
type stage struct {
	pace
	began time.Time
	log   atomic.Uint64 // the log's end
	pass  atomic.Int64  // nanoseconds that a pass takes; 0: there are no clients
	ticks atomic.Int64
}

// newStage is called in a bubble of synctest, whose clock it goes by.
func newStage() *stage {
	s := &stage{began: time.Now()}
	now := func() time.Duration { return time.Since(s.began) }
	s.init(10*time.Millisecond, now, s.log.Load, s.wake, func(time.Duration) { s.ticks.Add(1) })
	return s
}

func (s *stage) wake() bool {
	took := time.Duration(s.pass.Load())
	if took > 0 {
		time.AfterFunc(took, s.passed)
	}
	return took > 0
}

// broadcast pushes each millisecond for a span, and returns the ticks meanwhile.
func (s *stage) broadcast(span time.Duration) int64 {
	before := s.ticks.Load()
	for end := time.Now().Add(span); time.Now().Before(end); time.Sleep(time.Millisecond) {
		s.log.Add(1)
		s.pushed()
	}
	return s.ticks.Load() - before
}

// A server that can't keep the interval sends fewer windows, evenly, and comes back.
func TestRateOfWindowsFallsWithThePassAndComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		defer s.stop()
		for _, tt := range []struct {
			pass time.Duration
			want int64 // ticks in a second
		}{
			{2 * time.Millisecond, 100},
			{25 * time.Millisecond, 40},
			{100 * time.Millisecond, 10},
			{2 * time.Millisecond, 100},
		} {
			s.pass.Store(int64(tt.pass))
			s.broadcast(2 * time.Second) // the rate is measured over more than one
			if got := s.broadcast(time.Second); got < tt.want-2 || got > tt.want+2 {
				t.Errorf("passes of %v: %d ticks in a second, want %d", tt.pass, got, tt.want)
			}
			if rate, pass := s.measured(); rate < float64(tt.want)*0.7 || rate > float64(tt.want)*1.3 || pass != tt.pass {
				t.Errorf("passes of %v: measured %v ticks per second and passes of %v", tt.pass, rate, pass)
			}
		}
	})
}

func TestWhatIsPushedDuringAPassIsReadBehindIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		defer s.stop()
		s.pass.Store(int64(time.Second))
		s.log.Add(1)
		s.pushed()
		time.Sleep(500 * time.Millisecond)
		s.log.Add(1)
		s.pushed()
		synctest.Wait()
		if cut := s.cut.Load(); cut != 1 {
			t.Errorf("during the pass clients read up to %d", cut)
		}
		time.Sleep(501 * time.Millisecond)
		if cut := s.cut.Load(); cut != 2 {
			t.Errorf("behind it they read up to %d", cut)
		}
	})
}

func TestTimerRestsWhenNothingIsPushed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage()
		defer s.stop()
		s.broadcast(100 * time.Millisecond)
		before := s.ticks.Load()
		time.Sleep(time.Hour)
		if n := s.ticks.Load() - before; n > 1 { // the one that was armed
			t.Errorf("%d ticks in an hour", n)
		}
	})
}
