package scenewire

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vmihailenco/msgpack/v5"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// gauge has a field that takes finite numbers only, and one that takes all.
type gauge struct {
	Level  float64 `msgpack:"level" wire:"finite"`
	Free   float64 `msgpack:"free"`
	Narrow float32 `msgpack:"narrow"`
}

func (gauge) RedundancyKey() string { return "gauge" }

// pairs encodes a map of these keys and values, in this order.
func pairs(t *testing.T, keysAndValues ...any) []byte {
	t.Helper()
	b := []byte{0x80 | byte(len(keysAndValues)/2)}
	for _, x := range keysAndValues {
		e, err := msgpack.Marshal(x)
		must(t, err)
		b = append(b, e...)
	}
	return b
}

// badMessages are what a client may send instead of a message, with the kind that it is
// counted as.
func badMessages(t *testing.T) []badMessage {
	binary := wsproto.OpBinary
	deep := "\x82\xa1a" + strings.Repeat("\x91", 100_000) + "\xc0\xa4type\xa4note"
	many := append([]byte("\x82\xa1a\xdd\x00\x20\x00\x00"), make([]byte, 2<<20)...)
	return []badMessage{
		{"a text message", wsproto.OpText, []byte(`{"type":"note"}`), "text_message"},
		{"a control message that is no object", wsproto.OpText, []byte(`["hidden"]`), "control"},
		{"a control message that is no JSON", wsproto.OpText, []byte(`hidden`), "control"},
		{"a control message with a word for a number", wsproto.OpText, []byte(`{"seq":"1"}`), "control"},
		{"a control message with a negative rate", wsproto.OpText, []byte(`{"maxRate":-1}`), "control"},
		{"a control message of 2 kB", wsproto.OpText, []byte(`{"note":"` + strings.Repeat("x", 2000) + `"}`), "control"},
		{"garbage", binary, []byte{0xc1, 0xff, 0x00}, "malformed"},
		{"an empty message", binary, nil, "malformed"},
		{"2³²−1 declared pairs", binary, []byte{0xdf, 0xff, 0xff, 0xff, 0xff}, "malformed"},
		{"2³²−1 declared bytes", binary, []byte("\x81\xa1a\xc6\xff\xff\xff\xff"), "malformed"},
		{"a message cut off", binary, pairs(t, "n", 1, "type", "note")[:9], "malformed"},
		{"an array", binary, []byte{0x91, 0x01}, "no_message"},
		{"arrays in arrays", binary, bytes.Repeat([]byte{0x91}, 100_000), "no_message"},
		{"no type", binary, pairs(t, "n", 1), "no_message"},
		{"a number for the type", binary, pairs(t, "type", 1), "no_message"},
		{"a depth bomb", binary, []byte(deep), "too_deep"},
		{"two million elements", binary, append(many, "\xa4type\xa4note"...), "too_large"},
		{"two messages in one", binary, bytes.Repeat(pairs(t, "type", "note"), 2), "trailing_bytes"},
		{"an unknown type", binary, pairs(t, "type", "Nope"), "unknown_type"},
		{"a string for a number", binary, pairs(t, "n", "x", "type", "note"), "wrong_field"},
		{"nil for a number", binary, pairs(t, "n", nil, "type", "note"), "wrong_field"},
		{"a tuple too short", binary, pairs(t, "name", "x", "position", []int{1}, "type", "pose"), "wrong_field"},
		{"NaN for an integer", binary, pairs(t, "n", math.NaN(), "type", "note"), "number"},
		{"infinity for an integer", binary, pairs(t, "n", math.Inf(1), "type", "note"), "number"},
		{"a fraction for an integer", binary, pairs(t, "n", 1.5, "type", "note"), "number"},
		{"2⁶⁴−1 for an int", binary, pairs(t, "n", uint64(math.MaxUint64), "type", "note"), "number"},
		{"2⁵³+1 for a float64", binary, pairs(t, "free", int64(1<<53+1), "type", "gauge"), "number"},
		{"1e300 for a float32", binary, pairs(t, "narrow", 1e300, "type", "gauge"), "number"},
		{"NaN where it must be finite", binary, pairs(t, "level", math.NaN(), "type", "gauge"), "number"},
		{"−infinity where it must be finite", binary, pairs(t, "level", math.Inf(-1), "type", "gauge"), "number"},
		{"a string that isn't UTF-8", binary, pairs(t, "text", "a\xffb", "type", "note"), "invalid_utf8"},
		{"a field twice", binary, pairs(t, "n", 1, "n", 2, "type", "note"), "duplicate_key"},
		{"the type twice", binary, pairs(t, "type", "note", "n", 1, "type", "note"), "duplicate_key"},
	}
}

type badMessage struct {
	name string
	op   wsproto.Opcode
	body []byte
	kind string
}

func TestBadMessagesAreCountedLoggedOnceAndNobodyNotices(t *testing.T) {
	core, logs := observer.New(zap.WarnLevel)
	s := serve(t, func(o *Options) {
		o.Logger = zap.New(core)
		o.Registry = testRegistry().MustRegister(gauge{})
	})
	Handle(s, func(c *Client, m note) { must(t, c.Send(m)) })
	Handle(s, func(_ *Client, m gauge) { t.Errorf("%v was handled", m) })
	bad, good := join(t, s), join(t, s)
	before := map[string]uint64{}
	for _, tt := range badMessages(t) {
		t.Run(tt.name, func(t *testing.T) {
			for range 3 {
				must(t, bad.Write(tt.op, tt.body))
			}
			bad.send(note{N: 7})
			bad.expect(note{N: 7})
			good.send(note{N: 8})
			good.expect(note{N: 8})
			if n := logs.FilterField(zap.String("kind", tt.kind)).Len(); n != 1 {
				t.Errorf("logged %d times, want once", n)
			}
			before[tt.kind] += 3
			if got, want := fmt.Sprint(s.Stats().BadMessages), fmt.Sprint(before); got != want {
				t.Errorf("counted %s, want %s", got, want)
			}
		})
	}
	if len(before) != faults {
		t.Errorf("%d kinds of %d were met", len(before), faults)
	}
	// Another client's log begins anew.
	must(t, good.Write(wsproto.OpText, []byte("x")))
	eventually(t, "the second client's fault is logged", func() bool {
		return logs.FilterField(zap.String("kind", "control")).Len() == 2
	})
}

func TestNumbersThatFitAreTaken(t *testing.T) {
	s := serve(t, func(o *Options) { o.Registry = testRegistry().MustRegister(gauge{}) })
	var tr transcript
	Handle(s, func(_ *Client, m gauge) { tr.add("%v %v %v", m.Level, m.Free, m.Narrow) })
	v := join(t, s)
	for _, body := range [][]byte{
		pairs(t, "free", math.NaN(), "type", "gauge"),
		pairs(t, "free", math.Inf(-1), "narrow", math.Inf(1), "type", "gauge"),
		pairs(t, "free", int64(1<<53), "level", 2, "narrow", float32(0.5), "type", "gauge"),
		pairs(t, "unknown", 1, "unknown", 2, "free", 3, "type", "gauge"), // nobody reads it
	} {
		must(t, v.Write(wsproto.OpBinary, body))
	}
	tr.expect(t, "0 NaN 0; 0 -Inf +Inf; 2 9.007199254740992e+15 0.5; 0 3 0")
	if got := s.Stats().BadMessages; len(got) != 0 {
		t.Errorf("%v are counted", got)
	}
}

func TestClientIsClosedAfterSoManyBadMessages(t *testing.T) {
	s := serve(t, func(o *Options) { o.MaxBadMessages = 3 })
	var handled atomic.Int64
	Handle(s, func(_ *Client, m note) { handled.Add(int64(m.N)) })
	v, other := join(t, s), join(t, s)
	must(t, v.Write(wsproto.OpText, []byte("x")))
	must(t, v.Write(wsproto.OpBinary, pairs(t, "type", "Nope")))
	v.send(note{N: 1})
	must(t, v.Write(wsproto.OpBinary, []byte{0xc1}))
	v.send(note{N: 100})
	closed, err := v.AwaitClose()
	if err != nil || closed.Code != wsproto.ClosePolicyViolation || closed.Reason != "3 bad messages, the last: malformed" {
		t.Errorf("%v, %v", closed, err)
	}
	other.send(note{N: 10})
	eventually(t, "the others' messages are handled", func() bool { return handled.Load() == 11 })
	_ = v.Conn.Close()
	eventually(t, "the client leaves", func() bool { return len(s.Clients()) == 1 })
	if got := handled.Load(); got != 11 {
		t.Errorf("handlers got %d in all: something behind the last bad message was handled", got)
	}
}

func TestViserClientsGet1002OnlyForTheirVersion(t *testing.T) {
	s := serve(t, func(o *Options) { o.Protocol.ViserVersion = "1.0.21" })
	for _, tt := range []struct {
		subprotocol string
		send        []byte
		want        CloseCode
	}{
		{"viser-v1.0.20", nil, wsproto.CloseProtocolError}, // the version
		{"viser-v1.0.21", []byte{0x82, 0x01, 0x80}, wsproto.ClosePolicyViolation},
		{"viser-v1.0.21", []byte{0x83, 0x80, 0, 0, 0, 0}, wsproto.ClosePolicyViolation},
		{"viser-v1.0.21", []byte{0x81, 0x81, 0, 0, 0, 0, 0xff}, wsproto.CloseInvalidPayload},
		{"viser-v1.0.21", wsproto.AppendMaskedFrame(nil, wsproto.OpClose, true, []byte{3, 0xea}, [4]byte{}), wsproto.ClosePolicyViolation},
		{Subprotocol, []byte{0x82, 0x01, 0x80}, wsproto.CloseProtocolError},
	} {
		v := joinAs(t, s, wsproto.GenerationZstd, wstest.Options{Subprotocols: []string{tt.subprotocol}})
		if tt.send != nil {
			must(t, v.WriteRaw(tt.send))
		}
		closed, err := v.AwaitClose()
		if err != nil || closed.Code != tt.want {
			t.Errorf("%s, % x: %v, %v; want %d", tt.subprotocol, tt.send, closed, err, tt.want)
		}
	}
}

func TestInboundStatsTellWhatWaits(t *testing.T) {
	s := serve(t, nil)
	release, entered := make(chan struct{}), make(chan struct{}, 16)
	Handle(s, func(*Client, note) {
		entered <- struct{}{}
		<-release
	})
	v := join(t, s)
	for i := range 10 {
		v.send(note{N: i})
	}
	<-entered
	eventually(t, "all have arrived", func() bool { return s.Stats().Inbound.Messages == 10 })
	if in := s.Stats().Inbound; in.Waiting != 10 || in.Handled != 0 {
		t.Errorf("while the first is handled: %+v", in)
	}
	pause := 5 * time.Millisecond
	time.Sleep(pause) // what HandlerTime is to tell of
	close(release)
	eventually(t, "all are handled", func() bool { return s.Stats().Inbound.Handled == 10 })
	in := s.Stats().Inbound
	if in.Waiting != 0 || in.HandlerTime < pause {
		t.Errorf("afterwards: %+v", in)
	}
	if total := s.Stats().Loop; total.Handled != 10 || total.HandlerTime < pause {
		t.Errorf("of the loop: %+v", total)
	}
}

func TestClientThatSendsTooFastIsHeldBack(t *testing.T) {
	for name, set := range map[string]func(*Options){
		"messages": func(o *Options) { o.MaxMessagesPerSecond = 100 },
		"bytes":    func(o *Options) { o.MaxBytesPerSecond = 2000 },
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, set)
			Handle(s, func(c *Client, m note) { must(t, c.Send(m)) })
			fast, other := join(t, s), join(t, s)
			var all []Message
			for i := range 140 {
				fast.send(note{N: i, Text: "a few bytes to count"})
				all = append(all, note{N: i, Text: "a few bytes to count"})
			}
			other.send(note{N: 1})
			other.expect(note{N: 1})
			fast.expect(all...)
			if in := s.Stats().Inbound; in.Throttles == 0 {
				t.Errorf("%+v", in)
			}
		})
	}
}

func TestRateLimitsCanBeSwitchedOff(t *testing.T) {
	s := serve(t, func(o *Options) { o.MaxMessagesPerSecond, o.MaxBytesPerSecond = -1, -1 })
	var handled atomic.Int64
	Handle(s, func(*Client, note) { handled.Add(1) })
	v := join(t, s)
	body, err := s.opts.Registry.Append(nil, note{})
	must(t, err)
	frame := wsproto.AppendMaskedFrame(nil, wsproto.OpBinary, true, body, [4]byte{1})
	const n = 50_000 // more than the default lets in at once
	must(t, v.WriteRaw(bytes.Repeat(frame, n)))
	eventually(t, "all are handled", func() bool { return handled.Load() == n })
	if in := s.Stats().Inbound; in.Throttles != 0 {
		t.Errorf("%+v", in)
	}
}
