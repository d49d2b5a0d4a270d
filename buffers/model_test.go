package buffers

import (
	"fmt"
	"slices"
	"strings"
)

// model is the reference: a buffer with viser's semantics, written to be
// obvious. Everything is a slice that is scanned from its start, as long as it
// may take.
type model struct {
	live       []modelEntry
	next       uint64
	maxEntries int
	maxBytes   int64
}

type modelEntry struct {
	seq         uint64
	key         string
	payload     string
	packed      int // length of the packed form
	except      uint64
	first, last uint64 // sequences of the batch it was pushed in
}

// push appends a batch: an entry with a key removes the one that has the key,
// and stands at the end. It changes nothing and returns false when the result
// would exceed a bound.
func (m *model) push(es []Entry) bool {
	after, next := slices.Clone(m.live), m.next
	first, last := next, next+uint64(len(es))-1
	for _, e := range es {
		if e.Key != "" {
			after = slices.DeleteFunc(after, func(old modelEntry) bool { return old.key == e.Key })
		}
		after = append(after, modelEntry{next, e.Key, string(e.Payload), len(e.Packed), e.Except, first, last})
		next++
	}
	if len(after) > m.maxEntries || memoryOf(after) > m.maxBytes {
		return false
	}
	m.live, m.next = after, next
	return true
}

func (m *model) remove(match func(key string) bool) (removed int) {
	before := len(m.live)
	m.live = slices.DeleteFunc(m.live, func(e modelEntry) bool { return match(e.key) })
	return before - len(m.live)
}

// modelWindow is what a window must hold.
type modelWindow struct {
	entries  []modelEntry
	to       uint64
	excluded []uint64
}

// window takes group after group, where a group is what may not be split, until
// one does not fit. Whom an entry excludes is looked at last.
func (m *model) window(req WindowRequest) modelWindow {
	maxEntries, maxBytes := modelLimits(req)
	end := max(req.From, min(req.To, m.next))
	gs := groups(m.between(req.From, end), req.Live)
	taken, to := takeGroups(gs, maxEntries, maxBytes, req.From, end)

	w := modelWindow{to: to}
	for _, e := range taken {
		if e.except == NoReader || e.except != req.Reader {
			w.entries = append(w.entries, e)
		}
		if e.except != NoReader {
			w.excluded = append(w.excluded, e.except)
		}
	}
	slices.Sort(w.excluded)
	w.excluded = slices.Compact(w.excluded)
	return w
}

// takeGroups is the entries of a window, and where it ends.
func takeGroups(gs []modelGroup, maxEntries int, maxBytes int64, from, end uint64) (taken []modelEntry, to uint64) {
	to = from
	for _, g := range gs {
		both := append(slices.Clone(taken), g.entries...)
		fits := len(both) <= maxEntries && bytesOf(both) <= maxBytes
		alone := len(taken) == 0
		switch {
		case fits, alone && len(g.entries) == 1, alone && bytesOf(g.entries) <= maxBytes:
			if g.end > end { // the cut lies inside this batch: end before it
				return taken, max(from, g.entries[0].first)
			}
			taken, to = both, g.end
		case alone: // one batch that exceeds the bytes by itself
			n := 1
			for bytesOf(g.entries[:n+1]) <= maxBytes {
				n++
			}
			return g.entries[:n], g.entries[n-1].seq + 1
		default:
			return taken, to
		}
	}
	return taken, end
}

// between is the live entries in [from,to).
func (m *model) between(from, to uint64) (es []modelEntry) {
	for _, e := range m.live {
		if from <= e.seq && e.seq < to {
			es = append(es, e)
		}
	}
	return es
}

// modelGroup is entries that go together, and the cursor behind them.
type modelGroup struct {
	entries []modelEntry
	end     uint64
}

func groups(es []modelEntry, whole bool) (gs []modelGroup) {
	for _, e := range es {
		last := len(gs) - 1
		switch {
		case !whole:
			gs = append(gs, modelGroup{[]modelEntry{e}, e.seq + 1})
		case last >= 0 && gs[last].entries[0].first == e.first:
			gs[last].entries = append(gs[last].entries, e)
		default:
			gs = append(gs, modelGroup{[]modelEntry{e}, e.last + 1})
		}
	}
	return gs
}

func modelLimits(req WindowRequest) (maxEntries int, maxBytes int64) {
	maxEntries, maxBytes = req.MaxEntries, int64(req.MaxBytes)
	if maxEntries == 0 {
		maxEntries = 128
	}
	if maxBytes == 0 {
		maxBytes = 1 << 20
	}
	if maxEntries < 0 {
		maxEntries = 1 << 30
	}
	if maxBytes < 0 {
		maxBytes = 1 << 60
	}
	return maxEntries, maxBytes
}

func memoryOf(es []modelEntry) (sum int64) {
	for _, e := range es {
		sum += int64(e.packed)
	}
	return sum + bytesOf(es)
}

func bytesOf(es []modelEntry) (sum int64) {
	for _, e := range es {
		sum += int64(len(e.payload))
	}
	return sum
}

// describe writes entries in a form that both sides share.
func (e modelEntry) String() string { return fmt.Sprintf("%d:%s=%q", e.seq, e.key, e.payload) }

func describeModel(es []modelEntry) string {
	var b strings.Builder
	for _, e := range es {
		fmt.Fprintf(&b, "%v ", e)
	}
	return b.String()
}

func describe(es []*Entry) string {
	var b strings.Builder
	for _, e := range es {
		fmt.Fprintf(&b, "%d:%s=%q ", e.Seq, e.Key, e.Payload)
	}
	return b.String()
}

// check verifies what a conflator relies on between two calls.
func (c *conflator) check() error {
	live, bytes, keys := 0, int64(0), 0
	for slot, e := range c.slots {
		if (c.alive.next(slot) == slot) != (e != nil) {
			return fmt.Errorf("slot %d: bitmap and entry %v disagree", slot, e)
		}
		if e == nil {
			continue
		}
		live++
		bytes += e.memory()
		if found := c.search(e.Seq); found != slot {
			return fmt.Errorf("sequence %d is in slot %d, found in %d", e.Seq, slot, found)
		}
		if e.Key != "" {
			keys++
			if found := c.find(e.Key); found != slot {
				return fmt.Errorf("key %q is in slot %d, found in %d", e.Key, slot, found)
			}
		}
	}
	for _, e := range c.slots[len(c.slots):cap(c.slots)] {
		if e != nil {
			return fmt.Errorf("unused memory keeps entry %d reachable", e.Seq)
		}
	}
	switch {
	case live != c.live || bytes != c.bytes:
		return fmt.Errorf("counts %d entries, %d bytes; holds %d, %d", c.live, c.bytes, live, bytes)
	case c.index != nil && len(c.index) != keys:
		return fmt.Errorf("index has %d keys, entries have %d", len(c.index), keys)
	case len(c.slots)-live > live+compactSlack:
		return fmt.Errorf("%d of %d slots are dead", len(c.slots)-live, len(c.slots))
	}
	return nil
}
