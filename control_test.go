package scenewire

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

func TestIntervalOfHints(t *testing.T) {
	for _, tt := range []struct {
		hints hints
		want  time.Duration
	}{
		{hints{}, 0},
		{hints{maxRate: 10}, 100 * time.Millisecond},
		{hints{maxRate: 0.01}, 10 * time.Second},
		{hints{maxRate: 1e-300}, 10 * time.Second},
		{hints{maxRate: 1e300}, 0},
		{hints{hidden: true}, time.Second},
		{hints{hidden: true, maxRate: 10}, time.Second},
		{hints{hidden: true, maxRate: 0.5}, 2 * time.Second},
	} {
		if got := tt.hints.interval(); got != tt.want {
			t.Errorf("%+v: %v, want %v", tt.hints, got, tt.want)
		}
	}
}

// windowsOf counts the windows in which the page gets what s broadcasts meanwhile.
func windowsOf(t *testing.T, p *page, broadcasts int) (windows int) {
	t.Helper()
	for i := range broadcasts {
		must(t, p.server.Broadcast(note{N: i}))
		time.Sleep(time.Millisecond)
	}
	end := p.server.log.Next()
	for p.ticket.Seq < end {
		if _, err := p.take(); err != nil {
			t.Fatal(err)
		}
		windows++
	}
	return windows
}

func TestHiddenPageGetsFewWindows(t *testing.T) {
	s := serve(t, func(o *Options) { o.WindowInterval, o.MaxWindowMessages = time.Millisecond, 1000 })
	p := openPage(t, s)
	c := clientOf(t, s, 0)
	awaitInterval := func(want time.Duration) {
		eventually(t, "the hint arrives", func() bool { return c.interval.Load() == int64(want) })
	}
	p.tell(t, `{"hidden":true}`)
	awaitInterval(time.Second)
	if n := windowsOf(t, p, 100); n > 3 {
		t.Errorf("%d windows while it is hidden", n)
	}
	p.tell(t, `{"hidden":false}`)
	awaitInterval(0)
	if n := windowsOf(t, p, 100); n < 5 {
		t.Errorf("%d windows when it is seen again", n)
	}
	p.tell(t, `{"maxRate":1}`)
	awaitInterval(time.Second)
	must(t, s.Broadcast(note{N: 1}))
	p.catchUp(t)
	must(t, s.Broadcast(note{N: 2}))
	must(t, c.Send(note{N: 3}))
	go func() { _ = s.Shutdown(t.Context()) }() // which nobody is held back from
	end := s.log.Next()
	p.until(t, "the rest", func() bool { return p.ticket.Seq == end && len(p.ownNotes) == 1 })
}

func TestHintForSingleFrames(t *testing.T) {
	s := serve(t, nil)
	p := openPage(t, s)
	p.tell(t, `{"singleFrame":true}`)
	eventually(t, "the hint arrives", clientOf(t, s, 0).singleFrame.Load)
	must(t, s.Broadcast(note{N: 1, Text: strings.Repeat("large ", packBytes)}))
	_, payload, err := p.Message()
	must(t, err)
	if n := zstdFrames(payload[8:]); n != 1 {
		t.Errorf("a window of %d zstd frames", n)
	}
}

func TestPageFiltersItsEchoes(t *testing.T) {
	s := serve(t, nil)
	p, q := openPage(t, s), openPage(t, s)
	for i := range 2 {
		c := clientOf(t, s, i)
		[]*page{p, q}[i].tell(t, `{"echoes":true}`)
		eventually(t, "the hint arrives", c.echoes.Load)
	}
	large := strings.Repeat("large ", packBytes) // a window of segments
	for i, text := range []string{"", large} {
		built := s.framesBuilt.Load()
		must(t, s.Atomic(func(b *Batch) error {
			must(t, b.Broadcast(note{N: 10*i + 1, Text: text}))
			must(t, b.BroadcastExcept(ClientID(p.hello.Client), note{N: 10*i + 2}))
			return b.BroadcastExcept(ClientID(q.hello.Client), note{N: 10*i + 3})
		}))
		p.catchUp(t)
		q.catchUp(t)
		if n := s.framesBuilt.Load() - built; n != 1 {
			t.Errorf("%d frames for two who filter by themselves", n)
		}
	}
	if !slices.Equal(p.notes, []int{1, 3, 11, 13}) || !slices.Equal(q.notes, []int{1, 2, 11, 12}) {
		t.Errorf("%v and %v", p.notes, q.notes)
	}
}

// pong reads windows up to the next pong, and returns its number.
func pong(t *testing.T, p *page) uint64 {
	t.Helper()
	for {
		e, err := p.take()
		must(t, err)
		if e.Pong > 0 {
			if len(e.Messages) > 0 || e.Epoch > 0 || e.Own > 0 || e.Reset {
				t.Errorf("a pong has %+v", e)
			}
			return e.Pong
		}
	}
}

func TestPingsAreAnsweredAtOnce(t *testing.T) {
	s := serve(t, func(o *Options) { o.WindowInterval = time.Hour })
	p := openPage(t, s)
	p.tell(t, `{"ping":1}`)
	if got := pong(t, p); got != 1 {
		t.Errorf("ping 1: %d", got)
	}
	must(t, s.Broadcast(note{N: 1}))
	p.catchUp(t)
	must(t, s.Broadcast(note{N: 2})) // waits for the interval
	p.tell(t, `{"ping":2,"hidden":true,"maxRate":0.1}`)
	p.tell(t, `{"ping":0}`)
	p.tell(t, `{"ping":9007199254740991}`)
	for got := pong(t, p); got != wsproto.MaxInteger; got = pong(t, p) {
		if got != 2 {
			t.Fatalf("a ping that wasn't sent: %d", got)
		}
	}
	if !slices.Equal(p.notes, []int{1}) {
		t.Errorf("the page has notes %v", p.notes)
	}
	s.Flush()
	must(t, s.Broadcast(note{N: 3}))
	p.tell(t, `{"hidden":false,"maxRate":0}`)
	s.Flush()
	p.catchUp(t)
	if !slices.Equal(p.notes, []int{1, 2, 3}) || p.resets != 1 {
		t.Errorf("behind the pongs the page has notes %v, %d resets", p.notes, p.resets)
	}
}

func TestPingsOfClientsThatDoNotComeBackAreAnswered(t *testing.T) {
	s := serve(t, nil)
	p := &page{viewer: joinWith(t, s), server: s}
	p.tell(t, `{"ping":7}`)
	if got := pong(t, p); got != 7 {
		t.Errorf("ping 7: %d", got)
	}
}

func TestResyncSendsWhatHasChangedSince(t *testing.T) {
	s := serve(t, nil)
	p := openPage(t, s)
	for i := range 10 {
		must(t, s.Broadcast(note{N: i}))
	}
	p.catchUp(t)
	for _, tt := range []struct {
		seq    uint64
		resets int
		notes  []int
	}{
		{7, 1, []int{7, 8, 9}},
		{10, 1, nil},
		{0, 2, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		{11, 3, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}}, // it hasn't come yet
		{wsproto.MaxInteger, 4, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
	} {
		p.notes = nil
		p.tell(t, `{"resync":%d}`, tt.seq)
		e, err := p.take()
		must(t, err)
		if !e.Resync || len(e.Messages) > 0 || e.Reset != (e.Seq == 0) || e.Seq != 0 && e.Seq != tt.seq {
			t.Errorf("resync %d is answered by %+v", tt.seq, e)
		}
		p.catchUp(t)
		if p.resets != tt.resets || !slices.Equal(p.notes, tt.notes) {
			t.Errorf("resync %d: %d resets, %v", tt.seq, p.resets, p.notes)
		}
	}
	if n := s.Stats().Resumes["in_band"]; n != 3 {
		t.Errorf("%d resets in band are counted", n)
	}
}

// A transient broadcast that was under way when the connection broke isn't dropped
// because the server has sent it.
func TestTransientsUnderWayComeAgain(t *testing.T) {
	s := serve(t, nil)
	p := openPage(t, s)
	c := clientOf(t, s, 0)
	must(t, s.Broadcast(note{N: 1}))
	p.catchUp(t)
	p.tell(t, `{"seq":%d}`, p.ticket.Seq)
	must(t, s.BroadcastTransient(note{N: 2}))
	eventually(t, "it is sent", func() bool { return c.cursor.Load() == s.log.Next() })
	s.log.Expire(s.loop.Now(), c.settled(s.loop.Now()))
	p.comeBack(t)
	p.catchUp(t)
	if !slices.Equal(p.notes, []int{1, 2}) {
		t.Errorf("got %v", p.notes)
	}
	p.tell(t, `{"seq":%d}`, p.ticket.Seq)
	eventually(t, "it needn't be kept", func() bool { return c.settled(s.loop.Now()) == s.log.Next() })
}

func TestConfirmationsOfWhatWasNotSent(t *testing.T) {
	s := serve(t, nil)
	p := openPage(t, s)
	c := clientOf(t, s, 0)
	must(t, c.Send(note{N: 1}))
	p.until(t, "its message", func() bool { return p.ticket.Own == 1 })
	p.tell(t, `{"seq":%d,"own":%d}`, wsproto.MaxInteger, wsproto.MaxInteger)
	p.tell(t, `{"own":0,"seq":0,"unknown":[{}]}`)
	must(t, c.Send(note{N: 2}))
	p.until(t, "its next message", func() bool { return p.ticket.Own == 2 })
	p.comeBack(t)
	if p.hello.Resumed != "client" || s.Stats().BadMessages["control"] != 0 {
		t.Errorf("%+v, %v", p.hello, s.Stats().BadMessages)
	}
	if got := c.settled(s.loop.Now()); got > s.log.Next() {
		t.Errorf("settled at %d", got)
	}
}

func TestVersionPolicies(t *testing.T) {
	even := func(client, server Version) bool {
		return client.Family == "scenewire" && client.Number == "2" && server.Number == "1"
	}
	for _, tt := range []struct {
		name     string
		protocol Protocol
		offers   []string
		refusal  string
	}{
		{"no version is asked for", Protocol{}, []string{Subprotocol}, ""},
		{"any version", Protocol{}, []string{Subprotocol, "scenewire.version.7"}, ""},
		{"the same", Protocol{Version: "1"}, []string{Subprotocol, "scenewire.version.1"}, ""},
		{"another", Protocol{Version: "1"}, []string{Subprotocol, "scenewire.version.2"}, "Version mismatch. Client: 2, Server: 1"},
		{"none", Protocol{Version: "1"}, []string{Subprotocol}, "Version mismatch. Client: none, Server: 1"},
		{"viser's is its own", Protocol{Version: "1"}, []string{"viser-v1.0.21"}, ""},
		{"same wire, ours", Protocol{Version: "1", Policy: SameWire}, []string{Subprotocol, "scenewire.version.2"}, ""},
		{"same wire, viser's", Protocol{ViserVersion: "1.0.21", Policy: SameWire}, []string{"viser-v1.0.17"}, ""},
		{"another wire, viser's", Protocol{ViserVersion: "1.0.21", Policy: SameWire}, []string{"viser-v1.0.16"}, "Version mismatch. Client: 1.0.16, Server: 1.0.21"},
		{"exact, viser's", Protocol{ViserVersion: "1.0.21", Policy: ExactVersion}, []string{"viser-v1.0.17"}, "Version mismatch. Client: 1.0.17, Server: 1.0.21"},
		{"an own one that says yes", Protocol{Version: "1", Policy: even}, []string{Subprotocol, "scenewire.version.2"}, ""},
		{"an own one that says no", Protocol{Version: "1", Policy: even}, []string{Subprotocol, "scenewire.version.1"}, "Version mismatch. Client: 1, Server: 1"},
		{"an own one without a version", Protocol{Policy: even}, []string{"viser-v1.0.0"}, "Version mismatch. Client: 1.0.0, Server: none"},
		{"no subprotocol", Protocol{Version: "1", ViserVersion: "1.0.21", Policy: even}, nil, ""},
	} {
		if got := tt.protocol.agree(tt.offers).refusal; got != tt.refusal {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.refusal)
		}
	}
}

func TestVersionIsAskedForBeforeASessionIsLookedFor(t *testing.T) {
	s := serve(t, func(o *Options) { o.Protocol.Version = "1" })
	p := openPage(t, s, "scenewire.version.1")
	p.drop()
	eventually(t, "it is kept", func() bool { return s.suspendedNow() == 1 })
	q := join(t, s)
	if closed, err := q.AwaitClose(); err != nil || closed.Code != wsproto.CloseProtocolError {
		t.Errorf("without a version: %v, %v", closed, err)
	}
	p.offers = []string{"scenewire.version.2"}
	v := joinWith(t, s, p.token(), "scenewire.version.2")
	if closed, err := v.AwaitClose(); err != nil || closed.Reason != "Version mismatch. Client: 2, Server: 1" {
		t.Errorf("another version: %v, %v", closed, err)
	}
	p.offers = []string{"scenewire.version.1"}
	p.comeBack(t)
	if p.hello.Resumed != "client" {
		t.Errorf("%+v", p.hello)
	}
}

func TestUnconfirmedWindowsAreBounded(t *testing.T) {
	var u unconfirmed
	for i := range maxUnconfirmedWindows + 10 {
		if end := u.add(ownEntries(1, 10)); end != uint64(i+1) {
			t.Fatalf("window %d ends at %d", i, end)
		}
	}
	if len(u.windows) != maxUnconfirmedWindows || u.base != 10 || u.has(9) || !u.has(10) || !u.has(11) {
		t.Errorf("%d windows from %d on", len(u.windows), u.base)
	}
	u.add(ownEntries(3, maxUnconfirmedBytes/3))
	u.add(ownEntries(1, 2*maxUnconfirmedBytes))
	if u.bytes != 0 || u.windows != nil || u.waits() || u.end() != u.base {
		t.Errorf("%d bytes in %d windows from %d to %d", u.bytes, len(u.windows), u.base, u.end())
	}
}

func TestUnconfirmedWindowsAreSentAgainAsTheyWere(t *testing.T) {
	var u unconfirmed
	for n := range 4 {
		u.add(ownEntries(n+1, 10)) // they end at 1, 3, 6, 10
	}
	u.confirm(2) // half a window isn't confirmed
	u.confirm(1)
	var got []string
	rest := func() {
		for w, ok := u.again(); ok; w, ok = u.again() {
			got = append(got, fmt.Sprint(len(w.entries), "→", w.end))
		}
		got = append(got, "")
	}
	rest()
	u.rewind(3)
	rest()
	u.rewind(3)
	u.again()
	u.confirm(10) // what wasn't sent again yet can't be confirmed
	rest()
	u.rewind(10)
	rest()
	want := []string{"", "3→6", "4→10", "", "4→10", "", ""}
	if !slices.Equal(got, want) || u.base != 10 || u.bytes != 0 {
		t.Errorf("got %q from %d on", got, u.base)
	}
}
