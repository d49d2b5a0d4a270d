package swarm

import "fmt"

// versions knows of each object the newest version that any window had, and the sequence
// of that window. A server that is right never shows a client whose sequence rises an
// older version, whichever windows that client gets: what is live below a sequence is the
// newest below it. So each window is compared once, and not for each client.
type versions struct {
	epoch   uint64
	objects map[uint32]version
}

type version struct {
	number uint64
	seq    uint64 // of the first window that had it
	last   uint64 // of the last one
}

// check compares a window of the log, and returns what is wrong with it, or "".
func (v *versions) check(w *window) (wrong string) {
	if v.epoch != w.head.Epoch || v.objects == nil {
		v.epoch, v.objects = w.head.Epoch, make(map[uint32]version)
	}
	seq := w.head.Seq
	for _, u := range w.updates {
		known := v.objects[u.id]
		switch {
		case u.version < known.number && seq >= known.seq,
			u.version > known.number && seq <= known.last:
			if wrong == "" {
				wrong = fmt.Sprintf("object %d has version %d in a window up to %d, and version %d in one up to %d",
					u.id, u.version, seq, known.number, known.seq)
			}
		case u.version == known.number:
			known.seq, known.last = min(known.seq, seq), max(known.last, seq)
			v.objects[u.id] = known
		case u.version > known.number:
			v.objects[u.id] = version{u.version, seq, seq}
		}
	}
	return wrong
}
