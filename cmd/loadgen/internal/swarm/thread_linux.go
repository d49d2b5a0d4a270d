package swarm

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"unsafe"

	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/wsproto"
)

const (
	readBytes = 256 << 10
	maxEvents = 512
	// The slots of descriptors that are no clients.
	slotWake, slotTimer = -1, -2
)

// thread reads from and writes to its share of the clients, on an operating system's
// thread of its own. All below belongs to it, but for the posts.
type thread struct {
	swarm   *Swarm
	epoll   int
	wake    int // eventfd
	alarm   int // timerfd
	armed   int64
	stopped chan struct{}

	clients   []*client
	counts    []*GroupStats // by group
	contents  contents
	reader    reader
	timers    timers
	dials     []dial // that wait for their turn
	dialling  int
	silent    []int // descriptors of connections that nobody hears of any more
	swept     int
	clock     int64 // of the last event
	busySince int64
	usage     ThreadStats
	began     int64
	buf       []byte
	scratch   []byte
	json      []byte

	posts
}

// posts are what others have for a thread.
type posts struct {
	mu    sync.Mutex // guards all below
	tasks []func()
	ended bool

	asleep atomic.Bool // it waits for events: a post has to wake it
}

func newThread(s *Swarm) (t *thread, err error) {
	t = &thread{swarm: s, epoll: -1, wake: -1, alarm: -1, stopped: make(chan struct{}), buf: make([]byte, readBytes)}
	t.reader.decompressor = wsproto.NewDecompressor()
	t.contents = contents{bySize: make(map[int][]*content), left: t.endRuns}
	if t.epoll, err = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC); err == nil {
		t.wake, err = descriptor(syscall.SYS_EVENTFD2, 0, syscall.O_CLOEXEC|syscall.O_NONBLOCK)
	}
	if err == nil {
		const clockMonotonic = 1
		t.alarm, err = descriptor(syscall.SYS_TIMERFD_CREATE, clockMonotonic, syscall.O_CLOEXEC|syscall.O_NONBLOCK)
	}
	if err == nil {
		err = errors.Join(t.listen(t.wake, slotWake), t.listen(t.alarm, slotTimer))
	}
	if err != nil {
		t.closeAll()
		return nil, fmt.Errorf("a client thread: %w", err)
	}
	return t, nil
}

func descriptor(call, a, b uintptr) (int, error) {
	fd, _, errno := syscall.Syscall(call, a, b, 0)
	if errno != 0 {
		return -1, errno
	}
	return int(fd), nil
}

func (t *thread) listen(fd int, slot int32) error {
	return syscall.EpollCtl(t.epoll, syscall.EPOLL_CTL_ADD, fd, &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: slot})
}

// now returns the time of the event that is being handled, at most.
func (t *thread) now() int64 { return t.clock }

// tick reads the clock.
func (t *thread) tick() int64 {
	t.clock = machine.Monotonic()
	return t.clock
}

// count returns what a client's group has counted here.
func (t *thread) count(c *client) *GroupStats { return t.counts[c.group.index] }

// post has the thread run a task. It reports whether it will.
func (t *thread) post(task func()) bool {
	t.mu.Lock()
	ok := !t.ended
	if ok {
		t.tasks = append(t.tasks, task)
	}
	t.mu.Unlock()
	t.rouse()
	return ok
}

// do has the thread run a task, and waits for it.
func (t *thread) do(task func()) bool {
	done := make(chan struct{})
	if !t.post(func() { defer close(done); task() }) {
		return false
	}
	<-done
	return true
}

// rouse wakes the thread if it waits.
func (t *thread) rouse() {
	if t.asleep.Swap(false) {
		one := binary.NativeEndian.AppendUint64(nil, 1)
		_, _ = syscall.Write(t.wake, one)
	}
}

// takePosts runs what others have for it, and reports whether it is to end.
func (t *thread) takePosts() (end bool) {
	t.mu.Lock()
	tasks := t.tasks
	t.tasks = nil
	end = t.ended
	t.mu.Unlock()
	for _, task := range tasks {
		task()
	}
	return end
}

func (t *thread) run() {
	defer close(t.stopped)
	runtime.LockOSThread() // the kernel's figures are of this thread
	defer runtime.UnlockOSThread()
	events := make([]syscall.EpollEvent, maxEvents)
	t.began = t.tick()
	t.busySince = t.began
	t.at(t.began, t.sweep)
	for {
		end := t.takePosts()
		t.fire(t.tick())
		t.dialSome()
		if end {
			t.closeAll()
			return
		}
		n := t.wait(events)
		returned := t.clock
		for i := range events[:n] {
			t.handle(&events[i], returned)
		}
	}
}

// wait waits for events, until the next timer.
func (t *thread) wait(events []syscall.EpollEvent) int {
	t.arm()
	t.asleep.Store(true)
	timeout := -1
	if t.posted() || t.due() {
		timeout = 0
	}
	before := machine.Monotonic()
	t.usage.Busy += duration(before - t.busySince)
	n, err := syscall.EpollWait(t.epoll, events, timeout)
	t.asleep.Store(false)
	t.busySince = t.tick()
	if err != nil {
		return 0 // EINTR
	}
	return n
}

func (t *thread) posted() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ended || len(t.tasks) > 0
}

// due reports whether there is something to do without an event.
func (t *thread) due() bool {
	return len(t.timers) > 0 && t.timers[0].at <= t.clock || t.canDial()
}

// arm sets the alarm to the next timer.
func (t *thread) arm() {
	if len(t.timers) == 0 || t.timers[0].at == t.armed {
		return
	}
	t.armed = t.timers[0].at
	const absolute = 1
	var spec struct{ interval, value syscall.Timespec }
	spec.value = syscall.NsecToTimespec(max(t.armed, 1))
	_, _, _ = syscall.Syscall6(syscall.SYS_TIMERFD_SETTIME, uintptr(t.alarm), absolute, uintptr(unsafe.Pointer(&spec)), 0, 0, 0)
}

func (t *thread) handle(e *syscall.EpollEvent, returned int64) {
	if e.Fd < 0 {
		var count [8]byte
		if e.Fd == slotTimer {
			_, _ = syscall.Read(t.alarm, count[:])
			t.armed = 0
			return
		}
		_, _ = syscall.Read(t.wake, count[:])
		return
	}
	c := t.clients[e.Fd]
	if c.fd < 0 || uint32(e.Pad) != c.stale {
		return // of a connection that has ended since
	}
	if c.phase == phaseConnecting {
		t.connected(c)
		return
	}
	if e.Events&syscall.EPOLLOUT != 0 {
		t.writable(c)
	}
	const readable = syscall.EPOLLIN | syscall.EPOLLHUP | syscall.EPOLLERR | syscall.EPOLLRDHUP
	if e.Events&readable != 0 && c.fd >= 0 {
		t.readOnce(c, t.buf, returned)
	}
}

// readOnce reads what fits into buf. Epoll tells again if there is more.
func (t *thread) readOnce(c *client, buf []byte, returned int64) (n int) {
	n, err := syscall.Read(c.fd, buf)
	now := t.tick()
	switch {
	case errors.Is(err, syscall.EAGAIN), errors.Is(err, syscall.EINTR):
		return 0
	case err == nil && n == 0:
		err = io.EOF
	}
	if err != nil {
		t.broken(c, err)
		return 0
	}
	t.usage.Reads++
	t.usage.Lag.Record(now-returned, 1)
	if c.phase == phaseHandshake {
		t.answered(c, buf[:n], now)
		return n
	}
	t.received(c, buf[:n], now)
	return n
}

// received takes what an open client has read.
func (t *thread) received(c *client, b []byte, now int64) {
	c.read += int64(len(b))
	t.count(c).Bytes += int64(len(b))
	if err := t.feed(c, b, now); err != nil {
		t.broken(c, err)
	}
}

// watchFor tells epoll what to look for.
func (t *thread) watchFor(c *client) {
	events := uint32(0)
	if !c.pace.Slow() || c.phase == phaseHandshake || c.phase == phaseClosing {
		events |= syscall.EPOLLIN
	}
	if len(c.out) > 0 || c.phase == phaseConnecting {
		events |= syscall.EPOLLOUT
	}
	if events == c.events || c.fd < 0 {
		return
	}
	c.events = events
	_ = t.epollControl(syscall.EPOLL_CTL_MOD, c)
}

func (t *thread) epollControl(op int, c *client) error {
	return syscall.EpollCtl(t.epoll, op, c.fd, &syscall.EpollEvent{Events: c.events, Fd: c.slot, Pad: int32(c.stale)})
}

// closeAll closes what the thread has open.
func (t *thread) closeAll() {
	for _, c := range t.clients {
		if c.fd >= 0 {
			reset(c.fd)
		}
		c.open.Store(false)
	}
	for _, fd := range append(t.silent, t.epoll, t.wake, t.alarm) {
		if fd >= 0 {
			_ = syscall.Close(fd)
		}
	}
}
