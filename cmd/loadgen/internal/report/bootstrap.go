package report

import (
	"math"
	"math/rand/v2"
	"slices"
)

const (
	resamples  = 4000
	confidence = 0.95
	// fewestSeconds is below what an interval would promise more than it knows.
	fewestSeconds = 4
)

// interval is a change, as a factor less 1, and between what it lies with a confidence
// of 95 %.
type interval struct{ low, estimate, high float64 }

// changeOf estimates by how much the means of two series differ, by a moving-block
// bootstrap: each series is put together anew many times out of blocks of neighbouring
// seconds, which keeps most of what a second has to do with the next (a garbage
// collection, a neighbour on the machine). The same series give the same interval. false:
// there are too few seconds, or nothing to divide by.
func changeOf(old, now []float64) (interval, bool) {
	base := mean(old)
	if len(old) < fewestSeconds || len(now) < fewestSeconds || base == 0 {
		return interval{}, false
	}
	const seed1, seed2 = 0x5ce9e, 0x10ad
	source := rand.New(rand.NewPCG(seed1, seed2))
	changes := make([]float64, 0, resamples)
	for range resamples {
		divisor := resampledMean(source, old)
		if divisor != 0 {
			changes = append(changes, resampledMean(source, now)/divisor-1)
		}
	}
	if len(changes) < resamples/2 {
		return interval{}, false
	}
	slices.Sort(changes)
	at := func(q float64) float64 { return changes[int(q*float64(len(changes)-1)+0.5)] }
	const tail = (1 - confidence) / 2
	return interval{at(tail), mean(now)/base - 1, at(1 - tail)}, true
}

// resampledMean is the mean of a series that was put together anew from blocks of the
// given one, which is taken as a ring, so that each second is as likely as the others.
func resampledMean(source *rand.Rand, series []float64) float64 {
	n := len(series)
	block := max(1, int(math.Round(math.Cbrt(float64(n)))))
	sum := 0.0
	for i := 0; i < n; {
		begin := source.IntN(n)
		for j := 0; j < block && i < n; j++ {
			sum += series[(begin+j)%n]
			i++
		}
	}
	return sum / float64(n)
}

func mean(series []float64) float64 {
	sum := 0.0
	for _, v := range series {
		sum += v
	}
	return sum / float64(max(len(series), 1))
}
