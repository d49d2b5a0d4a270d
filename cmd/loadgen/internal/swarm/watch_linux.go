package swarm

import "github.com/scenewire/scenewire/cmd/loadgen/internal/wire"

const (
	objectBytes = 24 // of one object in a watch
	// denseObjects is up to which number objects are in a slice, and the others in a map.
	denseObjects  = 1 << 20
	sparseObjects = 64 // bytes of one in the map, about
)

// watch is what a client has of the scene.
type watch struct {
	dense  []object
	sparse map[uint32]object
	digest wire.Digest
	bytes  int64
}

// object is the newest state of an object that a client has got.
type object struct {
	version uint64 // 0: none
	hash    uint64
	at      int64 // when it came
}

// watched applies a window to what a watched client has.
func (t *thread) watched(c *client, g *GroupStats, w *window, now int64) {
	for i := range w.updates {
		u := &w.updates[i]
		before, grown := c.watch.apply(u, now)
		if grown != 0 && !t.swarm.keepState(grown, c.group.slow.Load()) {
			t.unwatch(c)
			g.Unwatched++
			return
		}
		if u.version < before.version {
			g.Disorder++
			t.fault(c, "object %d goes back from version %d to %d", u.id, before.version, u.version)
		}
		if before.at >= c.opened && !c.waiting {
			g.UpdateGap.Record(now-before.at, 1)
		}
	}
}

// apply has an object take a new state, and returns the one before, and how many bytes of
// memory that took.
func (w *watch) apply(u *update, now int64) (before object, grown int64) {
	if u.id < denseObjects {
		if int(u.id) >= len(w.dense) {
			grown = w.grow(int(u.id) + 1)
		}
		before = w.dense[u.id]
		w.dense[u.id] = w.replace(before, u, now)
		return before, grown
	}
	if w.sparse == nil {
		w.sparse = make(map[uint32]object)
	}
	before, known := w.sparse[u.id]
	if !known {
		grown = sparseObjects
		w.bytes += grown
	}
	w.sparse[u.id] = w.replace(before, u, now)
	return before, grown
}

func (w *watch) grow(n int) (bytes int64) {
	const least = 64
	size := max(least, len(w.dense)+len(w.dense)/2, n)
	bytes = int64(size-len(w.dense)) * objectBytes
	w.dense = append(make([]object, 0, size), w.dense...)[:size]
	w.bytes += bytes
	return bytes
}

func (w *watch) replace(before object, u *update, now int64) object {
	if before.version == 0 {
		w.digest.Add(u.hash)
	} else {
		w.digest.Replace(before.hash, u.hash)
	}
	return object{version: u.version, hash: u.hash, at: now}
}

// clear forgets all, for a client that begins anew.
func (w *watch) clear() {
	clear(w.dense)
	clear(w.sparse) // whose memory stays
	w.digest = wire.Digest{}
}

// unwatch ends the watching of a client.
func (t *thread) unwatch(c *client) {
	t.swarm.stateBytes.Add(-c.watch.bytes)
	c.watch = nil
}

// keepState takes memory for states. Clients of fast groups may have half of it.
func (s *Swarm) keepState(bytes int64, slow bool) bool {
	limit := s.options.StateBytes
	if !slow {
		limit /= 2
	}
	return s.stateBytes.Add(bytes) <= limit
}

// state returns what there is of a watched client.
func (c *client) state() State {
	return State{
		Client: c.number, Group: c.group.Name, Slow: c.group.slow.Load(), Open: c.phase == phaseOpen,
		Epoch: c.epoch, Seq: c.seq, Digest: c.watch.digest,
	}
}
