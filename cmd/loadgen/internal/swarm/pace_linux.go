package swarm

import (
	"math/rand/v2"
	"time"
)

// paceStep is how often a client with a limit reads.
const paceStep = 100 * time.Millisecond

// beginPace begins to read as slowly as the client is to.
func (t *thread) beginPace(c *client) {
	t.watchFor(c)
	if c.pace.BytesPerSecond <= 0 || c.pace.Stopped {
		return
	}
	step, share := paceStep, c.pace.BytesPerSecond*int(paceStep/time.Millisecond)/1000
	if share == 0 {
		share, step = 1, time.Second/time.Duration(c.pace.BytesPerSecond)
	}
	stale, pace := c.stale, c.pace
	var read func(now int64)
	read = func(now int64) {
		if c.stale != stale || c.pace != pace || c.phase != phaseOpen {
			return
		}
		for left := share; left > 0 && c.stale == stale && c.phase == phaseOpen; {
			n := t.readOnce(c, t.buf[:min(left, len(t.buf))], now)
			if n == 0 {
				break
			}
			left -= n
		}
		t.at(now+int64(step), read)
	}
	t.at(t.now()+rand.Int64N(int64(step)), read)
}

// setPace changes how a client reads.
func (t *thread) setPace(c *client, p Pace) {
	if c.pace == p {
		return
	}
	c.pace = p
	if c.phase == phaseOpen {
		t.beginPace(c)
	}
}

// around draws from half of d to one and a half times d.
func around(d time.Duration) int64 { return int64(d)/2 + rand.Int64N(max(1, int64(d))) }

// beginFlap has a connection of a flapping client break some time later.
func (t *thread) beginFlap(c *client) {
	flap := &c.group.Flap
	if flap.Live <= 0 {
		return
	}
	stale := c.stale
	t.at(t.now()+around(flap.Live), func(int64) {
		if c.stale == stale {
			t.breakClient(c, flap.Break)
		}
	})
}

// comeLater has a flapping client come back some time later.
func (t *thread) comeLater(c *client) {
	flap := &c.group.Flap
	if flap.Live <= 0 || c.phase != phaseAway {
		return
	}
	stale := c.stale
	at := t.now() + around(flap.Away)
	t.at(at, func(int64) {
		if c.stale == stale && c.phase == phaseAway {
			t.schedule(dial{c: c, at: at, resume: flap.Resume})
		}
	})
}
