package loop

import "sync/atomic"

// Group is a set of connections that are woken together: those of one scene.
// It costs nothing while nobody wakes it.
type Group struct {
	loop  *Loop
	parts []groupPart // one for each shard
	size  atomic.Int64
	// pending is how many parts a wake has reached that aren't through yet.
	pending atomic.Int64
	// passed is called by the shard that is through last.
	passed func()
}

// groupPart is a group's connections on one shard.
type groupPart struct {
	group   *Group
	conns   []*Conn     // loop-owned (the shard)
	woken   atomic.Bool // set by Wake, cleared by the shard before it pulls
	sent    sentCounters
	inbound inboundCounters
	_       [64]byte // keeps the shards' counters on cache lines of their own
}

// NewGroup returns an empty group on this loop. passed is called when all connections
// have pulled, and what their sockets took at once is written: the pass that
// [Group.Wake] began is over. It runs on a shard's goroutine and must not block.
func (l *Loop) NewGroup(passed func()) *Group {
	g := &Group{loop: l, parts: make([]groupPart, len(l.shards)), passed: passed}
	for i := range g.parts {
		g.parts[i].group = g
	}
	return g
}

// Wake begins a pass: every connection of the group pulls soon. It may be called from
// any goroutine and doesn't block; calls before the shards get to it count as one.
// False: the group is empty, and there is no pass.
func (g *Group) Wake() bool {
	if g.size.Load() == 0 {
		return false
	}
	for i := range g.parts {
		if part := &g.parts[i]; !part.woken.Swap(true) {
			g.pending.Add(1)
			g.loop.shards[i].postGroup(part)
		}
	}
	return true
}

// Len returns the number of connections in the group.
func (g *Group) Len() int { return int(g.size.Load()) }

// endPass is called by a shard that is through with its part.
func (g *Group) endPass() {
	if g.pending.Add(-1) == 0 && g.passed != nil {
		g.passed()
	}
}

// add puts c at the end. Loop-owned.
func (p *groupPart) add(c *Conn) {
	c.groupIndex = len(p.conns)
	p.conns = append(p.conns, c)
	p.group.size.Add(1)
}

// remove takes c out by moving the last one into its place. Loop-owned.
func (p *groupPart) remove(c *Conn) {
	last := len(p.conns) - 1
	moved := p.conns[last]
	p.conns[c.groupIndex] = moved
	moved.groupIndex = c.groupIndex
	p.conns[last] = nil
	p.conns = p.conns[:last]
	p.group.size.Add(-1)
}
