package record

import (
	"testing"
	"time"
)

func TestKeyframePolicyIsDue(t *testing.T) {
	const second = time.Second
	for name, test := range map[string]struct {
		p     keyframePolicy
		after time.Duration
		state int64
		want  bool
	}{
		"all holds":                  {keyframePolicy{10 * second, day, minTail}, 10 * second, 0, true},
		"too early":                  {keyframePolicy{10 * second, day, minTail}, 10*second - 1, 0, false},
		"too little came":            {keyframePolicy{10 * second, day, minTail - 1}, time.Hour, 0, false},
		"less came than is live":     {keyframePolicy{10 * second, day, 5 * minTail}, time.Hour, 5*minTail + 1, false},
		"as much came as is live":    {keyframePolicy{10 * second, day, 5 * minTail}, time.Hour, 5 * minTail, true},
		"there is none yet":          {keyframePolicy{10 * second, time.Time{}, minTail}, time.Hour, 0, false},
		"they are switched off":      {keyframePolicy{-1, day, minTail}, time.Hour, 0, false},
		"the clock was turned back":  {keyframePolicy{10 * second, day, minTail}, -time.Hour, 0, false},
		"as soon as there is enough": {keyframePolicy{0, day, minTail}, 0, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.p.due(day.Add(test.after), test.state); got != test.want {
				t.Errorf("due is %v", got)
			}
		})
	}
}

// TestKeyframePolicyAtMostDoublesAFile lets things of any size happen, with a state that
// grows and shrinks.
func TestKeyframePolicyAtMostDoublesAFile(t *testing.T) {
	p := keyframePolicy{interval: 10 * time.Second}
	p.wrote(day)
	var steps, keyframes int64
	for i := range int64(10_000) {
		size := i * i % 300_007
		steps += size
		p.passed(size)
		now := day.Add(time.Duration(i) * 100 * time.Millisecond)
		if state := i % 1000 * 10_000; p.due(now, state) {
			keyframes += state
			p.wrote(now)
		}
	}
	if keyframes > steps || keyframes == 0 {
		t.Errorf("%d bytes of keyframes for %d of steps", keyframes, steps)
	}
}
