package swarm

import (
	"errors"
	"math/rand/v2"
	"strconv"
	"syscall"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

const (
	// confirmBytes of its own windows is what a client confirms at once
	// (docs/protocol.md); for others it does once in sweepTime.
	confirmBytes = 256 << 10
	sweepTime    = int64(time.Second)
	sweepSteps   = 100
	keptOutBytes = 4 << 10
)

// appendFrame appends a client's frame.
func appendFrame(dst []byte, op wsproto.Opcode, payload []byte) []byte {
	random := rand.Uint32()
	key := [4]byte{byte(random), byte(random >> 8), byte(random >> 16), byte(random >> 24)}
	return wsproto.AppendMaskedFrame(dst, op, true, payload, key)
}

// send sends a frame of the client's own that is no message, such as a pong.
func (t *thread) send(c *client, op wsproto.Opcode, payload []byte) {
	t.scratch = appendFrame(t.scratch[:0], op, payload)
	t.write(c, t.scratch)
}

// write sends bytes, and keeps what the socket doesn't take. b is borrowed until return.
func (t *thread) write(c *client, b []byte) {
	if len(c.out) > 0 {
		c.out = append(c.out, b...)
		return
	}
	n := t.writeSome(c, b)
	if n < len(b) && c.fd >= 0 {
		c.out = append(c.out, b[n:]...)
		t.watchFor(c)
	}
}

// writeSome returns how many bytes the socket took. A broken socket takes none, and is
// left to the read that will tell.
func (t *thread) writeSome(c *client, b []byte) int {
	if c.fd < 0 {
		return 0
	}
	n, err := syscall.Write(c.fd, b)
	if err != nil {
		if !errors.Is(err, syscall.EAGAIN) && !errors.Is(err, syscall.EINTR) {
			return len(b)
		}
		return 0
	}
	t.count(c).SentBytes += int64(n)
	return n
}

// writable goes on with what waits.
func (t *thread) writable(c *client) {
	n := t.writeSome(c, c.out)
	c.out = c.out[:copy(c.out, c.out[n:])]
	if len(c.out) > 0 {
		return
	}
	if cap(c.out) > keptOutBytes {
		c.out = nil
	}
	t.watchFor(c)
}

// control takes a control frame, whose payload is borrowed until return.
func (t *thread) control(c *client, payload []byte) error {
	switch c.op {
	case wsproto.OpPing:
		t.send(c, wsproto.OpPong, payload)
	case wsproto.OpClose:
		code, reason := wsproto.ParseClose(payload)
		if c.phase == phaseClosing {
			t.end(c)
			return nil
		}
		t.send(c, wsproto.OpClose, wsproto.AppendClosePayload(nil, code, ""))
		return &wsproto.CloseError{Code: code, Reason: reason}
	}
	return nil
}

// confirm tells the server what the client has, if that has changed, and asks for a pong
// if it is time.
func (t *thread) confirm(c *client) {
	resumes := c.group.Resume && (c.seq != c.told.seq || c.own != c.told.own)
	now := t.now()
	interval := int64(t.swarm.options.PingInterval)
	pings := interval > 0 && c.ponged == c.pings && now-c.pinged >= interval
	if c.phase != phaseOpen || !c.group.scene || !resumes && !pings {
		return
	}
	b := append(t.json[:0], '{')
	if resumes {
		b = strconv.AppendUint(append(b, `"seq":`...), c.seq, 10)
		b = strconv.AppendUint(append(b, `,"own":`...), c.own, 10)
		c.told, c.ownBytes = c.position, 0
	}
	if pings {
		if resumes {
			b = append(b, ',')
		}
		c.pings++
		c.pinged = now
		b = strconv.AppendUint(append(b, `"ping":`...), c.pings, 10)
	}
	t.json = append(b, '}')
	t.send(c, wsproto.OpText, t.json)
}

// sweep confirms for a share of the clients, so that each has its turn once in sweepTime.
func (t *thread) sweep(now int64) {
	for range (len(t.clients) + sweepSteps - 1) / sweepSteps {
		if t.swept++; t.swept >= len(t.clients) {
			t.swept = 0
		}
		t.confirm(t.clients[t.swept])
	}
	t.at(now+sweepTime/sweepSteps, t.sweep)
}
