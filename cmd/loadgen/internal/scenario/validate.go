package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Validate reports everything that keeps a scenario from being run, as a [*FaultsError].
func (s *Scenario) Validate() error {
	if faults := s.faults(); len(faults) > 0 {
		return &FaultsError{Faults: faults}
	}
	return nil
}

// checks collects faults.
type checks []Fault

func (c *checks) unless(ok bool, field, format string, args ...any) {
	if !ok {
		*c = append(*c, Fault{Field: field, Text: fmt.Sprintf(format, args...)})
	}
}

func (s *Scenario) faults() []Fault {
	var c checks
	c.unless(s.Clients >= 1 || s.Clients == 0 && s.Replay.Inbound, "clients", "there must be one at least")
	c.unless(s.Duration > 0, "duration", "must be more than 0, such as 15s")
	c.unless(s.Warmup >= 0, "warmup", "can't be negative; 0s is none")
	c.unless(s.Settle > 0, "settle", "must be more than 0, such as 10s: everybody has to get to the end state")
	s.checkProduce(&c)
	s.checkSend(&c)
	s.checkSlow(&c)
	s.checkStorms(&c)
	s.checkServer(&c)
	c.unless(s.Replay.Speed > 0, "replay.speed", "must be more than 0, such as 1 or 2.5")
	c.unless(s.Replay.File != "" || !s.Replay.Inbound && !s.Replay.Repeat, "replay", "nothing is replayed without a file")
	c.unless(s.Replay.File == "" || s.Produce.Objects == 0 && s.Produce.Ticks == 0, "replay",
		"a recording and produce don't go together: take one away")
	return c
}

func (s *Scenario) checkProduce(c *checks) {
	p := &s.Produce
	const most = 1 << 20
	c.unless(p.Objects >= 0 && p.Objects <= most, "produce.objects", "must be from 0 to %d", most)
	c.unless(!isMax(p.Rate), "produce.rate", `a producer needs a rate such as 60/s: "max" is only for what clients send`)
	c.unless(!isMax(p.Ticks), "produce.ticks", `ticks need a rate such as 10/s`)
	c.unless(p.Objects > 0 || p.Rate == 0, "produce.rate", "nothing changes %v without objects", p.Rate)
	c.unless(p.Objects > 0 || p.Burst.Messages == 0, "produce.burst", "nothing can change in bursts without objects")
	c.unless(p.Size > 0 && p.Size <= 64<<20, "produce.size", "must be from 1B to 64MB")
	c.unless(p.Batch >= 0 && (p.Objects == 0 || int(p.Batch) <= p.Objects), "produce.batch", "there are only %d objects", p.Objects)
	b := p.Burst
	c.unless(b.Messages >= 0, "produce.burst.messages", "can't be negative")
	c.unless(b.Every >= 0, "produce.burst.every", "can't be negative")
	c.unless((b.Every > 0) == (b.Messages > 0), "produce.burst", "a burst needs both: every, such as 1s, and messages, such as 1000")
	state := int64(p.Objects) * int64(p.Size)
	c.unless(state <= 1<<30, "produce.size", "%d objects of %v are more than the 1GB that a server holds", p.Objects, p.Size)
}

func (s *Scenario) checkSend(c *checks) {
	m := &s.Send
	c.unless(m.Size > 0 && m.Size <= 16<<20, "send.size", "must be from 1B to 16MB")
	c.unless(!isMax(m.Echo), "send.echo", `round trips need a rate such as 10/s: "max" is only for flood`)
	c.unless(!isMax(m.Pointer), "send.pointer", `pointers need a rate such as 10/s: "max" is only for flood`)
	c.unless(!isMax(m.Flood) || m.Echo == 0 && m.Pointer == 0, "send.flood",
		"echoes and pointers would wait behind a flood without a rate: give it one, such as 1000/s")
	if m.Echo > 0 || m.Pointer > 0 || m.Flood > 0 {
		s.checkPortion(c, m.Clients, "send.clients")
	}
}

func (s *Scenario) checkSlow(c *checks) {
	slow := 0
	for i, g := range s.Slow {
		field := fmt.Sprintf("slow[%d]", i)
		c.unless(g.Reads != 0, field+".reads", `must be said: a speed such as 64KB/s, or "nothing"`)
		s.checkPortion(c, g.Clients, field+".clients")
		slow += g.Clients.Of(s.Clients)
	}
	c.unless(len(s.Slow) == 0 || s.Clients == 0 || slow < s.Clients, "slow",
		"%d of %d clients are slow: one at least has to keep up, to compare with", slow, s.Clients)
}

func (s *Scenario) checkStorms(c *checks) {
	kinds := []StormKind{Join, Reconnect, Flap}
	breaks := []Break{"", BreakReset, BreakFIN, BreakClose}
	for i, t := range s.Storms {
		field := fmt.Sprintf("storms[%d]", i)
		c.unless(slices.Contains(kinds, t.Kind), field+".kind", "%q is none of %s", t.Kind, join(kinds))
		c.unless(slices.Contains(breaks, t.Break), field+".break", "%q is none of %s", t.Break, join(breaks[1:]))
		c.unless(t.At >= 0 && t.At < s.Duration, field+".at", "must lie within the %v that are measured", s.Duration)
		c.unless(t.Every >= 0 && t.Away >= 0, field, "times can't be negative")
		c.unless(t.Kind != Flap || t.Every > 0, field+".every", "must be said for flap: how often each client breaks, such as 2s")
		c.unless(t.Every == 0 || t.Every >= Duration(100*time.Millisecond), field+".every", "must be 100ms at least")
		c.unless(t.Kind == Join || t.Every == 0 || t.Away < t.Every, field+".away", "clients are away for %v, but break every %v", t.Away, t.Every)
		c.unless(!t.Resume || t.Kind != Join, field+".resume", "who joins has nothing to go on with")
		c.unless(!t.Resume || t.Break != BreakClose, field+".break", "a close frame ends the session: nothing can be resumed")
		if t.Kind == Join {
			c.unless(t.Clients.Of(s.Clients) > 0, field+".clients", "must be said: how many join, such as 100 or 50%%")
		} else {
			s.checkPortion(c, t.Clients, field+".clients")
		}
	}
}

func (s *Scenario) checkPortion(c *checks, p Portion, field string) {
	n := p.Of(s.Clients)
	c.unless(n > 0 || s.Clients == 0, field, "must be said: how many of the clients, such as 50, 10%% or all")
	c.unless(n <= s.Clients, field, "%d of %d clients are too many", n, s.Clients)
}

func (s *Scenario) checkServer(c *checks) {
	o := &s.Server
	c.unless(o.WindowMessages >= 0, "server.window-messages", "can't be negative")
	c.unless(o.Procs >= 0, "server.procs", "can't be negative")
	c.unless(slices.Contains([]string{"", "write", "io_uring"}, o.Writer), "server.writer", `%q is neither "write" nor "io_uring"`, o.Writer)
}

func isMax(r Rate) bool { return math.IsInf(float64(r), 1) }

func join[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return strings.Join(words, ", ")
}
