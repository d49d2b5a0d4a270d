package buffers

import (
	"testing"
	"time"
)

func TestPacerZeroValueDoesNotWait(t *testing.T) {
	var p Pacer
	p.Sent(time.Second)
	if got := p.Wait(time.Second); got != 0 {
		t.Errorf("wait %v", got)
	}
}

func TestPacerFlushHoldsUntilSent(t *testing.T) {
	var p Pacer
	p.Init(16 * time.Millisecond)
	p.Flush()
	p.Sent(0)
	if got := p.Wait(time.Millisecond); got != 15*time.Millisecond {
		t.Errorf("wait %v after a flushed window", got)
	}
	p.Flush()
	for range 2 {
		if got := p.Wait(2 * time.Millisecond); got != 0 {
			t.Errorf("wait %v after a flush", got)
		}
	}
}

func TestPacerInitForgetsLastWindow(t *testing.T) {
	var p Pacer
	p.Init(time.Second)
	p.Sent(0)
	p.Init(time.Minute)
	if got := p.Wait(0); got != 0 {
		t.Errorf("wait %v", got)
	}
}

func TestPacerKeepsItsRateWhenWindowsAreLate(t *testing.T) {
	var p Pacer
	p.Init(10 * time.Millisecond)
	p.Sent(0)
	ms := func(n int) time.Duration { return time.Duration(n) * time.Millisecond }
	for i, tt := range []struct{ sent, wait int }{
		{13, 7}, // 3 late
		{20, 10},
		{39, 1},  // 9 late
		{60, 10}, // 20 late: it begins anew
		{65, 10}, // early, by a flush
	} {
		p.Sent(ms(tt.sent))
		if got := p.Wait(ms(tt.sent)); got != ms(tt.wait) {
			t.Errorf("window %d: wait %v, want %dms", i, got, tt.wait)
		}
	}
}
