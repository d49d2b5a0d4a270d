package dashboard

import (
	"math"
	"sync"
	"time"
)

// measuredHolds is how long what a load generator says is shown.
const measuredHolds = 3 * time.Second

// lastMeasured is what a load generator has said last.
type lastMeasured struct {
	mu sync.Mutex
	m  Measured
	at time.Time
}

func (l *lastMeasured) set(m Measured, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.m, l.at = m, now
}

// get returns it; false: there is none that holds.
func (l *lastMeasured) get(now time.Time) (Measured, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.m, !l.at.IsZero() && now.Sub(l.at) <= measuredHolds
}

// noQuantiles is quantiles of nothing.
func noQuantiles() Quantiles {
	nan := math.NaN()
	return Quantiles{nan, nan, nan, nan}
}
