package uring

import (
	"errors"
	"io"
	"os"
	"runtime"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Containers forbid io_uring by seccomp filters.
func TestForbiddenCallsMakeNewFail(t *testing.T) {
	newRing(t, 1) // skips the test where everything is forbidden anyway
	for name, call := range map[string]uint32{
		"io_uring_setup":    unix.SYS_IO_URING_SETUP,
		"io_uring_register": unix.SYS_IO_URING_REGISTER,
		"io_uring_enter":    unix.SYS_IO_URING_ENTER,
	} {
		t.Run(name, func(t *testing.T) {
			before := len(leftBehind())
			onThread(t, []unix.SockFilter{
				{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: seccompNumber},
				{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: call, Jf: 1},
				{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)},
				{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
			}, func() {
				r, err := New(64)
				var failed *os.SyscallError
				if !errors.Is(err, unix.EPERM) || !errors.As(err, &failed) || failed.Syscall != name {
					t.Errorf("New: %v, %v; want that %s fails", r, err, name)
				}
			})
			if left := leftBehind(); len(left) != before {
				t.Errorf("left open: %v", left)
			}
		})
	}
}

func TestFewDescriptorsMakeNewFail(t *testing.T) {
	newRing(t, 1)
	var old unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &old); err != nil {
		t.Fatal(err)
	}
	defer unix.Setrlimit(unix.RLIMIT_NOFILE, &old)
	before := len(leftBehind())
	free, err := unix.Open(os.DevNull, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	unix.Close(free)
	for more := range 3 { // a ring and a pair of sockets are needed
		limited := unix.Rlimit{Cur: uint64(free + more), Max: old.Max}
		if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limited); err != nil {
			t.Fatal(err)
		}
		if _, err := New(4); !errors.Is(err, unix.EMFILE) {
			t.Errorf("%d descriptors: error %v, want EMFILE", more, err)
		}
	}
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &old); err != nil {
		t.Fatal(err)
	}
	if left := leftBehind(); len(left) != before {
		t.Errorf("left open: %v", left)
	}
}

// The kernel takes a send that waits, and then doesn't let us wait for it.
func TestMissingCompletionsBreakTheRing(t *testing.T) {
	r := newRing(t, 4)
	from, to := unixPair(t)
	full := fill(t, r, from)
	r.Send(from, []byte("late"), 1)
	r.sqes[r.tail&uint32(len(r.sqes)-1)].msgFlags = 0
	if err := unix.SetNonblock(from, false); err != nil {
		t.Fatal(err)
	}
	r.Send(-1, []byte("complete"), 2)
	var done []Completion
	var err error
	onThread(t, []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: seccompNumber},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.SYS_IO_URING_ENTER, Jf: 3},
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: seccompArguments + 3*8 + lowHalf},
		{Code: unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K, K: enterGetEvents, Jf: 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
	}, func() { done, err = r.Submit() })
	if !errors.Is(err, unix.EPERM) {
		t.Errorf("error %v, want EPERM", err)
	}
	if len(done) != 2 || done[0].Err() != unix.EINPROGRESS || done[1].Err() != unix.EBADF {
		t.Errorf("results %v", done)
	}
	r.Send(from, []byte("never"), 3)
	if done, err := r.Submit(); !errors.Is(err, unix.EPERM) || done[0].Err() != unix.ECANCELED {
		t.Errorf("then %v, %v", done, err)
	}
	closeNow(t, from)
	// The waiting send still holds the socket, until the ring is closed.
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, reader(to)); n > int64(full)+4 || err != nil {
		t.Errorf("%d bytes arrived, %v", n, err)
	}
}

// Offsets in struct seccomp_data.
const (
	seccompNumber    = 0
	seccompArguments = 16
)

// lowHalf is where the lower 4 bytes of an argument are, which has 8.
var lowHalf = func() uint32 {
	if one := uint64(1); *(*byte)(unsafe.Pointer(&one)) == 1 {
		return 0
	}
	return 4
}()

// onThread runs f on a thread whose system calls are filtered, and which ends with f.
func onThread(t *testing.T, filter []unix.SockFilter, f func()) {
	t.Helper()
	end := make(chan error)
	go func() {
		defer close(end)
		runtime.LockOSThread() // and never unlock: the thread ends with the goroutine
		program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
		if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
			end <- err
			return
		}
		err := unix.Prctl(unix.PR_SET_SECCOMP, unix.SECCOMP_MODE_FILTER, uintptr(unsafe.Pointer(&program)), 0, 0)
		runtime.KeepAlive(&program)
		if err != nil {
			end <- err
			return
		}
		f()
	}()
	if err := <-end; err != nil {
		t.Skipf("NOT TESTED, no seccomp filters here: %v", err)
	}
}
