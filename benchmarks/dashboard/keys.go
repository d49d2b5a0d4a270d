package dashboard

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/scenewire/scenewire"
)

const (
	// maxKeyBytes is how much of a key is shown.
	maxKeyBytes = 200
	// keysPerSecond is how many live messages are looked at in a second: a larger log is
	// looked at less often.
	keysPerSecond = 50_000
)

// hotKeys looks at the live messages of a log from time to time. The zero value is ready.
type hotKeys struct {
	at     time.Time         // of the last look
	next   uint64            // the log's end then
	pushes map[string]uint32 // by key, as of the last look
	keys   []HotKey
	bytes  int64
}

// look looks at the log, and reports whether it was time to.
func (h *hotKeys) look(log scenewire.LogView, now time.Time) bool {
	wait := time.Duration(log.Len()) * time.Second / keysPerSecond
	if !h.at.IsZero() && now.Sub(h.at) < wait {
		return false
	}
	next := log.Next()
	entries := log.Entries()
	seconds := now.Sub(h.at).Seconds()
	if h.pushes == nil || len(h.pushes) > 2*len(entries)+64 {
		h.pushes = make(map[string]uint32, len(entries))
		h.at = time.Time{}
	}
	h.keys, h.bytes = h.keys[:0], 0
	for i := range entries {
		h.keys = append(h.keys, h.key(&entries[i], seconds))
		h.bytes += int64(len(entries[i].Payload))
	}
	h.at, h.next = now, next
	return true
}

// key notes how often a key was pushed. What was last pushed before the last look is as
// it was.
func (h *hotKeys) key(e *scenewire.LogEntry, seconds float64) HotKey {
	k := HotKey{Key: e.Key, Bytes: Count(len(e.Payload)), Pushes: Count(e.Pushes)}
	if e.Key == "" {
		return k
	}
	before, known := h.pushes[e.Key]
	switch {
	case !known && (h.at.IsZero() || e.Seq < h.next):
		k.Rate = math.NaN()
	default: // what is new has come since the last look
		k.Rate = float64(e.Pushes-before) / seconds
	}
	if e.Pushes < before { // it was removed meanwhile, or the count has begun again
		k.Rate = float64(e.Pushes) / seconds
	}
	h.pushes[e.Key] = e.Pushes
	return k
}

// message makes the lists, each of limit keys.
func (h *hotKeys) message(limit int) HotKeys {
	rate := func(k HotKey) float64 {
		if math.IsNaN(k.Rate) {
			return -1
		}
		return k.Rate
	}
	return HotKeys{
		Keys: Count(len(h.keys)), Bytes: Count(h.bytes),
		ByBytes: hottest(h.keys, limit, func(a, b HotKey) int { return cmp.Compare(b.Bytes, a.Bytes) }),
		ByRate: hottest(h.keys, limit, func(a, b HotKey) int {
			return cmp.Or(cmp.Compare(rate(b), rate(a)), cmp.Compare(b.Pushes, a.Pushes))
		}),
	}
}

// hottest returns the first keys in an order.
func hottest(keys []HotKey, limit int, order func(a, b HotKey) int) []HotKey {
	best := top(keys, limit, order)
	for i := range best {
		best[i].Key = cut(best[i].Key, maxKeyBytes)
	}
	return best
}

// top returns the first limit of all in an order, without sorting the rest.
func top[T any](all []T, limit int, order func(a, b T) int) []T {
	best := make([]T, 0, limit+1)
	for _, v := range all {
		if len(best) == limit && order(v, best[limit-1]) >= 0 {
			continue
		}
		i, _ := slices.BinarySearchFunc(best, v, order)
		best = slices.Insert(best, i, v)
		best = best[:min(len(best), limit)]
	}
	return best
}
