package metrics

import (
	"maps"
	"slices"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/scenewire/scenewire"
)

const (
	prefix      = "scenewire_" // begins the name of every metric
	serverLabel = "server"
)

// desc describes the metric with the labels before its own.
func (m *metric[S]) desc(labels ...string) *prometheus.Desc {
	if m.label != "" {
		labels = append(labels, m.label)
	}
	return prometheus.NewDesc(prefix+m.name, m.help, labels, nil)
}

// series are the values of a list of metrics for one name: of each metric, by its
// further label.
type series []map[string]float64

// fold adds the figures of one server or loop.
func fold[S any](to series, list []metric[S], figures *S) {
	for i := range list {
		foldOne(to, i, &list[i], figures)
	}
}

// keep adds what remains of a server or loop that is gone: its counters.
func keep[S any](to series, list []metric[S], figures *S) {
	for i := range list {
		if list[i].kind == counter {
			foldOne(to, i, &list[i], figures)
		}
	}
}

func foldOne[S any](to series, i int, m *metric[S], figures *S) {
	if to[i] == nil {
		to[i] = map[string]float64{}
	}
	m.read(figures, func(label string, value float64) {
		if m.of == highest {
			to[i][label] = max(to[i][label], value)
			return
		}
		to[i][label] += value
	})
}

// clone copies what is kept, for one scrape to add to.
func (s series) clone() series {
	copied := make(series, len(s))
	for i := range s {
		copied[i] = maps.Clone(s[i])
	}
	return copied
}

// send hands the values to a scrape, with the labels before the metric's own.
func send[S any](ch chan<- prometheus.Metric, list []metric[S], values series, names, labels []string) {
	for i := range list {
		m := &list[i]
		desc := m.desc(names...)
		for label, value := range values[i] {
			all := labels
			if m.label != "" {
				all = append(labels[:len(labels):len(labels)], label)
			}
			ch <- prometheus.MustNewConstMetric(desc, m.kind, value, all...)
		}
	}
}

var ratioDesc = prometheus.NewDesc(prefix+"compression_ratio",
	"Bytes of all deliveries before compression for each byte sent; 0 before the first.", []string{serverLabel}, nil)

// ratio divides two counters of the list.
func ratio(values series, server string) prometheus.Metric {
	value := 0.0
	if sent := values[metricIndex("sent_bytes_total")][""]; sent > 0 {
		value = values[metricIndex("payload_bytes_total")][""] / sent
	}
	return prometheus.MustNewConstMetric(ratioDesc, prometheus.GaugeValue, value, server)
}

func metricIndex(name string) int {
	return slices.IndexFunc(serverMetrics, func(m metric[scenewire.Stats]) bool { return m.name == name })
}
