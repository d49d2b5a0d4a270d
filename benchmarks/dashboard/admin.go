package dashboard

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/scenewire/scenewire"
)

const (
	// maxActClients is how many clients an action may name.
	maxActClients = 1000
	// guessBurst is how many wrong tokens may come at once from an address, guessInterval
	// how long one more takes.
	guessBurst    = 5
	guessInterval = 10 * time.Second
	// maxGuessers is how many addresses are remembered. While so many guess, nobody else
	// is let in.
	maxGuessers = 4096
)

// login takes the admin token.
func (d *Dashboard) login(c *scenewire.Client, m Login) {
	fault := d.judge(c, m.Token, time.Now())
	if fault == "" {
		d.change(c, func(v *viewer) { v.admin = true })
	}
	d.send(c.Send(Access{N: m.N, Admin: fault == "", Fault: fault}))
	c.Flush()
}

// judge says why a token isn't accepted, "": it is.
func (d *Dashboard) judge(c *scenewire.Client, token string, now time.Time) (fault string) {
	if d.opts.AdminToken == "" {
		return "This dashboard is read-only: it has no admin token."
	}
	from := guesserOf(c.RemoteAddr())
	if wait := d.guesses.wait(from, now); wait > 0 {
		return fmt.Sprintf("Too many wrong tokens: try again in %d s.", int(wait.Seconds())+1)
	}
	// Of equal length, so that the time tells nothing.
	given := sha256.Sum256([]byte(token))
	if subtle.ConstantTimeCompare(given[:], d.token[:]) == 1 {
		d.guesses.forget(from)
		return ""
	}
	d.guesses.count(from, now)
	d.opts.Logger.Sugar().Warnw("a wrong admin token", "from", from.String())
	return "That isn't the admin token."
}

// guesserOf is what wrong tokens are counted under: an IPv4 address, or an IPv6 /64.
func guesserOf(addr net.Addr) netip.Prefix {
	ip, err := netip.ParseAddrPort(addr.String())
	if err != nil {
		return netip.Prefix{} // a unix socket
	}
	a, bits := ip.Addr().Unmap().WithZone(""), 64
	if a.Is4() {
		bits = 32
	}
	return netip.PrefixFrom(a, bits).Masked()
}

// guesses limits wrong tokens for each address. The zero value is ready.
type guesses struct {
	mu   sync.Mutex
	free map[netip.Prefix]time.Time // when all guesses of an address are free again
}

// wait returns how long an address has to wait before its next try.
func (g *guesses) wait(from netip.Prefix, now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	free, known := g.free[from]
	if !known {
		if len(g.free) >= maxGuessers && g.tidyLocked(now) {
			return guessInterval
		}
		return 0
	}
	return max(free.Sub(now)-(guessBurst-1)*guessInterval, 0)
}

// tidyLocked forgets those whose guesses are free again, and reports whether there are
// still too many.
func (g *guesses) tidyLocked(now time.Time) bool {
	for from, free := range g.free {
		if !free.After(now) {
			delete(g.free, from)
		}
	}
	return len(g.free) >= maxGuessers
}

func (g *guesses) count(from netip.Prefix, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.free == nil {
		g.free = map[netip.Prefix]time.Time{}
	}
	free := g.free[from]
	if free.Before(now) {
		free = now
	}
	g.free[from] = free.Add(guessInterval)
}

func (g *guesses) forget(from netip.Prefix) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.free, from)
}

// act does something to clients.
func (d *Dashboard) act(c *scenewire.Client, m Act) {
	done := Done{N: m.N, Action: m.Action, Gone: []scenewire.ClientID{}}
	if m.Action == actionClose && m.Code == 0 {
		m.Code = 4000
	}
	if done.Fault = d.whyNot(c, &m); done.Fault == "" {
		done.Done, done.Gone = d.apply(&m)
		d.marks.add(time.Now(), Note{Kind: EventAction, Text: m.text(done.Done), Count: Count(done.Done)})
		d.lookSoon()
	}
	d.send(c.Send(done))
	c.Flush()
}

// whyNot says why an action can't be done, "": it can.
func (d *Dashboard) whyNot(c *scenewire.Client, m *Act) string {
	switch {
	case !d.isAdmin(c):
		return "This needs the admin token."
	case d.watched == nil:
		return "There is no server behind this dashboard."
	case len(m.Clients) > maxActClients:
		return fmt.Sprintf("%d clients at once, at most %d are possible.", len(m.Clients), maxActClients)
	case m.Action != actionPause && m.Action != actionUnpause && m.Action != actionFlush && m.Action != actionClose:
		return fmt.Sprintf("%q isn't an action.", m.Action)
	case m.Action == actionClose && !mayCloseWith(m.Code):
		return fmt.Sprintf("%d isn't a close code for applications: 4000 … 4999, but for 4007, 4401 and 4403.", m.Code)
	case len(m.Reason) > 123:
		return "The reason is longer than 123 bytes."
	}
	return ""
}

func mayCloseWith(code int) bool {
	return code >= 4000 && code <= 4999 && code != 4007 && code != 4401 && code != 4403
}

// apply does it to those who are there.
func (d *Dashboard) apply(m *Act) (done int, gone []scenewire.ClientID) {
	gone = []scenewire.ClientID{}
	clients := map[scenewire.ClientID]*scenewire.Client{}
	for _, c := range d.watched.Clients() {
		clients[c.ID()] = c
	}
	for _, id := range m.Clients {
		c := clients[id]
		if c == nil {
			gone = append(gone, id)
			continue
		}
		done++
		switch m.Action {
		case actionPause, actionUnpause:
			c.SetPaused(m.Action == actionPause)
		case actionFlush:
			c.Flush()
		case actionClose:
			c.Close(scenewire.CloseCode(m.Code), m.Reason)
		}
	}
	return done, gone
}

// text says what was done, for the timeline.
func (m *Act) text(n int) string {
	who := fmt.Sprintf("%d clients", n)
	if n == 1 && len(m.Clients) == 1 {
		who = fmt.Sprintf("Client %d", m.Clients[0])
	}
	switch m.Action {
	case actionPause:
		return who + " paused by an admin."
	case actionUnpause:
		return who + " unpaused by an admin."
	case actionFlush:
		return who + " flushed by an admin."
	}
	return fmt.Sprintf("%s closed by an admin with %d %s", who, m.Code, m.Reason)
}

// feedMeasured takes what a load generator measures.
func (d *Dashboard) feedMeasured(c *scenewire.Client, m Measured) {
	if !d.isAdmin(c) {
		return
	}
	d.change(c, func(v *viewer) { v.feeds = true })
	d.Measured(m)
}

// feedNote takes an event of a load generator, or of a person.
func (d *Dashboard) feedNote(c *scenewire.Client, m Note) {
	if d.isAdmin(c) {
		d.Mark(m)
	}
}
