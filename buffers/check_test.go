package buffers

import (
	"fmt"
	"maps"
	"slices"
)

// check verifies what a conflator relies on between two calls.
func (c *conflator) check() error {
	live, bytes, newest := 0, int64(0), map[string]int{}
	followers := map[string][]uint64{}
	for slot, e := range c.slots {
		if (c.alive.next(slot) == slot) != (e != nil) {
			return fmt.Errorf("slot %d: bitmap and entry %v disagree", slot, e)
		}
		if e == nil {
			continue
		}
		live++
		bytes += c.sized(e)
		if found := c.search(e.Seq); found != slot {
			return fmt.Errorf("sequence %d is in slot %d, found in %d", e.Seq, slot, found)
		}
		if e.Key != "" && !e.Transient {
			newest[e.Key] = slot
		}
		if e.Follows != "" {
			followers[e.Follows] = append(followers[e.Follows], e.Seq)
		}
	}
	for _, e := range c.slots[len(c.slots):cap(c.slots)] {
		if e != nil {
			return fmt.Errorf("unused memory keeps entry %d reachable", e.Seq)
		}
	}
	for key, slot := range newest {
		if found := c.find(key); found != slot {
			return fmt.Errorf("key %q is in slot %d, found in %d", key, slot, found)
		}
	}
	switch {
	case live != c.live || bytes != c.bytes:
		return fmt.Errorf("counts %d entries, %d bytes; holds %d, %d", c.live, c.bytes, live, bytes)
	case c.index != nil && len(c.index) != len(newest):
		return fmt.Errorf("index has %d keys, entries have %d", len(c.index), len(newest))
	case len(c.slots)-live > live+compactSlack:
		return fmt.Errorf("%d of %d slots are dead", len(c.slots)-live, len(c.slots))
	}
	if err := c.checkFollowers(followers); err != nil {
		return err
	}
	if err := c.checkStanding(newest); err != nil {
		return err
	}
	if c.ordered != nil {
		want := slices.Sorted(maps.Keys(c.index))
		want = slices.Compact(slices.Sorted(slices.Values(slices.AppendSeq(want, maps.Keys(c.followed)))))
		if keys := c.ordered.appendPrefixed(nil, ""); !slices.Equal(keys, want) {
			return fmt.Errorf("ordered keys %q, want %q", keys, want)
		}
	}
	if c.kept != nil {
		return c.kept.check(c)
	}
	return nil
}

// checkStanding verifies that whatever has the key of a newer entry is the one
// removal that stands before it.
func (c *conflator) checkStanding(newest map[string]int) error {
	older := map[string]uint64{}
	for slot, e := range c.slots {
		if e != nil && e.Key != "" && !e.Transient && newest[e.Key] != slot {
			if _, second := older[e.Key]; second || !e.Removal {
				return fmt.Errorf("entry %d has the key %q of a newer one", e.Seq, e.Key)
			}
			older[e.Key] = e.Seq
		}
	}
	if !maps.Equal(older, c.standing) {
		return fmt.Errorf("standing removals %v, want %v", c.standing, older)
	}
	return nil
}

func (c *conflator) checkFollowers(want map[string][]uint64) error {
	if len(c.followed) != len(want) {
		return fmt.Errorf("%d keys are followed, want %d", len(c.followed), len(want))
	}
	for key, seqs := range want {
		f := c.followed[key]
		if f == nil || f.live != len(seqs) || len(f.seqs) > 2*f.live+8 {
			return fmt.Errorf("followers of %q: %+v, want %d", key, f, seqs)
		}
		kept := slices.DeleteFunc(slices.Clone(f.seqs), func(seq uint64) bool { return c.at(seq) == nil })
		if !slices.Equal(kept, seqs) {
			return fmt.Errorf("followers of %q: %d, want %d", key, kept, seqs)
		}
	}
	return nil
}

// check verifies the books of what is kept for a while.
func (r *retention) check(c *conflator) error {
	var removals, transients []uint64
	keys := map[string]uint64{}
	for _, e := range c.slots {
		switch {
		case e == nil:
		case e.Transient:
			transients = append(transients, e.Seq)
			if e.Key != "" {
				keys[e.Key] = e.Seq
			}
		case e.Removal:
			removals = append(removals, e.Seq)
		}
	}
	if len(keys) != len(r.keys) {
		return fmt.Errorf("transient keys %v, want %v", r.keys, keys)
	}
	if err := r.removals.check(c, removals); err != nil {
		return fmt.Errorf("removals: %w", err)
	}
	if err := r.transients.check(c, transients); err != nil {
		return fmt.Errorf("transients: %w", err)
	}
	return nil
}

func (s *shelf) check(c *conflator, want []uint64) error {
	var listed []uint64
	memory := int64(0)
	for _, m := range s.marks {
		if e := c.at(m.seq); e != nil {
			listed = append(listed, m.seq)
			memory += e.memory()
		}
	}
	if !slices.Equal(listed, want) || s.live != len(want) || s.memory != memory {
		return fmt.Errorf("lists %d, counts %d of %d bytes; want %d of %d bytes", listed, s.live, s.memory, want, memory)
	}
	return nil
}
