package buffers

import (
	"cmp"
	"slices"
)

// followers is the sequences of the live entries that follow one key, rising.
// Some of dead ones are left in between.
type followers struct {
	seqs []uint64
	live int
}

// follow notes that e, which is about to be appended, follows a key. It comes
// before the entry that e supersedes is killed, so that the list is kept.
func (c *conflator) follow(e *Entry) {
	if c.followed == nil {
		c.followed = make(map[string]*followers)
	}
	f := c.followed[e.Follows]
	if f == nil {
		f = new(followers)
		c.keyAppears(e.Follows)
		c.followed[e.Follows] = f
		c.followedPeak = max(c.followedPeak, len(c.followed))
	}
	f.seqs = append(f.seqs, e.Seq)
	f.live++
	c.tidyFollowers(f)
}

// unfollow notes that e, which follows a key, is culled.
func (c *conflator) unfollow(e *Entry) {
	f := c.followed[e.Follows]
	if f.live--; f.live == 0 {
		delete(c.followed, e.Follows)
		c.keyGoes(e.Follows)
		return
	}
	c.tidyFollowers(f)
}

// tidyFollowers takes the dead out when they are most of the list. What is
// about to be appended stays.
func (c *conflator) tidyFollowers(f *followers) {
	if len(f.seqs) <= 2*f.live+8 {
		return
	}
	kept := make([]uint64, 0, f.live+8)
	for _, seq := range f.seqs {
		if seq >= c.next || c.at(seq) != nil {
			kept = append(kept, seq)
		}
	}
	f.seqs = kept
}

// appendFollowers appends the live entries that follow key, in order.
func (c *conflator) appendFollowers(dst []*Entry, key string) []*Entry {
	if f := c.followed[key]; f != nil && key != "" {
		for _, seq := range f.seqs {
			if e := c.at(seq); e != nil {
				dst = append(dst, e)
			}
		}
	}
	return dst
}

// moveFollowers appends the followers of p's key once more, behind p, which is
// the newest entry. With them go their own followers, and what they supersede:
// that stands behind them, and a page drops it when it applies them again. They
// keep their order.
//
// Transient followers stay where they are: moved, they would reach some readers
// twice.
func (c *conflator) moveFollowers(p *Entry) {
	if c.followed[p.Key] == nil {
		return
	}
	m := movers{c: c, newest: p}
	m.addFollowers(p.Key)
	slices.SortFunc(m.entries, func(a, b *Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	for _, e := range m.entries {
		moved := *e
		moved.Seq = c.next
		if e.Follows != "" {
			c.follow(&moved)
		}
		c.kill(c.search(e.Seq))
		c.append(&moved)
	}
}

// movers gathers the entries that have to stand behind the newest one.
type movers struct {
	c       *conflator
	newest  *Entry
	entries []*Entry
	seen    map[*Entry]struct{}
}

func (m *movers) addFollowers(key string) {
	for _, e := range m.c.appendFollowers(nil, key) {
		m.add(e)
	}
}

func (m *movers) add(e *Entry) {
	if _, found := m.seen[e]; found || !e.lasting() || e == m.newest {
		return
	}
	if m.seen == nil {
		m.seen = make(map[*Entry]struct{})
	}
	m.seen[e] = struct{}{}
	m.entries = append(m.entries, e)
	m.addFollowers(e.Key)
	for _, key := range m.c.keysOf(e.Supersedes) {
		if key == e.Key {
			continue
		}
		if slot := m.c.find(key); slot >= 0 {
			m.add(m.c.slots[slot])
		}
		m.addFollowers(key)
	}
}
