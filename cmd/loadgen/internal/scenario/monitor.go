//go:build linux

package scenario

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
)

const (
	monitorInterval = 250 * time.Millisecond
	sampleInterval  = time.Second - monitorInterval/2 // a second, as it is looked at every quarter of one
)

// errServerEnded says that the embedded server isn't there any more.
var errServerEnded = errors.New("the server's process has ended")

// monitor looks at the run four times a second: it tells of the progress, takes samples,
// feeds the dashboard, and notices what happens to clients. Its own goroutine does that;
// the methods are the run's.
type monitor struct {
	run   *run
	began time.Time
	feed  *feed
	quit  chan struct{}
	done  chan struct{}

	mu       sync.Mutex // guards all below
	phase    Phase
	loadedAt time.Time // when the load began
	measured time.Time // when the measured time began
	events   []Event
	samples  []Sample
	most     int   // clients at a time
	err      error // of a snapshot: the run is over
	failed   chan struct{}
	sampled  *look // at the end of the last sample

	last *look // of the goroutine
}

// look is one look at the run.
type look struct {
	at       time.Time
	stats    *swarm.Stats
	cpu      time.Duration // of the server
	resident int64
}

func startMonitor(r *run) (*monitor, error) {
	m := &monitor{
		run: r, began: time.Now(), feed: startFeed(r.target),
		quit: make(chan struct{}), done: make(chan struct{}), failed: make(chan struct{}),
	}
	first, err := m.look()
	if err != nil {
		m.feed.close()
		return nil, err
	}
	m.last = first
	go m.watch()
	return m, nil
}

func (m *monitor) stop() {
	close(m.quit)
	<-m.done
	m.feed.close()
}

func (m *monitor) watch() {
	defer close(m.done)
	tick := time.NewTicker(monitorInterval)
	defer tick.Stop()
	for {
		select {
		case <-m.quit:
			return
		case <-m.run.target.ended():
			m.fail(errServerEnded)
			return
		case <-tick.C:
		}
		now, err := m.look()
		if err != nil {
			m.fail(err)
			return
		}
		m.notice(now)
		m.sampleIfDue(now)
		m.last = now
	}
}

func (m *monitor) look() (*look, error) {
	stats, err := m.run.fleet.Snapshot()
	l := &look{at: time.Now(), stats: stats}
	l.cpu, l.resident = m.run.target.glance()
	return l, err
}

func (m *monitor) fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.err = err
	close(m.failed)
}

// failure returns why the run can't go on.
func (m *monitor) failure() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.err
}

// wait lets time go by, unless ctx is done or the run can't go on.
func (m *monitor) wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	case <-m.failed:
		return false
	}
}

// enter begins a phase.
func (m *monitor) enter(p Phase, text string) {
	m.mu.Lock()
	m.phase = p
	if p == PhaseWarmup {
		m.loadedAt = time.Now()
	}
	m.mu.Unlock()
	m.event(string(p), text, 0)
}

// measure begins the measured time with what is there.
func (m *monitor) measure(stats *swarm.Stats) {
	l := &look{at: time.Now(), stats: stats}
	l.cpu, l.resident = m.run.target.glance()
	m.mu.Lock()
	m.measured, m.sampled, m.samples = l.at, l, nil
	m.mu.Unlock()
	m.enter(PhaseMeasure, "everything counts")
}

// measuredUntil ends it, and returns its samples.
func (m *monitor) measuredUntil(stats *swarm.Stats) []Sample {
	l := &look{at: time.Now(), stats: stats}
	l.cpu, l.resident = m.run.target.glance()
	m.mu.Lock()
	defer m.mu.Unlock()
	if l.at.Sub(m.sampled.at) >= monitorInterval {
		m.sampleLocked(l)
	}
	m.phase = PhaseSettle
	return m.samples
}

// event puts something on the timeline.
func (m *monitor) event(kind, text string, count int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.events = append(m.events, Event{At: time.Since(m.began).Seconds(), Kind: kind, Text: text})
	m.feed.note(text, count)
}

// history returns all events, and the most clients that were connected at a time.
func (m *monitor) history() ([]Event, int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.events, m.most
}

// sampleIfDue takes a sample at the end of a second of the measured time.
func (m *monitor) sampleIfDue(now *look) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.phase == PhaseMeasure && now.at.Sub(m.sampled.at) >= sampleInterval {
		m.sampleLocked(now)
	}
}

func (m *monitor) sampleLocked(now *look) {
	d := now.stats.Sub(m.sampled.stats)
	all, fast := total(d, everyone), total(d, isFast)
	s := Sample{
		At: now.at.Sub(m.measured).Seconds(), Seconds: now.at.Sub(m.sampled.at).Seconds(), Clients: int(all.Open),
		Deliveries: all.Messages, Windows: all.Windows, Bytes: all.Bytes, Inflated: all.Inflated, Packed: all.Packed,
		Gaps: all.Gaps, Errors: failures(all), Latency: fast.Latency, UpdateGap: fast.UpdateGap, Echo: all.Echo,
		ServerCPU: now.cpu - m.sampled.cpu, ServerResident: now.resident,
	}
	for _, p := range d.Processes {
		s.OwnCPU += p.CPU
	}
	m.samples = append(m.samples, s)
	m.sampled = now
}

// notice tells of what has happened since the last look.
func (m *monitor) notice(now *look) {
	seconds := now.at.Sub(m.last.at).Seconds()
	d := now.stats.Sub(m.last.stats)
	all, fast := total(d, everyone), total(d, isFast)
	m.noticeEnds(all)
	m.mu.Lock()
	m.most = max(m.most, int(all.Open))
	p := Progress{
		Phase: m.phase, Elapsed: now.at.Sub(m.began), Total: m.totalLocked(now.at), Clients: int(all.Open),
		DeliveriesPerSecond: float64(all.Messages) / seconds,
		BytesPerSecond:      float64(all.Bytes) / seconds,
		P99:                 fast.Latency.Duration(0.99),
		ServerCPUs:          max((now.cpu-m.last.cpu).Seconds()/seconds, 0),
	}
	if n := len(m.events); n > 0 {
		p.Event = m.events[n-1].Text
	}
	m.mu.Unlock()
	whole := total(now.stats, everyone)
	p.Gaps, p.Errors = whole.Gaps, failures(whole)
	m.feed.measured(all, fast, seconds)
	if m.run.env.Progress != nil {
		m.run.env.Progress(p)
	}
}

// noticeEnds tells of connections that the server has ended.
func (m *monitor) noticeEnds(d *swarm.GroupStats) {
	for _, code := range slices.Sorted(maps.Keys(d.Closed)) {
		n := int(d.Closed[code])
		m.event("kill", fmt.Sprintf("%d connections ended without being asked to, with %d", n, code), n)
	}
}

// totalLocked is about how long the whole run takes, as it looks now.
func (m *monitor) totalLocked(now time.Time) time.Duration {
	s := &m.run.scenario
	const settle = time.Second
	rest := s.Warmup.Std() + s.Duration.Std() + settle
	switch m.phase {
	case PhaseRamp:
		if s.Ramp > 0 && !isMax(s.Ramp) {
			rest += time.Duration(float64(s.Clients) / float64(s.Ramp) * float64(time.Second))
		}
		return max(rest, now.Sub(m.began)+s.Duration.Std())
	case PhaseWarmup, PhaseMeasure:
		return m.loadedAt.Sub(m.began) + rest
	}
	return now.Sub(m.began) + settle
}
