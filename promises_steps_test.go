package scenewire

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"strings"
	"sync"
	"time"
)

// produce runs the steps of one producer.
func (r *run) produce(producer int, steps []step) {
	for _, s := range steps {
		switch s.Do {
		case doFlush:
			r.server.Flush()
		case doRemove:
			r.remove(s.Key)
		case doPause:
		case doBroadcast, doBroadcastExcept:
			for range s.Count {
				r.broadcast(r.itemOf(s))
			}
		case doAtomic, doAtomicAndLose, doAtomicAndFail:
			r.atomic(s, 0)
		case doScene, doSceneAtomic:
			r.scene(producer, s)
		default:
			r.private(producer, s)
		}
		time.Sleep(s.Pause)
	}
}

// private runs a step that is for one client.
func (r *run) private(producer int, s step) {
	w := r.pick(s.Client)
	if w == nil {
		return
	}
	m := r.itemOf(s)
	if m.Key != "" {
		m.Key = fmt.Sprint(m.Key, " of ", producer) // so that it's known which one is the last
	}
	switch s.Do {
	case doFlushClient:
		w.seat.client.Flush()
	case doHold:
		w.seat.client.SetPaused(!w.seat.client.Stats().Paused)
	case doSend:
		for range s.Count {
			r.sendPrivately(w, m)
		}
	default:
		r.sendAtomically(w, m, s)
	}
}

// itemOf returns the message of a step, but for its time.
func (r *run) itemOf(s step) item {
	m := item{Except: nobody, Filler: filler(s)}
	if s.Key > 0 {
		m.Key = fmt.Sprint("key ", s.Key)
	}
	if s.Do == doBroadcastExcept {
		if w := r.pick(s.Client); w != nil {
			m.Except = int64(w.seat.client.ID())
		}
	}
	return m
}

var noiseText = sync.OnceValue(func() string { return noise(64 << 10) })

func filler(s step) string {
	if s.Noise {
		return noiseText()[:s.Large]
	}
	return strings.Repeat("scene ", s.Large/6)
}

func (r *run) broadcast(m item) {
	m.N = r.now()
	if err := r.push(r.server, m); err != nil {
		r.fault("Broadcast: %w", err)
		return
	}
	r.sent(m)
}

// pusher is a server or a batch.
type pusher interface {
	Broadcast(m Message) error
	BroadcastExcept(id ClientID, m Message) error
	BroadcastTransient(m Message) error
}

func (r *run) push(to pusher, m item) error {
	switch {
	case m.Kind == flashed:
		return to.BroadcastTransient(m)
	case m.Except != nobody:
		return to.BroadcastExcept(ClientID(m.Except), m)
	}
	return to.Broadcast(m)
}

// scene changes the producer's tree, as one batch or by itself.
func (r *run) scene(producer int, s step) {
	var items []item
	for _, n := range s.Nodes {
		m := item{Kind: n.Kind, Name: fmt.Sprint("/", producer, nodeNames[n.Node]), Except: nobody}
		if m.changes(r.trees[producer]) {
			items = append(items, m)
		}
	}
	if s.Do == doScene {
		for _, m := range items {
			r.broadcast(m)
		}
		return
	}
	id := r.now()
	r.beginBatch(id, batchInfo{})
	err := r.server.Atomic(func(b *Batch) error {
		for i := range items {
			items[i].N, items[i].Batch = r.now(), id
			if err := r.push(b, items[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		r.fault("Atomic: %w", err)
		return
	}
	r.sent(items...)
}

// changes applies m to a tree, and reports whether it makes sense there.
func (m item) changes(tree map[string]bool) bool {
	parent := path.Dir(m.Name)
	switch {
	case m.Kind == flashed:
		return true
	case m.Kind == created && (tree[parent] || path.Dir(parent) == "/"):
		tree[m.Name] = true
		return true
	case !tree[m.Name]:
		return false
	case m.Kind == removed:
		maps.DeleteFunc(tree, func(name string, _ bool) bool {
			return name == m.Name || strings.HasPrefix(name, m.Name+"/")
		})
	}
	return m.Kind != created
}

var errProgram = errors.New("the program wants it to fail")

// atomic sends a batch. quiet says that all clients that joined before were at the
// log's end.
func (r *run) atomic(s step, quiet uint64) {
	id := r.now()
	info := batchInfo{quiet: quiet}
	var items []item
	err := r.server.Atomic(func(b *Batch) error {
		for i := range s.Count {
			m := r.batchItem(s, i, id)
			if err := r.push(b, m); err != nil {
				return err
			}
			info.bytes += r.size(m)
			items = append(items, m)
			if w := r.pick(s.Client); i == s.Count/2 && s.Do == doAtomicAndLose && w != nil {
				r.leave(w, doReset)
			}
		}
		if s.Do == doAtomicAndFail {
			return errProgram
		}
		r.beginBatch(id, info)
		return nil
	})
	switch {
	case err == nil:
		r.sent(items...)
	case !errors.Is(err, errProgram):
		r.fault("Atomic: %w", err)
	}
}

// batchItem returns the i-th message of a batch: keyed ones and others, most of them
// small, some of them not for one client.
func (r *run) batchItem(s step, i int, batch uint64) item {
	one := step{Do: doBroadcast, Client: s.Client, Noise: s.Noise}
	if s.Key > 0 {
		one.Key = (s.Key + i) % (promiseKeys + 1)
	}
	if i%40 == 2 {
		one.Large = s.Large
	}
	if s.Client < 4 && i%7 == s.Client {
		one.Do = doBroadcastExcept
	}
	m := r.itemOf(one)
	m.N, m.Batch = r.now(), batch
	return m
}

func (r *run) size(m item) int {
	body, err := r.server.opts.Registry.Append(nil, m)
	if err != nil {
		r.fault("%w", err)
	}
	return len(body)
}

func (r *run) sendPrivately(w *watcher, m item) {
	m.N, m.Private, m.Except = r.now(), true, nobody
	r.sentPrivately(w, w.seat.client.Send(m), m)
}

func (r *run) sendAtomically(w *watcher, m item, s step) {
	id := r.now()
	info := batchInfo{}
	var items []item
	err := w.seat.client.Atomic(func(b *Batch) error {
		for i := range s.Count {
			m.N, m.Private, m.Batch = r.now(), true, id
			m.Filler = ""
			if i == 0 {
				m.Filler = filler(s)
			}
			if err := b.Send(m); err != nil {
				return err
			}
			info.bytes += r.size(m)
			items = append(items, m)
		}
		r.beginBatch(id, info)
		return nil
	})
	r.sentPrivately(w, err, items...)
}

// sentPrivately notes what a client is to get.
func (r *run) sentPrivately(w *watcher, err error, items ...item) {
	if errors.Is(err, ErrClientGone) {
		return
	}
	if err != nil {
		r.fault("Send: %w", err)
		return
	}
	r.sent(items...)
	w.mu.Lock()
	w.owed = append(w.owed, items...)
	w.mu.Unlock()
}

// remove takes out of the log what has a key, or for 0 a part of what has none.
func (r *run) remove(key int) {
	var taken []uint64
	r.server.Log().Remove(func(e LogEntry) bool {
		m, err := r.server.opts.Registry.Decode(e.Payload)
		if err != nil {
			r.fault("the log: %w", err)
			return false
		}
		i := m.(item)
		match := i.Rest == 0 && (key > 0 && e.Key == fmt.Sprint("key ", key) || key == 0 && e.Key == "" && i.N%3 == 0)
		if match {
			taken = append(taken, i.N)
		}
		return match
	})
	r.takenOut(taken)
}
