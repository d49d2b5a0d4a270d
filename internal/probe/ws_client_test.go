package probe

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// intruder is a client that got in and doesn't behave.
type intruder struct {
	*wstest.Client
	t     testing.TB
	unzip *wsproto.Decompressor
}

// enter makes a handshake.
func (s *subject) enter(t testing.TB, o wstest.Options) *intruder {
	t.Helper()
	if o.Subprotocols == nil {
		o.Subprotocols = []string{scenewire.Subprotocol}
	}
	c, err := wstest.Dial(s.addr, o)
	must(t, err)
	t.Cleanup(func() { _ = c.Conn.Close() })
	return &intruder{Client: c, t: t, unzip: wsproto.NewDecompressor()}
}

// sendBehind writes in the background what the server may not read to its end.
func (c *intruder) sendBehind(parts ...string) {
	done := make(chan struct{})
	c.t.Cleanup(func() { _ = c.Conn.Close(); <-done })
	go func() {
		defer close(done)
		for _, part := range parts {
			if c.WriteRaw([]byte(part)) != nil {
				return
			}
		}
	}()
}

// keepSending writes text over and over, until the server closes or the test ends.
func (c *intruder) keepSending(text string) {
	stopped := make(chan struct{})
	c.t.Cleanup(func() { _ = c.Conn.Close(); <-stopped })
	go func() {
		defer close(stopped)
		for c.WriteRaw([]byte(text)) == nil {
		}
	}()
}

// story reads until the end, and tells what came, but for the pulses: "note 7" is an
// answer of the handler, "pong x" one of the connection, "close 1000" a close frame, and
// the last word is how the socket ended. At note 2 the intruder closes: a server owes no
// more answers to who has said goodbye.
func (c *intruder) story() string {
	var lines []string
	for {
		ev, err := c.Next()
		if err != nil {
			return strings.Join(append(lines, endOf(err)), "; ")
		}
		line := c.tell(ev)
		if line == "" {
			continue
		}
		lines = append(lines, line)
		if strings.HasSuffix(line, "note 2") {
			_ = c.WriteRaw([]byte(closeFrame))
		}
	}
}

func (c *intruder) tell(ev wsproto.Event) string {
	switch ev.Opcode {
	case wsproto.OpClose:
		code, _ := wsproto.ParseClose(ev.Payload)
		return fmt.Sprint("close ", uint16(code))
	case wsproto.OpPong:
		return strings.TrimSpace(fmt.Sprintf("pong %.20s", ev.Payload))
	case wsproto.OpPing:
		return "ping"
	}
	payload := append([]byte(nil), ev.Payload...)
	envelope, err := wsproto.DecodeWindow(wsproto.GenerationZstd, payload, wsproto.WindowLimits{}, c.unzip)
	if err != nil {
		return "a bad window: " + err.Error()
	}
	var notes []string
	for _, body := range envelope.Messages {
		if m, err := registry().Decode(body); err != nil {
			return "a bad message: " + err.Error()
		} else if n, ok := m.(note); ok {
			notes = append(notes, fmt.Sprint("note ", n.N))
		}
	}
	return strings.Join(notes, "; ")
}

func endOf(err error) string {
	var timeout net.Error
	switch {
	case err == nil, errors.Is(err, io.EOF):
		return "end"
	case errors.Is(err, syscall.ECONNRESET):
		return "reset"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "still open"
	}
	return err.Error()
}

// withoutWindows takes binary messages out of a server's frames.
func withoutWindows(frames string) string {
	var parser wsproto.Parser
	parser.Init(wsproto.Client, 0)
	var rest []byte
	in := []byte(frames)
	for len(in) > 0 {
		ev, n, err := parser.Next(in)
		if err != nil || n == 0 {
			return frames
		}
		if ev.Opcode != wsproto.OpBinary {
			rest = append(rest, in[:n]...)
		}
		in = in[n:]
	}
	return string(rest)
}

// message is a note as an intruder's body.
func message(n int, text string) []byte {
	body, err := registry().Append(nil, note{N: n, Text: text})
	if err != nil {
		panic(err)
	}
	return body
}

// frame is a masked frame.
func frame(op wsproto.Opcode, fin bool, payload string) string {
	return string(wsproto.AppendMaskedFrame(nil, op, fin, []byte(payload), [4]byte{1, 2, 3, 4}))
}

// bareHeader is that of a frame with a zero key, without its payload.
func bareHeader(first byte, length string) string {
	return string([]byte{first}) + length + "\x00\x00\x00\x00"
}
