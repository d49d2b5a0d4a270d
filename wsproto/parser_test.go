package wsproto

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unsafe"
)

var testKey = [4]byte{0x37, 0xfa, 0x21, 0x3d}

// masked is a whole message as a client sends it.
func masked(op Opcode, payload string) []byte {
	return AppendMaskedFrame(nil, op, true, []byte(payload), testKey)
}

// fragment is one frame of a client, last of its message or not.
func fragment(op Opcode, fin bool, payload string) []byte {
	return AppendMaskedFrame(nil, op, fin, []byte(payload), testKey)
}

func join(frames ...[]byte) []byte { return slices.Concat(frames...) }

// parseSplit feeds in to a new parser in pieces, whose sizes next returns, and
// collects what comes out. in is left as it is.
func parseSplit(t testing.TB, role Role, limit int, in []byte, next func(left int) int) ([]referenceEvent, error) {
	t.Helper()
	var p Parser
	p.Init(role, limit)
	var events []referenceEvent
	for rest := in; len(rest) > 0; {
		size := min(len(rest), max(0, next(len(rest))))
		piece := slices.Clone(rest[:size])
		rest = rest[size:]
		for {
			ev, n, err := p.Next(piece)
			if n < 0 || n > len(piece) {
				t.Fatalf("Next took %d of %d bytes", n, len(piece))
			}
			if err != nil {
				if _, _, again := p.Next([]byte{1, 2, 3}); again != err {
					t.Fatalf("after %v the next error is %v", err, again)
				}
				return events, err
			}
			piece = piece[n:]
			if ev.Opcode == 0 {
				if len(piece) > 0 {
					t.Fatalf("no event, but %d bytes left", len(piece))
				}
				break
			}
			events = append(events, referenceEvent{ev.Opcode, string(ev.Payload)})
			if !ev.Owned {
				clear(ev.Payload) // ours to overwrite; must not harm what follows
			}
		}
	}
	return events, nil
}

func oneShot(left int) int { return left }

func byteByByte(int) int { return 1 }

// closeCode is the code of a parser's error, 0 if there is none.
func closeCode(t testing.TB, err error) CloseCode {
	t.Helper()
	if err == nil {
		return 0
	}
	var ce *CloseError
	if !errors.As(err, &ce) {
		t.Fatalf("error %v is not a *CloseError", err)
	}
	return ce.Code
}

func TestParserEvents(t *testing.T) {
	long := strings.Repeat("0123456789abcdef", 5000)
	tests := []struct {
		name string
		in   []byte
		want []referenceEvent
	}{
		{"text", masked(OpText, "Hello"), []referenceEvent{{OpText, "Hello"}}},
		{"empty binary", masked(OpBinary, ""), []referenceEvent{{OpBinary, ""}}},
		{"16-bit length", masked(OpBinary, long[:126]), []referenceEvent{{OpBinary, long[:126]}}},
		{"64-bit length", masked(OpBinary, long), []referenceEvent{{OpBinary, long}}},
		{"fragments", join(fragment(OpText, false, "Hel"), fragment(OpContinuation, true, "lo")), []referenceEvent{{OpText, "Hello"}}},
		{"empty fragments", join(fragment(OpText, false, ""), fragment(0, false, ""), fragment(0, true, "")), []referenceEvent{{OpText, ""}}},
		{"rune across fragments", join(fragment(OpText, false, "κ\xe1\xbd"), fragment(0, true, "\xb9σμε")), []referenceEvent{{OpText, "κ\xe1\xbd\xb9σμε"}}},
		{
			"control frames between fragments",
			join(fragment(OpBinary, false, "a"), masked(OpPing, "p"), fragment(0, false, "b"), masked(OpPong, ""), fragment(0, true, "c")),
			[]referenceEvent{{OpPing, "p"}, {OpPong, ""}, {OpBinary, "abc"}},
		},
		{"ping of 125 bytes", masked(OpPing, long[:125]), []referenceEvent{{OpPing, long[:125]}}},
		{"close with reason", masked(OpClose, "\x03\xe8bye"), []referenceEvent{{OpClose, "\x03\xe8bye"}}},
		{"empty close", masked(OpClose, ""), []referenceEvent{{OpClose, ""}}},
		{"input after close is skipped", join(masked(OpClose, ""), masked(OpPing, ""), []byte("\xff\xff\xff")), []referenceEvent{{OpClose, ""}}},
		{"close inside a fragmented message", join(fragment(OpText, false, "x"), masked(OpClose, "")), []referenceEvent{{OpClose, ""}}},
		{"binary is not checked as text", masked(OpBinary, "\xff\xfe"), []referenceEvent{{OpBinary, "\xff\xfe"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for name, next := range map[string]func(int) int{"whole": oneShot, "byte by byte": byteByByte} {
				got, err := parseSplit(t, Server, 0, tt.in, next)
				if err != nil || !slices.Equal(got, tt.want) {
					t.Errorf("%s: got %v, %v; want %v", name, got, err, tt.want)
				}
			}
		})
	}
}

func TestParserErrors(t *testing.T) {
	tests := []struct {
		name   string
		in     string
		code   CloseCode
		reason string
	}{
		{"reserved bit 1", "\xc1", 1002, "reserved bits set"},
		{"reserved bit 2", "\xa1", 1002, "reserved bits set"},
		{"reserved bit 3", "\x91", 1002, "reserved bits set"},
		{"reserved data opcode", "\x83", 1002, "reserved opcode"},
		{"reserved control opcode", "\x8b", 1002, "reserved opcode"},
		{"fragmented ping", "\x09", 1002, "fragmented control frame"},
		{"fragmented close", "\x08", 1002, "fragmented control frame"},
		{"continuation of nothing", "\x80", 1002, "continuation of no message"},
		{"continuation after a whole message", string(masked(OpText, "a")) + "\x00", 1002, "continuation of no message"},
		{"new message inside a fragmented one", string(fragment(OpText, false, "a")) + "\x82", 1002, "new message inside a fragmented one"},
		{"unmasked", "\x81\x05", 1002, "unmasked frame from a client"},
		{"ping over 125 bytes", "\x89\xfe", 1002, "control frame over 125 bytes"},
		{"16-bit length below 126", "\x82\xfe\x00\x7d", 1002, "length not in its shortest form"},
		{"64-bit length below 65536", "\x82\xff\x00\x00\x00\x00\x00\x00\xff\xff", 1002, "length not in its shortest form"},
		{"length of 64 bits", "\x82\xff\x80\x00\x00\x00\x00\x00\x00\x00", 1002, "length over 63 bits"},
		{"largest length", "\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 1009, "message too big"},
		{"over the limit, at the header", "\x82\xfe\x03\xe9", 1009, "message too big"},
		{"fragments over the limit", string(fragment(OpText, false, strings.Repeat("a", 600))) + "\x80\xfe\x01\x91", 1009, "message too big"},
		{"text not UTF-8", string(masked(OpText, "\xce\xba\xff")), 1007, "text is not UTF-8"},
		{"text ends inside a rune", string(masked(OpText, "\xce\xba\xe1\xbd")), 1007, "text is not UTF-8"},
		{"bad text fails inside a frame", string(masked(OpText, "\xf4\x90 and more")[:8]), 1007, "text is not UTF-8"},
		{"surrogate fails at its second byte", string(masked(OpText, "\xed\xa0 and more")[:8]), 1007, "text is not UTF-8"},
		{"half a close code", string(masked(OpClose, "\x03")), 1002, "close frame with half a code"},
		{"close code 1005", string(masked(OpClose, "\x03\xed")), 1002, "invalid close code"},
		{"close reason not UTF-8", string(masked(OpClose, "\x03\xe8\xce")), 1007, "close reason is not UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := CloseError{tt.code, tt.reason}
			for name, next := range map[string]func(int) int{"whole": oneShot, "byte by byte": byteByByte} {
				_, err := parseSplit(t, Server, 1000, []byte(tt.in), next)
				var got *CloseError
				if !errors.As(err, &got) || *got != want {
					t.Errorf("%s: got %v, want %v", name, err, &want)
				}
			}
			most := []byte(tt.in[:len(tt.in)-1]) // the last byte is the one that proves it
			if _, err := parseSplit(t, Server, 1000, most, oneShot); err != nil {
				t.Errorf("fails a byte too early: %v", err)
			}
		})
	}
}

func TestParserAsClientRejectsMaskedFrames(t *testing.T) {
	_, err := parseSplit(t, Client, 0, masked(OpText, "a"), oneShot)
	if closeCode(t, err) != CloseProtocolError {
		t.Errorf("got %v", err)
	}
	got, err := parseSplit(t, Client, 0, AppendFrame(nil, OpText, []byte("a")), oneShot)
	if err != nil || !slices.Equal(got, []referenceEvent{{OpText, "a"}}) {
		t.Errorf("unmasked: got %v, %v", got, err)
	}
}

func TestParserLimit(t *testing.T) {
	for _, tt := range []struct {
		limit, size int
		ok          bool
	}{
		{1, 1, true},
		{1, 2, false},
		{0, DefaultMaxMessageBytes, true},
		{0, DefaultMaxMessageBytes + 1, false},
		{-1, DefaultMaxMessageBytes + 1, true},
	} {
		var p Parser
		p.Init(Client, tt.limit)
		_, _, err := p.Next(AppendHeader(nil, OpBinary, true, tt.size))
		if (err == nil) != tt.ok {
			t.Errorf("limit %d, message of %d bytes: %v", tt.limit, tt.size, err)
		}
	}
}

func TestParserIsSmallWhenIdle(t *testing.T) {
	if size := unsafe.Sizeof(Parser{}); size > 96 {
		t.Errorf("a Parser has %d bytes", size)
	}
	var p Parser
	p.Init(Server, 0)
	in := join(masked(OpPing, "ping"), fragment(OpText, false, "Hello"), fragment(0, true, "!"))
	for i := range in {
		if _, _, err := p.Next(in[i : i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if p.buf != nil || p.control != nil {
		t.Error("memory is held between messages")
	}
}

func TestParserMemoryFollowsInput(t *testing.T) {
	var p Parser
	p.Init(Client, 0)
	if _, _, err := p.Next(AppendHeader(nil, OpBinary, true, 40<<20)); err != nil {
		t.Fatal(err)
	}
	chunk := make([]byte, 1000)
	for got := len(chunk); got < 1<<20; got += len(chunk) {
		if _, _, err := p.Next(chunk); err != nil {
			t.Fatal(err)
		}
		if cap(p.buf) > 2*got {
			t.Fatalf("%d bytes held for %d received", cap(p.buf), got)
		}
	}
}

func TestParserHandsOverExactBuffer(t *testing.T) {
	var p Parser
	p.Init(Client, 0)
	frame := AppendFrame(nil, OpBinary, make([]byte, 100_000))
	var ev Event
	for chunk := range slices.Chunk(frame, 7000) {
		ev, _, _ = p.Next(chunk)
	}
	if ev.Opcode != OpBinary || !ev.Owned || len(ev.Payload) != 100_000 || cap(ev.Payload) > 110_000 {
		t.Errorf("got %v, owned %v, %d bytes in %d", ev.Opcode, ev.Owned, len(ev.Payload), cap(ev.Payload))
	}
}

func TestParserWholeFrameIsNotCopied(t *testing.T) {
	in := join(masked(OpText, "Hello"), masked(OpPing, "x"))
	var p Parser
	p.Init(Server, 0)
	_, n, _ := p.Next(in[:3]) // the header may be cut
	ev, _, err := p.Next(in[n:])
	if err != nil || ev.Owned || &ev.Payload[0] != &in[6] {
		t.Errorf("payload %q owned %v, %v", ev.Payload, ev.Owned, err)
	}
}

func TestParserWholeFrameDoesNotAllocate(t *testing.T) {
	in := AppendMaskedFrame(nil, OpText, true, []byte("Hello"), [4]byte{})
	var p Parser
	p.Init(Server, 0)
	allocs := testing.AllocsPerRun(100, func() {
		if ev, _, err := p.Next(in); ev.Opcode != OpText || err != nil {
			t.Fatal(ev, err)
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

// compareToReference parses in whole and in pieces, and both must agree with
// the reference parser.
func compareToReference(t *testing.T, role Role, limit int, in []byte, next func(int) int) {
	t.Helper()
	want, wantCode := referenceParse(role, limit, in)
	for name, next := range map[string]func(int) int{"whole": oneShot, "in pieces": next} {
		got, err := parseSplit(t, role, limit, in, next)
		if code := closeCode(t, err); !slices.Equal(got, want) || code != wantCode {
			t.Fatalf("%s: %x\n got %v %v\nwant %v %v", name, in, got, code, want, wantCode)
		}
	}
}

// TestParserAgainstReference runs random conversations that are mostly valid.
func TestParserAgainstReference(t *testing.T) {
	for seed := range uint64(1000) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		role := Role(rnd.IntN(2))
		in := randomConversation(rnd, role)
		if rnd.IntN(2) == 0 && len(in) > 0 {
			in[rnd.IntN(len(in))] ^= 1 << rnd.IntN(8)
		}
		in = in[:len(in)-rnd.IntN(1+len(in)/4)]
		compareToReference(t, role, 500, in, func(int) int { return rnd.IntN(20) })
	}
}

// randomConversation is a stream of frames as the peer of role would send it.
func randomConversation(rnd *rand.Rand, role Role) []byte {
	var in []byte
	open := false
	for range 1 + rnd.IntN(12) {
		op, fin := Opcode(0), rnd.IntN(2) == 0
		switch {
		case rnd.IntN(4) == 0:
			op, fin = OpPing+Opcode(rnd.IntN(2)), true
		case !open:
			op, open = OpText+Opcode(rnd.IntN(2)), !fin
		default:
			open = !fin
		}
		payload := []byte(strings.Repeat("añ水🐟", 40)[:rnd.IntN(140)])
		if op.IsControl() {
			payload = payload[:min(len(payload), MaxControlPayload)]
		}
		if role == Server {
			in = AppendMaskedFrame(in, op, fin, payload, [4]byte{byte(rnd.Uint32()), byte(rnd.Uint32()), 3, 4})
		} else {
			in = append(AppendHeader(in, op, fin, len(payload)), payload...)
		}
	}
	return in
}

func TestFrameRoundTrip(t *testing.T) {
	for _, size := range []int{0, 1, 125, 126, 127, 65535, 65536, 70000} {
		payload := bytes.Repeat([]byte{0xa5}, size)
		prefix := []byte("before")
		for role, frame := range map[Role][]byte{
			Client: AppendFrame(prefix, OpBinary, payload),
			Server: AppendMaskedFrame(prefix, OpBinary, true, payload, testKey),
		} {
			if len(frame)-size-len(prefix) > MaxHeaderBytes || !bytes.HasPrefix(frame, prefix) {
				t.Fatalf("size %d: bad prefix or header", size)
			}
			got, err := parseSplit(t, role, 0, frame[len(prefix):], oneShot)
			if err != nil || !slices.Equal(got, []referenceEvent{{OpBinary, string(payload)}}) {
				t.Errorf("size %d as %v: %d events, %v", size, role, len(got), err)
			}
		}
	}
	if payload := []byte("Hello"); string(AppendMaskedFrame(nil, OpText, true, payload, testKey)) !=
		"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58" || string(payload) != "Hello" {
		t.Error("not the example of RFC 6455 section 5.7, or the payload was changed")
	}
}

func TestOpcodeAndRoleNames(t *testing.T) {
	var names []string
	for op := range Opcode(16) {
		names = append(names, op.String())
	}
	got := fmt.Sprint(strings.Join(names, " "), " ", Server, " ", Client)
	const reserved = "reserved reserved reserved reserved reserved"
	if want := "continuation text binary " + reserved + " close ping pong " + reserved + " server client"; got != want {
		t.Errorf("got %q", got)
	}
}
