package uring

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// The benchmarks send one frame to each of benchmarkSockets sockets, in batches; that
// is an operation. Another process reads and drops everything, and the next operation
// waits until it has: a send to a socket with a backlog would only be queued, and look
// cheap. cpu-ns/send is what one send costs the sending thread, in user and kernel
// mode; for TCP over loopback that includes the peer's side of the protocol. It is the
// median of all operations, so that other processes hardly matter.

const benchmarkSockets = 128

// BenchmarkSubmit claims that sends get cheaper with the size of the batch, and
// allocate nothing.
func BenchmarkSubmit(b *testing.B) {
	for _, c := range benchmarkCases {
		b.Run(c.name(), func(b *testing.B) {
			r := newRing(b, c.batch)
			benchmarkSends(b, c, func(a *audience) { a.submit(b, r) })
		})
	}
}

// BenchmarkWrite is the same with one write(2) for each send.
func BenchmarkWrite(b *testing.B) {
	for _, c := range benchmarkCases {
		b.Run(c.name(), func(b *testing.B) {
			benchmarkSends(b, c, func(a *audience) { a.write(b) })
		})
	}
}

func benchmarkSends(b *testing.B, c benchmarkCase, send func(*audience)) {
	a := newAudience(b, c)
	samples := make([]float64, 0, 1<<20)
	b.ReportAllocs()
	for b.Loop() {
		samples = a.measure(samples, send)
	}
	b.ReportMetric(median(samples), "cpu-ns/send")
	b.ReportMetric(0, "ns/op") // the other process's
}

// BenchmarkSubmitAgainstWrite alternates between a Ring, Calls and write(2), once each
// in an operation, so that whatever else the machine does disturbs all alike. The ratios
// are of their medians to that of write.
func BenchmarkSubmitAgainstWrite(b *testing.B) {
	for _, c := range benchmarkCases {
		b.Run(c.name(), func(b *testing.B) {
			r := newRing(b, c.batch)
			calls := NewCalls(c.batch)
			a := newAudience(b, c)
			var submits, sends, writes []float64
			for b.Loop() {
				submits = a.measure(submits, func(a *audience) { a.submit(b, r) })
				sends = a.measure(sends, func(a *audience) { a.submit(b, calls) })
				writes = a.measure(writes, func(a *audience) { a.write(b) })
			}
			b.ReportMetric(median(writes), "write-cpu-ns/send")
			b.ReportMetric(median(submits)/median(writes), "ring-ratio")
			b.ReportMetric(median(sends)/median(writes), "calls-ratio")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkEnter is what entering the kernel costs, with and without telling Go's
// scheduler: a call that submits nothing and waits for nothing.
func BenchmarkEnter(b *testing.B) {
	r := newRing(b, 1)
	telling := func() { enter(r.fd, 0, 0, 0) }
	raw := func() { _, _, _ = unix.RawSyscall6(unix.SYS_IO_URING_ENTER, uintptr(r.fd), 0, 0, 0, 0, 0) }
	for name, call := range map[string]func(){"call=Syscall6": telling, "call=RawSyscall6": raw} {
		b.Run(name, func(b *testing.B) {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			var samples []float64
			for b.Loop() {
				start := threadTime()
				for range 100 {
					call()
				}
				samples = append(samples, float64(threadTime()-start)/100)
			}
			b.ReportMetric(median(samples), "cpu-ns/call")
			b.ReportMetric(0, "ns/op")
		})
	}
}

type benchmarkCase struct {
	network     string
	batch, size int
}

func (c benchmarkCase) name() string {
	return fmt.Sprintf("net=%s/batch=%d/size=%d", c.network, c.batch, c.size)
}

var benchmarkCases = []benchmarkCase{
	{"tcp", 1, 1024},
	{"tcp", 16, 1024},
	{"tcp", 64, 1024},
	{"tcp", 128, 1024},
	{"tcp", 64, 16 << 10},
	{"unix", 1, 1024},
	{"unix", 16, 1024},
	{"unix", 64, 1024},
	{"unix", 128, 1024},
}

// audience is the sockets that a benchmark sends to.
type audience struct {
	benchmarkCase
	from, to []int
	frame    []byte
}

// newAudience starts a process that reads from the sockets until the benchmark ends.
func newAudience(b *testing.B, c benchmarkCase) *audience {
	b.Helper()
	runtime.LockOSThread() // the thread's clock is read
	b.Cleanup(runtime.UnlockOSThread)
	a := &audience{benchmarkCase: c, frame: make([]byte, c.size)}
	drainer := exec.Command(os.Args[0])
	drainer.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d", drainerVariable, c.network, benchmarkSockets))
	for range benchmarkSockets {
		from, to := socketKinds[c.network](b)
		a.from, a.to = append(a.from, from), append(a.to, to)
		if err := unix.SetNonblock(to, true); err != nil {
			b.Fatal(err)
		}
		copied, err := unix.FcntlInt(uintptr(to), unix.F_DUPFD_CLOEXEC, 0)
		if err != nil {
			b.Fatal(err)
		}
		drainer.ExtraFiles = append(drainer.ExtraFiles, os.NewFile(uintptr(copied), "peer"))
	}
	err := drainer.Start()
	for _, f := range drainer.ExtraFiles {
		f.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = drainer.Process.Kill()
		_ = drainer.Wait()
	})
	return a
}

// measure appends the nanoseconds of the thread for one send.
func (a *audience) measure(samples []float64, send func(*audience)) []float64 {
	start := threadTime()
	send(a)
	took := threadTime() - start
	a.awaitSilence()
	return append(samples, float64(took)/benchmarkSockets)
}

// awaitSilence waits until everything is acknowledged and read.
func (a *audience) awaitSilence() {
	for i := 0; i < len(a.from); {
		unsent, _ := unix.IoctlGetInt(a.from[i], unix.TIOCOUTQ)
		unread, _ := unix.IoctlGetInt(a.to[i], unix.TIOCINQ)
		if unsent+unread == 0 {
			i++
			continue
		}
		time.Sleep(50 * time.Microsecond)
	}
}

func (a *audience) submit(b *testing.B, r queue) {
	for first := 0; first < len(a.from); first += a.batch {
		for i, fd := range a.from[first:][:a.batch] {
			r.Send(fd, a.frame, uint64(i))
		}
		done, err := r.Submit()
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range done {
			if int(c.N) != len(a.frame) {
				b.Fatal(c.N, c.Err())
			}
		}
	}
}

func (a *audience) write(b *testing.B) {
	for _, fd := range a.from {
		if n, err := unix.Write(fd, a.frame); n != len(a.frame) {
			b.Fatal(n, err)
		}
	}
}

func threadTime() time.Duration {
	var t unix.Timespec
	_ = unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t)
	return time.Duration(t.Nano())
}

func median(samples []float64) float64 {
	if len(samples) == 0 {
		return 0
	}
	slices.Sort(samples)
	return samples[len(samples)/2]
}

// drainerVariable makes the test program read and drop what comes through the
// descriptors that it inherited, until it is killed. Its value is the kind of sockets
// and their number.
const drainerVariable = "SCENEWIRE_URING_DRAINER"

func drain() {
	var network string
	var sockets, flags int
	if _, err := fmt.Sscan(os.Getenv(drainerVariable), &network, &sockets); err != nil {
		panic(err)
	}
	if network == "tcp" {
		flags = unix.MSG_TRUNC // drop without a copy
	}
	buffer := make([]byte, 1<<20)
	for {
		idle := true
		for i := range sockets {
			const first = 3 // of exec.Cmd.ExtraFiles
			n, _, err := unix.Recvfrom(first+i, buffer, flags)
			idle = idle && (err != nil || n == 0)
		}
		if idle {
			time.Sleep(100 * time.Microsecond)
		}
	}
}
