package swarm

import (
	"encoding/json"
	"fmt"
	"time"

	hdr "github.com/HdrHistogram/hdrhistogram-go"
)

// highest is the largest value that a Histogram tells from larger ones: 18 minutes in
// nanoseconds, 1 TiB in bytes.
const highest = 1 << 40

// Histogram counts values, nanoseconds or bytes, to three digits. The zero value is empty,
// and takes no memory; others take 250 KB. It belongs to one goroutine. In JSON it is the
// base64 of HDR's compressed form, "" if it is empty.
type Histogram struct{ h *hdr.Histogram }

// Record counts a value n times. Values below 0 count as 0, and those above 2^40 as that.
func (h *Histogram) Record(value, n int64) {
	if h.h == nil {
		h.h = newHDR()
	}
	_ = h.h.RecordValues(min(max(value, 0), highest), n) // in its range, so no error
}

func newHDR() *hdr.Histogram { return hdr.New(1, highest, 3) }

// Count is how many values there are.
func (h *Histogram) Count() int64 {
	if h.h == nil {
		return 0
	}
	return h.h.TotalCount()
}

// Quantile returns the value that a share q (0 to 1) of all values don't exceed; 0 if there
// are none.
func (h *Histogram) Quantile(q float64) int64 {
	if h.h == nil {
		return 0
	}
	return h.h.ValueAtQuantile(100 * q)
}

// Duration is Quantile of nanoseconds.
func (h *Histogram) Duration(q float64) time.Duration { return time.Duration(h.Quantile(q)) }

// Max returns the largest value; 0 if there are none.
func (h *Histogram) Max() int64 {
	if h.h == nil {
		return 0
	}
	return h.h.Max()
}

// Mean returns the mean of all values; 0 if there are none.
func (h *Histogram) Mean() float64 {
	if h.Count() == 0 {
		return 0
	}
	return h.h.Mean()
}

// Add counts all values of another one.
func (h *Histogram) Add(other *Histogram) {
	if other.Count() == 0 {
		return
	}
	if h.h == nil {
		h.h = newHDR()
	}
	h.h.Merge(other.h)
}

// Sub takes the values of an earlier snapshot out again.
func (h *Histogram) Sub(earlier *Histogram) {
	if h.h == nil || earlier.Count() == 0 {
		return
	}
	counts := h.h.Export()
	for i, n := range earlier.h.Export().Counts {
		counts.Counts[i] -= n
	}
	h.h = hdr.Import(counts)
}

// Clone returns a copy.
func (h *Histogram) Clone() Histogram {
	if h.Count() == 0 {
		return Histogram{}
	}
	return Histogram{h.h.Clone()}
}

// HDR returns a copy as HDR's own type, to be written to its log files.
func (h *Histogram) HDR() *hdr.Histogram {
	if h.h == nil {
		return newHDR()
	}
	return h.h.Clone()
}

// MarshalJSON writes HDR's compressed form.
func (h Histogram) MarshalJSON() ([]byte, error) {
	if h.Count() == 0 {
		return []byte(`""`), nil
	}
	encoded, err := h.h.EncodeV2()
	if err != nil {
		return nil, fmt.Errorf("histogram: %w", err)
	}
	return json.Marshal(string(encoded))
}

// UnmarshalJSON reads what MarshalJSON has written.
func (h *Histogram) UnmarshalJSON(b []byte) error {
	var encoded string
	if err := json.Unmarshal(b, &encoded); err != nil {
		return err
	}
	*h = Histogram{}
	if encoded == "" {
		return nil
	}
	decoded, err := hdr.Decode([]byte(encoded))
	if err != nil {
		return fmt.Errorf("histogram: %w", err)
	}
	h.h = newHDR()
	if dropped := h.h.Merge(decoded); dropped > 0 {
		return fmt.Errorf("histogram: %d values are out of range", dropped)
	}
	return nil
}
