package loop

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// randomFrames returns n numbered messages with a checksum behind them, some of them in
// fragments, some with pings between, as one stream.
func randomFrames(random *rand.Rand, n int) []byte {
	sizes := []int{0, 1, 10, 125, 126, 300, 5000, 20_000}
	var stream []byte
	for i := range n {
		body := make([]byte, sizes[random.IntN(len(sizes))])
		for j := range body {
			body[j] = byte(i + j)
		}
		body = fmt.Appendf(body, "|%d", i)
		body = fmt.Appendf(body, "|%08x", crc32.ChecksumIEEE(body))
		key := [4]byte{byte(i), byte(i >> 8), 7, 9}
		if random.IntN(4) > 0 {
			stream = wsproto.AppendMaskedFrame(stream, wsproto.OpBinary, true, body, key)
			continue
		}
		cut := random.IntN(len(body))
		stream = wsproto.AppendMaskedFrame(stream, wsproto.OpBinary, false, body[:cut], key)
		stream = wsproto.AppendMaskedFrame(stream, wsproto.OpPing, true, []byte("between"), key)
		stream = wsproto.AppendMaskedFrame(stream, wsproto.OpContinuation, true, body[cut:], key)
	}
	return stream
}

// checkNumbered reports what is wrong with message i of randomFrames.
func checkNumbered(payload []byte, i int64) error {
	cut := max(bytes.LastIndexByte(payload, '|'), 0)
	if sum := fmt.Sprintf("|%08x", crc32.ChecksumIEEE(payload[:cut])); sum != string(payload[cut:]) {
		return fmt.Errorf("message %d has changed", i)
	}
	if !bytes.HasSuffix(payload[:cut], fmt.Appendf(nil, "|%d", i)) {
		return fmt.Errorf("message %d isn't the next", i)
	}
	return nil
}

func TestMessagesSurvivePausesWholeAndInOrder(t *testing.T) {
	for _, o := range []Options{
		{InboxMessages: 1}, {InboxMessages: 3}, {InboxBytes: 1}, {InboxBytes: 40_000}, {}, {Workers: 1, InboxMessages: 50},
	} {
		t.Run(fmt.Sprintf("messages=%d bytes=%d workers=%d", o.InboxMessages, o.InboxBytes, o.Workers), func(t *testing.T) {
			const clients, n = 3, 100
			var handled atomic.Int64
			f := newFixture(t, &o, func(e *recorder) {
				next := int64(0)
				e.receive = func(_ wsproto.Opcode, payload []byte) {
					if err := checkNumbered(payload, next); err != nil {
						t.Error(err)
					}
					next++
					handled.Add(1)
				}
			})
			for i := range clients {
				c := f.dial(t)
				random := rand.New(rand.NewPCG(uint64(i), 7))
				stream := randomFrames(random, n)
				go func() {
					for len(stream) > 0 {
						size := min(len(stream), 1+random.IntN(40_000))
						if c.WriteRaw(stream[:size]) != nil {
							return
						}
						stream = stream[size:]
					}
				}()
			}
			if !wstest.Eventually(func() bool { return handled.Load() == clients*n }) {
				t.Fatalf("%d of %d messages were handled", handled.Load(), clients*n)
			}
			if !wstest.Eventually(func() bool { return f.loop.Stats().Waiting == 0 }) {
				t.Errorf("%d messages wait", f.loop.Stats().Waiting)
			}
			if got := f.loop.Stats(); got.Handled != clients*n || got.Messages != clients*n {
				t.Errorf("counted %d received and %d handled", got.Messages, got.Handled)
			}
		})
	}
}

func TestInboxBoundCountsWhatAWorkerHasTaken(t *testing.T) {
	release := make(chan struct{})
	f := newFixture(t, &Options{InboxMessages: 40}, func(e *recorder) {
		e.receive = func(wsproto.Opcode, []byte) { <-release }
	})
	defer close(release)
	c := f.dial(t)
	var stream []byte
	for range 400 {
		stream = wsproto.AppendMaskedFrame(stream, wsproto.OpBinary, true, []byte("x"), [4]byte{1})
	}
	if err := c.WriteRaw(stream); err != nil {
		t.Fatal(err)
	}
	if !wstest.Eventually(func() bool { return f.loop.Stats().Pauses > 0 }) {
		t.Fatal("reading wasn't paused")
	}
	if got := f.loop.Stats().Waiting; got != 40 {
		t.Errorf("%d messages wait in an inbox of 40", got)
	}
}

func TestSmallMessagesDoNotHoldLargeMemory(t *testing.T) {
	release := make(chan struct{})
	const bound = 64 << 10
	f := newFixture(t, &Options{InboxBytes: bound, InboxMessages: 100_000}, func(e *recorder) {
		e.receive = func(wsproto.Opcode, []byte) { <-release }
	})
	defer close(release)
	c := f.dial(t)
	// One byte of message in each read: the pings behind it are answered, but their
	// memory is that of the message.
	frames := wsproto.AppendMaskedFrame(nil, wsproto.OpBinary, true, []byte("x"), [4]byte{1})
	for len(frames) < readBufferBytes {
		frames = wsproto.AppendMaskedFrame(frames, wsproto.OpPing, true, make([]byte, 125), [4]byte{1})
	}
	go func() {
		for range 200 {
			if c.WriteRaw(frames) != nil {
				return
			}
		}
	}()
	if !wstest.Eventually(func() bool { return f.loop.Stats().Pauses > 0 }) {
		t.Fatal("reading wasn't paused")
	}
	b := &f.endpoint(t, 0).conn.inbox
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waiting.held < bound || b.waiting.held > bound+2*readBufferBytes {
		t.Errorf("%d bytes are held, with a bound of %d", b.waiting.held, bound)
	}
}

func TestPeerThatSendsTooFastIsHeldBackAndLosesNothing(t *testing.T) {
	for _, tt := range []struct {
		name            string
		messages, bytes int
		size, count     int
		atLeast         time.Duration // for what is beyond the first second's worth
	}{
		{"messages", 200, 0, 10, 260, 290 * time.Millisecond},
		// What one read brings may be beyond the bound.
		{"bytes", 0, 100_000, 1000, 150, 300 * time.Millisecond},
		{"both", 1_000_000, 100_000, 1000, 150, 300 * time.Millisecond},
		{"a message larger than a second's worth", 0, 400_000, 540_000, 1, 300 * time.Millisecond},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var handled atomic.Int64
			f := newFixture(t, nil, func(e *recorder) {
				e.conn.LimitInbound(tt.messages, tt.bytes)
				e.receive = func(wsproto.Opcode, []byte) { handled.Add(1) }
			})
			c, other := f.dial(t), f.dial(t)
			begin := time.Now()
			for range tt.count {
				if err := c.Write(wsproto.OpBinary, make([]byte, tt.size)); err != nil {
					t.Fatal(err)
				}
			}
			if err := c.Write(wsproto.OpPing, []byte("behind all")); err != nil {
				t.Fatal(err)
			}
			if err := other.Write(wsproto.OpPing, []byte("at once")); err != nil {
				t.Fatal(err)
			}
			if _, err := other.Next(); err != nil {
				t.Fatal(err)
			}
			if ev, err := c.Next(); err != nil || string(ev.Payload) != "behind all" {
				t.Fatalf("%q, %v", ev.Payload, err)
			}
			if !wstest.Eventually(func() bool { return handled.Load() == int64(tt.count) }) {
				t.Fatalf("%d of %d messages were handled", handled.Load(), tt.count)
			}
			if took := time.Since(begin); took < tt.atLeast {
				t.Errorf("all was let in after %v", took)
			}
			if f.loop.Stats().Throttles == 0 {
				t.Error("it isn't counted")
			}
		})
	}
}

func TestThrottledPeerMayLeave(t *testing.T) {
	if !testMode.tellsOfPausedPeers() {
		t.Skip("the system doesn't tell")
	}
	var handled atomic.Int64
	f := newFixture(t, nil, func(e *recorder) {
		e.conn.LimitInbound(5, 0)
		e.receive = func(wsproto.Opcode, []byte) { handled.Add(1) }
	})
	c := f.dial(t)
	for range 200 {
		if err := c.Write(wsproto.OpBinary, []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	if !wstest.Eventually(func() bool { return f.loop.Stats().Throttles > 0 }) {
		t.Fatal("it wasn't throttled")
	}
	_ = c.Conn.Close() // what it has sent isn't lost: the kernel's buffer bounds it
	f.endpoint(t, 0).awaitClosed(t)
	if got := handled.Load(); got != 200 {
		t.Errorf("%d of 200 messages were handled", got)
	}
}

func TestPausedPeerIsNotTakenForDead(t *testing.T) {
	release := make(chan struct{})
	f := newFixture(t, &Options{
		InboxMessages: 2, PingInterval: 10 * time.Millisecond, PingTimeout: 20 * time.Millisecond,
	}, func(e *recorder) {
		e.receive = func(wsproto.Opcode, []byte) { <-release }
	})
	c := f.dial(t)
	for range 4 {
		if err := c.Write(wsproto.OpBinary, []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	// The second ping comes only after the first one's answer was waited for in vain.
	for pings := 0; pings < 2; pings++ {
		ev, err := c.Next()
		if err != nil || ev.Opcode != wsproto.OpPing {
			t.Fatalf("%v, %v", ev, err)
		}
		if err := c.Write(wsproto.OpPong, ev.Payload); err != nil {
			t.Fatal(err)
		}
	}
	close(release)
	if got := f.loop.Stats().PingTimeouts; got != 0 {
		t.Errorf("%d were taken for dead", got)
	}
}

// violations are what a peer can do against RFC 6455, and the code that it deserves.
var violations = []struct {
	name string
	send []byte
	code wsproto.CloseCode
}{
	{"an unmasked frame", wsproto.AppendFrame(nil, wsproto.OpBinary, []byte("plain")), 1002},
	{"a reserved bit", []byte{0xc2, 0x80, 0, 0, 0, 0}, 1002},
	{"a reserved opcode", []byte{0x83, 0x80, 0, 0, 0, 0}, 1002},
	{"a reserved control opcode", []byte{0x8b, 0x80, 0, 0, 0, 0}, 1002},
	{"a fragmented ping", []byte{0x09, 0x80, 0, 0, 0, 0}, 1002},
	{"a ping of 126 bytes", []byte{0x89, 0xfe, 0, 126, 0, 0, 0, 0}, 1002},
	{"a continuation of nothing", []byte{0x80, 0x80, 0, 0, 0, 0}, 1002},
	{"a message inside another", []byte{0x02, 0x80, 0, 0, 0, 0, 0x82, 0x80, 0, 0, 0, 0}, 1002},
	{"a length in a longer form than it needs", []byte{0x82, 0xfe, 0, 5, 0, 0, 0, 0}, 1002},
	{"a length of 64 bits", []byte{0x82, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1002},
	{"half a close code", wsproto.AppendMaskedFrame(nil, wsproto.OpClose, true, []byte{3}, [4]byte{1}), 1002},
	{"a close code that can't be sent", wsproto.AppendMaskedFrame(nil, wsproto.OpClose, true, []byte{3, 0xed}, [4]byte{1}), 1002},
	{"a close reason that isn't UTF-8", wsproto.AppendMaskedFrame(nil, wsproto.OpClose, true, []byte{3, 0xe8, 0xff}, [4]byte{1}), 1007},
	{"text that isn't UTF-8", wsproto.AppendMaskedFrame(nil, wsproto.OpText, true, []byte{0xff}, [4]byte{1}), 1007},
	{"a declared 2^62 bytes", []byte{0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1009},
}

func TestViolationsAreClosedWithTheirCodeAndHurtNobodyElse(t *testing.T) {
	for _, substitute := range []wsproto.CloseCode{0, wsproto.ClosePolicyViolation} {
		for _, tt := range violations {
			t.Run(fmt.Sprintf("%s/substitute=%d", tt.name, substitute), func(t *testing.T) {
				var f *fixture
				f = newFixture(t, nil, func(e *recorder) {
					if substitute != 0 {
						e.conn.SetProtocolErrorCode(substitute)
					}
					e.receive = func(op wsproto.Opcode, payload []byte) { e.send(&f.pool, op, payload) }
				})
				bad := f.dial(t)
				f.endpoint(t, 0)
				good := f.dial(t)
				goodEnd := f.endpoint(t, 1)
				goodEnd.send(&f.pool, wsproto.OpBinary, bytes.Repeat([]byte("q"), 1<<20)) // more than the socket takes
				before := wsproto.AppendMaskedFrame(nil, wsproto.OpBinary, true, []byte("before"), [4]byte{1})
				if err := bad.WriteRaw(append(before, tt.send...)); err != nil {
					t.Fatal(err)
				}
				if _, got, err := bad.Message(); err != nil || string(got) != "before" {
					t.Errorf("what came before the fault wasn't answered: %q, %v", got, err)
				}
				closed, err := bad.AwaitClose()
				if err != nil {
					t.Fatal("no close frame:", err)
				}
				want := tt.code
				if want == wsproto.CloseProtocolError && substitute != 0 {
					want = substitute
				}
				if closed.Code != want || closed.Reason == "" {
					t.Errorf("closed with %v, want %d and a reason", closed, want)
				}
				_ = bad.Conn.Close()
				if reason := f.all()[0].awaitClosed(t); reason.Code != want {
					t.Errorf("the endpoint was told %v", reason)
				}
				if _, got, err := good.Message(); err != nil || strings.Trim(string(got), "q") != "" || len(got) != 1<<20 {
					t.Errorf("the other one got %d bytes, %v", len(got), err)
				}
				if got := f.loop.Stats().ProtocolErrors; got != 1 {
					t.Errorf("%d are counted", got)
				}
			})
		}
	}
}
