package loop

import "sync/atomic"

// Group is a set of connections that are woken together: those of one scene.
// It costs nothing while nobody wakes it.
type Group struct {
	parts []groupPart // one for each shard
}

// groupPart is a group's connections on one shard.
type groupPart struct {
	conns []*Conn     // loop-owned (the shard)
	woken atomic.Bool // set by Wake, cleared by the shard before it pulls
}

// NewGroup returns an empty group on this loop.
func (l *Loop) NewGroup() *Group {
	return &Group{parts: make([]groupPart, len(l.shards))}
}

// Wake has every connection of the group pull soon. It may be called from any
// goroutine and doesn't block; several calls before the shards get to it count as one.
func (l *Loop) Wake(g *Group) {
	for i := range g.parts {
		if part := &g.parts[i]; !part.woken.Swap(true) {
			l.shards[i].postGroup(part)
		}
	}
}

// add puts c at the end. Loop-owned.
func (p *groupPart) add(c *Conn) {
	c.groupIndex = len(p.conns)
	p.conns = append(p.conns, c)
}

// remove takes c out by moving the last one into its place. Loop-owned.
func (p *groupPart) remove(c *Conn) {
	last := len(p.conns) - 1
	moved := p.conns[last]
	p.conns[c.groupIndex] = moved
	moved.groupIndex = c.groupIndex
	p.conns[last] = nil
	p.conns = p.conns[:last]
}
