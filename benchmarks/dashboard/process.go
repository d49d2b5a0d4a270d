package dashboard

import (
	"math"
	"runtime/metrics"
	"time"
)

// processFigures are those of the process.
type processFigures struct {
	cpu        time.Duration // user and system; -1: not known
	heap       float64
	rss        float64
	goroutines float64
	gcSeconds  float64 // of processor time, as of the last cycle
	allSeconds float64 // likewise
	gcPauses   *metrics.Float64Histogram
}

const (
	metricHeap       = "/memory/classes/heap/objects:bytes"
	metricGoroutines = "/sched/goroutines:goroutines"
	metricGC         = "/cpu/classes/gc/total:cpu-seconds"
	metricAll        = "/cpu/classes/total:cpu-seconds"
	metricIdle       = "/cpu/classes/idle:cpu-seconds"
	metricPauses     = "/sched/pauses/total/gc:seconds"
)

// readProcess reads the process's figures.
func readProcess() processFigures {
	read := []metrics.Sample{
		{Name: metricHeap}, {Name: metricGoroutines}, {Name: metricGC}, {Name: metricAll}, {Name: metricIdle}, {Name: metricPauses},
	}
	metrics.Read(read)
	p := processFigures{
		cpu: cpuTime(), rss: residentBytes(),
		heap: number(read[0].Value), goroutines: number(read[1].Value),
		gcSeconds: number(read[2].Value), allSeconds: number(read[3].Value) - number(read[4].Value),
	}
	if read[5].Value.Kind() == metrics.KindFloat64Histogram {
		p.gcPauses = read[5].Value.Float64Histogram()
	}
	return p
}

func number(v metrics.Value) float64 {
	switch v.Kind() {
	case metrics.KindUint64:
		return float64(v.Uint64())
	case metrics.KindFloat64:
		return v.Float64()
	}
	return math.NaN()
}

// longestPause returns the longest pause that after has and before hasn't, in ms; 0:
// there was none. It is the upper border of its bucket.
func longestPause(before, after *metrics.Float64Histogram) float64 {
	if before == nil || after == nil || len(before.Counts) != len(after.Counts) {
		return math.NaN()
	}
	for i := len(after.Counts) - 1; i >= 0; i-- {
		if after.Counts[i] == before.Counts[i] {
			continue
		}
		border := after.Buckets[i+1]
		if math.IsInf(border, 1) {
			border = after.Buckets[i]
		}
		return border * 1000
	}
	return 0
}
