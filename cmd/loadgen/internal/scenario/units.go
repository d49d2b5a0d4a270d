package scenario

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// The types below are values of flags (pflag.Value) and of YAML: Set reads what String
// writes, and what people write else.

// Rate is how often something happens, per second: "60/s", "10/m", "60Hz", "60", "max".
type Rate float64

// MaxRate is as fast as it goes.
var MaxRate = Rate(math.Inf(1))

// Set parses a rate.
func (r *Rate) Set(text string) error {
	text = strings.TrimSpace(text)
	if text == "max" {
		*r = MaxRate
		return nil
	}
	number, per := text, 1.0
	if n, unit, ok := strings.Cut(text, "/"); ok {
		seconds, known := map[string]float64{"s": 1, "m": 60, "min": 60, "h": 3600}[strings.TrimSpace(unit)]
		if !known {
			return fmt.Errorf("%q: a rate is per s, m or h, such as 60/s", text)
		}
		number, per = n, seconds
	} else if n, ok := strings.CutSuffix(text, "Hz"); ok {
		number = n
	}
	v, err := parseNumber(number)
	if err != nil {
		return fmt.Errorf("%q is no rate such as 60/s", text)
	}
	*r = Rate(v / per)
	return nil
}

// String returns the rate per second, or per minute if it is less than one.
func (r Rate) String() string {
	switch {
	case math.IsInf(float64(r), 1):
		return "max"
	case r != 0 && r < 1:
		return decimal(float64(r)*60) + "/m"
	}
	return decimal(float64(r)) + "/s"
}

// Type returns what help calls the value.
func (*Rate) Type() string { return "rate" }

// Size is a number of bytes: "64B", "16KB", "1MiB", "512". K, M and G are powers of 1024,
// with or without the i.
type Size int64

// Set parses a size.
func (s *Size) Set(text string) error {
	v, err := parseSize(text)
	if err != nil {
		return fmt.Errorf("%q is no size such as 512B, 16KB or 1MB", text)
	}
	*s = Size(v)
	return nil
}

// String returns the size in the largest unit of which it is a whole number.
func (s Size) String() string { return formatSize(int64(s)) }

// Type returns what help calls the value.
func (*Size) Type() string { return "size" }

// Reads is how fast a client reads, in bytes per second: "64KB/s", or "nothing".
type Reads int64

// Nothing is of a client that never reads.
const Nothing Reads = -1

// Set parses it.
func (r *Reads) Set(text string) error {
	text = strings.TrimSpace(text)
	if text == "nothing" {
		*r = Nothing
		return nil
	}
	size, ok := strings.CutSuffix(text, "/s")
	v, err := parseSize(size)
	if err != nil || !ok || v == 0 {
		return fmt.Errorf(`%q is no speed such as 64KB/s, nor "nothing"`, text)
	}
	*r = Reads(v)
	return nil
}

// String returns what Set reads.
func (r Reads) String() string {
	if r == Nothing {
		return "nothing"
	}
	return formatSize(int64(r)) + "/s"
}

// Type returns what help calls the value.
func (*Reads) Type() string { return "bytes/s" }

// Duration is a time: "15s", "1m30s", "500ms".
type Duration time.Duration

// Set parses a duration.
func (d *Duration) Set(text string) error {
	v, err := time.ParseDuration(strings.TrimSpace(text))
	if err != nil {
		return fmt.Errorf("%q is no time such as 15s, 500ms or 1m30s", text)
	}
	*d = Duration(v)
	return nil
}

// Std returns the duration as package time has it.
func (d Duration) Std() time.Duration { return time.Duration(d) }

// String returns the duration as people write it: "2m" rather than "2m0s".
func (d Duration) String() string {
	text := time.Duration(d).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// Type returns what help calls the value.
func (*Duration) Type() string { return "duration" }

// Share is a part of a whole, from 0 to 1: "50%", "0.5".
type Share float64

// Set parses a share.
func (s *Share) Set(text string) error {
	v, err := parseShare(text)
	if err != nil {
		return fmt.Errorf("%q is no share such as 50%%", text)
	}
	*s = Share(v)
	return nil
}

// String returns the share in percent.
func (s Share) String() string { return decimal(float64(s)*100) + "%" }

// Type returns what help calls the value.
func (*Share) Type() string { return "percent" }

// Portion is some of the clients: a number of them, or a share of all, "50" or "10%".
type Portion struct {
	Count int     // used if Share is 0
	Share float64 // of all clients, from 0 to 1
}

// Set parses a portion.
func (p *Portion) Set(text string) error {
	text = strings.TrimSpace(text)
	if text == "all" {
		*p = Portion{Share: 1}
		return nil
	}
	if strings.HasSuffix(text, "%") {
		v, err := parseShare(text)
		if err != nil {
			return fmt.Errorf("%q is no share such as 10%%", text)
		}
		*p = Portion{Share: v}
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return fmt.Errorf("%q is no number of clients such as 50, 10%% or all", text)
	}
	*p = Portion{Count: n}
	return nil
}

// Of returns how many of so many clients it is. A share that isn't 0 is one client at
// least.
func (p Portion) Of(clients int) int {
	if p.Share > 0 {
		return max(int(math.Round(p.Share*float64(clients))), min(clients, 1))
	}
	return p.Count
}

// IsZero reports whether nothing was said.
func (p Portion) IsZero() bool { return p == Portion{} }

// String returns what Set reads.
func (p Portion) String() string {
	if p.Share > 0 {
		return Share(p.Share).String()
	}
	return strconv.Itoa(p.Count)
}

// Type returns what help calls the value.
func (*Portion) Type() string { return "clients" }

// Batch is how many objects change together: a number, or "all", which is 0.
type Batch int

// Set parses it.
func (b *Batch) Set(text string) error {
	text = strings.TrimSpace(text)
	if text == "all" {
		*b = 0
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return fmt.Errorf("%q is no number of objects from 1 on, nor all", text)
	}
	*b = Batch(n)
	return nil
}

// String returns what Set reads.
func (b Batch) String() string {
	if b == 0 {
		return "all"
	}
	return strconv.Itoa(int(b))
}

// Type returns what help calls the value.
func (*Batch) Type() string { return "objects" }

// Of returns how many of so many objects change together.
func (b Batch) Of(objects int) int {
	if b == 0 {
		return objects
	}
	return min(int(b), objects)
}

var errNumber = errors.New("not a number from 0 on")

// parseNumber parses a finite number that isn't negative.
func parseNumber(text string) (float64, error) {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || v < 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return 0, errNumber
	}
	return v, nil
}

func parseShare(text string) (float64, error) {
	number, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	v, err := parseNumber(number)
	if percent {
		v /= 100
	}
	if err != nil || v > 1 {
		return 0, errNumber
	}
	return v, nil
}

// units are of sizes, the largest first, each with the name that is printed first.
var units = []struct {
	names []string
	bytes float64
}{
	{[]string{"GB", "GiB", "G"}, 1 << 30},
	{[]string{"MB", "MiB", "M"}, 1 << 20},
	{[]string{"KB", "KiB", "kB", "K", "k"}, 1 << 10},
	{[]string{"B", ""}, 1},
}

func parseSize(text string) (int64, error) {
	text = strings.TrimSpace(text)
	number := strings.TrimRight(text, "GMKkiB ")
	unit := strings.TrimSpace(text[len(number):])
	v, err := parseNumber(number)
	if err != nil {
		return 0, err
	}
	for _, u := range units {
		for _, name := range u.names {
			if name == unit && v*u.bytes < 1<<53 {
				return int64(v * u.bytes), nil
			}
		}
	}
	return 0, errNumber
}

func formatSize(n int64) string {
	for _, u := range units {
		if size := int64(u.bytes); n >= size && n%size == 0 {
			return strconv.FormatInt(n/size, 10) + u.names[0]
		}
	}
	return strconv.FormatInt(n, 10) + "B"
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
