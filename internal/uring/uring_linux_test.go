package uring

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"testing"
	"time"
	"unsafe"
	"weak"

	"golang.org/x/sys/unix"
)

func TestStructuresAreTheKernels(t *testing.T) {
	for name, size := range map[string][2]uintptr{
		"io_uring_params":   {unsafe.Sizeof(params{}), 120},
		"io_uring_sqe":      {unsafe.Sizeof(sqe{}), 64},
		"io_uring_cqe":      {unsafe.Sizeof(cqe{}), 16},
		"io_uring_probe_op": {unsafe.Sizeof(probeOp{}), 8},
		"io_uring_probe":    {unsafe.Offsetof(probe{}.ops), 16},
		"user_data":         {unsafe.Offsetof(sqe{}.userData), 32},
	} {
		if size[0] != size[1] {
			t.Errorf("%s: %d bytes, want %d", name, size[0], size[1])
		}
	}
}

func TestCapIsRoundedUp(t *testing.T) {
	for _, test := range []struct{ entries, want int }{{1, 1}, {2, 2}, {3, 4}, {100, 128}, {128, 128}} {
		if got := newRing(t, test.entries).Cap(); got != test.want {
			t.Errorf("New(%d).Cap() = %d, want %d", test.entries, got, test.want)
		}
	}
}

func TestImpossibleSizesAreRefused(t *testing.T) {
	for _, entries := range []int{-1, 0, 1<<15 + 1} {
		if r, err := New(entries); err == nil {
			r.Close()
			t.Errorf("New(%d) succeeded", entries)
		}
	}
}

func TestResultsComeInTheOrderOfTheQueue(t *testing.T) {
	eachQueue(t, 8, func(t *testing.T, r queue) {
		from, to := unixPair(t)
		if done := submit(t, r); len(done) != 0 {
			t.Fatalf("an empty submission has results %v", done)
		}
		for round := range 5 { // of 3 in 8 entries: they wrap around
			for i := range 3 {
				r.Send(from, []byte("abc")[:i], uint64(round*10+i))
			}
			if r.Len() != 3 {
				t.Fatalf("%d queued", r.Len())
			}
			for i, c := range submit(t, r) {
				if want := (Completion{User: uint64(round*10 + i), N: int32(i)}); c != want {
					t.Errorf("round %d: %v, want %v", round, c, want)
				}
			}
		}
		if got := read(t, to, 15); string(got) != "aabaabaabaabaab" {
			t.Errorf("%q arrived", got)
		}
	})
}

func TestVectorsArriveAsOne(t *testing.T) {
	eachQueue(t, 8, func(t *testing.T, r queue) {
		from, to := unixPair(t)
		var v [MaxVectors][]byte
		want := ""
		for n := range MaxVectors + 1 {
			for i := range n {
				v[i] = fmt.Appendf(nil, "%d of %d,", i, n)
				want += string(v[i])
			}
			r.SendVectors(from, v[:n], 0)
			clear(v[:]) // only its slices' bytes stay borrowed
		}
		r.SendVectors(from, [][]byte{nil, []byte("end"), {}}, 0)
		want += "end"
		for _, c := range submit(t, r) {
			if c.Err() != nil {
				t.Error(c.Err())
			}
		}
		if got := read(t, to, len(want)); string(got) != want {
			t.Errorf("%q arrived, want %q", got, want)
		}
	})
}

func TestStreamsArriveIntact(t *testing.T) {
	eachQueue(t, 16, func(t *testing.T, r queue) {
		for kind, pair := range socketKinds {
			t.Run(kind, func(t *testing.T) {
				random := rand.New(rand.NewPCG(1, 2))
				var streams []*stream
				var readers sync.WaitGroup
				for range 8 {
					s := &stream{data: make([]byte, 1<<19)}
					for i := range s.data {
						s.data[i] = byte(random.Uint32())
					}
					s.from, s.to = pair(t)
					streams = append(streams, s)
					readers.Go(func() { s.got, s.err = io.ReadAll(io.LimitReader(reader(s.to), int64(len(s.data)))) })
				}
				sendAll(t, r, random, streams)
				readers.Wait()
				for i, s := range streams {
					if s.err != nil || !bytes.Equal(s.got, s.data) {
						t.Errorf("stream %d: other bytes arrived than were sent, or %v", i, s.err)
					}
				}
			})
		}
	})
}

// stream is data on its way through one socket.
type stream struct {
	data     []byte
	sent     int
	from, to int
	got      []byte
	err      error
}

// sendAll sends pieces of random sizes of all streams, one of each in a submission.
func sendAll(t *testing.T, r queue, random *rand.Rand, streams []*stream) {
	t.Helper()
	for {
		for i, s := range streams {
			if left := s.data[s.sent:]; len(left) > 0 {
				sendPiece(r, random, s.from, left, uint64(i))
			}
		}
		if r.Len() == 0 {
			return
		}
		took := 0
		for _, c := range submit(t, r) {
			if c.N < 0 && c.Err() != unix.EAGAIN {
				t.Fatal(c.Err())
			}
			streams[c.User].sent += max(0, int(c.N))
			took += max(0, int(c.N))
		}
		if took == 0 {
			time.Sleep(time.Millisecond)
		}
	}
}

// sendPiece sends the begin of b by one of the operations.
func sendPiece(r queue, random *rand.Rand, fd int, b []byte, user uint64) {
	b = b[:min(len(b), 1+random.IntN(100_000))]
	if random.IntN(2) == 0 {
		r.Send(fd, b, user)
		return
	}
	cut := random.IntN(len(b) + 1)
	r.SendVectors(fd, [][]byte{b[:cut], b[cut:]}, user)
}

func TestFullSocketTakesNothing(t *testing.T) {
	eachQueue(t, 4, func(t *testing.T, r queue) {
		for kind, pair := range socketKinds {
			t.Run(kind, func(t *testing.T) {
				from, to := pair(t)
				n := fill(t, r, from)
				r.Send(from, []byte("more"), 1)
				r.SendVectors(from, [][]byte{[]byte("more")}, 2)
				for _, c := range submit(t, r) {
					if c.Err() != unix.EAGAIN {
						t.Errorf("send %d: %d, %v", c.User, c.N, c.Err())
					}
				}
				if names := kernelThreads(); names != nil {
					t.Errorf("the kernel waits in %v", names)
				}
				read(t, to, n)
				if kind == "tcp" {
					return // has room again only when the acknowledgement comes
				}
				r.Send(from, []byte("more"), 3)
				if c := submit(t, r)[0]; c.N != 4 {
					t.Errorf("an empty socket takes %d bytes, %v", c.N, c.Err())
				}
			})
		}
	})
}

// The send that fails is what makes epoll report the edge.
func TestFullSocketIsReportedWhenItTakesBytesAgain(t *testing.T) {
	eachQueue(t, 4, func(t *testing.T, r queue) {
		for kind, pair := range socketKinds {
			t.Run(kind, func(t *testing.T) {
				from, to := pair(t)
				watch := newEpoll(t, from, unix.EPOLLOUT|unix.EPOLLET)
				var events [1]unix.EpollEvent
				if n, err := unix.EpollWait(watch, events[:], 0); n != 1 {
					t.Fatalf("%d events of a new socket, %v", n, err)
				}
				n := fill(t, r, from)
				if n, _ := unix.EpollWait(watch, events[:], 0); n != 0 {
					t.Errorf("events %#x of a full socket", events[0].Events)
				}
				read(t, to, n)
				if n, err := unix.EpollWait(watch, events[:], 10_000); n != 1 {
					t.Errorf("%d events when it has room again, %v", n, err)
				}
			})
		}
	})
}

func newEpoll(t *testing.T, fd int, events uint32) (epoll int) {
	t.Helper()
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	closeLater(t, []int{epoll})
	if err := unix.EpollCtl(epoll, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: events}); err != nil {
		t.Fatal(err)
	}
	return epoll
}

func TestSocketWithLittleRoomTakesAPart(t *testing.T) {
	eachQueue(t, 4, func(t *testing.T, r queue) {
		for kind, pair := range socketKinds {
			t.Run(kind, func(t *testing.T) {
				from, to := pair(t)
				b := make([]byte, 32<<20)
				for i := range b {
					b[i] = byte(i / 1000)
				}
				r.Send(from, b, 0)
				c := submit(t, r)[0]
				if c.N <= 0 || int(c.N) >= len(b) {
					t.Fatalf("it takes %d of %d bytes, %v", c.N, len(b), c.Err())
				}
				if got := read(t, to, int(c.N)); !bytes.Equal(got, b[:c.N]) {
					t.Error("other bytes arrived than were sent")
				}
			})
		}
	})
}

func TestFailuresStayWithTheirSend(t *testing.T) {
	eachQueue(t, 16, func(t *testing.T, r queue) {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, unix.SIGPIPE)
		defer signal.Stop(signals)

		good, to := tcpPair(t)
		left, peer := unixPair(t)
		closeNow(t, peer)
		file, err := os.Open(os.DevNull)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		gone, err := unix.Dup(good)
		if err != nil {
			t.Fatal(err)
		}
		_ = unix.Close(gone)

		tests := []struct {
			name string
			fd   int
			want error
		}{
			{"before", good, nil},
			{"closed descriptor", gone, unix.EBADF},
			{"impossible descriptor", -1, unix.EBADF},
			{"between", good, nil},
			{"peer has closed", left, unix.EPIPE},
			{"not a socket", int(file.Fd()), unix.ENOTSOCK},
			{"behind", good, nil},
		}
		for i, test := range tests {
			r.Send(test.fd, []byte{byte('0' + i)}, uint64(2*i))
			r.SendVectors(test.fd, [][]byte{{byte('0' + i)}}, uint64(2*i+1))
		}
		for _, c := range submit(t, r) {
			if test := tests[c.User/2]; c.Err() != test.want {
				t.Errorf("%s: %v, want %v", test.name, c.Err(), test.want)
			}
		}
		if got := read(t, to, 6); string(got) != "003366" {
			t.Errorf("%q arrived", got)
		}
		select {
		case s := <-signals:
			t.Errorf("signal %v", s)
		case <-time.After(10 * time.Millisecond):
		}
	})
}

// Kernels before 5.18 end a submission behind an entry that makes no sense.
func TestSenselessEntryStopsNoOther(t *testing.T) {
	newRing(t, 1)
	for name, flags := range map[string]uint32{"Linux 5.18": setupSubmitAll, "Linux 5.6": 0} {
		t.Run(name, func(t *testing.T) {
			p := &params{flags: flags}
			fd, err := setup(8, p)
			if err != nil {
				t.Skip("NOT TESTED: ", err)
			}
			r := &Ring{fd: fd}
			defer r.Close()
			if err := r.start(p); err != nil {
				t.Fatal(err)
			}
			from, to := unixPair(t)
			for i := range 8 {
				r.Send(from, []byte{byte('0' + i)}, 0)
			}
			for _, i := range []uint32{2, 3, 7} {
				r.sqes[(r.tail+i)&uint32(len(r.sqes)-1)].opcode = 0xff
			}
			for i, c := range submit(t, r) {
				if (c.Err() == unix.EINVAL) != (i == 2 || i == 3 || i == 7) {
					t.Errorf("send %d: %v", i, c.Err())
				}
			}
			if got := read(t, to, 5); string(got) != "01456" {
				t.Errorf("%q arrived", got)
			}
		})
	}
}

func TestTooManySendsPanic(t *testing.T) {
	r := newRing(t, 4)
	from, to := unixPair(t)
	for range r.Cap() {
		r.Send(from, []byte("x"), 0)
	}
	mustPanic(t, "Send", func() { r.Send(from, []byte("y"), 0) })
	mustPanic(t, "SendVectors", func() { r.SendVectors(from, [][]byte{[]byte("y")}, 0) })
	if done := submit(t, r); len(done) != 4 {
		t.Errorf("%d sends after the panic, want 4", len(done))
	}
	mustPanic(t, "too many vectors", func() { r.SendVectors(from, make([][]byte, MaxVectors+1), 0) })
	if r.Len() != 0 {
		t.Error("a send that panics is queued")
	}
	if got := read(t, to, 4); string(got) != "xxxx" {
		t.Errorf("%q arrived", got)
	}
}

func mustPanic(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s did not panic", what)
		}
	}()
	f()
}

// The bytes' only reference is the ring's, and the goroutine's stack moves.
func TestBytesLiveUntilSubmit(t *testing.T) {
	r := newRing(t, 64)
	from, to := unixPair(t)
	for range 5 {
		for i := range r.Cap() {
			queueTemporary(r, from, byte(i))
		}
		growStack(20)
		disturb()
		for range 1000 {
			garbage = bytes.Repeat([]byte{0xff}, 100)
		}
		submit(t, r)
		got := read(t, to, 100*r.Cap())
		for i, b := range got {
			if b != byte(i/100) {
				t.Fatalf("byte %d is %#x, want %#x", i, b, i/100)
			}
		}
	}
}

var garbage []byte

//go:noinline
func queueTemporary(r *Ring, fd int, fill byte) {
	var b [100]byte
	for i := range b {
		b[i] = fill
	}
	if fill%2 == 0 {
		r.Send(fd, b[:], 0)
	} else {
		r.SendVectors(fd, [][]byte{b[:20], b[20:60], b[60:]}, 0)
	}
}

//go:noinline
func growStack(n int) byte {
	var b [4096]byte
	if n > 0 {
		b[n] = growStack(n - 1)
	}
	return b[n]
}

func TestBytesAreLetGoBySubmit(t *testing.T) {
	r := newRing(t, 4)
	from, _ := unixPair(t)
	b := new([1000]byte)
	v := new([1000]byte)
	r.Send(from, b[:], 0)
	r.SendVectors(from, [][]byte{nil, v[:]}, 0)
	submit(t, r)
	for i, p := range []weak.Pointer[[1000]byte]{weak.Make(b), weak.Make(v)} {
		runtime.GC()
		if p.Value() != nil {
			t.Errorf("the ring keeps the bytes of send %d", i)
		}
	}
}

func TestClosedSocketIsGoneAtOnce(t *testing.T) {
	r := newRing(t, 4)
	from, to := tcpPair(t)
	watch := newEpoll(t, from, unix.EPOLLIN|unix.EPOLLOUT)
	r.Send(from, []byte("last"), 0)
	submit(t, r)
	closeNow(t, from)
	var events [1]unix.EpollEvent
	if n, _ := unix.EpollWait(watch, events[:], 0); n != 0 {
		t.Errorf("its registration is still there: events %#x", events[0].Events)
	}
	if got, err := io.ReadAll(reader(to)); string(got) != "last" || err != nil {
		t.Errorf("%q arrived, %v", got, err)
	}
}

func TestRingIsNotInherited(t *testing.T) {
	r := newRing(t, 1)
	flags, err := unix.FcntlInt(uintptr(r.fd), unix.F_GETFD, 0)
	if err != nil || flags&unix.FD_CLOEXEC == 0 {
		t.Errorf("descriptor flags %#x, %v", flags, err)
	}
}

// Each goroutine has a ring of its own and is moved between threads.
func TestManyRings(t *testing.T) {
	var all sync.WaitGroup
	for range 32 {
		r := newRing(t, 8)
		from, to := unixPair(t)
		all.Go(func() {
			var got [8]byte
			for round := range 200 {
				for i := range 8 {
					r.Send(from, []byte{byte(round + i)}, 0)
				}
				if round%20 == 0 {
					time.Sleep(time.Microsecond)
				}
				if _, err := r.Submit(); err != nil {
					t.Error(err)
					return
				}
				if _, err := io.ReadFull(reader(to), got[:]); err != nil || got[7] != byte(round+7) {
					t.Errorf("%v arrived, %v", got, err)
					return
				}
			}
		})
	}
	all.Wait()
}

func TestClosedRing(t *testing.T) {
	r := newRing(t, 4)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if r.Cap() != 0 || r.Close() != nil {
		t.Error("the second Close did something")
	}
	mustPanic(t, "Send", func() { r.Send(0, nil, 0) })
}

func TestRefusedCallSendsNothing(t *testing.T) {
	r := newRing(t, 4)
	from, to := unixPair(t)
	fd := r.fd
	r.fd = -1
	r.Send(from, []byte("lost"), 7)
	done, err := r.Submit()
	if !errors.Is(err, unix.EBADF) {
		t.Errorf("error %v, want EBADF", err)
	}
	if len(done) != 1 || done[0].User != 7 || done[0].Err() != unix.ECANCELED {
		t.Errorf("results %v", done)
	}
	r.fd = fd
	r.Send(from, []byte("next"), 0)
	if c := submit(t, r)[0]; c.N != 4 {
		t.Error(c.Err())
	}
	if got := read(t, to, 4); string(got) != "next" {
		t.Errorf("%q arrived", got)
	}
}

// A send that waits stands for a kernel that doesn't finish sends at once.
func TestLateCompletionsAreAwaited(t *testing.T) {
	r := newRing(t, 4)
	from, to := unixPair(t)
	full := fill(t, r, from)
	for i := range 2 {
		r.Send(from, []byte("late"), uint64(i))
		r.sqes[(r.tail+uint32(i))&uint32(len(r.sqes)-1)].msgFlags = 0
	}
	if err := unix.SetNonblock(from, false); err != nil {
		t.Fatal(err)
	}
	go func() {
		time.Sleep(20 * time.Millisecond)
		_, _ = io.ReadFull(reader(to), make([]byte, full))
	}()
	for _, c := range submit(t, r) {
		if c.N != 4 {
			t.Errorf("send %d: %d, %v", c.User, c.N, c.Err())
		}
	}
	if got := read(t, to, 8); string(got) != "latelate" {
		t.Errorf("%q arrived", got)
	}
}

func TestStrangeCompletionsAreIgnored(t *testing.T) {
	r := newRing(t, 4)
	from, to := unixPair(t)
	r.Send(from, []byte("old"), 0)
	r.sqes[r.tail&uint32(len(r.sqes)-1)].userData -= 1 << 32 // of the submission before
	if _, err := r.submit(1); err != nil {
		t.Fatal(err)
	}
	if n := r.reap(r.done[:1]); n != 0 {
		t.Error("a completion of another submission is counted")
	}
	r.release()
	r.Send(from, []byte("new"), 0)
	if c := submit(t, r)[0]; c.N != 3 {
		t.Error(c.Err())
	}
	read(t, to, 6)
}

func TestSubmitAllocatesNothing(t *testing.T) {
	r := newRing(t, 64)
	from, to := unixPair(t)
	frame := make([]byte, 100)
	sink := make([]byte, 1<<20)
	allocations := testing.AllocsPerRun(100, func() {
		for i := range r.Cap() {
			if i%2 == 0 {
				r.Send(from, frame, uint64(i))
				continue
			}
			r.SendVectors(from, [][]byte{frame[:10], frame[10:]}, uint64(i))
		}
		for _, c := range submit(t, r) {
			if c.Err() != nil {
				t.Fatal(c.Err())
			}
		}
		if _, err := unix.Read(to, sink); err != nil {
			t.Fatal(err)
		}
	})
	if allocations != 0 {
		t.Errorf("%v allocations in a submission", allocations)
	}
}
