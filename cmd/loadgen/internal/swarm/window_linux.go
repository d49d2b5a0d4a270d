package swarm

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/wsproto"
)

// window is what was found in one WebSocket message. It is shared by all clients of a
// thread that get the same, and holds none of its bytes.
type window struct {
	head     wsproto.Head
	scene    bool // it has the heads of scenewire.v1, or the time of viser's
	raw      bool // it is no window at all, but some message of another protocol
	corrupt  error
	messages int64
	inflated int64
	packed   int64

	dues     []due // of broadcast messages, oldest first
	unstated int64 // messages without a stamp
	ticks    ticks
	updates  []update // of objects, in their order
	echoes   []wire.Seen
	pointers []uint32 // clients whose pointers it has, sorted
	backward string   // an object whose version goes back, or ""
}

// due is a time at which n messages were scheduled.
type due struct{ at, n int64 }

// ticks are the numbers of the ticks in a window.
type ticks struct {
	first, last uint64 // 0: there are none
	missing     uint64 // between them
	disorder    bool   // they don't rise
}

func (t *ticks) add(n uint64) {
	switch {
	case t.first == 0:
		t.first = n
	case n <= t.last:
		t.disorder = true
		return
	default:
		t.missing += n - t.last - 1
	}
	t.last = n
}

// update is a newer state of an object.
type update struct {
	id      uint32
	version uint64
	hash    uint64
}

// reader turns payloads into windows. It belongs to one thread.
type reader struct {
	decompressor *wsproto.Decompressor
	versions     versions
}

// read looks at a payload, which is borrowed until return. strict says that it has to be
// a window.
func (r *reader) read(payload []byte, strict bool) *window {
	w := &window{packed: int64(len(payload)), inflated: int64(len(payload))}
	generation, ok := sniff(payload)
	if !ok && !strict {
		w.raw, w.messages = true, 1
		w.stamp(frames.FindStamp(payload))
		return w
	}
	envelope, err := wsproto.DecodeWindow(generation, payload, wsproto.WindowLimits{MaxBytes: 1 << 30}, r.decompressor)
	if err != nil {
		w.corrupt = err
		return w
	}
	if generation == wsproto.GenerationZstd {
		w.inflated = int64(binary.LittleEndian.Uint64(payload))
	}
	w.head = envelope.Head
	w.scene = generation >= wsproto.GenerationPlain
	w.messages = int64(len(envelope.Messages))
	for _, body := range envelope.Messages {
		w.look(body)
	}
	slices.Sort(w.pointers)
	w.mergeDues()
	if w.head.Epoch != 0 {
		w.backward = r.versions.check(w)
	}
	return w
}

func (w *window) look(body []byte) {
	seen, err := wire.Look(body)
	if err != nil {
		w.corrupt = err
		return
	}
	switch seen.Kind {
	case wire.KindEcho:
		w.echoes = append(w.echoes, seen)
		return
	case wire.KindTick:
		w.ticks.add(seen.N)
	case wire.KindPointer:
		w.pointers = append(w.pointers, seen.ID)
	}
	if seen.Stated {
		w.updates = append(w.updates, update{seen.ID, seen.N, wire.Hash(body)})
	}
	w.stamp(seen.Due, seen.Due != 0)
}

func (w *window) stamp(at int64, ok bool) {
	if !ok {
		w.unstated++
		return
	}
	if n := len(w.dues); n > 0 && w.dues[n-1].at == at {
		w.dues[n-1].n++
		return
	}
	w.dues = append(w.dues, due{at, 1})
}

// mergeDues sorts the times, and makes one of equal ones.
func (w *window) mergeDues() {
	slices.SortFunc(w.dues, func(a, b due) int { return cmp.Compare(a.at, b.at) })
	kept := w.dues[:0]
	for _, d := range w.dues {
		if n := len(kept); n > 0 && kept[n-1].at == d.at {
			kept[n-1].n += d.n
			continue
		}
		kept = append(kept, d)
	}
	w.dues = kept
}

// newest returns when the newest of its messages was scheduled; 0 if it isn't known.
func (w *window) newest() int64 {
	if n := len(w.dues); n > 0 {
		return w.dues[n-1].at
	}
	return 0
}

// own reports whether the window is for one client alone, so that no other gets the same.
func (w *window) own() bool {
	return w.head.Own > 0 || w.head.Pong > 0 || w.head.Hello != nil || w.corrupt != nil
}

var (
	zstdMagic     = []byte{0x28, 0xb5, 0x2f, 0xfd} // RFC 8878 section 3.1.1
	skippableTail = []byte{0x2a, 0x4d, 0x18}       // of the magic of a skippable frame, section 3.1.2
)

// sniff tells which generation's window a payload is by its first bytes. ok is false for
// what is none.
func sniff(payload []byte) (g wsproto.Generation, ok bool) {
	const sizeBytes = 8
	if len(payload) == 0 {
		return wsproto.GenerationZstd, false
	}
	if len(payload) >= sizeBytes+len(zstdMagic) {
		magic := payload[sizeBytes : sizeBytes+len(zstdMagic)]
		if bytes.Equal(magic, zstdMagic) || magic[0]>>4 == 5 && bytes.Equal(magic[1:], skippableTail) {
			return wsproto.GenerationZstd, true
		}
	}
	switch b := payload[0]; {
	case b>>4 == 0x9, b == 0xdc, b == 0xdd:
		return wsproto.GenerationArray, true
	case b>>4 == 0x8, b == 0xde, b == 0xdf:
		if bytes.Contains(payload[:min(len(payload), 64)], []byte("timestampSec")) {
			return wsproto.GenerationPlain, true
		}
		return wsproto.GenerationMap, true
	}
	return wsproto.GenerationZstd, false
}
