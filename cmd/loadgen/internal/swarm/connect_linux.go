package swarm

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

const (
	maxHeadBytes  = 64 << 10
	maxBodyBytes  = 160 // of a refusal, to be shown
	resumeOffer   = "scenewire.resume"
	slowBufBytes  = 4 << 10 // receive buffer of slow groups
	statusUpgrade = 101
)

// campaign is a number of clients that connect because of one call.
type campaign struct {
	tolerant bool
	done     chan struct{}

	mu    sync.Mutex // guards all below
	left  int
	ended bool // nothing more is to be dialled
	came  int
	err   error
}

func newCampaign(clients int, tolerant bool) *campaign {
	ca := &campaign{tolerant: tolerant, left: clients, done: make(chan struct{})}
	if clients == 0 {
		close(ca.done)
	}
	return ca
}

// over reports whether it has ended early. nil is a campaign that never ends.
func (ca *campaign) over() bool {
	if ca == nil {
		return false
	}
	ca.mu.Lock()
	defer ca.mu.Unlock()
	return ca.ended
}

// result takes one client's, and nil if it is open.
func (ca *campaign) result(err *ConnectError) {
	if ca == nil {
		return
	}
	ca.mu.Lock()
	defer ca.mu.Unlock()
	ca.left--
	if err == nil {
		ca.came++
	} else if ca.err == nil && (!ca.tolerant || err.Cause == CausePorts || err.Cause == CauseFiles) {
		ca.err = err
		ca.end()
		return
	}
	if ca.left == 0 {
		ca.end()
	}
}

func (ca *campaign) end() {
	if !ca.ended {
		ca.ended = true
		close(ca.done)
	}
}

func (ca *campaign) cancel() {
	ca.mu.Lock()
	defer ca.mu.Unlock()
	select {
	case <-ca.done:
	default:
		ca.end()
	}
}

// dial is a client whose time to connect has come.
type dial struct {
	c        *client
	at       int64 // for when it was scheduled
	resume   bool
	campaign *campaign
}

// attempt is a connection on its way.
type attempt struct {
	dial
	deadline int64
	key      string
	offers   []string
	answer   []byte
}

// schedule has a client connect at that time.
func (t *thread) schedule(d dial) {
	d.c.coming = true
	t.count(d.c).Connecting++
	t.count(d.c).Away--
	t.at(d.at, func(int64) { t.dials = append(t.dials, d) })
}

func (t *thread) canDial() bool { return len(t.dials) > 0 && t.dialling < t.swarm.maxDialling() }

// dialSome begins as many connections as may be under way.
func (t *thread) dialSome() {
	for t.canDial() {
		d := t.dials[0]
		t.dials = t.dials[1:]
		d.c.coming = false
		if d.campaign.over() {
			t.count(d.c).Connecting--
			t.count(d.c).Away++
			continue
		}
		if d.c.phase == phaseClosing {
			t.end(d.c) // it has had its time
		}
		t.dial(d)
	}
}

func (t *thread) dial(d dial) {
	c := d.c
	var nonce [16]byte
	for i := 0; i < len(nonce); i += 8 {
		r := rand.Uint64()
		for j := range 8 {
			nonce[i+j] = byte(r >> (8 * j))
		}
	}
	c.attempt = &attempt{dial: d, deadline: t.tick() + int64(t.swarm.options.HandshakeTimeout), key: wsproto.ClientKey(nonce), offers: c.offered(d.resume)}
	t.dialling++
	buffer := c.group.ReceiveBufferBytes
	if buffer == 0 && c.group.Pace.Slow() {
		buffer = slowBufBytes
	}
	fd, established, err := t.swarm.target.dial(c.number, buffer)
	if err != nil {
		t.failed(c, causeOf(err), 0, err.Error())
		return
	}
	c.fd, c.phase, c.events = fd, phaseConnecting, syscall.EPOLLOUT
	if err := t.epollControl(syscall.EPOLL_CTL_ADD, c); err != nil {
		t.failed(c, causeOf(err), 0, "epoll_ctl: "+err.Error())
		return
	}
	stale := c.stale
	t.at(c.attempt.deadline, func(int64) {
		if c.attempt != nil && c.stale == stale {
			t.failed(c, CauseTimeout, 0, fmt.Sprintf("no answer within %v", t.swarm.options.HandshakeTimeout))
		}
	})
	if established {
		t.connected(c)
	}
}

// offered are the subprotocols that a client offers.
func (c *client) offered(resume bool) []string {
	if c.group.offers == "" {
		return nil
	}
	offers := []string{c.group.offers}
	if !c.group.scene || !c.group.Resume {
		return offers
	}
	if !resume || c.epoch == 0 {
		return append(offers, resumeOffer)
	}
	session := c.session
	if session == "" {
		session = "-"
	}
	return append(offers, fmt.Sprintf("%s.%d.%d.%d.%s", resumeOffer, c.epoch, c.seq, c.own, session))
}

// connected makes the handshake's first half.
func (t *thread) connected(c *client) {
	code, err := syscall.GetsockoptInt(c.fd, syscall.SOL_SOCKET, syscall.SO_ERROR)
	if err == nil && code != 0 {
		err = syscall.Errno(code)
	}
	if err != nil {
		t.failed(c, causeOf(err), 0, err.Error())
		return
	}
	to := &t.swarm.target
	request := wsproto.AppendClientHandshake(nil, to.host, to.path, c.attempt.key, c.attempt.offers, nil)
	n, err := syscall.Write(c.fd, request)
	if err != nil || n < len(request) { // an empty socket takes all, or it is broken
		t.failed(c, CauseReset, 0, fmt.Sprintf("send the handshake: %v", err))
		return
	}
	c.phase = phaseHandshake
	t.watchFor(c)
}

// answered takes bytes of the server's answer.
func (t *thread) answered(c *client, b []byte, now int64) {
	a := c.attempt
	a.answer = append(a.answer, b...)
	head, used, err := wsproto.ReadResponseHead(a.answer, maxHeadBytes)
	switch {
	case err != nil:
		t.failed(c, CauseHandshake, 0, err.Error())
		return
	case used == 0:
		return
	case head.Status != statusUpgrade:
		if body := a.answer[used:]; len(body) >= bodyBytes(head.Header) {
			t.failed(c, CauseHandshake, head.Status, oneLine(body))
		}
		return // the body is still to come, or the end of the connection
	}
	chosen, err := wsproto.CheckSwitchingProtocols(head.Status, head.Header, a.key, a.offers)
	if err != nil {
		cause := CauseHandshake
		if got := head.Header["Sec-Websocket-Protocol"]; len(got) > 0 && got[0] != c.group.offers {
			cause = CauseSubprotocol
		}
		t.failed(c, cause, head.Status, err.Error())
		return
	}
	if chosen != c.group.offers {
		t.failed(c, CauseSubprotocol, head.Status, fmt.Sprintf("the server chose the subprotocol %q, not %q", chosen, c.group.offers))
		return
	}
	rest := a.answer[used:]
	t.openClient(c, now)
	if len(rest) > 0 {
		t.received(c, rest, now)
	}
}

// bodyBytes is how much of a refusal's body to wait for.
func bodyBytes(header map[string][]string) int {
	if length := header["Content-Length"]; len(length) == 1 {
		if n, err := strconv.Atoi(length[0]); err == nil {
			return min(n, maxBodyBytes)
		}
	}
	return 0
}

func oneLine(body []byte) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(body[:min(len(body), maxBodyBytes)]), "")), " ")
}

// openClient is the end of a handshake that went well.
func (t *thread) openClient(c *client, now int64) {
	g, a := t.count(c), c.attempt
	c.attempt = nil
	t.dialling--
	g.Connecting--
	g.Open++
	g.Opened++
	g.Connect.Record(now-a.at, 1)
	c.back = c.opened != 0
	if c.back {
		g.Returned++
	}
	if resumes := a.resume && c.group.scene && c.group.Resume && c.epoch != 0; !resumes {
		c.forget()
	}
	c.phase, c.opened, c.read, c.waiting, c.outage = phaseOpen, now, 0, true, c.back
	c.pings, c.ponged, c.told, c.ownBytes = 0, 0, c.position, 0
	c.old, c.oldRead = 0, 0
	c.pinged = now - rand.Int64N(max(1, int64(t.swarm.options.PingInterval)))
	if c.target = 0; c.group.scene {
		c.target = t.swarm.newest(c.epoch)
	}
	t.watchFor(c)
	c.open.Store(true)
	t.swarm.open.Add(1)
	a.campaign.result(nil)
	t.beginPace(c)
	t.beginFlap(c)
}

// forget has a client begin anew.
func (c *client) forget() {
	c.position, c.session, c.echoed = position{}, "", 0
	if c.watch != nil {
		c.watch.clear()
	}
}

// failed is the end of an attempt.
func (t *thread) failed(c *client, cause Cause, status int, text string) {
	g, a := t.count(c), c.attempt
	c.attempt = nil
	t.dialling--
	t.hangUp(c)
	c.phase = phaseAway
	g.Connecting--
	g.Away++
	if g.Failed == nil {
		g.Failed = make(map[Cause]int64)
	}
	g.Failed[cause]++
	a.campaign.result(&ConnectError{
		Cause: cause, Group: c.group.Name, Client: c.number, Target: t.swarm.target.addr.String(),
		Reached: int(t.swarm.open.Load()), Wanted: int(t.swarm.wanted.Load()), Status: status, Text: text,
	})
	t.comeLater(c)
}

// hangUp closes a client's socket.
func (t *thread) hangUp(c *client) {
	if c.fd >= 0 {
		_ = syscall.Close(c.fd) // which takes it out of epoll
	}
	c.fd, c.events = -1, 0
	c.stale++
	c.incoming, c.out = incoming{}, nil
}

// broken is a connection that the server has ended, or on which it broke the protocol.
func (t *thread) broken(c *client, err error) {
	if c.phase == phaseHandshake {
		t.brokenHandshake(c, err)
		return
	}
	if c.phase == phaseClosing {
		t.end(c)
		return
	}
	code := int(wsproto.CloseAbnormal)
	var closed *wsproto.CloseError
	var errno syscall.Errno
	g := t.count(c)
	switch {
	case errors.As(err, &closed):
		code = int(closed.Code)
		t.fault(c, "the server has closed the connection: %v", closed)
	case errors.Is(err, io.EOF), errors.As(err, &errno):
		t.fault(c, "the connection ended without a close frame: %v", err)
	default:
		g.Protocol++
		t.fault(c, "the server broke the WebSocket protocol: %v", err)
	}
	if g.Closed == nil {
		g.Closed = make(map[int]int64)
	}
	g.Closed[code]++
	t.end(c)
}

func (t *thread) brokenHandshake(c *client, err error) {
	a := c.attempt
	if head, used, headErr := wsproto.ReadResponseHead(a.answer, maxHeadBytes); headErr == nil && used > 0 {
		t.failed(c, CauseHandshake, head.Status, oneLine(a.answer[used:]))
		return
	}
	t.failed(c, CauseReset, 0, fmt.Sprintf("the connection ended in the handshake: %v", err))
}

// end is the end of a connection that was open.
func (t *thread) end(c *client) {
	g := t.count(c)
	if c.phase == phaseOpen {
		g.Open--
		g.Away++
		t.swarm.open.Add(-1)
	}
	c.open.Store(false)
	t.hangUp(c)
	c.phase = phaseAway
	t.comeLater(c)
}

// closeTimeout is how long a connection that we have ended may take to end.
const closeTimeout = int64(2 * time.Second)

// breakClient ends a client's connection.
func (t *thread) breakClient(c *client, how Break) {
	if c.phase != phaseOpen {
		return
	}
	g := t.count(c)
	g.Dropped++
	g.Open--
	g.Away++
	t.swarm.open.Add(-1)
	c.open.Store(false)
	c.phase = phaseClosing
	switch how {
	case BreakFIN:
		_ = syscall.Shutdown(c.fd, syscall.SHUT_WR)
	case BreakClose:
		t.send(c, wsproto.OpClose, wsproto.AppendClosePayload(nil, wsproto.CloseGoingAway, ""))
	case BreakSilent:
		_ = t.epollControl(syscall.EPOLL_CTL_DEL, c)
		t.silent = append(t.silent, c.fd)
		c.fd = -1
		t.end(c)
		return
	default:
		reset(c.fd)
		c.fd = -1
		t.end(c)
		return
	}
	t.watchFor(c)
	stale := c.stale
	t.at(t.now()+closeTimeout, func(int64) {
		if c.stale == stale && c.phase == phaseClosing {
			t.end(c)
		}
	})
}

// reset closes a socket with an RST.
func reset(fd int) {
	_ = syscall.SetsockoptLinger(fd, syscall.SOL_SOCKET, syscall.SO_LINGER, &syscall.Linger{Onoff: 1})
	_ = syscall.Close(fd)
}
