package scenewire

import (
	"errors"
	"fmt"
	"path"
	"sync"
	"sync/atomic"

	"github.com/scenewire/scenewire/messages"
)

// item is a message that says what may be asked of its delivery.
type item struct {
	N       uint64 `msgpack:"n"` // the clock when its producer began to send it; unique
	Kind    kind   `msgpack:"kind"`
	Key     string `msgpack:"key"`  // if it is none of a node's
	Name    string `msgpack:"name"` // of a node
	Private bool   `msgpack:"private"`
	Except  int64  `msgpack:"except"` // the client that must not get it; -1: none
	Batch   uint64 `msgpack:"batch"`  // the same for all of a batch; 0: none
	Rest    int    `msgpack:"rest"`   // not 0: the end of what was sent before this rest
	Filler  string `msgpack:"filler"`
}

// kind is what an item says.
type kind string

const (
	plain   kind = ""
	created kind = "node"  // there is a node of this name
	posed   kind = "pose"  // it is somewhere
	removed kind = "gone"  // it is removed, with all below it
	flashed kind = "flash" // for those who are connected
)

func (m item) RedundancyKey() string {
	switch m.Kind {
	case created, removed:
		return "node " + m.Name
	case posed:
		return "pose " + m.Name
	}
	return m.Key
}

// Supersedes is of a removal: the node's pose and all nodes below it.
func (m item) Supersedes() (keys []string, prefix string) {
	if m.Kind != removed {
		return nil, ""
	}
	return []string{"pose " + m.Name}, "node " + m.Name + "/"
}

func (m item) Removes() bool { return m.Kind == removed }

// Follows is of a pose, which comes behind its node, and of a node below another one.
func (m item) Follows() string {
	switch m.Kind {
	case posed:
		return "node " + m.Name
	case created:
		if parent := path.Dir(m.Name); path.Dir(parent) != "/" { // below its producer's
			return "node " + parent
		}
	}
	return ""
}

// stateKey tells the keys of privates from those of broadcasts.
func (m item) stateKey() string {
	if m.Private {
		return "private " + m.Key
	}
	return m.RedundancyKey()
}

// shout is a client's message: the I-th of it.
type shout struct {
	I int `msgpack:"i"`
}

func (shout) RedundancyKey() string { return "" }

func promiseRegistry() *messages.Registry {
	return messages.NewRegistry().MustRegister(item{}, shout{})
}

const nobody = -1

// history is what producers have done, in the time of a clock that every call moves.
type history struct {
	clock atomic.Uint64

	mu       sync.Mutex        // guards all below
	returned map[uint64]uint64 // by item: when the call that sent it returned
	removed  map[uint64]uint64 // by item: when Remove had taken it out, if it was there
	unkeyed  map[uint64]item   // broadcasts
	flashes  map[uint64]bool
	newest   map[string]uint64 // by key: the item that was begun last, of those that returned
	batches  map[uint64]batchInfo
	faults   []error
}

// batchInfo says what may be asked of a batch.
type batchInfo struct {
	bytes int    // of its messages' encodings
	quiet uint64 // not 0: clients that had joined by then were at the log's end
}

func newHistory() *history {
	return &history{
		returned: map[uint64]uint64{}, removed: map[uint64]uint64{}, unkeyed: map[uint64]item{},
		flashes: map[uint64]bool{},
		newest:  map[string]uint64{}, batches: map[uint64]batchInfo{},
	}
}

func (h *history) now() uint64 { return h.clock.Add(1) }

// fault notes a broken promise.
func (h *history) fault(format string, args ...any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.faults) < 5 {
		h.faults = append(h.faults, fmt.Errorf(format, args...))
	}
}

// broken returns the promises that were broken.
func (h *history) broken() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return errors.Join(h.faults...)
}

// sent notes that the call that sent these has returned.
func (h *history) sent(items ...item) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	for _, m := range items {
		h.returned[m.N] = now
		key := m.RedundancyKey()
		switch {
		case m.Private:
		case m.Kind == flashed:
			h.flashes[m.N] = true
		case key == "":
			h.unkeyed[m.N] = m
		default:
			h.newest[key] = max(h.newest[key], m.N)
		}
	}
}

func (h *history) beginBatch(n uint64, info batchInfo) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.batches[n] = info
}

func (h *history) batch(n uint64) batchInfo {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.batches[n]
}

// takenOut notes that these aren't in the log any more.
func (h *history) takenOut(ns []uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	for _, n := range ns {
		h.removed[n] = now
	}
}

// checkArrival compares the times of an item that has come to a client. newest is the
// begin of what came before it, joined the time at which the client began to join.
func (h *history) checkArrival(m item, newest, joined uint64) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	returned, ok := h.returned[m.N]
	if ok && returned < newest && m.Follows() == "" {
		return fmt.Errorf("%d came behind %d, which was begun after it had returned", m.N, newest)
	}
	if ok && returned < joined && m.Kind == flashed {
		return fmt.Errorf("the transient %d was sent before the client joined", m.N)
	}
	if removed, ok := h.removed[m.N]; ok && removed < joined {
		return fmt.Errorf("%d was removed before the client joined", m.N)
	}
	return nil
}

// checkLog compares the log with what was sent, at a rest.
func (h *history) checkLog(live []item) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	inLog := map[uint64]bool{}
	keys := map[string]bool{}
	for _, m := range live {
		inLog[m.N] = true
		keys[m.RedundancyKey()] = true
		if follows := m.Follows(); follows != "" && !keys[follows] {
			return fmt.Errorf("the log has %q before %q", m.RedundancyKey(), follows)
		}
		if m.Kind == flashed || m.Kind == removed {
			return fmt.Errorf("the log's live state has a %s", m.Kind)
		}
		if _, ok := h.returned[m.N]; !ok {
			return fmt.Errorf("the log has %d, whose call has failed", m.N)
		}
		if newest := h.newest[m.RedundancyKey()]; newest > h.returned[m.N] {
			return fmt.Errorf("the log has %d, which %d superseded", m.N, newest)
		}
	}
	for n := range h.unkeyed {
		if _, removed := h.removed[n]; !removed && !inLog[n] {
			return fmt.Errorf("the log doesn't have %d", n)
		}
	}
	return nil
}

// flashesSince returns the transient broadcasts that were begun after a time.
func (h *history) flashesSince(time uint64) []uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	var since []uint64
	for n := range h.flashes {
		if n > time {
			since = append(since, n)
		}
	}
	return since
}
