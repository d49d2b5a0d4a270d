package uring

import (
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestMain fails the package when descriptors, mappings or kernel threads are left
// behind. With drainerVariable set, the program is a benchmark's reader instead.
func TestMain(m *testing.M) {
	if os.Getenv(drainerVariable) != "" {
		drain()
		return
	}
	code := m.Run()
	if left := leftBehind(); code == 0 && len(left) > 0 {
		fmt.Fprintf(os.Stderr, "left behind: %v\n", left)
		code = 1
	}
	os.Exit(code)
}

// leftBehind names the rings that are open or mapped, sockets that are open, and the
// kernel's worker threads for rings, which sends never need.
func leftBehind() (left []string) {
	for _, fd := range readDir("/proc/self/fd") {
		target, _ := os.Readlink("/proc/self/fd/" + fd)
		if strings.Contains(target, "io_uring") || strings.HasPrefix(target, "socket:") {
			left = append(left, "descriptor of "+target)
		}
	}
	maps, _ := os.ReadFile("/proc/self/maps")
	for line := range strings.Lines(string(maps)) {
		if strings.Contains(line, "io_uring") {
			left = append(left, "mapping "+strings.TrimSpace(line))
		}
	}
	return append(left, kernelThreads()...)
}

func kernelThreads() (names []string) {
	for _, task := range readDir("/proc/self/task") {
		name, _ := os.ReadFile("/proc/self/task/" + task + "/comm")
		if strings.HasPrefix(string(name), "iou-") {
			names = append(names, "thread "+strings.TrimSpace(string(name)))
		}
	}
	return names
}

func readDir(name string) (names []string) {
	entries, _ := os.ReadDir(name)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// queue is a Ring or Calls.
type queue interface {
	Send(fd int, b []byte, user uint64)
	SendVectors(fd int, v [][]byte, user uint64)
	Submit() ([]Completion, error)
	Len() int
}

// eachQueue runs a test with a Ring and with Calls.
func eachQueue(t *testing.T, entries int, test func(*testing.T, queue)) {
	t.Run("calls", func(t *testing.T) { test(t, NewCalls(entries)) })
	t.Run("ring", func(t *testing.T) { test(t, newRing(t, entries)) })
}

// newRing makes a ring that is closed with the test. Where the system has none the
// test is skipped, unless SCENEWIRE_REQUIRE_URING is 1.
func newRing(t testing.TB, entries int) *Ring {
	t.Helper()
	r, err := New(entries)
	if err != nil {
		if os.Getenv("SCENEWIRE_REQUIRE_URING") == "1" {
			t.Fatal(err)
		}
		t.Skipf("NOT TESTED, this system has no usable io_uring: %v", err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// socketKinds are the kinds of connected stream sockets that the tests run on. The
// first of a pair doesn't block, the second does.
var socketKinds = map[string]func(testing.TB) (from, to int){"unix": unixPair, "tcp": tcpPair}

func unixPair(t testing.TB) (from, to int) {
	t.Helper()
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.SetNonblock(pair[0], true); err != nil {
		t.Fatal(err)
	}
	closeLater(t, pair[:])
	return pair[0], pair[1]
}

func tcpPair(t testing.TB) (from, to int) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	client, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	server, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	fds := []int{descriptor(t, server), descriptor(t, client)}
	if err := unix.SetNonblock(fds[1], false); err != nil {
		t.Fatal(err)
	}
	closeLater(t, fds)
	return fds[0], fds[1]
}

// descriptor takes a connection's socket out of package net.
func descriptor(t testing.TB, c net.Conn) int {
	t.Helper()
	defer c.Close()
	raw, err := c.(*net.TCPConn).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	fd := -1
	err = raw.Control(func(of uintptr) {
		fd, err = unix.FcntlInt(of, unix.F_DUPFD_CLOEXEC, 0)
	})
	if err != nil || fd < 0 {
		t.Fatal(err)
	}
	return fd
}

// closeNow closes a socket before the test ends. Its number stays taken.
func closeNow(t testing.TB, fd int) {
	t.Helper()
	null, err := unix.Open(os.DevNull, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(null)
	if err := unix.Dup3(null, fd, unix.O_CLOEXEC); err != nil {
		t.Fatal(err)
	}
}

func closeLater(t testing.TB, fds []int) {
	t.Cleanup(func() {
		for _, fd := range fds {
			_ = unix.Close(fd)
		}
	})
}

// reader reads from a blocking descriptor.
type reader int

func (r reader) Read(b []byte) (int, error) {
	for {
		n, err := unix.Read(int(r), b)
		switch {
		case err == unix.EINTR:
		case err != nil:
			return 0, err
		case n == 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

// read reads exactly n bytes.
func read(t testing.TB, fd, n int) []byte {
	t.Helper()
	b := make([]byte, n)
	if _, err := io.ReadFull(reader(fd), b); err != nil {
		t.Fatal(err)
	}
	return b
}

// submit submits and fails on an error of the ring itself.
func submit(t testing.TB, r queue) []Completion {
	t.Helper()
	done, err := r.Submit()
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// fill sends until the socket takes no more and returns the bytes that it took.
func fill(t testing.TB, r queue, fd int) (n int) {
	t.Helper()
	piece := make([]byte, 64<<10)
	for {
		r.Send(fd, piece, 0)
		c := submit(t, r)[0]
		if c.Err() == unix.EAGAIN {
			return n
		}
		if c.N <= 0 {
			t.Fatal(c.Err())
		}
		n += int(c.N)
	}
}

// disturb gives the collector and the scheduler a chance to interfere.
func disturb() {
	runtime.GC()
	runtime.Gosched()
}
