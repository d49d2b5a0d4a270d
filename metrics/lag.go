package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/scenewire/scenewire"
)

// lagBounds are the upper bounds of the buckets, in seconds.
var lagBounds = [...]float64{0, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}

var lagDesc = prometheus.NewDesc(prefix+"client_lag_seconds",
	"For how long clients have been behind, at the moment of the scrape: not to be used with rate().",
	[]string{serverLabel}, nil)

// lagHistogram spreads the clients over how long they have been behind.
type lagHistogram struct {
	counts [len(lagBounds)]uint64 // up to the bound
	n      uint64
	sum    float64
}

func (h *lagHistogram) addClients(s *scenewire.Server) {
	for _, c := range s.Clients() {
		h.add(c.Lag().Since)
	}
}

func (h *lagHistogram) add(since time.Duration) {
	h.n++
	h.sum += since.Seconds()
	for i, bound := range lagBounds {
		if since.Seconds() <= bound {
			h.counts[i]++
		}
	}
}

func (h *lagHistogram) metric(server string) prometheus.Metric {
	buckets := make(map[float64]uint64, len(lagBounds))
	for i, bound := range lagBounds {
		buckets[bound] = h.counts[i]
	}
	return prometheus.MustNewConstHistogram(lagDesc, h.n, h.sum, buckets, server)
}
