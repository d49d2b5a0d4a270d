package loop

import "github.com/scenewire/scenewire/buffers"

// ringSize is MaxPull frames, one of control frames, and the close frame.
const ringSize = MaxPull + 2

// ring holds the frames that a connection is about to write. It is loop-owned.
// Each frame in it is one reference, released when the frame is written or dropped.
type ring struct {
	frames [ringSize]*buffers.Frame
	n      int // frames in it, from frames[0]
	offset int // bytes of frames[0] that are written
}

func (r *ring) empty() bool { return r.n == 0 }

// bytes is how many are still to be written.
func (r *ring) bytes() int64 {
	n := -r.offset
	for _, f := range r.frames[:r.n] {
		n += f.Len()
	}
	return int64(n)
}

// push puts f behind the others. The caller has seen to it that there is room.
func (r *ring) push(f *buffers.Frame) {
	r.frames[r.n] = f
	r.n++
}

// pushControl puts f before all frames that aren't begun.
func (r *ring) pushControl(f *buffers.Frame) {
	at := 0
	if r.offset > 0 {
		at = 1
	}
	copy(r.frames[at+1:r.n+1], r.frames[at:r.n])
	r.frames[at] = f
	r.n++
}

// written is what went out whole.
type written struct {
	frames, windows, messages, payloadBytes int
}

// advance takes n written bytes off the front and returns what ended with them.
func (r *ring) advance(n int) (w written) {
	for n > 0 {
		f := r.frames[w.frames]
		left := f.Len() - r.offset
		if n < left {
			r.offset += n
			break
		}
		n -= left
		r.offset = 0
		w.add(f)
		f.Release()
	}
	r.drop(0, w.frames)
	return w
}

// add counts a frame that was written to its end.
func (w *written) add(f *buffers.Frame) {
	w.frames++
	if f.Messages > 0 {
		w.windows++
	}
	w.messages += f.Messages
	w.payloadBytes += f.PayloadBytes
}

// appendVectors appends what is to be written, up to the capacity of dst.
func (r *ring) appendVectors(dst [][]byte) [][]byte {
	skip := r.offset
	for i := 0; i < r.n && len(dst) < cap(dst); i++ {
		// A frame of more pieces than fit is written in several goes.
		all := r.frames[i].AppendVectors(dst[len(dst):], skip)
		dst = append(dst, all[:min(len(all), cap(dst)-len(dst))]...)
		skip = 0
	}
	return dst
}

// dropUnbegun releases all frames but one that is partly written.
func (r *ring) dropUnbegun() {
	from := 0
	if r.offset > 0 {
		from = 1
	}
	for i := from; i < r.n; i++ {
		r.frames[i].Release()
	}
	r.drop(from, r.n)
}

// clear releases everything.
func (r *ring) clear() {
	r.offset = 0
	r.dropUnbegun()
}

// drop closes the gap [from, to), whose frames were released.
func (r *ring) drop(from, to int) {
	kept := copy(r.frames[from:], r.frames[to:r.n]) + from
	clear(r.frames[kept:r.n])
	r.n = kept
}
