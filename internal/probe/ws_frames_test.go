package probe

import (
	"strings"
	"testing"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

const (
	text   = wsproto.OpText
	binary = wsproto.OpBinary
	more   = wsproto.OpContinuation
	ping   = wsproto.OpPing
	pong   = wsproto.OpPong
	bye    = wsproto.OpClose
)

const messageLimit = 1000

// TestFrames sends frames that RFC 6455 forbids, and some that it allows, between two
// messages: what came before a fault is answered, what comes behind it never.
func TestFrames(t *testing.T) {
	s := attack(t, usualBudget, func(o *scenewire.Options) { o.MaxMessageBytes = messageLimit })
	one, two := frame(binary, true, string(message(1, ""))), frame(binary, true, string(message(2, "")))
	good := string(message(7, strings.Repeat("x", messageLimit-len(message(7, strings.Repeat("x", 900)))+900)))
	if len(good) != messageLimit {
		t.Fatalf("the message at the limit has %d bytes", len(good))
	}
	const fault = "note 1; close 1002; end"
	for _, c := range []struct{ name, send, want string }{
		{"unmasked", "\x82\x01x", fault},
		{"unmasked and empty", "\x82\x00", fault},
		{"RSV1", "\xc2\x80\x01\x02\x03\x04", fault},
		{"RSV2", "\xa2\x80\x01\x02\x03\x04", fault},
		{"RSV3", "\x92\x80\x01\x02\x03\x04", fault},
		{"RSV1 on a ping", "\xc9\x80\x01\x02\x03\x04", fault},
		{"reserved opcode 3", "\x83\x80\x01\x02\x03\x04", fault},
		{"reserved opcode 7", "\x87\x80\x01\x02\x03\x04", fault},
		{"reserved opcode 11", "\x8b\x80\x01\x02\x03\x04", fault},
		{"reserved opcode 15", "\x8f\x80\x01\x02\x03\x04", fault},
		{"a fragmented ping", frame(ping, false, "a"), fault},
		{"a fragmented close", frame(bye, false, "\x03\xe8"), fault},
		{"a ping of 126 bytes", frame(ping, true, strings.Repeat("a", 126)), fault},
		{"a ping that declares 2^32", bareHeader(0x89, "\xff\x00\x00\x00\x01\x00\x00\x00\x00"), fault},
		{"a close of 126 bytes", frame(bye, true, "\x03\xe8"+strings.Repeat("a", 124)), fault},
		{"a continuation of nothing", frame(more, true, "a"), fault},
		{"a new message inside a fragmented one", frame(binary, false, "a") + frame(binary, true, "b"), fault},
		{"a length of 2^63", bareHeader(0x82, "\xff\x80\x00\x00\x00\x00\x00\x00\x00"), fault},
		{"a length of 2^64-1", bareHeader(0x82, "\xff\xff\xff\xff\xff\xff\xff\xff\xff"), fault},
		{"a length of 2^63-1", bareHeader(0x82, "\xff\x7f\xff\xff\xff\xff\xff\xff\xff"), "note 1; close 1009; end"},
		{"a length of 5 in 16 bits", bareHeader(0x82, "\xfe\x00\x05"), fault},
		{"a length of 5 in 64 bits", bareHeader(0x82, "\xff\x00\x00\x00\x00\x00\x00\x00\x05"), fault},
		{"a length of 65,535 in 64 bits", bareHeader(0x82, "\xff\x00\x00\x00\x00\x00\x00\xff\xff"), fault},
		{"a message of the limit", frame(binary, true, good), "note 1; note 7; note 2; close 1000; end"},
		{"a message of the limit in fragments", frame(binary, false, good[:400]) + frame(more, false, good[400:400]) + frame(more, true, good[400:]), "note 1; note 7; note 2; close 1000; end"},
		{"a message over the limit by one", frame(binary, true, good+"x"), "note 1; close 1009; end"},
		{"fragments over the limit by one", frame(binary, false, good) + frame(more, true, "x"), "note 1; close 1009; end"},
		{"an empty fragment at the limit", frame(binary, false, good) + frame(more, true, ""), "note 1; note 7; note 2; close 1000; end"},
		{"text that isn't UTF-8", frame(text, true, "a\xff"), "note 1; close 1007; end"},
		{"text that ends inside a rune", frame(text, true, "\xc3"), "note 1; close 1007; end"},
		{"text with a surrogate", frame(text, true, "\xed\xa0\x80"), "note 1; close 1007; end"},
		{"text in an overlong form", frame(text, true, "\xc0\xaf"), "note 1; close 1007; end"},
		{"text whose rune is cut by fragments", frame(text, false, "\xc3") + frame(more, true, "\xa4"), "note 1; note 2; close 1000; end"},
		{"text that is wrong in its first fragment", frame(text, false, "\xff"), "note 1; close 1007; end"},
		{"a ping inside a message", frame(binary, false, good[:10]) + frame(ping, true, "p") + frame(more, true, good[10:]), "note 1; pong p; note 7; note 2; close 1000; end"},
		{"a pong that nobody asked for", frame(pong, true, "p"), "note 1; note 2; close 1000; end"},
		{"an empty ping", frame(ping, true, ""), "note 1; pong; note 2; close 1000; end"},
		{"a ping of 125 bytes", frame(ping, true, strings.Repeat("a", 125)), "note 1; pong aaaaaaaaaaaaaaaaaaaa; note 2; close 1000; end"},
		{"an empty message", frame(binary, true, ""), "note 1; note 2; close 1000; end"},
		{"a message that is no MessagePack", frame(binary, true, "\xc1\xc1"), "note 1; note 2; close 1000; end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := s.enter(t, wstest.Options{})
			i.sendBehind(one + c.send + two)
			if got := inOrder(i.story()); got != inOrder(c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
		t.Run(c.name+" byte by byte", func(t *testing.T) {
			i := s.enter(t, wstest.Options{})
			i.sendBehind(strings.Split(one+c.send+two, "")...)
			if got := inOrder(i.story()); got != inOrder(c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// inOrder puts pongs first: between messages and control frames there is no order.
func inOrder(story string) string {
	var pongs, rest []string
	for line := range strings.SplitSeq(story, "; ") {
		if strings.HasPrefix(line, "pong") {
			pongs = append(pongs, line)
		} else {
			rest = append(rest, line)
		}
	}
	return strings.Join(append(pongs, rest...), "; ")
}

// TestCloseFrames sends close frames of all sorts. They are answered with the same code,
// or, if that mustn't be sent, with 1002; what follows them is never read.
func TestCloseFrames(t *testing.T) {
	s := attack(t, usualBudget, nil)
	behind := frame(binary, true, string(message(2, ""))) + frame(ping, true, "p") + "\xff\xff\xff\xff"
	for _, c := range []struct{ name, payload, want string }{
		{"none", "", "close 1005; end"},
		{"1000", "\x03\xe8", "close 1000; end"},
		{"1000 with a reason", "\x03\xe8enough", "close 1000; end"},
		{"1000 with a reason of 123 bytes", "\x03\xe8" + strings.Repeat("a", 123), "close 1000; end"},
		{"1001", "\x03\xe9", "close 1001; end"},
		{"1011", "\x03\xf3", "close 1011; end"},
		{"1014", "\x03\xf6", "close 1014; end"},
		{"3000", "\x0b\xb8", "close 3000; end"},
		{"4999", "\x13\x87", "close 4999; end"},
		{"half a code", "\x03", "close 1002; end"},
		{"0", "\x00\x00", "close 1002; end"},
		{"999", "\x03\xe7", "close 1002; end"},
		{"1004", "\x03\xec", "close 1002; end"},
		{"1005", "\x03\xed", "close 1002; end"},
		{"1006", "\x03\xee", "close 1002; end"},
		{"1015", "\x03\xf7", "close 1002; end"},
		{"1016", "\x03\xf8", "close 1002; end"},
		{"2999", "\x0b\xb7", "close 1002; end"},
		{"5000", "\x13\x88", "close 1002; end"},
		{"65535", "\xff\xff", "close 1002; end"},
		{"a reason that isn't UTF-8", "\x03\xe8\xff", "close 1007; end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := s.enter(t, wstest.Options{})
			i.sendBehind(frame(bye, true, c.payload) + behind)
			if got := i.story(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestFaultsOfViserClients breaks the protocol as viser's client: it takes 1002 for a
// version that doesn't fit, so it gets 1008.
func TestFaultsOfViserClients(t *testing.T) {
	s := attack(t, usualBudget, func(o *scenewire.Options) { o.MaxMessageBytes = messageLimit })
	for _, c := range []struct{ name, send, want string }{
		{"unmasked", "\x82\x01x", "close 1008; end"},
		{"RSV1", "\xc2\x80\x01\x02\x03\x04", "close 1008; end"},
		{"a bad close code", frame(bye, true, "\x03\xed"), "close 1008; end"},
		{"its own 1002", frame(bye, true, "\x03\xea"), "close 1008; end"},
		{"text that isn't UTF-8", frame(text, true, "\xff"), "close 1007; end"},
		{"a message over the limit", frame(binary, true, strings.Repeat("x", messageLimit+1)), "close 1009; end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := s.enter(t, wstest.Options{Subprotocols: []string{"viser-v1.0.21"}})
			i.sendBehind(c.send)
			if got := i.story(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
