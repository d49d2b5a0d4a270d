package buffers

import (
	"math/rand/v2"
	"testing"
)

func compareLiveSet(t *testing.T, s *liveSet, marks []bool) {
	t.Helper()
	want := -1
	for i := len(marks) + 200; i >= 0; i-- {
		if i < len(marks) && marks[i] {
			want = i
		}
		if got := s.next(i); got != want {
			t.Fatalf("next(%d) = %d, want %d", i, got, want)
		}
	}
}

func TestLiveSetFindsNext(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 63, 64, 65, 4096, 4097, 300_000} {
		var s liveSet
		marks := make([]bool, n)
		for i := range marks {
			s.add(i)
			marks[i] = true
		}
		compareLiveSet(t, &s, marks)
		for i := range marks { // long empty runs, over every level
			if rng.IntN(100_000) != 0 {
				s.remove(i)
				marks[i] = false
			}
		}
		compareLiveSet(t, &s, marks)
	}
}

func TestLiveSetFill(t *testing.T) {
	var s liveSet
	for i := range 300_000 {
		s.add(i)
	}
	for _, n := range []int{200_000, 4097, 65, 64, 1, 0} {
		s.fill(n)
		marks := make([]bool, n)
		for i := range marks {
			marks[i] = true
		}
		compareLiveSet(t, &s, marks)
		s.add(n)
		compareLiveSet(t, &s, append(marks, true))
	}
	if words := cap(s.levels[0]); words > 128 {
		t.Errorf("an emptied set keeps %d words", words)
	}
}

func TestLiveSetAddsBehindFill(t *testing.T) {
	var s liveSet
	marks := make([]bool, 0, 500)
	for i := range 500 {
		s.add(i)
	}
	s.fill(70)
	for i := range 500 {
		marks = append(marks, i < 70)
		if i >= 70 {
			s.add(i)
			marks[i] = true
		}
	}
	compareLiveSet(t, &s, marks)
}
