package record

import (
	"slices"
	"sync"
	"time"
)

// HandleOptions configures a [Handle]. The zero value of each field means its default.
type HandleOptions struct {
	// MaxBytes bounds what the handle holds: the bodies, and 64 bytes for each
	// message. Beyond it nothing more is recorded. Default 1 GiB. Negative: no bound.
	MaxBytes int64
	// ViserVersion is put into the recording.
	ViserVersion string
	// OnEnd is called once, when the recording is ended, by the goroutine that ends
	// it. Default: nothing.
	OnEnd func()
}

// Handle is a recording that runs. A server or client feeds it, until it is ended or
// full; without either it keeps what it has. All methods may be called from any
// goroutine.
type Handle struct {
	o HandleOptions

	mu     sync.Mutex  // guards all below
	chunks [][]Message // so that nothing long is ever moved
	count  int
	bytes  int64
	header Header
	err    error // ErrFull or ErrEnded
}

const (
	messageBytes  = 64 // what a message counts for beside its body
	chunkMessages = 1024
)

// NewHandle returns a recording that nobody feeds yet.
func NewHandle(o HandleOptions) *Handle {
	if o.MaxBytes == 0 {
		o.MaxBytes = defaultMaxBytes
	}
	return &Handle{o: o, header: Header{ViserVersion: o.ViserVersion}}
}

// Capture adds messages, all or none, at the handle's present time, which is put into
// them. The slice is borrowed until return, the bodies are shared and read-only. It
// returns false if nothing is taken any more, now or later: the recording is full or has
// ended.
func (h *Handle) Capture(batch []Message) bool {
	var size int64
	for _, m := range batch {
		size += messageBytes + int64(len(m.Body))
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.err != nil {
		return false
	}
	if h.o.MaxBytes >= 0 && h.bytes+size > h.o.MaxBytes {
		h.err = ErrFull
		return false
	}
	h.bytes += size
	for _, m := range batch {
		m.Time = h.header.Duration
		h.addLocked(m)
	}
	return true
}

func (h *Handle) addLocked(m Message) {
	if h.count%chunkMessages == 0 {
		h.chunks = append(h.chunks, make([]Message, 0, chunkMessages))
	}
	last := len(h.chunks) - 1
	h.chunks[last] = append(h.chunks[last], m)
	h.count++
}

// InsertSleep lets time pass: what is recorded from now on is played d later. The error
// is [ErrEnded], [ErrFull], or [ErrSleep] for a negative d.
func (h *Handle) InsertSleep(d time.Duration) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.err != nil {
		return h.err
	}
	if d < 0 || h.header.Duration+d < 0 {
		return ErrSleep
	}
	h.header.Duration += d
	return nil
}

// SetLoopStart has a player go back to the next message at the end, instead of to the
// first. Viser's players know it up to 0.2.20 (see [Header]). The error is
// [ErrLoopStart] for a second call, [ErrEnded] or [ErrFull].
func (h *Handle) SetLoopStart() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.err != nil:
		return h.err
	case h.header.Loops:
		return ErrLoopStart
	}
	h.header.Loops, h.header.LoopStart = true, h.count
	return nil
}

// Err returns nil as long as the handle records, then [ErrFull] or [ErrEnded].
func (h *Handle) Err() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.err
}

// EndAndSerialize ends the recording and returns it as a file of the newest generation.
// It takes the time and memory of compressing it. A second call returns [ErrEnded].
// With [ErrFull] the file is whole, but has only what was recorded up to the bound.
func (h *Handle) EndAndSerialize() ([]byte, error) {
	rec, ended := h.End()
	if rec == nil {
		return nil, ended
	}
	file, err := rec.serialize()
	if err != nil {
		return nil, err
	}
	return file, ended
}

// End ends the recording and returns it, to be looked at or to be written as a file of
// another generation. The error is [ErrEnded], with nil, or [ErrFull], with what was
// recorded up to the bound.
func (h *Handle) End() (*Recording, error) {
	rec, err := h.end()
	if rec != nil && h.o.OnEnd != nil {
		h.o.OnEnd()
	}
	return rec, err
}

func (h *Handle) end() (*Recording, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	before := h.err
	if before == ErrEnded { //nolint:errorlint // it is set as it is, in this file
		return nil, ErrEnded
	}
	h.err = ErrEnded
	rec := &Recording{Header: h.header, Messages: slices.Concat(h.chunks...)}
	h.chunks = nil
	return rec, before
}
