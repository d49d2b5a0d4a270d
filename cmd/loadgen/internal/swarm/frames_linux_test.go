package swarm

import (
	"testing"

	"github.com/scenewire/scenewire/wsproto"
)

// FuzzFrames has a client take any bytes, cut at two places, as wsproto's Parser does.
func FuzzFrames(f *testing.F) {
	var stream []byte
	stream = seq(1, change(1, 1), tick(1))(stream)
	stream = wsproto.AppendFrame(stream, wsproto.OpPing, []byte("ping"))
	stream = append(wsproto.AppendHeader(stream, wsproto.OpBinary, false, 3), "abc"...)
	stream = wsproto.AppendFrame(stream, wsproto.OpPong, nil)
	stream = append(wsproto.AppendHeader(stream, wsproto.OpContinuation, true, 2), "de"...)
	stream = wsproto.AppendFrame(stream, wsproto.OpText, []byte("text"))
	f.Add(stream, uint(3), uint(150))
	f.Add(closes(1000, "")(stream), uint(200), uint(201))
	f.Add([]byte{0x82, 127, 0, 0, 0, 0, 0, 0, 0, 1, 7}, uint(1), uint(5))
	f.Fuzz(func(t *testing.T, stream []byte, first, second uint) {
		var parser wsproto.Parser
		parser.Init(wsproto.Client, maxMessageBytes)
		want, valid := int64(0), true
		for in := append([]byte(nil), stream...); len(in) > 0; {
			event, n, err := parser.Next(in)
			if valid = err == nil; !valid || event.Opcode == wsproto.OpClose {
				break
			}
			in = in[n:]
			if event.Opcode == wsproto.OpText || event.Opcode == wsproto.OpBinary {
				want++
			}
		}
		s := &Swarm{options: (&Options{}).withDefaults()}
		th, err := newThread(s)
		if err != nil {
			t.Fatal(err)
		}
		defer th.closeAll()
		c := &client{group: newGroup(Group{Name: "one"}, 0), fd: -1, phase: phaseOpen}
		th.counts = []*GroupStats{{}}
		a := min(first, uint(len(stream)))
		b := max(a, min(second, uint(len(stream))))
		for _, part := range [][]byte{stream[:a], stream[a:b], stream[b:]} {
			if err = th.feed(c, part, 1); err != nil {
				break
			}
		}
		// The Parser checks more: text, close frames and the shortest form of lengths.
		if got := th.counts[0].Frames; valid && got != want || got < want {
			t.Errorf("%d messages, not %d; %v", got, want, err)
		}
	})
}
