package swarm

import (
	"fmt"
	"slices"

	"github.com/scenewire/scenewire/wsproto"
)

// text counts a text message: it is none of a window's.
func (t *thread) text(c *client) { t.count(c).Frames++ }

// binary takes a whole message for a client.
func (t *thread) binary(c *client, content *content, now int64) {
	g, w := t.count(c), content.window
	g.Frames++
	if w.corrupt != nil {
		g.Corrupt++
		c.tick = 0 // it may have been in there
		t.fault(c, "a window can't be read: %v", w.corrupt)
		return
	}
	if w.head.Pong > 0 {
		t.pong(c, g, w.head.Pong, now)
		return
	}
	g.Windows++
	g.Messages += w.messages
	g.Inflated += w.inflated
	g.Packed += w.packed
	g.Unstamped += w.unstated
	t.checkOrder(c, g, w)
	t.checkTicks(c, g, &w.ticks)
	t.checkSenders(c, g, w, now)
	t.late(c, content, now)
	if c.waiting {
		t.catchUp(c, g, w, now)
	}
	if c.watch != nil {
		t.watched(c, g, w, now)
	}
	if c.ownBytes >= confirmBytes {
		t.confirm(c)
	}
}

// checkOrder compares a window's head with what the client has.
func (t *thread) checkOrder(c *client, g *GroupStats, w *window) {
	h := &w.head
	if h.Hello != nil {
		t.hello(c, g, h)
	}
	if w.scene && h.TimestampSec < c.time {
		g.Disorder++
		t.fault(c, "the server's time goes back from %v s to %v s", c.time, h.TimestampSec)
	}
	c.time = max(c.time, h.TimestampSec)
	switch {
	case h.Epoch != 0:
		t.checkSequence(c, g, w)
	case h.Own != 0 && h.Hello == nil:
		t.checkOwn(c, g, w)
	case w.messages > 0:
		g.UncheckedOrder++
	}
}

func (t *thread) hello(c *client, g *GroupStats, h *wsproto.Head) {
	c.session = h.Hello.Session
	switch h.Hello.Resumed {
	case wsproto.ResumedClient:
		g.Resumed++
		return
	case wsproto.ResumedScene:
		g.Scene++
	default:
		g.Fresh++
		c.seq, c.epoch, c.time = 0, 0, 0
		c.tick = 0
	}
	c.own, c.told.own = h.Own, h.Own // of a new session
	c.echoed = 0
}

func (t *thread) checkSequence(c *client, g *GroupStats, w *window) {
	h := &w.head
	begins := h.Reset || h.Resync || h.Hello != nil
	switch {
	case h.Reset:
		g.Resets++
		c.seq = 0
		if c.watch != nil {
			c.watch.clear()
		}
	case c.epoch != 0 && h.Epoch != c.epoch && h.Hello == nil:
		g.Disorder++
		t.fault(c, "the epoch changes from %d to %d without a reset", c.epoch, h.Epoch)
		c.seq = 0
	case h.Seq < c.seq:
		g.Disorder++
		t.fault(c, "the sequence goes back from %d to %d", c.seq, h.Seq)
	case h.Seq == c.seq && w.messages > 0 && !begins:
		g.Duplicates++
		t.fault(c, "the sequence %d comes a second time", h.Seq)
	}
	if w.backward != "" {
		g.Disorder++
		t.fault(c, "%s", w.backward)
	}
	c.epoch, c.seq = h.Epoch, max(c.seq, h.Seq)
	t.swarm.reached(c.epoch, c.seq)
}

func (t *thread) checkOwn(c *client, g *GroupStats, w *window) {
	expected := c.own + uint64(w.messages)
	switch {
	case w.head.Own == expected:
	case w.head.Own <= c.own:
		g.Duplicates++
		t.fault(c, "own message %d comes a second time", w.head.Own)
	default:
		g.Disorder++
		t.fault(c, "the count of own messages is %d after %d messages, not %d", w.head.Own, w.messages, expected)
	}
	c.own = max(c.own, w.head.Own)
	c.ownBytes += int(w.packed)
}

func (t *thread) checkTicks(c *client, g *GroupStats, ticks *ticks) {
	if ticks.first == 0 {
		return
	}
	missing := ticks.missing
	switch {
	case c.tick == 0:
	case ticks.last <= c.tick:
		g.Duplicates++
		t.fault(c, "ticks %d to %d come a second time", ticks.first, ticks.last)
		return
	case ticks.first <= c.tick:
		g.Disorder++
		t.fault(c, "tick %d comes behind %d", ticks.first, c.tick)
	default:
		missing += ticks.first - c.tick - 1
	}
	if ticks.disorder {
		g.Disorder++
		t.fault(c, "the ticks from %d to %d aren't in order", ticks.first, ticks.last)
	}
	t.lostTicks(c, g, missing)
	c.tick, c.outage = ticks.last, false
}

func (t *thread) lostTicks(c *client, g *GroupStats, missing uint64) {
	switch {
	case missing == 0:
	case c.outage || c.group.slow.Load():
		g.LostTicks += int64(missing)
	default:
		g.Gaps += int64(missing)
		t.fault(c, "%d ticks behind %d are missing", missing, c.tick)
	}
}

// checkSenders looks at what clients have sent: its own echoes, and others' pointers.
func (t *thread) checkSenders(c *client, g *GroupStats, w *window, now int64) {
	for i := range w.echoes {
		e := &w.echoes[i]
		switch {
		case int(e.ID) != c.number:
			g.Disorder++
			t.fault(c, "an echo of client %d", e.ID)
		case e.N == c.echoed:
			g.Duplicates++
			t.fault(c, "echo %d comes a second time", e.N)
		case e.N < c.echoed:
			g.Disorder++
			t.fault(c, "echo %d comes behind %d", e.N, c.echoed)
		default:
			c.echoed = e.N
			g.Echoed++
			g.Echo.Record(now-e.Due, 1)
		}
	}
	if len(w.pointers) == 0 {
		return
	}
	if _, found := slices.BinarySearch(w.pointers, uint32(c.number)); found {
		g.Mirrored++
		t.fault(c, "its own pointer came back")
	}
}

func (t *thread) pong(c *client, g *GroupStats, n uint64, now int64) {
	if n <= c.ponged || n > c.pings {
		g.Disorder++
		t.fault(c, "pong %d, of %d pings", n, c.pings)
		return
	}
	c.ponged = n
	if n == c.pings {
		g.RoundTrip.Record(now-c.pinged, 1)
	}
}

// clockTolerance is by how much a stamp may lie in the future.
const clockTolerance = 1e6

// late records how late a window's broadcasts are. What was scheduled before the client
// was there is no matter of latency.
func (t *thread) late(c *client, content *content, now int64) {
	w := content.window
	if len(w.dues) == 0 {
		return
	}
	if w.dues[0].at < c.opened || w.newest() > now+clockTolerance {
		t.lateInPart(c, w, now)
		return
	}
	for len(content.runs) <= c.group.index {
		content.runs = append(content.runs, run{})
	}
	const tolerance, share = 16e3, 256
	r := &content.runs[c.group.index]
	if r.n > 0 && now-r.at > max(tolerance, (r.at-w.newest())/share) {
		t.endRun(content, c.group.index)
	}
	if r.n == 0 {
		r.at = now
	}
	r.n++
}

func (t *thread) lateInPart(c *client, w *window, now int64) {
	g := t.count(c)
	for _, d := range w.dues {
		switch {
		case d.at > now+clockTolerance: // another machine's clock
			g.Unstamped += d.n
		case d.at >= c.opened:
			g.Latency.Record(now-d.at, d.n)
		}
	}
}

// endRun records the clients of a run.
func (t *thread) endRun(content *content, group int) {
	r := &content.runs[group]
	if r.n == 0 {
		return
	}
	for _, d := range content.window.dues {
		t.counts[group].Latency.Record(r.at-d.at, d.n*r.n)
	}
	r.n = 0
}

func (t *thread) endRuns(content *content) {
	for group := range content.runs {
		t.endRun(content, group)
	}
}

// catchUp looks whether a client has what the server had when it came. If nobody knows
// where the server stood then, it has with the first window that is newer than the client:
// the time is that of the last one before that had something older.
func (t *thread) catchUp(c *client, g *GroupStats, w *window, now int64) {
	if w.messages > 0 && (len(w.dues) == 0 || w.dues[0].at < c.opened) {
		c.old, c.oldRead = now, c.read
	}
	at, read := now, c.read
	switch {
	case c.target > 0 && c.seq < c.target:
		return
	case c.target == 0 && w.newest() < c.opened:
		return
	case c.target == 0:
		at, read = max(c.old, c.opened), c.oldRead
	}
	c.waiting = false
	took, bytes := &g.Join, &g.JoinBytes
	if c.back {
		took, bytes = &g.Comeback, &g.BackBytes
	}
	took.Record(at-c.opened, 1)
	bytes.Record(read, 1)
}

func (t *thread) fault(c *client, format string, args ...any) {
	t.swarm.fault(c, fmt.Sprintf(format, args...))
}
