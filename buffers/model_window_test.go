package buffers

import "slices"

// modelWindow is what a window must hold.
type modelWindow struct {
	entries  []modelEntry
	to       uint64
	excluded []uint64
	lost     uint64
	reset    bool
}

// window takes group after group, where a group is what may not be split, until
// one does not fit. Whom an entry excludes is looked at last.
func (m *model) window(req WindowRequest) modelWindow {
	maxEntries, maxBytes := modelLimits(req)
	end := max(req.From, min(req.To, m.next))
	if req.From < end && m.misses(req) {
		return modelWindow{to: req.From, reset: true}
	}
	gs := groups(m.between(req, end), req.Live)
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
	for _, seq := range m.lost {
		if seq >= req.From && seq >= req.Joined && seq < to {
			w.lost++
		}
	}
	return w
}

// misses says that the reader may have needed a removal that was dropped. It
// knows the whole of what was dropped as one.
func (m *model) misses(req WindowRequest) bool {
	least, newest := NoReader, uint64(0)
	for _, e := range m.dropped {
		least, newest = min(least, e.seenFrom), max(newest, e.seq)
	}
	return len(m.dropped) > 0 && req.From > 0 &&
		req.From >= least && req.From <= newest && req.FirstCut <= newest
}

// between is the entries from req.From up to to that are for such a reader.
func (m *model) between(req WindowRequest, to uint64) (es []modelEntry) {
	for _, e := range m.live {
		switch {
		case e.seq < req.From || e.seq >= to:
		case e.transient && req.Joined > e.seq: // joined after its push
		case e.removal && !m.queue && req.From < e.seenFrom && req.From >= m.forgotten: // never saw it
		case e.removal && !m.queue && req.FirstCut > e.seq: // it was gone by then
		default:
			es = append(es, e)
		}
	}
	return es
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
				return taken, max(to, g.entries[0].first)
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
	return limit(req.MaxEntries, 128), limit64(int64(req.MaxBytes), 1<<20)
}
