package buffers

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// model is the reference: a buffer with the semantics that the package states,
// written to be obvious. Everything is a slice that is scanned from its start,
// as long as it may take.
type model struct {
	live       []modelEntry
	next       uint64
	maxEntries int
	maxBytes   int64
	queue      bool // else a log

	// Of a log.
	lim       LogLimits // without zeros
	lost      []uint64  // sequences of transient entries that a bound dropped
	forgotten uint64
	dropped   []modelEntry // removals
}

type modelEntry struct {
	seq         uint64
	key         string
	payload     string
	packed      int // length of the packed form
	except      uint64
	follows     string
	supersedes  *KeySet
	removal     bool
	transient   bool
	seenFrom    uint64
	dated       bool
	from        time.Duration
	first, last uint64 // sequences of the batch it was pushed in
}

func (e *modelEntry) lasting() bool { return !e.removal && !e.transient }

// push appends a batch. It changes nothing and returns false when the result
// would exceed a bound.
func (m *model) push(es []Entry) bool {
	if !m.queue && !m.admits(es) {
		return false
	}
	after := *m
	after.live = slices.Clone(m.live)
	for _, e := range es {
		after.apply(e)
	}
	sized := after
	if len(es) > 1 { // counts as if entries superseded by key only
		sized.live = slices.Clone(m.live)
		for _, e := range es {
			e.Supersedes = nil
			sized.applyByKey(e)
		}
	}
	if !sized.within() && !m.roomy(es) {
		return false
	}
	for i := range after.live {
		if e := &after.live[i]; e.seq >= m.next {
			e.first, e.last = m.next, after.next-1
		}
	}
	after.enforce()
	*m = after
	return true
}

// admits looks at the transient entries of a batch by themselves.
func (m *model) admits(es []Entry) bool {
	n, bytes := 0, int64(0)
	for _, e := range es {
		if e.Transient {
			if e.Removal || e.Supersedes != nil {
				return false
			}
			n++
			bytes += e.memory()
		}
	}
	return n <= m.lim.MaxTransientEntries && bytes <= m.lim.MaxTransientBytes
}

// roomy says that es fits even if it superseded nothing.
func (m *model) roomy(es []Entry) bool {
	sized := *m
	sized.live = slices.Clone(m.live)
	for _, e := range es {
		e.Key = ""
		sized.live = append(sized.live, m.entry(e))
	}
	return sized.within()
}

func (m *model) within() bool {
	n, bytes := 0, int64(0)
	for _, e := range m.live {
		if m.queue || e.lasting() {
			n++
		}
		if m.queue || !e.transient {
			bytes += memoryOf([]modelEntry{e})
		}
	}
	return n <= m.maxEntries && bytes <= m.maxBytes
}

func (m *model) entry(e Entry) modelEntry {
	n := modelEntry{
		seq: m.next, key: e.Key, payload: string(e.Payload), packed: len(e.Packed),
		except: e.Except, removal: e.Removal, transient: e.Transient && !m.queue,
		seenFrom: m.next + 1, supersedes: e.Supersedes,
	}
	if e.Follows != e.Key && !e.Removal {
		n.follows = e.Follows
	}
	return n
}

// of is what there is of a key: at most a removal and what came after it.
func (m *model) of(key string, transient bool) (es []modelEntry) {
	for _, e := range m.live {
		if key != "" && e.key == key && e.transient == transient {
			es = append(es, e)
		}
	}
	return es
}

func (m *model) drop(es ...modelEntry) {
	m.live = slices.DeleteFunc(m.live, func(old modelEntry) bool {
		return slices.ContainsFunc(es, func(e modelEntry) bool { return e.seq == old.seq })
	})
}

func (m *model) append(n modelEntry) {
	n.seq = m.next
	m.live = append(m.live, n)
	m.next++
}

// apply is one push, bounds aside.
func (m *model) apply(e Entry) {
	n := m.entry(e)
	m.drop(m.of(e.Key, true)...)
	if n.transient {
		m.append(n)
		return
	}
	old := m.of(e.Key, false)
	gone := m.replaced(&n, old)
	if e.Removal || e.Supersedes != nil {
		gone = append(gone, m.superseded(e)...)
	}
	for _, g := range gone {
		if !g.transient {
			n.seenFrom = min(n.seenFrom, g.seenFrom)
		}
	}
	m.drop(gone...)
	m.append(n)
	if !n.removal && n.key != "" {
		m.move(n)
	}
}

// applyByKey is apply for those who know of keys only.
func (m *model) applyByKey(e Entry) {
	n := m.entry(e)
	if n.transient {
		return
	}
	if old := m.of(e.Key, false); len(old) > 0 {
		if newest := old[len(old)-1]; e.Removal || !newest.removal {
			m.drop(newest)
		}
	}
	m.append(n)
}

// replaced is what n culls of its own key: a removal culls all, anything else
// leaves a removal standing.
func (m *model) replaced(n *modelEntry, old []modelEntry) (gone []modelEntry) {
	if len(old) == 0 && n.removal {
		n.seenFrom = 0
	}
	for _, o := range old {
		n.seenFrom = min(n.seenFrom, o.seenFrom)
		if n.removal || !o.removal {
			gone = append(gone, o)
		}
	}
	return gone
}

// superseded is what e culls of other keys: those it names, and what follows
// them, and what follows that.
func (m *model) superseded(e Entry) (gone []modelEntry) {
	keys := map[string]bool{}
	if e.Removal {
		keys[e.Key] = true
	}
	for _, o := range m.live {
		for _, key := range []string{o.key, o.follows} {
			if e.Supersedes.names(key) && key != e.Key {
				keys[key] = true
			}
		}
	}
	for before := -1; before != len(keys)+len(gone); {
		before = len(keys) + len(gone)
		gone = nil
		for _, o := range m.live {
			own := o.key != "" && o.key == e.Key && !o.transient
			named := o.key != "" && keys[o.key] && !o.transient
			if own || !named && (o.follows == "" || !keys[o.follows]) {
				continue
			}
			gone = append(gone, o)
			if o.key != "" && !o.transient {
				keys[o.key] = true
			}
		}
	}
	return gone
}

// names says whether key is one of those that the set stands for.
func (s *KeySet) names(key string) bool {
	if s == nil || key == "" {
		return false
	}
	return slices.Contains(s.Keys, key) || s.Prefix != "" && strings.HasPrefix(key, s.Prefix)
}

// move appends again what has to stand behind n: what follows it, and what
// follows or is superseded by that.
func (m *model) move(n modelEntry) {
	moving := map[uint64]bool{}
	for before := -1; before != len(moving); {
		before = len(moving)
		for _, o := range m.live {
			behind := o.follows == n.key
			for _, mover := range m.live {
				if moving[mover.seq] {
					behind = behind || mover.key != "" && o.follows == mover.key ||
						mover.supersedes.names(o.key) && o.key != mover.key ||
						mover.supersedes.names(o.follows) && o.follows != mover.key
				}
			}
			if behind && o.lasting() && o.seq != n.seq {
				moving[o.seq] = true
			}
		}
	}
	for _, e := range slices.Clone(m.live) {
		if moving[e.seq] {
			m.drop(e)
			m.append(e)
		}
	}
}

// enforce drops the oldest removals and transient entries beyond the bounds.
func (m *model) enforce() {
	if m.queue {
		return
	}
	for {
		var transients, removals []modelEntry
		for _, e := range m.live {
			if e.transient {
				transients = append(transients, e)
			} else if e.removal {
				removals = append(removals, e)
			}
		}
		switch {
		case len(transients) > m.lim.MaxTransientEntries, memoryOf(transients) > m.lim.MaxTransientBytes:
			m.lost = append(m.lost, transients[0].seq)
			m.drop(transients[0])
		case len(removals) > m.lim.MaxRemovals:
			m.dropped = append(m.dropped, removals[0])
			m.drop(removals[0])
		default:
			return
		}
	}
}

// expire drops what all have passed and what is too old.
func (m *model) expire(now time.Duration, passed uint64) {
	for i := range m.live {
		if e := &m.live[i]; !e.dated {
			e.dated, e.from = true, now
		}
	}
	for _, e := range slices.Clone(m.live) {
		age := now - e.from
		switch {
		case e.removal && e.seq < passed && age >= m.lim.ResumeHorizon:
			m.dropped = append(m.dropped, e)
			m.drop(e)
		case e.transient && e.seq < passed:
			m.drop(e)
		case e.transient && age >= m.lim.MaxTransientAge:
			m.lost = append(m.lost, e.seq)
			m.drop(e)
		}
	}
}

func (m *model) remove(match func(key string) bool) (removed int) {
	for _, e := range slices.Clone(m.live) {
		if (m.queue || e.lasting()) && match(e.key) {
			m.drop(e)
			m.forgotten = m.next
			removed++
		}
	}
	return removed
}

// lasting is the live state.
func (m *model) lasting() (es []modelEntry) {
	for _, e := range m.live {
		if m.queue || e.lasting() {
			es = append(es, e)
		}
	}
	return es
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
