package probe

import (
	"errors"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// TestFragmentFlood sends messages in a million fragments. What they cost is the
// message's bytes, whatever the number of frames.
func TestFragmentFlood(t *testing.T) {
	const fragments = 1_000_000
	body := string(message(2, strings.Repeat("x", fragments)))
	for _, c := range []struct{ name, flood, last, want string }{
		{"empty fragments", strings.Repeat(frame(more, false, ""), fragments), frame(more, true, string(message(2, ""))), "note 2; close 1000; end"},
		{"fragments of one byte", fragmented(body[:fragments]), frame(more, true, body[fragments:]), "note 2; close 1000; end"},
		{"fragments without an end", fragmented(body), frame(bye, true, "\x03\xe8"), "close 1000; end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := attack(t, usualBudget, nil)
			i := s.enter(t, wstest.Options{})
			i.sendBehind(frame(binary, false, ""), c.flood, c.last)
			if got := i.story(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func fragmented(body string) string {
	b := make([]byte, 0, 7*len(body))
	for i := range len(body) {
		b = wsproto.AppendMaskedFrame(b, more, false, []byte(body[i:i+1]), [4]byte{1, 2, 3, 4})
	}
	return string(b)
}

// TestPingFlood sends pings and reads nothing, when its socket is full already: answers
// are only kept up to a bound, the rest is left out, and in the end the client is closed
// for not reading.
func TestPingFlood(t *testing.T) {
	s := attack(t, usualBudget, func(o *scenewire.Options) { o.WriteTimeout = 500 * time.Millisecond })
	i := s.enter(t, wstest.Options{ReceiveBufferBytes: 64 << 10})
	must(t, s.newest(t, 1).Send(note{Text: noise(4 * mib)}))
	i.keepSending(strings.Repeat(frame(ping, true, strings.Repeat("p", 125)), 1000))
	if reason := s.reason(t); !strings.HasPrefix(reason.Reason, "no write progress") {
		t.Errorf("gone for %v", reason)
	}
}

// TestPongsAndPingsWithoutEnd sends control frames between data for as long as it takes
// to be sure that nothing piles up: all are read, and the message gets through.
func TestPongsAndPingsWithoutEnd(t *testing.T) {
	s := attack(t, usualBudget, nil)
	i := s.enter(t, wstest.Options{})
	i.sendBehind(strings.Repeat(frame(pong, true, "x"), 500_000), frame(binary, true, string(message(2, ""))))
	if got := i.story(); got != "note 2; close 1000; end" {
		t.Errorf("got %s", got)
	}
}

// TestAnswersThatAreNotRead sends messages and takes no answer, when its socket is full
// already. The answers fill the client's queue, and a full queue ends the client.
func TestAnswersThatAreNotRead(t *testing.T) {
	l := startLoop(t, &loop.Options{CloseTimeout: 200 * time.Millisecond})
	s := attack(t, usualBudget, func(o *scenewire.Options) { o.MaxQueueMessages, o.Loop = 1000, l })
	i := s.enter(t, wstest.Options{ReceiveBufferBytes: 64 << 10})
	must(t, s.newest(t, 1).Send(note{Text: noise(4 * mib)}))
	i.keepSending(strings.Repeat(frame(binary, true, string(message(1, noise(1000)))), 100))
	if reason := s.reason(t); reason.Code != wsproto.CloseTryAgainLater {
		t.Errorf("gone for %v, want 1013", reason)
	}
}

// TestFloodsTogether has twelve clients write as fast as they can, of which none reads.
func TestFloodsTogether(t *testing.T) {
	const duration = 700 * time.Millisecond
	s := attack(t, 64*mib, nil)
	var writers sync.WaitGroup
	for _, flood := range []string{
		frame(ping, true, strings.Repeat("p", 125)),
		frame(pong, true, ""),
		frame(binary, true, string(message(1, ""))),
		frame(binary, true, "\xc1"),
		frame(text, true, "text"),
		closeFrame + "junk",
	} {
		for range 2 {
			i := s.enter(t, wstest.Options{ReceiveBufferBytes: 64 << 10})
			writers.Go(func() {
				_ = i.Conn.SetWriteDeadline(time.Now().Add(duration))
				many := []byte(strings.Repeat(flood, 1000))
				for err := error(nil); err == nil; {
					_, err = i.Conn.Write(many)
				}
				_ = i.Reset()
			})
		}
	}
	writers.Wait()
}

// TestNeverReadingClient is sent more than its socket takes.
func TestNeverReadingClient(t *testing.T) {
	const windows = 64
	s := attack(t, 64*mib, func(o *scenewire.Options) { o.WriteTimeout = 500 * time.Millisecond })
	s.enter(t, wstest.Options{ReceiveBufferBytes: 64 << 10})
	c := s.newest(t, 1)
	for range windows {
		if err := c.Send(note{Text: noise(256 << 10)}); err != nil && !errors.Is(err, scenewire.ErrClientGone) {
			t.Fatal(err)
		}
	}
	if reason := s.reason(t); !strings.HasPrefix(reason.Reason, "no write progress") {
		t.Errorf("gone for %v", reason)
	}
}

// TestFullQueue sends to a client that doesn't read until its queue is full. It gets a
// close frame, and reads it if it wakes up in time.
func TestFullQueue(t *testing.T) {
	s := attack(t, usualBudget, func(o *scenewire.Options) { o.MaxQueueBytes = 4 * mib })
	i := s.enter(t, wstest.Options{ReceiveBufferBytes: 64 << 10})
	c := s.newest(t, 1)
	var err error
	for err == nil {
		err = c.Send(note{Text: noise(64 << 10)})
	}
	if !errors.Is(err, scenewire.ErrFull) {
		t.Errorf("Send: %v, want ErrFull", err)
	}
	story := i.story()
	if !strings.HasSuffix(story, "close 1013; end") {
		t.Errorf("got %s", story)
	}
}

// TestManyHandshakesAndResets connects and resets at once, over and over. Each client
// that got in is told of once more, when it is gone.
func TestManyHandshakesAndResets(t *testing.T) {
	const clients = 500
	s := attack(t, usualBudget, nil)
	for range clients {
		c, err := wstest.Dial(s.addr, wstest.Options{})
		must(t, err)
		must(t, c.Reset())
	}
	for range clients {
		s.reason(t)
	}
}

// TestResetInside resets in the middle of things.
func TestResetInside(t *testing.T) {
	s := attack(t, usualBudget, nil)
	for _, c := range []struct{ name, send string }{
		{"a header", "\x82"},
		{"an extended length", "\x82\xff\x00\x00"},
		{"a payload", bareHeader(0x82, "\xfe\x10\x00") + "abc"},
		{"a fragmented message", frame(binary, false, "abc")},
		{"a close frame", closeFrame[:5]},
		{"unanswered messages", strings.Repeat(frame(binary, true, string(message(1, ""))), 1000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := s.enter(t, wstest.Options{})
			must(t, i.WriteRaw([]byte(c.send)))
			must(t, i.Reset())
			s.reason(t)
		})
	}
}

// TestHalfClosed shuts its sending side. What was sent before is handled, and the reason
// of the disconnect is the first thing that was wrong. Whether a close frame still goes
// out is left open: the engine closes a socket with its peer's FIN.
func TestHalfClosed(t *testing.T) {
	one := frame(binary, true, string(message(1, "")))
	for _, c := range []struct {
		name, send string
		notes      int64
		reason     scenewire.CloseCode
	}{
		{"at once", "", 0, wsproto.CloseAbnormal},
		{"behind a message", one, 1, wsproto.CloseAbnormal},
		{"behind many messages", strings.Repeat(one, 1000), 1000, wsproto.CloseAbnormal},
		{"inside a frame", one + one[:5], 1, wsproto.CloseAbnormal},
		{"behind a close frame", one + closeFrame, 1, wsproto.CloseNormal},
		{"behind a fault", one + "\xff\xff", 1, wsproto.CloseProtocolError},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := attack(t, usualBudget, nil)
			i := s.enter(t, wstest.Options{})
			s.newest(t, 1)
			must(t, i.WriteRaw([]byte(c.send)))
			must(t, i.Conn.(*net.TCPConn).CloseWrite())
			if got := i.story(); !strings.HasSuffix(got, "end") {
				t.Errorf("got %s, want the end of the connection", got)
			}
			reason := s.reason(t)
			if reason.Code != c.reason {
				t.Errorf("the reason is %v, want %v", reason, c.reason)
			}
			if n := s.notes.Load(); n != c.notes {
				t.Errorf("%d notes were handled, want %d", n, c.notes)
			}
		})
	}
}

// TestTalkingAfterTheEnd goes on sending when the connection is over: it is read and
// dropped until CloseTimeout, and then cut off.
func TestTalkingAfterTheEnd(t *testing.T) {
	l := startLoop(t, &loop.Options{CloseTimeout: 200 * time.Millisecond})
	s := attack(t, usualBudget, func(o *scenewire.Options) { o.Loop = l })
	for _, c := range []struct {
		name, send string
		code       scenewire.CloseCode // of the server's own close
		want       string
	}{
		{"behind its own close frame", closeFrame, 0, "close 1000"},
		{"behind a fault", "\xff\xff", 0, "close 1002"},
		{"behind the server's close frame", "", 4321, "close 4321"},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := s.enter(t, wstest.Options{})
			if client := s.newest(t, 1); c.code != 0 {
				client.Close(c.code, "enough")
			}
			must(t, i.WriteRaw([]byte(c.send)))
			i.keepSending(strings.Repeat("\xff", 64<<10))
			if got := i.story(); !strings.HasPrefix(got, c.want+"; ") {
				t.Errorf("got %s, want %s", got, c.want)
			}
			s.reason(t) // the server has done with it, whatever is still sent
		})
	}
}

// newest waits for the n-th client beside the bystander.
func (s *subject) newest(t testing.TB, n int) *scenewire.Client {
	t.Helper()
	if !wstest.Eventually(func() bool { return len(s.Clients()) == n+1 }) {
		t.Fatal("the client isn't there")
	}
	return s.Clients()[n]
}

// reason waits for a disconnect.
func (s *subject) reason(t testing.TB) *scenewire.CloseError {
	t.Helper()
	var reason *scenewire.CloseError
	select {
	case err := <-s.gone:
		if !errors.As(err, &reason) {
			t.Fatalf("the reason %v is no CloseError", err)
		}
	case <-time.After(wstest.Timeout):
		t.Fatal("still connected")
	}
	return reason
}

// noise is text that doesn't shrink.
func noise(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(' ' + rand.N(95))
	}
	return string(b)
}
