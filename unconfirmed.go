package scenewire

import "github.com/scenewire/scenewire/buffers"

// maxUnconfirmedBytes and maxUnconfirmedWindows bound what is kept of what a client was
// sent alone until it says that it has it. Who is behind by more can't be resumed.
const (
	maxUnconfirmedBytes   = 4 << 20
	maxUnconfirmedWindows = 1024
)

// unconfirmed is the windows that a client was sent alone and that it may not have got,
// or is to be sent again: a connection that breaks takes along what is under way.
type unconfirmed struct {
	windows []ownWindow
	base    uint64 // how many messages came before the first window
	next    int    // which window is to be sent again next; all of them: none
	bytes   int
}

// ownWindow is one window, and how many messages there are up to its end.
type ownWindow struct {
	entries []*buffers.Entry
	end     uint64
}

// add keeps what is sent now, and returns how many messages there are up to its end. The
// entries are borrowed until return.
func (u *unconfirmed) add(entries []*buffers.Entry) (end uint64) {
	w := ownWindow{entries: append([]*buffers.Entry(nil), entries...), end: u.end() + uint64(len(entries))}
	u.windows = append(u.windows, w)
	u.next = len(u.windows)
	u.bytes += w.bytes()
	for u.bytes > maxUnconfirmedBytes || len(u.windows) > maxUnconfirmedWindows {
		u.drop()
	}
	return w.end
}

// again returns the next window that is to be sent again, if there is one.
func (u *unconfirmed) again() (w ownWindow, ok bool) {
	if u.next == len(u.windows) {
		return ownWindow{}, false
	}
	u.next++
	return u.windows[u.next-1], true
}

// waits reports whether a window is to be sent again.
func (u *unconfirmed) waits() bool { return u.next < len(u.windows) }

// end is how many messages were sent.
func (u *unconfirmed) end() uint64 {
	if len(u.windows) == 0 {
		return u.base
	}
	return u.windows[len(u.windows)-1].end
}

// has reports whether everything behind the first n messages can be sent again: n is
// the end of a window that isn't long gone.
func (u *unconfirmed) has(n uint64) bool {
	if n == u.base {
		return true
	}
	for _, w := range u.windows {
		if w.end == n {
			return true
		}
	}
	return false
}

// confirm drops the windows up to the n-th message, of those that were sent.
func (u *unconfirmed) confirm(n uint64) {
	for u.next > 0 && u.windows[0].end <= n {
		u.drop()
	}
}

// rewind has everything behind the first n messages sent again.
func (u *unconfirmed) rewind(n uint64) {
	u.next = len(u.windows)
	u.confirm(n)
	u.next = 0
}

func (u *unconfirmed) drop() {
	w := u.windows[0]
	u.windows[0] = ownWindow{}
	u.windows = u.windows[1:]
	u.base, u.bytes = w.end, u.bytes-w.bytes()
	u.next = max(u.next-1, 0)
	if len(u.windows) == 0 {
		u.windows = nil
	}
}

func (w *ownWindow) bytes() (n int) {
	for _, e := range w.entries {
		n += len(e.Payload) + len(e.Packed)
	}
	return n
}
