package loop

import "github.com/scenewire/scenewire/buffers"

// ringSize is MaxPull frames, one of control frames, and the close frame.
const ringSize = MaxPull + 2

// ring holds the frames that a connection is about to write. It is loop-owned.
// Each frame in it is one reference, released when the frame is written or dropped.
type ring struct {
	frames [ringSize]*buffers.Frame
	offset int   // bytes of frames[0] that are written
	n      int32 // frames in it, from frames[0]
	flying int32 // frames, from frames[0], that another goroutine is writing: they stay
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

// begun is how many frames are partly written, or may be.
func (r *ring) begun() int {
	if r.flying == 0 && r.offset > 0 {
		return 1
	}
	return int(r.flying)
}

// pushControl puts f before all frames that aren't begun.
func (r *ring) pushControl(f *buffers.Frame) {
	at := r.begun()
	copy(r.frames[at+1:r.n+1], r.frames[at:r.n])
	r.frames[at] = f
	r.n++
}

// written is what went out whole.
type written struct {
	frames, windows, messages, payloadBytes int
}

// advance takes n written bytes off the front, and counts what ended with them.
func (r *ring) advance(n int, w *written) {
	finished := 0
	for n > 0 {
		f := r.frames[finished]
		left := f.Len() - r.offset
		if n < left {
			r.offset += n
			break
		}
		n -= left
		r.offset = 0
		w.add(f)
		f.Release()
		finished++
	}
	r.drop(0, finished)
}

// add counts a frame that was written to its end.
func (w *written) add(f *buffers.Frame) {
	w.frames++
	if f.Messages > 0 {
		w.windows++
		w.messages += f.Messages
		w.payloadBytes += f.PayloadBytes
	}
}

// appendVectors appends what is to be written, up to the capacity of dst.
func (r *ring) appendVectors(dst [][]byte) [][]byte {
	skip := r.offset
	for i := 0; i < int(r.n) && len(dst) < cap(dst); i++ {
		// A frame of more pieces than fit is written in several goes.
		all := r.frames[i].AppendVectors(dst[len(dst):], skip)
		dst = append(dst, all[:min(len(all), cap(dst)-len(dst))]...)
		skip = 0
	}
	return dst
}

// takeOff marks the frames of the next flight: the first, and those behind it that fit
// within so many bytes. It appends what is to be written of them like appendVectors.
func (r *ring) takeOff(dst [][]byte, maxBytes int) [][]byte {
	r.flying = 1
	size := r.frames[0].Len() - r.offset
	for r.flying < r.n && size+r.frames[r.flying].Len() <= maxBytes {
		size += r.frames[r.flying].Len()
		r.flying++
	}
	flying := *r
	flying.n = r.flying
	return flying.appendVectors(dst)
}

// dropUnbegun releases all frames that aren't begun.
func (r *ring) dropUnbegun() {
	from := r.begun()
	for _, f := range r.frames[from:r.n] {
		f.Release()
	}
	r.drop(from, int(r.n))
}

// clear releases everything.
func (r *ring) clear() {
	r.offset, r.flying = 0, 0
	r.dropUnbegun()
}

// drop closes the gap [from, to), whose frames were released.
func (r *ring) drop(from, to int) {
	kept := copy(r.frames[from:], r.frames[to:r.n]) + from
	clear(r.frames[kept:r.n])
	r.n = int32(kept)
}
