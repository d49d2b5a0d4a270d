package buffers

import "strings"

// victims gathers what a push culls beyond the entry that it replaces.
type victims struct {
	c       *conflator
	own     string // key of the push, which never culls itself
	entries []*Entry
	seen    map[*Entry]struct{}
}

// victimsOf lists the live entries that go when e is pushed and is a removal or
// supersedes further keys. They are still live. The cost is proportional to
// what it lists, plus the logarithm of the live keys for a prefix.
func (c *conflator) victimsOf(e *Entry) []*Entry {
	v := victims{c: c, own: e.Key}
	if e.Removal {
		if slot := c.find(e.Key); slot >= 0 {
			v.addWithRemoval(c.slots[slot])
		}
		v.addFollowers(e.Key)
	}
	for _, key := range c.keysOf(e.Supersedes) {
		v.addKey(key)
	}
	return v.entries
}

// keysOf lists the keys that set stands for, with some that nobody has.
func (c *conflator) keysOf(set *KeySet) []string {
	switch {
	case set == nil:
		return nil
	case set.Prefix == "":
		return set.Keys
	}
	return append(c.keysWithPrefix(set.Prefix), set.Keys...)
}

// addKey adds the entry of a key other than the push's own, and what follows the
// key, whether or not there is such an entry: a reader may still have one.
func (v *victims) addKey(key string) {
	if key == v.own {
		return
	}
	if slot := v.c.find(key); slot >= 0 {
		v.addWithRemoval(v.c.slots[slot])
	}
	v.addFollowers(key)
}

// addFollowers adds what follows key, and what follows that.
func (v *victims) addFollowers(key string) {
	for _, e := range v.c.appendFollowers(nil, key) {
		if e.Key != "" && e.Key == v.own && !e.Transient {
			continue // the push replaces it
		}
		if v.addWithRemoval(e) && e.Key != "" && !e.Transient {
			v.addFollowers(e.Key)
		}
	}
}

// addWithRemoval adds e and the removal that stands before it. It returns false
// when e was there already.
func (v *victims) addWithRemoval(e *Entry) bool {
	if !v.add(e) {
		return false
	}
	if seq, ok := v.c.standing[e.Key]; ok && e.Key != "" && !e.Transient {
		v.add(v.c.at(seq))
	}
	return true
}

func (v *victims) add(e *Entry) bool {
	if _, found := v.seen[e]; found {
		return false
	}
	if v.seen == nil {
		v.seen = make(map[*Entry]struct{})
	}
	v.seen[e] = struct{}{}
	v.entries = append(v.entries, e)
	return true
}

// cull kills what p supersedes besides the entry that it replaces.
func (c *conflator) cull(p *Entry) {
	for _, e := range c.victimsOf(p) {
		if !e.Transient {
			p.seenFrom = min(p.seenFrom, e.seenFrom)
		}
		if e.Key != p.Key {
			c.forget(e)
		}
		c.kill(c.search(e.Seq))
	}
}

// replace makes p the entry of its key in the place of the one that has it.
//
// A removal that is replaced by a new creation stands where it is, since it has
// to reach the readers that saw the old generation, and has to reach them
// before whatever was pushed after it. The next removal of the key culls both.
func (c *conflator) replace(p *Entry) {
	if c.kept != nil && len(c.kept.keys) > 0 {
		c.kept.replaceTransient(c, p.Key)
	}
	slot := c.find(p.Key)
	if slot < 0 {
		if p.Removal {
			p.seenFrom = 0 // readers may have it from elsewhere
		}
		return
	}
	old := c.slots[slot]
	p.seenFrom = old.seenFrom
	switch {
	case p.Removal: // among its victims
	case old.Removal:
		if c.standing == nil {
			c.standing = make(map[string]uint64)
		}
		c.standing[p.Key] = old.Seq
		c.standingPeak = max(c.standingPeak, len(c.standing))
	default:
		p.pushes += old.pushes
		c.kill(slot)
	}
}

// keysWithPrefix lists the keys that are live or followed.
func (c *conflator) keysWithPrefix(prefix string) []string {
	if c.index == nil {
		return c.scanPrefix(prefix)
	}
	if c.ordered == nil {
		keys := make([]string, 0, len(c.index)+len(c.followed))
		for key := range c.index {
			keys = append(keys, key)
		}
		for key := range c.followed {
			if _, known := c.index[key]; !known {
				keys = append(keys, key)
			}
		}
		c.ordered = newKeyTree(keys)
	}
	return c.ordered.appendPrefixed(nil, prefix)
}

// scanPrefix is keysWithPrefix by looking at each slot. It may list a key twice.
func (c *conflator) scanPrefix(prefix string) (keys []string) {
	for _, e := range c.slots {
		if e == nil {
			continue
		}
		if e.Key != "" && !e.Transient && strings.HasPrefix(e.Key, prefix) {
			keys = append(keys, e.Key)
		}
		if e.Follows != "" && strings.HasPrefix(e.Follows, prefix) {
			keys = append(keys, e.Follows)
		}
	}
	return keys
}

// keyAppears adds key, which is about to be live or followed, to the ordered
// keys.
func (c *conflator) keyAppears(key string) {
	if c.ordered != nil && !c.keyKnown(key) {
		c.ordered.insert(key)
	}
}

// keyGoes takes key, which is live or followed no more, out of the ordered keys
// unless it is the other.
func (c *conflator) keyGoes(key string) {
	if c.ordered != nil && !c.keyKnown(key) {
		c.ordered.remove(key)
	}
}

func (c *conflator) keyKnown(key string) bool {
	_, live := c.index[key]
	_, followed := c.followed[key]
	return live || followed
}
