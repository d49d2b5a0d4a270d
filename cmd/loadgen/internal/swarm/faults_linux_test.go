package swarm

import (
	"net"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// part is a window that a server sends, or something that it shouldn't.
type part func(dst []byte) []byte

func body(m messages.Message) []byte {
	b, err := wire.NewRegistry().Append(nil, m)
	if err != nil {
		panic(err)
	}
	return b
}

func change(id uint32, version uint64) []byte {
	return body(wire.Object{ID: id, Version: version, Data: wire.NewFiller(0, 1).Data(50, machine.Monotonic())})
}

func tick(n uint64) []byte { return body(wire.Tick{N: n}) }

func payload(h wsproto.Head, bodies ...[]byte) []byte {
	if h.TimestampSec == 0 {
		h.TimestampSec = 1
	}
	return wsproto.AppendSceneWindow(nil, bodies, &h, nil)
}

func sends(h wsproto.Head, bodies ...[]byte) part {
	return func(dst []byte) []byte { return wsproto.AppendFrame(dst, wsproto.OpBinary, payload(h, bodies...)) }
}

// seq is a window of the log.
func seq(n uint64, bodies ...[]byte) part { return sends(wsproto.Head{Epoch: 5, Seq: n}, bodies...) }

func own(n uint64, bodies ...[]byte) part { return sends(wsproto.Head{Own: n}, bodies...) }

func closes(code wsproto.CloseCode, reason string) part {
	return func(dst []byte) []byte { return wsproto.AppendClose(dst, code, reason) }
}

func bytesOf(b ...byte) part { return func(dst []byte) []byte { return append(dst, b...) } }

func TestFaultsAreFound(t *testing.T) {
	echo := func(client uint32, n uint64) []byte { return body(wire.Echo{Client: client, N: n}) }
	corrupt := func(dst []byte) []byte {
		p := payload(wsproto.Head{Epoch: 5, Seq: 9}, change(1, 1))
		p[0]++ // the size when decompressed
		return wsproto.AppendFrame(dst, wsproto.OpBinary, p)
	}
	for name, c := range map[string]struct {
		sent  []part
		count func(*GroupStats) int64
		want  int64
		what  string // in the first fault; "": there is none
	}{
		"nothing wrong": {
			[]part{seq(1, change(1, 1), tick(1)), own(1, echo(0, 1)), seq(2, change(1, 2), tick(2)), own(2, echo(0, 4))},
			func(g *GroupStats) int64 { return g.Windows }, 4, "",
		},
		"sequence goes back":     {[]part{seq(2), seq(3, change(1, 1)), seq(2, change(2, 1))}, disorder, 1, "goes back from 3 to 2"},
		"sequence twice":         {[]part{seq(3, change(1, 1)), seq(3, change(2, 1))}, duplicates, 1, "3 comes a second time"},
		"window twice":           {[]part{seq(3, change(1, 1)), seq(3, change(1, 1))}, duplicates, 1, "a second time"},
		"epoch without a reset":  {[]part{seq(3), sends(wsproto.Head{Epoch: 6, Seq: 4})}, disorder, 1, "the epoch changes from 5 to 6"},
		"epoch with a reset":     {[]part{seq(3), sends(wsproto.Head{Epoch: 6, Seq: 1, Reset: true}, change(1, 1))}, disorder, 0, ""},
		"missing tick":           {[]part{seq(1, tick(1)), seq(2, tick(4))}, func(g *GroupStats) int64 { return g.Gaps }, 2, "2 ticks behind 1 are missing"},
		"missing tick, inside":   {[]part{seq(1, tick(1), tick(3))}, func(g *GroupStats) int64 { return g.Gaps }, 1, "1 ticks"},
		"tick twice":             {[]part{seq(1, tick(1)), seq(2, tick(1))}, duplicates, 1, "ticks 1 to 1 come a second time"},
		"ticks out of order":     {[]part{seq(1, tick(3)), seq(2, tick(2), tick(4))}, disorder, 1, "tick 2 comes behind 3"},
		"ticks, inside":          {[]part{seq(1, tick(3), tick(2))}, disorder, 1, "the ticks from 3 to 3 aren't in order"},
		"version goes back":      {[]part{seq(1, change(7, 2)), seq(2, change(7, 1))}, disorder, 2, "object 7 has version 1"}, // it is watched, too
		"version, inside":        {[]part{seq(1, change(7, 2), change(7, 1))}, disorder, 2, "object 7 has version 1"},
		"time goes back":         {[]part{sends(wsproto.Head{TimestampSec: 5}), sends(wsproto.Head{TimestampSec: 4})}, disorder, 1, "time goes back from 5 s to 4 s"},
		"own messages missing":   {[]part{own(1, echo(0, 1)), own(3, echo(0, 2))}, disorder, 1, "is 3 after 1 messages, not 2"},
		"own messages twice":     {[]part{own(1, echo(0, 1)), own(1, echo(0, 2))}, duplicates, 1, "own message 1 comes a second time"},
		"echo twice":             {[]part{own(2, echo(0, 1), echo(0, 1))}, duplicates, 1, "echo 1 comes a second time"},
		"echoes out of order":    {[]part{own(2, echo(0, 2), echo(0, 1))}, disorder, 1, "echo 1 comes behind 2"},
		"echo of another client": {[]part{own(1, echo(8, 1))}, disorder, 1, "an echo of client 8"},
		"own pointer":            {[]part{seq(1, body(wire.Pointer{Client: 3}), body(wire.Pointer{Client: 0}))}, func(g *GroupStats) int64 { return g.Mirrored }, 1, "its own pointer"},
		"pong of no ping":        {[]part{sends(wsproto.Head{Pong: 3})}, disorder, 1, "pong 3, of 0 pings"},
		"corrupt window":         {[]part{corrupt, corrupt}, func(g *GroupStats) int64 { return g.Corrupt }, 2, "can't be read"},
		"no window":              {[]part{bytesOf(0x82, 3, 'a', 'b', 'c')}, func(g *GroupStats) int64 { return g.Corrupt }, 1, "can't be read"},
		"no maps":                {[]part{seq(1, []byte{0x93, 1, 2, 3})}, func(g *GroupStats) int64 { return g.Corrupt }, 1, "can't be read"},
		"masked":                 {[]part{bytesOf(0x82, 0x80, 1, 2, 3, 4)}, protocol, 1, "a masked frame"},
		"reserved bits":          {[]part{bytesOf(0xc2, 0)}, protocol, 1, "reserved bits"},
		"reserved opcode":        {[]part{bytesOf(0x83, 0)}, protocol, 1, "reserved opcode 3"},
		"fragmented ping":        {[]part{bytesOf(0x09, 0)}, protocol, 1, "control frame"},
		"continuation":           {[]part{bytesOf(0x80, 0)}, protocol, 1, "continuation of no message"},
		"message in a message":   {[]part{bytesOf(0x02, 0, 0x82, 0)}, protocol, 1, "inside of a fragmented one"},
		"frame of 2^62 bytes":    {[]part{bytesOf(0x82, 127, 0x40, 0, 0, 0, 0, 0, 0, 0)}, protocol, 1, "a frame of"},
		"close frame":            {[]part{closes(1013, "full")}, func(g *GroupStats) int64 { return g.Closed[1013] }, 1, "1013 try again later: full"},
		"close without a code":   {[]part{bytesOf(0x88, 0)}, func(g *GroupStats) int64 { return g.Closed[1005] }, 1, "1005"},
	} {
		t.Run(name, func(t *testing.T) {
			url := rogue(t, func(conn net.Conn) {
				var stream []byte
				for _, p := range c.sent {
					stream = p(stream)
				}
				stream = wsproto.AppendFrame(stream, wsproto.OpPing, []byte("done"))
				_, _ = conn.Write(stream)
			})
			f := newFleet(t, Options{URL: url, PingInterval: -1})
			add(t, f, Group{Name: "one", Clients: 1, Subprotocol: SubprotocolScenewire})
			got := await(t, f, "the end", func(s *Stats) bool {
				g := s.Groups["one"]
				return g.SentBytes > 0 || g.Open == 0 // it has answered the ping
			})
			if n := c.count(got.Groups["one"]); n != c.want {
				t.Errorf("found %d times, not %d: %+v", n, c.want, got.Faults)
			}
			switch {
			case c.what == "" && len(got.Faults) > 0:
				t.Errorf("faults: %+v", got.Faults)
			case c.what != "" && (len(got.Faults) == 0 || !strings.Contains(got.Faults[0].What, c.what)):
				t.Errorf("faults: %+v, want %q", got.Faults, c.what)
			}
		})
	}
}

func disorder(g *GroupStats) int64   { return g.Disorder }
func duplicates(g *GroupStats) int64 { return g.Duplicates }
func protocol(g *GroupStats) int64   { return g.Protocol }

// TestFramesComeInPieces sends the same to several clients, each of which gets it cut
// elsewhere.
func TestFramesComeInPieces(t *testing.T) {
	const clients = 20
	big := wire.NewFiller(0, 1).Data(3<<20, machine.Monotonic())
	var stream []byte
	stream = seq(1, change(1, 1), tick(1))(stream)
	stream = wsproto.AppendFrame(stream, wsproto.OpPing, []byte("a ping"))
	stream = seq(2, body(wire.Object{ID: 2, Version: 1, Data: big}), tick(2))(stream)
	split := payload(wsproto.Head{Epoch: 5, Seq: 3}, change(1, 2), tick(3))
	stream = append(wsproto.AppendHeader(stream, wsproto.OpBinary, false, 10), split[:10]...)
	stream = wsproto.AppendFrame(stream, wsproto.OpPing, []byte("inside"))
	stream = wsproto.AppendHeader(stream, wsproto.OpContinuation, false, 0)
	stream = append(wsproto.AppendHeader(stream, wsproto.OpContinuation, true, len(split)-10), split[10:]...)
	stream = seq(4, tick(4))(stream)

	sizes := make(chan int, clients)
	for i := range clients {
		sizes <- []int{1, 3, 7, 1000, 65536, 1 << 30}[i%6]
	}
	url := rogue(t, func(conn net.Conn) {
		small := <-sizes
		for i := 0; i < len(stream); {
			n := min(small, len(stream)-i)
			if i > 2000 && small < 1000 && len(stream)-i > 2000 {
				n = min(n*10_007, len(stream)-i-1500) // through the big one
			}
			if _, err := conn.Write(stream[i : i+n]); err != nil {
				return
			}
			i += n
		}
	})
	f := newFleet(t, Options{URL: url, PingInterval: -1})
	add(t, f, Group{Name: "all", Clients: clients, Subprotocol: SubprotocolScenewire, Watch: clients})
	got := await(t, f, "all windows", func(s *Stats) bool { return s.Groups["all"].Windows == 4*clients })
	clean(t, got)
	if n := got.Groups["all"].Messages; n != 7*clients {
		t.Errorf("%d messages", n)
	}
	awaitStates(t, f, clients, 2)
}

// TestContentsAreHeldOnce has readers of two contents that begin alike take them in turn.
func TestContentsAreHeldOnce(t *testing.T) {
	var left []*content
	cs := contents{bySize: make(map[int][]*content), left: func(c *content) { left = append(left, c) }}
	one, other := []byte("the same, and then one"), []byte("the same, and then two")
	take := func(whole []byte, sizes ...int) *content {
		var c *content
		off := 0
		for _, n := range append(sizes, len(whole)) {
			part := whole[off:min(off+n, len(whole))]
			if len(part) == 0 {
				continue
			}
			if c == nil {
				c = cs.find(len(whole), nil, part)
			}
			if c == nil {
				c = cs.add(len(whole), nil, part)
			} else {
				c = cs.take(c, off, part)
			}
			off += len(part)
		}
		return c
	}
	a, b := take(one, 3, 4), take(other, 1, 20)
	if string(a.buf) != string(one) || string(b.buf) != string(other) {
		t.Fatalf("%q, %q", a.buf, b.buf)
	}
	for range 3 {
		if take(one, 5) != a || take(other, 2, 2) != b {
			t.Error("the same is held twice")
		}
	}
	for i := range maxContents {
		cs.add(100, nil, []byte{byte(i), byte(i >> 8)})
	}
	if len(left) != 2 || left[0] != a || left[1] != b {
		t.Errorf("%d have left", len(left))
	}
}

// TestClientsConfirmWhatTheyHave reads what a client tells the server once a second.
func TestClientsConfirmWhatTheyHave(t *testing.T) {
	told := make(chan string, 1)
	url := rogue(t, func(conn net.Conn) {
		_, _ = conn.Write(own(1, body(wire.Echo{N: 1}))(seq(7, change(1, 1))(nil)))
		var parser wsproto.Parser
		parser.Init(wsproto.Server, 0)
		buf := make([]byte, 4096)
		for {
			n, err := conn.Read(buf)
			if err != nil {
				return
			}
			if event, _, _ := parser.Next(buf[:n]); event.Opcode == wsproto.OpText {
				told <- string(event.Payload)
				return
			}
		}
	})
	f := newFleet(t, Options{URL: url, PingInterval: -1})
	add(t, f, Group{Name: "one", Clients: 1, Subprotocol: SubprotocolScenewire, Resume: true})
	if got, want := <-told, `{"seq":7,"own":1}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
