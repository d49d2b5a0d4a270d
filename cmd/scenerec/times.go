package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/record"
)

// moment is a time in a recording, as a flag says it.
type moment struct {
	text    string
	offset  time.Duration
	share   float64 // of the duration, instead of offset
	isShare bool
	fromEnd bool
}

// String returns what was said.
func (m *moment) String() string { return m.text }

// Type is the name of such a value in the help.
func (m *moment) Type() string { return "time" }

// Set reads "90", "1.5", "1m30s", "1:30", "1:02:03.5", "25%" or one of them but the last
// behind a minus.
func (m *moment) Set(text string) error {
	bad := fmt.Errorf("%q is no time like 90s, 1m30s, 1:30, 25%% or -10s", text)
	*m = moment{text: text}
	rest, isShare := strings.CutSuffix(text, "%")
	if isShare {
		share, err := strconv.ParseFloat(rest, 64)
		if err != nil || !(share >= 0 && share <= 100) {
			return bad
		}
		m.isShare, m.share = true, share/100
		return nil
	}
	rest, m.fromEnd = strings.CutPrefix(text, "-")
	offset, err := parseOffset(rest)
	if err != nil {
		return bad
	}
	m.offset = offset
	return nil
}

// parseOffset reads a duration that isn't negative.
func parseOffset(text string) (time.Duration, error) {
	if strings.Contains(text, ":") {
		return parseClock(text)
	}
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil {
		d, err := time.ParseDuration(text)
		if err == nil && (d < 0 || strings.HasPrefix(text, "+")) {
			err = fmt.Errorf("%s is negative", text)
		}
		return d, err
	}
	return toDuration(seconds)
}

func toDuration(seconds float64) (time.Duration, error) {
	if !(seconds >= 0 && seconds < math.MaxInt64/1e9) || math.Signbit(seconds) {
		return 0, fmt.Errorf("%v s is no time", seconds)
	}
	return time.Duration(math.Round(seconds * 1e9)), nil
}

// parseClock reads "1:30" and "1:02:03.5".
func parseClock(text string) (time.Duration, error) {
	parts := strings.Split(text, ":")
	last, err := strconv.ParseFloat(parts[len(parts)-1], 64)
	if err != nil || !(last >= 0 && last < 60) || math.Signbit(last) || len(parts) > 3 {
		return 0, fmt.Errorf("%q is no time", text)
	}
	whole := 0
	for i, part := range parts[:len(parts)-1] {
		n, err := strconv.ParseUint(part, 10, 31)
		if err != nil || i > 0 && n >= 60 {
			return 0, fmt.Errorf("%q is no time", text)
		}
		whole = whole*60 + int(n)
	}
	return toDuration(float64(whole)*60 + last)
}

// in returns the moment in a recording of that duration, which it may lie outside of.
func (m *moment) in(duration time.Duration) time.Duration {
	switch {
	case m.isShare:
		return time.Duration(math.Round(m.share * float64(duration)))
	case m.fromEnd:
		return duration - m.offset
	}
	return m.offset
}

// span sets from and to to what two flags say of a recording, if they say something.
func span(i *record.Info, from, to *moment, fromAt, toAt *time.Duration) error {
	all := i.Duration()
	for _, m := range []struct {
		moment *moment
		at     *time.Duration
		flag   string
	}{{from, fromAt, "from"}, {to, toAt, "to"}} {
		if m.moment.text == "" {
			continue
		}
		*m.at = m.moment.in(all)
		if *m.at < 0 || *m.at > all {
			return fmt.Errorf("--%s %s is outside of the recording, which is %s long", m.flag, m.moment.text, clock(all))
		}
	}
	if to.text != "" && *toAt == 0 {
		*toAt = 1 // 0 stands for the end
	}
	if to.text != "" && *toAt < *fromAt {
		return fmt.Errorf("--to %s comes before --from %s", to.text, from.text)
	}
	return nil
}

// momentFlag adds a flag that is a time in a recording.
func momentFlag(cmd *cobra.Command, m *moment, name, usage string) {
	cmd.Flags().Var(m, name, usage)
	_ = cmd.RegisterFlagCompletionFunc(name, cobra.NoFileCompletions)
}

// clock writes a time in a recording: "1:02:03.456".
func clock(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	ms := d.Round(time.Millisecond).Milliseconds()
	s := fmt.Sprintf("%d:%02d.%03d", ms/60_000%60, ms/1000%60, ms%1000)
	if h := ms / 3_600_000; h > 0 {
		s = fmt.Sprintf("%d:%02d:%02d.%03d", h, ms/60_000%60, ms/1000%60, ms%1000)
	}
	return sign + s
}
