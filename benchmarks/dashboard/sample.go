package dashboard

import (
	"math"
	"time"

	"github.com/scenewire/scenewire"
)

// values computes the curves' values from two readings.
func (w *watch) values(now reading) values {
	v := newValues()
	seconds := now.at.Sub(w.last.at).Seconds()
	if w.d.watched != nil {
		v.setServer(&w.last, &now, seconds)
		w.clients.setValues(v)
	}
	v.setProcess(&w.last.process, &now.process, seconds)
	if before, after := w.last.stats.Deliveries, now.stats.Deliveries; after > before && now.process.cpu >= 0 {
		v.set(seriesCPUPerDelivery, float64((now.process.cpu-w.last.process.cpu)/time.Nanosecond)/1000/float64(after-before))
	}
	if m, ok := w.d.measured.get(now.at); ok {
		v.setMeasured(&m)
	}
	return v
}

// setServer sets what the server has counted.
func (v values) setServer(last, now *reading, seconds float64) {
	before, after := &last.stats, &now.stats
	rate := func(s Series, before, after uint64) { v.set(s, float64(after-before)/seconds) }
	rate(seriesDeliveries, before.Deliveries, after.Deliveries)
	rate(seriesWindows, before.Windows, after.Windows)
	rate(seriesBytesSent, before.BytesSent, after.BytesSent)
	rate(seriesWriteStalls, before.WriteStalls, after.WriteStalls)
	rate(seriesTransientsLost, before.TransientsLost, after.TransientsLost)
	rate(seriesConnects, before.ClientsTotal, after.ClientsTotal)
	rate(seriesCloses, sum(before.Closed), sum(after.Closed))
	rate(seriesRefused, sum(before.Refused), sum(after.Refused))
	rate(seriesInbound, before.Inbound.Messages, after.Inbound.Messages)
	rate(seriesInboundBytes, before.Loop.BytesRead, after.Loop.BytesRead)
	rate(seriesCulled, before.Culled, after.Culled)
	rate(seriesFramesBuilt, before.FramesBuilt, after.FramesBuilt)
	rate(seriesPushes, last.next, now.next)
	if bytes := after.BytesSent - before.BytesSent; bytes > 0 {
		v.set(seriesCompression, float64(after.PayloadBytes-before.PayloadBytes)/float64(bytes))
	}
	if n := after.Inbound.Handled - before.Inbound.Handled; n > 0 {
		v.set(seriesHandlerTime, float64((after.Inbound.HandlerTime-before.Inbound.HandlerTime).Nanoseconds())/1000/float64(n))
	}
	v.setState(after)
}

// setState sets what is so now.
func (v values) setState(s *scenewire.Stats) {
	v.set(seriesWindowRate, s.WindowRate)
	v.set(seriesPassTime, ms(s.PassTime))
	v.set(seriesLagMax, float64(s.MaxLag.Sequences))
	v.set(seriesPendingBytes, float64(s.Pending))
	v.set(seriesClients, float64(s.Clients))
	v.set(seriesSuspended, float64(s.Suspended))
	v.set(seriesHandlerQueue, float64(s.Inbound.Waiting))
	v.set(seriesLogMessages, float64(s.LogMessages))
	v.set(seriesLogBytes, float64(s.LogBytes))
}

// setProcess sets what the process takes.
func (v values) setProcess(before, after *processFigures, seconds float64) {
	if after.cpu >= 0 {
		v.set(seriesCPU, (after.cpu-before.cpu).Seconds()/seconds)
	}
	v.set(seriesHeap, after.heap)
	v.set(seriesRSS, after.rss)
	v.set(seriesGoroutines, after.goroutines)
	v.set(seriesGCPause, longestPause(before.gcPauses, after.gcPauses))
	v.set(seriesGCShare, after.gcSeconds/after.allSeconds)
}

// setMeasured sets what a load generator has measured.
func (v values) setMeasured(m *Measured) {
	v.set(seriesMeasuredClients, float64(m.Clients))
	v.set(seriesMeasuredDeliveries, m.Deliveries)
	v.set(seriesLatencyP50, m.Latency.P50)
	v.set(seriesLatencyP99, m.Latency.P99)
	v.set(seriesLatencyP999, m.Latency.P999)
	v.set(seriesGapP50, m.Gap.P50)
	v.set(seriesGapP99, m.Gap.P99)
	v.set(seriesGapP999, m.Gap.P999)
}

func sum[K comparable](m map[K]uint64) (n uint64) {
	for _, v := range m {
		n += v
	}
	return n
}

// quantilesOf returns those of sorted times in ms.
func quantilesOf(sorted []float64) Quantiles {
	if len(sorted) == 0 {
		return noQuantiles()
	}
	at := func(q float64) float64 { return sorted[max(int(math.Ceil(q*float64(len(sorted))))-1, 0)] }
	return Quantiles{P50: at(0.5), P99: at(0.99), P999: at(0.999), Max: sorted[len(sorted)-1]}
}
