package swarm

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// From when on the clients, and not the server, may be what is measured.
const (
	busyShare    = 0.75
	delayedShare = 0.10
	longLag      = 5 * time.Millisecond // of one read in a hundred
)

// Bottleneck looks at what Sub has returned and says what of it the clients themselves may
// have caused, in one line for each; nothing if they had time to spare. Then latencies
// are too high and rates too low by what the clients lacked.
func (s *Stats) Bottleneck() []string {
	var found []string
	for i := range s.Threads {
		t := &s.Threads[i]
		if t.Wall <= 0 {
			continue
		}
		if why := t.bottleneck(); why != "" {
			found = append(found, fmt.Sprintf("client thread %d of %d %s", i+1, len(s.Threads), why))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Groups)) {
		if g := s.Groups[name]; g.Sent > 0 && g.SentLate*20 > g.Sent {
			found = append(found, fmt.Sprintf("group %q has sent %d of %d messages 1 ms late or more", name, g.SentLate, g.Sent))
		}
	}
	return found
}

func (t *ThreadStats) bottleneck() string {
	var why []string
	if share := float64(t.Busy) / float64(t.Wall); share > busyShare {
		why = append(why, fmt.Sprintf("was busy for %.0f %% of the time", 100*share))
	}
	if share := float64(t.Delayed) / float64(t.Wall); share > delayedShare {
		why = append(why, fmt.Sprintf("waited for a processor for %.0f %% of the time", 100*share))
	}
	if lag := t.Lag.Duration(0.99); lag > longLag {
		why = append(why, fmt.Sprintf("came to one socket in a hundred after %v", lag.Round(100*time.Microsecond)))
	}
	return strings.Join(why, ", ")
}
