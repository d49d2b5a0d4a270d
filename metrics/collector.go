package metrics

import (
	"net/http"
	"slices"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/loop"
)

// Handler serves the metrics of servers, and those of the Go runtime and the process,
// to whoever asks. For servers that come and go, or a registry with other metrics, see
// [Collector].
func Handler(servers ...*scenewire.Server) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(NewCollector(servers...),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

// Collector has the metrics of servers, for a registry of one's own. All methods may be
// called from any goroutine. A scrape looks at every client once.
type Collector struct {
	mu      sync.Mutex // guards all below
	servers []*scenewire.Server
	gone    map[string]series // counters of removed servers, by their name
	loops   series            // counters of the loops whose servers are all removed
}

// NewCollector makes a collector that knows these servers.
func NewCollector(servers ...*scenewire.Server) *Collector {
	return &Collector{servers: slices.Clone(servers), gone: map[string]series{}, loops: make(series, len(loopMetrics))}
}

// Add has the collector tell of s as well. A server that it knows isn't added twice.
func (c *Collector) Add(s *scenewire.Server) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Contains(c.servers, s) {
		c.servers = append(c.servers, s)
	}
}

// Remove makes the collector forget s, which may then be collected as garbage. What s
// has counted stays in the counters of its name; called after Close or Shutdown that is
// all of it. A server that isn't known is ignored.
func (c *Collector) Remove(s *scenewire.Server) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.Index(c.servers, s)
	if i < 0 {
		return
	}
	c.servers = slices.Delete(c.servers, i, i+1)
	kept := c.gone[s.Name()]
	if kept == nil {
		kept = make(series, len(serverMetrics))
		c.gone[s.Name()] = kept
	}
	stats := s.Stats()
	keep(kept, serverMetrics, &stats)
	onLoop := func(other *scenewire.Server) bool { return other.Loop() == s.Loop() }
	if !slices.ContainsFunc(c.servers, onLoop) {
		keep(c.loops, loopMetrics, &stats.Loop)
	}
}

// Describe implements [prometheus.Collector].
func (c *Collector) Describe(ch chan<- *prometheus.Desc) {
	for i := range serverMetrics {
		ch <- serverMetrics[i].desc(serverLabel)
	}
	for i := range loopMetrics {
		ch <- loopMetrics[i].desc()
	}
	ch <- lagDesc
	ch <- ratioDesc
}

// Collect implements [prometheus.Collector].
func (c *Collector) Collect(ch chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	byName := map[string]series{}
	lags := map[string]*lagHistogram{}
	for name, kept := range c.gone {
		byName[name] = kept.clone()
		lags[name] = &lagHistogram{}
	}
	loops := c.loops.clone()
	seen := map[*loop.Loop]bool{}
	for _, s := range c.servers {
		name, stats := s.Name(), s.Stats()
		if byName[name] == nil {
			byName[name], lags[name] = make(series, len(serverMetrics)), &lagHistogram{}
		}
		fold(byName[name], serverMetrics, &stats)
		lags[name].addClients(s)
		if !seen[s.Loop()] {
			seen[s.Loop()] = true
			fold(loops, loopMetrics, &stats.Loop)
		}
	}
	for name, values := range byName {
		labels := []string{name}
		send(ch, serverMetrics, values, []string{serverLabel}, labels)
		ch <- lags[name].metric(name)
		ch <- ratio(values, name)
	}
	send(ch, loopMetrics, loops, nil, nil)
}
