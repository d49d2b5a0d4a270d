package dashboard

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/scenewire/scenewire"
)

// pingsPerLook is how many clients are asked for a sign of life at a look, beside those
// that pages show: all of a few, and a part of many in turns.
const pingsPerLook = 256

// crowd is what is known of all clients, from the last look. Its memory is kept from one
// look to the next.
type crowd struct {
	stats []scenewire.ClientStats
	rows  []row
	known map[*scenewire.Client]*acquaintance
	looks int
	turn  int // whose turn it is to be pinged

	lag, pending, rtt []uint32 // by bins; new ones at each look, as samples hold them
	ages, rtts        []float64
	paused            int
	joins             joins
}

// acquaintance is what doesn't change of a client.
type acquaintance struct {
	address, subprotocol string
	id                   string
	joined               bool // its time to catch up is counted
	seen                 int  // the look at which it was there
}

// row is one client in the table.
type row struct {
	*scenewire.ClientStats
	*acquaintance
}

// look asks for the figures of all clients.
func (c *crowd) look(s *scenewire.Server) {
	c.stats = s.AppendClientStats(c.stats[:0])
	if c.known == nil {
		c.known = make(map[*scenewire.Client]*acquaintance, len(c.stats))
	}
	c.looks++
	c.lag, c.pending, c.rtt = lagBins.empty(), pendingBins.empty(), rttBins.empty()
	c.rows, c.ages, c.rtts, c.paused = c.rows[:0], c.ages[:0], c.rtts[:0], 0
	for i := range c.stats {
		st := &c.stats[i]
		who := c.meet(st.Client)
		c.rows = append(c.rows, row{st, who})
		c.joins.see(st, who)
		c.count(st)
	}
	slices.Sort(c.ages)
	slices.Sort(c.rtts)
	c.forget()
}

// meet returns what is known of a client.
func (c *crowd) meet(client *scenewire.Client) *acquaintance {
	who := c.known[client]
	if who == nil {
		who = &acquaintance{id: strconv.FormatUint(uint64(client.ID()), 10), subprotocol: client.Subprotocol()}
		c.known[client] = who
	}
	if addr := client.RemoteAddr(); who.address == "" && addr != nil {
		who.address = addr.String()
	}
	who.seen = c.looks
	return who
}

// forget drops the clients that have gone, when they are many.
func (c *crowd) forget() {
	if len(c.known) <= 2*len(c.rows)+64 {
		return
	}
	for client, who := range c.known {
		if who.seen != c.looks {
			delete(c.known, client)
		}
	}
}

// count puts a client's figures where they belong.
func (c *crowd) count(st *scenewire.ClientStats) {
	if st.Suspended {
		return
	}
	age := ms(st.OldestPending)
	c.lag[lagBins.bin(age)]++
	c.pending[pendingBins.bin(float64(st.PendingBytes))]++
	if st.Paused {
		c.paused++
	} else {
		c.ages = append(c.ages, age)
	}
	if st.RTT > 0 {
		c.rtt[rttBins.bin(ms(st.RTT))]++
		c.rtts = append(c.rtts, ms(st.RTT))
	}
}

// ping asks clients for a sign of life: those that are shown, and some others in turns.
func (c *crowd) ping(visible []*scenewire.Client) {
	for _, client := range visible {
		client.Ping()
	}
	for range min(pingsPerLook, len(c.rows)) {
		c.turn = (c.turn + 1) % len(c.rows)
		c.rows[c.turn].Client.Ping()
	}
}

// setValues sets the curves that come from looking at each client.
func (c *crowd) setValues(v values) {
	v.set(seriesPaused, float64(c.paused))
	rtt, age := quantilesOf(c.rtts), quantilesOf(c.ages)
	v.set(seriesRTTP50, rtt.P50)
	v.set(seriesRTTP99, rtt.P99)
	v.set(seriesRTTP999, rtt.P999)
	v.set(seriesAgeP50, age.P50)
	v.set(seriesAgeP99, age.P99)
	v.set(seriesAgeP999, age.P999)
}

// state says how a client's connection is.
func (r row) state() ClientState {
	switch {
	case r.Suspended:
		return stateSuspended
	case r.Paused:
		return statePaused
	case r.CaughtUp == 0:
		return stateCatching
	}
	return stateLive
}

// message makes the row of a client.
func (r row) message() ClientRow {
	rtt := math.NaN()
	if r.RTT > 0 {
		rtt = ms(r.RTT)
	}
	return ClientRow{
		ID: r.Client.ID(), Address: r.address, Subprotocol: r.subprotocol, State: r.state(), ConnectedMs: ms(r.Connected),
		PendingKeys: Count(r.PendingMessages), PendingBytes: Count(max(r.PendingBytes, 0)), OldestMs: ms(r.OldestPending),
		Skipped: Count(r.Skipped), Lag: Count(r.Lag.Sequences), RTTMs: rtt, Rate: r.WindowRate,
		Deliveries: Count(r.Deliveries), BytesSent: Count(r.BytesSent),
	}
}

// matches reports whether each of the words, which are in lower case, is in the row.
func (r row) matches(words []string) bool {
	for _, word := range words {
		if !strings.Contains(r.id, word) && !strings.Contains(strings.ToLower(r.address), word) &&
			!strings.Contains(strings.ToLower(r.subprotocol), word) && !strings.Contains(string(r.state()), word) {
			return false
		}
	}
	return true
}

// joinKeep is how many times to catch up the quantiles are of.
const joinKeep = 4096

// joins is how long clients took to catch up. The zero value is ready.
type joins struct {
	counts []uint32
	recent []float64 // ms, a ring
	next   int
}

// see counts a client that has caught up, once.
func (j *joins) see(st *scenewire.ClientStats, who *acquaintance) {
	if st.CaughtUp == 0 || who.joined {
		return
	}
	who.joined = true
	if j.counts == nil {
		j.counts = joinBins.empty()
	}
	took := ms(st.CaughtUp.Round(time.Microsecond))
	j.counts[joinBins.bin(took)]++
	if len(j.recent) < joinKeep {
		j.recent = append(j.recent, took)
		return
	}
	j.recent[j.next] = took
	j.next = (j.next + 1) % joinKeep
}

func (j *joins) message() Joins {
	sorted := slices.Sorted(slices.Values(j.recent))
	q := quantilesOf(sorted)
	counts := j.counts
	if counts == nil {
		counts = joinBins.empty()
	}
	return Joins{Counts: slices.Clone(counts), P50Ms: q.P50, P99Ms: q.P99, MaxMs: q.Max}
}
