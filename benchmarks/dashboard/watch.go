package dashboard

import (
	"strconv"
	"time"

	"github.com/scenewire/scenewire"
)

const (
	// samplesPerSecond is how many samples one second has.
	samplesPerSecond = int(time.Second / sampleInterval)
	// manyClients is the number above which each client is looked at once a second only.
	manyClients = 1000
)

// watch collects figures and sends them, on a goroutine of its own, for as long as
// somebody watches. Its fields are that goroutine's, but for the first three.
type watch struct {
	d    *Dashboard
	stop chan struct{} // closed by Dashboard.lookLocked
	soon chan struct{} // capacity 1: clients are to be looked at at once

	before  *watch        // whose goroutine ends first; nil: none
	ended   chan struct{} // closed when the goroutine is through
	last    reading
	second  reading // of the last whole second, for the timeline
	clients crowd
	keys    hotKeys
	n       int // samples so far

	looked   time.Time     // when the last look began
	lookTook time.Duration // and how long it took
}

// reading is everything that is counted, at one moment.
type reading struct {
	at      time.Time
	stats   scenewire.Stats
	next    uint64 // the log's end
	process processFigures
}

// ring numbers the samples, for one collector after the other.
type ring struct {
	next  Count
	times [sampleKeep]time.Time // of those that are kept, by number
}

func newWatch(d *Dashboard, before *watch) *watch {
	return &watch{d: d, before: before, stop: make(chan struct{}), soon: make(chan struct{}, 1), ended: make(chan struct{})}
}

// lookSoon has the clients looked at at once, as something was done to them.
func (d *Dashboard) lookSoon() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.watch == nil {
		return
	}
	select {
	case d.watch.soon <- struct{}{}:
	default:
	}
}

// takeOver forgets what is too old before a page gets its first window. The collector
// before this one may not have ended: then nothing is.
func (w *watch) takeOver() {
	if w.before != nil {
		select {
		case <-w.before.ended:
			w.before = nil
		default:
			return
		}
	}
	w.forgetOld(time.Now())
}

func (w *watch) run() {
	defer close(w.ended)
	if w.before != nil {
		<-w.before.ended
		w.before = nil
	}
	w.last = w.read(time.Now())
	w.second = w.last
	w.look()
	w.sendTotals()
	ticker := time.NewTicker(sampleInterval)
	defer ticker.Stop()
	for {
		select {
		case <-w.stop:
			return
		case <-w.soon:
			w.look()
		case <-ticker.C:
			w.tick()
		}
	}
}

// read reads the counters.
func (w *watch) read(now time.Time) reading {
	r := reading{at: now, process: readProcess()}
	if s := w.d.watched; s != nil {
		r.stats = s.Stats()
		r.next = s.Log().Next()
	}
	return r
}

// tick takes a sample, and looks at clients and keys when it's time.
func (w *watch) tick() {
	w.n++
	whole := w.n%samplesPerSecond == 0
	now := w.read(time.Now())
	looks := (whole || len(w.clients.rows) <= manyClients && w.n%2 == 0) && w.mayLook(now.at)
	if looks {
		w.look()
	}
	w.sendSample(now, looks)
	w.last = now
	if whole {
		w.sendTotals()
		w.tellEvents(now)
		w.sendKeys(now.at)
		w.second = now
	}
}

// lookShare is the part of one processor that looking at all clients may take: one in so
// many. Of ten thousand clients pages hear every two or three seconds.
const lookShare = 200

func (w *watch) mayLook(now time.Time) bool { return now.Sub(w.looked) >= lookShare*w.lookTook }

// look looks at every client, and sends pages the rows that they show.
func (w *watch) look() {
	if w.d.watched == nil {
		return
	}
	w.looked = time.Now()
	w.clients.look(w.d.watched)
	visible := w.sendRows()
	w.clients.ping(visible)
	w.lookTook = min(time.Since(w.looked), maxLookTook)
}

// maxLookTook bounds how long pages go without new rows on a machine that is busy with
// something else.
const maxLookTook = 25 * time.Millisecond

// sendSample sends one sample, in the place of the one that is too old.
func (w *watch) sendSample(now reading, looked bool) {
	ring := &w.d.samples
	m := Sample{N: ring.next, Ms: unixMs(now.at), Values: w.values(now), Lag: []uint32{}, Pending: []uint32{}, RTT: []uint32{}}
	if looked && w.d.watched != nil {
		m.Lag, m.Pending, m.RTT = w.clients.lag, w.clients.pending, w.clients.rtt
	}
	ring.times[uint64(ring.next)%sampleKeep] = now.at
	ring.next++
	w.d.send(w.d.pages.Broadcast(m))
}

// forgetOld takes the samples out of the pages' log that are older than what is kept:
// nobody has watched meanwhile, so no others have taken their places.
func (w *watch) forgetOld(now time.Time) {
	old := map[string]bool{}
	for i, at := range w.d.samples.times {
		if !at.IsZero() && now.Sub(at) > sampleKeep*sampleInterval {
			old[sampleKey(Count(i))] = true
		}
	}
	if len(old) > 0 {
		w.d.pages.Log().Remove(func(e scenewire.LogEntry) bool { return old[e.Key] })
	}
}

func sampleKey(n Count) string { return "sample/" + strconv.FormatUint(uint64(n)%sampleKeep, 10) }

// sendTotals sends the counts, and how long clients took to catch up.
func (w *watch) sendTotals() {
	s, p := &w.last.stats, &w.last.process
	w.d.send(w.d.pages.Broadcast(Totals{
		Ms: unixMs(w.last.at), Clients: Count(s.Clients), Viewers: Count(len(w.d.viewersNow())), ClientsTotal: Count(s.ClientsTotal),
		Deliveries: Count(s.Deliveries), Windows: Count(s.Windows), BytesSent: Count(s.BytesSent), PayloadBytes: Count(s.PayloadBytes),
		CPUSeconds: p.cpu.Seconds(), Panics: Count(s.Panics),
		Refused: counts(s.Refused), Closed: closedCounts(s.Closed), Resumes: counts(s.Resumes), BadMessages: counts(s.BadMessages),
	}))
	joins := w.clients.joins.message()
	if m, ok := w.d.measured.get(time.Now()); ok {
		joins.Measured = &m.Join
	}
	w.d.send(w.d.pages.Broadcast(joins))
}

func counts(from map[string]uint64) map[string]Count {
	to := make(map[string]Count, len(from))
	for name, n := range from {
		if n > 0 {
			to[name] = Count(n)
		}
	}
	return to
}

func closedCounts(from map[scenewire.CloseCode]uint64) map[string]Count {
	to := make(map[string]Count, len(from))
	for code, n := range from {
		to[strconv.Itoa(int(code))] = Count(n)
	}
	return to
}

// sendKeys sends the hot keys to the pages that show them.
func (w *watch) sendKeys(now time.Time) {
	if w.d.watched == nil {
		return
	}
	var asking []viewer
	for _, v := range w.d.viewersNow() {
		if v.keys > 0 {
			asking = append(asking, v)
		}
	}
	if len(asking) == 0 {
		w.keys = hotKeys{}
		return
	}
	if !w.keys.look(w.d.watched.Log(), now) {
		return
	}
	for _, v := range asking {
		w.d.send(v.client.Send(w.keys.message(v.keys)))
	}
}

func (d *Dashboard) askKeys(c *scenewire.Client, m AskKeys) {
	d.change(c, func(v *viewer) { v.keys = min(max(m.Limit, 0), maxRows) })
}
