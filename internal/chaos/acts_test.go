package chaos

import (
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// act is what a guest does on one visit.
type act struct {
	name string
	do   func(*crowd, *rand.Rand)
}

var acts = []act{
	{"polite", polite},
	{"polite", polite},
	{"stall", stall},
	{"flood", flood},
	{"trouble handlers", troubleHandlers},
	{"reset", reset},
	{"half-close", halfClose},
	{"vanish", vanish},
	{"come and go", comeAndGo},
	{"garbage messages", garbageMessages},
	{"garbage frames", garbageFrames},
	{"garbage bytes", garbageBytes},
	{"pings unread", pingsUnread},
	{"half a handshake", halfHandshake},
	{"bad HTTP", badHTTP},
}

func pickAct(rng *rand.Rand) act { return acts[rng.IntN(len(acts))] }

// enter connects, unless the server is full: then it waits a little.
func (c *crowd) enter(rng *rand.Rand, receiveBuffer int) (*wstest.Client, bool) {
	conn, err := wstest.Dial(c.addr, wstest.Options{
		Subprotocols: []string{scenewire.Subprotocol}, ReceiveBufferBytes: receiveBuffer,
	})
	if err == nil {
		return conn, true
	}
	if text := err.Error(); !strings.Contains(text, "503") && !isGone(err) {
		c.failed("a handshake", err)
	}
	time.Sleep(upTo(rng, 100*time.Millisecond))
	return nil, false
}

// isGone says whether the server has closed the connection: one of too many that waited
// with their handshakes.
func isGone(err error) bool {
	text := err.Error()
	return strings.Contains(text, "reset by peer") || strings.Contains(text, "broken pipe") || strings.Contains(text, "EOF")
}

func upTo(rng *rand.Rand, d time.Duration) time.Duration { return time.Duration(rng.Int64N(int64(d))) }

// stay bounds how long a guest stays, so that a short run has many visits, too.
func (c *crowd) stay(rng *rand.Rand) time.Duration {
	return upTo(rng, min(c.length/3, 5*time.Second))
}

func writeMessage(conn *wstest.Client, m messages.Message) error {
	body, err := registry.Append(nil, m)
	if err != nil {
		return err
	}
	return conn.Write(wsproto.OpBinary, body)
}

// discard reads and forgets for a time, or to the end.
func discard(conn net.Conn, d time.Duration) {
	_ = conn.SetReadDeadline(time.Now().Add(d))
	_, _ = io.Copy(io.Discard, conn)
}

// polite calls, gets its answers in order, and says goodbye. Nothing that others do may
// end its connection.
func polite(c *crowd, rng *rand.Rand) {
	conn, ok := c.enter(rng, 0)
	if !ok {
		return
	}
	defer func() { _ = conn.Conn.Close() }()
	unzip := wsproto.NewDecompressor()
	calls := 1 + rng.IntN(100)
	for n := range calls {
		if err := writeMessage(conn, call{N: n}); err != nil {
			c.failed("a polite guest's call", err)
			return
		}
	}
	for due := 0; due < calls; {
		window, err := conn.Window(wsproto.GenerationZstd, unzip)
		if err != nil {
			c.failed(fmt.Sprintf("answer %d of %d to a polite guest", due, calls), err)
			return
		}
		for _, body := range window.Messages {
			m, err := registry.Decode(body)
			c.check("decode", err)
			if a, ok := m.(answer); ok {
				if a.N != due {
					c.fault("answer %d came, %d was due", a.N, due)
				}
				due++
			}
		}
	}
	time.Sleep(c.stay(rng) / 10)
	c.failed("a goodbye", conn.CloseNormally())
}

// stall reads nothing, for up to longer than the server waits, and then perhaps goes on.
func stall(c *crowd, rng *rand.Rand) {
	conn, ok := c.enter(rng, 4096)
	if !ok {
		return
	}
	defer func() { _ = conn.Conn.Close() }()
	time.Sleep(upTo(rng, min(c.length/3, 20*time.Second)))
	if rng.IntN(2) == 0 {
		discard(conn.Conn, c.stay(rng))
	}
}

// flood calls and calls, and reads no answer: it fills its queue, or its inbox.
func flood(c *crowd, rng *rand.Rand) {
	conn, ok := c.enter(rng, 4096)
	if !ok {
		return
	}
	defer func() { _ = conn.Conn.Close() }()
	body, err := registry.Append(nil, call{Text: strings.Repeat("x", rng.IntN(2000))})
	c.check("encode", err)
	var many []byte
	for range 20 {
		many = wsproto.AppendMaskedFrame(many, wsproto.OpBinary, true, body, [4]byte{9})
	}
	until := time.Now().Add(c.stay(rng))
	_ = conn.Conn.SetWriteDeadline(until)
	for time.Now().Before(until) {
		if _, err := conn.Conn.Write(many); err != nil {
			return
		}
		time.Sleep(10 * time.Millisecond) // the processors are for others, too
	}
}

// troubleHandlers has handlers panic and take their time.
func troubleHandlers(c *crowd, rng *rand.Rand) {
	conn, ok := c.enter(rng, 0)
	if !ok {
		return
	}
	defer func() { _ = conn.Conn.Close() }()
	for range rng.IntN(30) {
		m := messages.Message(trip{})
		if rng.IntN(2) == 0 {
			m = nap{Millis: rng.IntN(20)}
		}
		if writeMessage(conn, m) != nil {
			return
		}
	}
	discard(conn.Conn, c.stay(rng)/4)
}

// reset ends a connection in the middle of everything.
func reset(c *crowd, rng *rand.Rand) {
	conn, ok := c.enter(rng, 0)
	if !ok {
		return
	}
	for n := range rng.IntN(10) {
		_ = writeMessage(conn, call{N: n})
	}
	discard(conn.Conn, c.stay(rng)/20)
	_ = conn.Reset()
}

// halfClose sends what it has to say, shuts its side, and reads on.
func halfClose(c *crowd, rng *rand.Rand) {
	conn, ok := c.enter(rng, 0)
	if !ok {
		return
	}
	defer func() { _ = conn.Conn.Close() }()
	for n := range rng.IntN(50) {
		_ = writeMessage(conn, call{N: n})
	}
	_ = conn.Conn.(*net.TCPConn).CloseWrite()
	discard(conn.Conn, c.stay(rng))
}

// vanish goes without a word.
func vanish(c *crowd, rng *rand.Rand) {
	conn, ok := c.enter(rng, 0)
	if !ok {
		return
	}
	discard(conn.Conn, c.stay(rng)/20)
	_ = conn.Conn.Close()
}

// garbageMessages sends proper frames whose messages aren't, and is answered a call
// behind them all the same.
func garbageMessages(c *crowd, rng *rand.Rand) {
	conn, ok := c.enter(rng, 0)
	if !ok {
		return
	}
	defer func() { _ = conn.Conn.Close() }()
	for range 1 + rng.IntN(20) {
		op, body := wsproto.OpBinary, randomBytes(rng, rng.IntN(300))
		if rng.IntN(4) == 0 {
			op, body = wsproto.OpText, []byte(strings.Repeat("text ", rng.IntN(20)))
		}
		if err := conn.Write(op, body); err != nil {
			c.failed("an answer behind bad messages", err)
			return
		}
	}
	c.check("a call behind bad messages", writeMessage(conn, call{}))
	unzip := wsproto.NewDecompressor()
	for {
		window, err := conn.Window(wsproto.GenerationZstd, unzip)
		if err != nil {
			c.failed("an answer behind bad messages", err)
			return
		}
		for _, body := range window.Messages {
			if m, _ := registry.Decode(body); m == (answer{Client: answerer(m)}) {
				return
			}
		}
	}
}

func answerer(m messages.Message) scenewire.ClientID {
	a, _ := m.(answer)
	return a.Client
}

// garbageFrames breaks RFC 6455 in some way, and expects a close frame that says so.
func garbageFrames(c *crowd, rng *rand.Rand) {
	conn, ok := c.enter(rng, 0)
	if !ok {
		return
	}
	defer func() { _ = conn.Conn.Close() }()
	huge := binary.BigEndian.AppendUint64([]byte{0x82, 0xff}, 1<<40)
	faults := []struct {
		bytes []byte
		code  wsproto.CloseCode
	}{
		{wsproto.AppendFrame(nil, wsproto.OpBinary, []byte("unmasked")), wsproto.CloseProtocolError},
		{append(huge, 1, 2, 3, 4), wsproto.CloseMessageTooBig},
		{wsproto.AppendMaskedFrame(nil, wsproto.OpText, true, []byte{0xff}, [4]byte{}), wsproto.CloseInvalidPayload},
		{[]byte{0xf2, 0x80, 0, 0, 0, 0}, wsproto.CloseProtocolError},                                     // reserved bits
		{[]byte{0x87, 0x80, 0, 0, 0, 0}, wsproto.CloseProtocolError},                                     // reserved opcode
		{[]byte{0x09, 0x80, 0, 0, 0, 0}, wsproto.CloseProtocolError},                                     // fragmented ping
		{append([]byte{0x88, 0x82, 0, 0, 0, 0}, 0x03, 0xed), wsproto.CloseProtocolError},                 // code 1005
		{wsproto.AppendMaskedFrame(nil, 0, true, []byte("rest"), [4]byte{}), wsproto.CloseProtocolError}, // of no message
	}
	fault := faults[rng.IntN(len(faults))]
	if err := conn.WriteRaw(append(fault.bytes, randomBytes(rng, rng.IntN(1000))...)); err != nil {
		c.fault("can't send: %v", err)
		return
	}
	closed, err := conn.AwaitClose()
	if err != nil {
		c.failed(fmt.Sprintf("the answer to %x", fault.bytes[:2]), err)
	} else if closed.Code != fault.code {
		c.fault("%x was answered with %v, want %v", fault.bytes[:2], closed, fault.code)
	}
}

// garbageBytes sends anything.
func garbageBytes(c *crowd, rng *rand.Rand) {
	conn, ok := c.enter(rng, 0)
	if !ok {
		return
	}
	defer func() { _ = conn.Conn.Close() }()
	for range rng.IntN(5) {
		if conn.WriteRaw(randomBytes(rng, rng.IntN(5000))) != nil {
			return
		}
	}
	discard(conn.Conn, c.stay(rng)/5)
}

// pingsUnread pings without reading the answers.
func pingsUnread(c *crowd, rng *rand.Rand) {
	conn, ok := c.enter(rng, 4096)
	if !ok {
		return
	}
	defer func() { _ = conn.Conn.Close() }()
	ping := wsproto.AppendMaskedFrame(nil, wsproto.OpPing, true, make([]byte, 125), [4]byte{5})
	_ = conn.Conn.SetWriteDeadline(time.Now().Add(c.stay(rng)))
	for range rng.IntN(1000) {
		if _, err := conn.Conn.Write(ping); err != nil {
			return
		}
	}
	time.Sleep(c.stay(rng) / 4)
}

// halfHandshake begins a request and waits.
func halfHandshake(c *crowd, rng *rand.Rand) {
	conn, ok := c.dialPlain()
	if !ok {
		return
	}
	defer func() { _ = conn.Close() }()
	request := "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAA"
	_, _ = io.WriteString(conn, request[:rng.IntN(len(request))])
	discard(conn, c.stay(rng))
}

// badHTTP sends what is no request, or one that gets no upgrade.
func badHTTP(c *crowd, rng *rand.Rand) {
	conn, ok := c.dialPlain()
	if !ok {
		return
	}
	defer func() { _ = conn.Close() }()
	requests := []string{
		"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", // TLS
		"GET / HTTP/1.1\r\n\r\n",
		"GET /" + strings.Repeat("x", 70_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nhalf",
		string(randomBytes(rng, 200)),
	}
	_, _ = io.WriteString(conn, requests[rng.IntN(len(requests))])
	discard(conn, c.stay(rng)/4)
}

func randomBytes(rng *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(rng.Uint32())
	}
	return b
}
