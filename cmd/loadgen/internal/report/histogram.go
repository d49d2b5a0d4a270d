package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/scenewire/scenewire/internal/commandline"
)

// Histogram is a distribution of nanoseconds of the measured time.
type Histogram struct {
	Name   string // "latency", "update-gap", "echo", "connect", "catch-up"
	Values *hdrhistogram.Histogram
}

// Interval is the same of one second.
type Interval struct {
	Begin time.Duration // since the measured time began
	End   time.Duration
	Histogram
}

// SpreadOf summarises a histogram of nanoseconds. Of an empty one everything is unknown:
// whoever reads a report finds the same fields in each.
func SpreadOf(h *hdrhistogram.Histogram) *Spread {
	if h == nil || h.TotalCount() == 0 {
		return &Spread{P50: Unknown, P90: Unknown, P99: Unknown, P999: Unknown, Max: Unknown, Mean: Unknown}
	}
	return &Spread{
		P50: Quantile(h, 50), P90: Quantile(h, 90), P99: Quantile(h, 99), P999: Quantile(h, 99.9),
		Max: Number(h.Max()) / nanosInMilli, Mean: Number(h.Mean()) / nanosInMilli, Count: h.TotalCount(),
	}
}

const nanosInMilli = 1e6

// Quantile is a percentile in milliseconds, unknown if there is nothing.
func Quantile(h *hdrhistogram.Histogram, percent float64) Number {
	if h == nil || h.TotalCount() == 0 {
		return Unknown
	}
	return Number(h.ValueAtQuantile(percent)) / nanosInMilli
}

// WriteHDR writes a file of percentiles for each histogram (latency.hgrm, in
// milliseconds), and one with those of each second, tagged with their names
// (intervals.hlog, in nanoseconds). It makes the directory and replaces the files. It
// returns their paths.
func (r *Report) WriteHDR(dir string) (paths []string, err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	write := func(name string, text []byte) {
		path := filepath.Join(dir, name)
		if err == nil {
			err = commandline.WriteFile(path, text)
		}
		paths = append(paths, path)
	}
	for _, h := range r.Histograms {
		var b bytes.Buffer
		const ticksPerHalfDistance = 5 // as HdrHistogram's own tools have it
		_, _ = h.Values.PercentilesPrint(&b, ticksPerHalfDistance, nanosInMilli)
		write(h.Name+".hgrm", b.Bytes())
	}
	log, logErr := r.intervalLog()
	if logErr != nil {
		return nil, logErr
	}
	write("intervals.hlog", log)
	return paths, err
}

// intervalLog writes HdrHistogram's log format 1.2. It isn't left to hdrhistogram-go, whose
// lines have the end of an interval where its length belongs.
func (r *Report) intervalLog() ([]byte, error) {
	var b bytes.Buffer
	began := r.Taken.Add(-time.Duration(r.Seconds * float64(time.Second)))
	seconds := float64(began.UnixMilli()) / 1000
	fmt.Fprintf(&b, "#[Histogram log format version 1.2]\n#[%s]\n#[StartTime: %.3f (seconds since epoch), %s]\n#[BaseTime: %.3f (seconds since epoch)]\n",
		r.Command, seconds, began.UTC().Format(time.RFC3339), seconds)
	b.WriteString("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n")
	for _, v := range r.Intervals {
		text, err := v.Values.Encode(hdrhistogram.V2CompressedEncodingCookieBase)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", v.Name, err)
		}
		fmt.Fprintf(&b, "Tag=%s,%.3f,%.3f,%.3f,%s\n", v.Name, v.Begin.Seconds(), (v.End - v.Begin).Seconds(),
			float64(v.Values.Max())/nanosInMilli, text)
	}
	return b.Bytes(), nil
}
