package report

import (
	"math/bits"
	"time"
)

// subBits is how many bits below the highest one a bucket of a Histogram tells apart:
// a quantile is at most 1/32 too high.
const subBits = 5

// Histogram counts durations in buckets whose width grows with them. Its memory is
// fixed. The zero value is empty; it belongs to one goroutine.
type Histogram struct {
	counts [(65 - subBits) << subBits]uint64
	total  uint64
}

// Record counts d. What is below 0 counts as 0.
func (h *Histogram) Record(d time.Duration) {
	h.counts[bucketOf(uint64(max(d, 0)))]++
	h.total++
}

// Add counts everything that o has counted.
func (h *Histogram) Add(o *Histogram) {
	for i, n := range o.counts {
		h.counts[i] += n
	}
	h.total += o.total
}

// Count returns how many durations were recorded.
func (h *Histogram) Count() uint64 { return h.total }

// Quantile returns a duration that the share q, 0…1, of all recorded ones don't
// exceed; 0 if there are none.
func (h *Histogram) Quantile(q float64) time.Duration {
	rank := uint64(q * float64(h.total))
	var seen uint64
	for i, n := range h.counts {
		seen += n
		if n > 0 && (seen > rank || seen == h.total) {
			return time.Duration(bucketTop(i))
		}
	}
	return 0
}

// bucketOf numbers the buckets: below 2^subBits each value has its own, above each
// power of two has 2^subBits of them.
func bucketOf(v uint64) int {
	shift := bits.Len64(v) - subBits - 1
	if shift <= 0 {
		return int(v)
	}
	return shift<<subBits + int(v>>shift)
}

// bucketTop returns the highest value of a bucket.
func bucketTop(i int) uint64 {
	shift := max(i>>subBits-1, 0)
	return uint64(i-shift<<subBits+1)<<shift - 1
}
