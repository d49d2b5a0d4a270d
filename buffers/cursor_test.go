package buffers

import "testing"

func TestCursorIsLiveOnceItReachedThePreviousTick(t *testing.T) {
	tests := []struct {
		name        string
		ends        []uint64 // ends of the log at the ticks
		reached     []uint64 // where the reader stands after each of them
		live        bool     // at the last tick
		lag         uint64   // behind the last end
		cursorStart uint64
	}{
		{name: "new reader of an empty log", ends: []uint64{0}, live: true},
		{name: "new reader of a full log", ends: []uint64{9}, lag: 9},
		{name: "caught up", ends: []uint64{9, 12}, reached: []uint64{9}, live: true, lag: 3},
		{name: "half way", ends: []uint64{9, 12}, reached: []uint64{4}, lag: 8},
		{name: "fell behind", ends: []uint64{3, 6, 9}, reached: []uint64{3, 5}, lag: 4},
		{name: "resumed at the end", ends: []uint64{9}, cursorStart: 9, live: true},
		{name: "resumed before the end", ends: []uint64{9}, cursorStart: 8, lag: 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := ResumeAt(tt.cursorStart, 0)
			for i, end := range tt.ends {
				c.Tick(end)
				if i < len(tt.reached) {
					c.Advance(Window{From: c.Seq(), To: tt.reached[i]})
				}
			}
			last := tt.ends[len(tt.ends)-1]
			if c.Live() != tt.live || c.Lag(last) != tt.lag {
				t.Errorf("live %v, lag %d; want %v, %d", c.Live(), c.Lag(last), tt.live, tt.lag)
			}
			want := WindowRequest{From: c.Seq(), To: last, Reader: 5, Live: tt.live}
			if got := c.Request(5); got != want {
				t.Errorf("request %+v, want %+v", got, want)
			}
		})
	}
}

func TestCursorRefusesForeignWindow(t *testing.T) {
	for _, w := range []Window{{From: 4, To: 6}, {From: 2, To: 6}, {From: 3, To: 2}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("[%d,%d) applied at 3", w.From, w.To)
				}
			}()
			c := ResumeAt(3, 0)
			c.Advance(w)
		}()
	}
}

func TestCursorTellsWhenItsReaderJoined(t *testing.T) {
	c := JoinAt(9)
	c.Tick(7) // the cut of a tick before
	c.Tick(12)
	want := WindowRequest{To: 12, Reader: 5, Joined: 9, FirstCut: 7}
	if got := c.Request(5); got != want {
		t.Errorf("request %+v, want %+v", got, want)
	}
	shared := WindowRequest{To: 12, Reader: NoReader, Joined: ^uint64(0), FirstCut: ^uint64(0)}
	if got := c.Request(5).Shared(); got != shared {
		t.Errorf("shared request %+v, want %+v", got, shared)
	}
	for minJoined, may := range map[uint64]bool{0: true, 7: true, 8: false} {
		if got := c.Request(5).MayShare(minJoined, nil); got != may {
			t.Errorf("MinJoined %d: may share %v", minJoined, got)
		}
	}
	if c.Request(5).MayShare(0, []uint64{2, 5}) {
		t.Error("an excluded reader may share")
	}
	c.Advance(Window{To: 9})
	want = WindowRequest{From: 9, To: 12, Reader: 5}
	if got := c.Request(5); got != want {
		t.Errorf("request %+v once it has passed, want %+v", got, want)
	}
}

func TestCursorThatResumesJoinedWhenItDid(t *testing.T) {
	c := ResumeAt(3, 9)
	c.Tick(12)
	if c.Live() {
		t.Error("it is live, and has to catch up")
	}
	want := WindowRequest{From: 3, To: 12, Reader: 5, Joined: 9}
	if got := c.Request(5); got != want {
		t.Errorf("request %+v, want %+v", got, want)
	}
	c.Advance(Window{From: 3, To: 12})
	c.Tick(12)
	if want = (WindowRequest{From: 12, To: 12, Reader: 5, Live: true}); c.Request(5) != want {
		t.Errorf("request %+v once it has caught up, want %+v", c.Request(5), want)
	}
}

func TestCursorThatGoesBackHasSeenMore(t *testing.T) {
	c := ResumeAt(0, 0)
	c.Tick(8)
	c.Advance(Window{To: 8})
	for range 2 {
		c.Back(3, 0)
		c.Tick(12)
		want := WindowRequest{From: 3, To: 12, Reader: 5, Seen: 8}
		if got := c.Request(5); got != want || got.MayShare(0, nil) {
			t.Errorf("request %+v, want %+v, which shares nothing", got, want)
		}
		c.Advance(Window{From: 3, To: 6})
	}
	c.Advance(Window{From: 6, To: 8})
	if want := (WindowRequest{From: 8, To: 12, Reader: 5}); c.Request(5) != want {
		t.Errorf("request %+v behind what it had, want %+v", c.Request(5), want)
	}
}

func TestReaderThatWentBackGetsTheRemovalOfWhatItMayHaveSeen(t *testing.T) {
	l := NewLog(LogLimits{})
	for _, e := range []Entry{{Key: "a"}, {Key: "b"}, {Key: "b", Removal: true}} {
		e.Except = NoReader
		if _, err := l.Push(e); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		seen    uint64
		entries int
	}{{0, 0}, {1, 0}, {2, 1}} {
		w := l.Window(nil, WindowRequest{From: 1, To: 3, Reader: 5, Seen: tt.seen})
		if len(w.Entries) != tt.entries {
			t.Errorf("has seen up to %d: %d entries, want %d", tt.seen, len(w.Entries), tt.entries)
		}
	}
}
