package buffers

import (
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"
)

const (
	minPooledFrameBits = 9  // 512 B is the smallest memory that is pooled
	maxPooledFrameBits = 20 // 1 MiB is the largest
)

// Frame is the finished bytes of one window, shared by all clients that get it.
//
// It is counted by reference. [FramePool.Get] gives the first reference to the
// builder; every holder that passes it on calls Retain, and every holder calls
// Release exactly once. The last Release gives the memory back.
//
// Immutable after publication: the builder sets bytes and fields while it holds
// the only reference, from then on everybody may read them concurrently.
type Frame struct {
	// TimestampSec is the time written into the window, in seconds.
	TimestampSec float64
	// To, MinJoined, Lost and Reset are those of the [Window] the bytes were made from.
	// To is a reader's cursor after it has got the frame. No bytes mean that there was
	// nothing to send.
	To, MinJoined, Lost uint64
	Reset               bool
	// Skipped is [Window.Skipped].
	Skipped uint64
	// Excluded is [Window.Excluded] of the window the bytes were made from: the
	// readers that must not get this frame. A later look at the log does not
	// tell, since the excluding entry may be culled by then.
	Excluded []uint64
	// Messages is how many messages the frame has, PayloadBytes what they take before
	// compression. They are counted when it is sent.
	Messages, PayloadBytes int

	// Keeps is how many bytes the frame keeps in memory beside its own: what its pieces
	// and its Layout point to. A cache bounds them, too.
	Keeps int

	// Layout is what the builder wants to find again with a frame that it gets from
	// a cache. Immutable after publication, too.
	Layout any

	pool   *FramePool
	box    *[]byte // what the pool keeps, so that giving back allocates nothing
	bytes  []byte
	pieces [][]byte // what goes on the wire; nil: bytes
	size   int      // of all pieces
	base   *Frame   // whose memory pieces points into; nil: none
	refs   atomic.Int32
}

// Excludes reports whether reader must not get this frame.
func (f *Frame) Excludes(reader uint64) bool {
	_, found := slices.BinarySearch(f.Excluded, reader)
	return found
}

// Bytes is the frame's own memory, shared and read-only: all that goes on the wire,
// unless SetPieces was called. It is valid as long as the caller holds its reference.
func (f *Frame) Bytes() []byte { return f.bytes }

// Len is how many bytes go on the wire.
func (f *Frame) Len() int { return f.size }

// AppendVectors appends what goes on the wire behind the first skip bytes, in pieces
// that are not empty, shared and read-only. They are valid as long as the caller holds
// its reference.
func (f *Frame) AppendVectors(dst [][]byte, skip int) [][]byte {
	if f.pieces == nil {
		return appendPiece(dst, f.bytes, &skip)
	}
	for _, p := range f.pieces {
		dst = appendPiece(dst, p, &skip)
	}
	return dst
}

func appendPiece(dst [][]byte, p []byte, skip *int) [][]byte {
	n := min(*skip, len(p))
	*skip -= n
	if n == len(p) {
		return dst
	}
	return append(dst, p[n:])
}

// Buffer is the frame's memory with length 0, to append to. Its builder passes
// the result to Set.
func (f *Frame) Buffer() []byte { return f.bytes[:0] }

// Set makes b the frame's bytes. b is handed over: it is Buffer appended to, or
// memory that nobody else uses. Set panics when the frame is shared already.
func (f *Frame) Set(b []byte) {
	if f.refs.Load() != 1 {
		panic("buffers: Set on a frame that is shared or released")
	}
	f.bytes, f.size = b, len(b)
}

// SetPieces makes the frame of pieces that lie in own, which is handed over as in Set,
// in memory that never changes, or in that of base, whose reference is handed over
// (nil: none). So what many frames have in common isn't copied into each.
func (f *Frame) SetPieces(own []byte, pieces [][]byte, base *Frame) {
	f.Set(own)
	f.pieces, f.base, f.size = pieces, base, 0
	for _, p := range pieces {
		f.size += len(p)
	}
}

// Retain adds a reference for another holder. The caller holds one itself.
func (f *Frame) Retain() {
	if f.refs.Add(1) <= 1 {
		panic("buffers: Retain of a released frame")
	}
}

// Release gives up the caller's reference. It panics when there is none left,
// which means that some holder released twice.
func (f *Frame) Release() {
	switch refs := f.refs.Add(-1); {
	case refs < 0:
		panic("buffers: Release of a released frame")
	case refs == 0:
		f.pool.put(f)
	}
}

// FramePool hands out frames and counts those that are out. Their memory is
// recycled in size classes of powers of two from 512 B to 1 MiB, which all pools
// share, so that a pool costs a word however many processors there are. Larger
// memory is left to the garbage collector, and so is what is not used for a
// while. The Frame itself is never reused, so a release too many is found and
// cannot hit somebody else's frame.
//
// The zero value is ready. All methods may be called concurrently.
type FramePool struct {
	live atomic.Int64
}

// frameMemory is what frames gave back, by size class, as *[]byte.
var frameMemory [maxPooledFrameBits - minPooledFrameBits + 1]sync.Pool

// Get returns an empty frame with room for capacityHint bytes and one
// reference, the caller's.
func (p *FramePool) Get(capacityHint int) *Frame {
	p.live.Add(1)
	box := takeMemory(max(capacityHint, 0))
	f := &Frame{pool: p, box: box, bytes: *box}
	f.refs.Store(1)
	return f
}

// Live is the number of frames that were got and not yet released for good.
func (p *FramePool) Live() int64 { return p.live.Load() }

// takeMemory is an empty slice with room for n bytes.
func takeMemory(n int) *[]byte {
	class := max(bits.Len(uint(max(n, 1)-1)), minPooledFrameBits)
	if class > maxPooledFrameBits {
		b := make([]byte, 0, n)
		return &b
	}
	if box, ok := frameMemory[class-minPooledFrameBits].Get().(*[]byte); ok {
		return box
	}
	b := make([]byte, 0, 1<<class)
	return &b
}

// put is the one place where a frame's memory comes back.
func (p *FramePool) put(f *Frame) {
	p.live.Add(-1)
	box, b := f.box, f.bytes[:0]
	f.box, f.bytes, f.pieces, f.Layout, f.Keeps = nil, nil, nil, nil, 0
	if f.base != nil {
		f.base.Release()
		f.base = nil
	}
	if cap(b) < 1<<minPooledFrameBits || cap(b) > 1<<maxPooledFrameBits {
		return
	}
	class := bits.Len(uint(cap(b))) - 1 // all of whose requests fit
	*box = b
	frameMemory[class-minPooledFrameBits].Put(box)
}
