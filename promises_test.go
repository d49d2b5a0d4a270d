package scenewire

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/scenewire/scenewire/loop"
)

// TestPromises runs random programs on real servers with real sockets and holds each
// client to what the package promises:
//
//   - Convergence: when the producers rest, what a client has applied is the log's live
//     state, however slow or late it was.
//   - Order: broadcasts come in the order in which Broadcast returned, privates
//     likewise, none twice.
//   - Atomic: a client that keeps up gets a batch in one window; a private batch always
//     comes in one.
//   - Exclusion: an excluded client never gets the message, a client that joins after a
//     removal never gets what was removed.
//   - Bound: windows keep their limits, and frames, clients and connections go.
//   - One OnDisconnect, with the right reason, for each OnConnect.
//   - A client's handlers run one at a time, in order, for every message.
//
// Several programs run side by side on one loop. SCENEWIRE_PROGRAMS=N says how many
// are run in all, about half of them with each writer that the kernel has. Default: 200,
// with -short 40. The programs of a seed (-rapid.seed) are the same, how their
// goroutines meet is not.
func TestPromises(t *testing.T) {
	const parts = 2 // of a writer's programs, which run side by side
	writers := []loop.Writer{loop.WriterPlain, loop.WriterURing}
	limitChecks(t, programs(t)*2/(programsAtOnce*parts*len(writers)))
	for _, writer := range writers {
		t.Run("writer="+string(writer), func(t *testing.T) {
			shared := promiseLoop(t, writer)
			var count atomic.Int64
			t.Run("all", func(t *testing.T) {
				for i := range parts {
					t.Run(fmt.Sprint(i), func(t *testing.T) {
						t.Parallel()
						rapid.Check(t, func(rt *rapid.T) {
							all := rapid.SliceOfN(programGen, 1, programsAtOnce).Draw(rt, "programs")
							count.Add(int64(len(all)))
							if err := runPrograms(shared, all); err != nil {
								rt.Fatal(err)
							}
						})
					})
				}
			})
			t.Logf("%d programs", count.Load())
		})
	}
}

const programsAtOnce = 4

// runPrograms runs programs side by side.
func runPrograms(shared *loop.Loop, all []program) error {
	errs := make([]error, len(all))
	var wg sync.WaitGroup
	for i, p := range all {
		wg.Go(func() { errs[i] = runProgram(shared, p) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// promiseLoop returns a loop for many servers. Its send buffers are as small as the
// kernel lets them be, so that clients who don't read hold it up at once.
func promiseLoop(t *testing.T, writer loop.Writer) *loop.Loop {
	l, err := loop.New(&loop.Options{
		Shards: 2, Pollers: 2, Writer: writer, Transport: testTransport, SendBufferBytes: 16 << 10, PingInterval: -1, WriteTimeout: -1,
		InboxMessages: 4,
	})
	if err != nil && writer == loop.WriterURing {
		t.Skip("no io_uring:", err)
	}
	must(t, err)
	t.Cleanup(func() {
		eventually(t, "all connections are gone", func() bool {
			stats := l.Stats()
			return stats.Conns == 0 && stats.ControlFrames == 0
		})
		stats := l.Stats()
		t.Logf("%d frames in %d writes, %d stalls", stats.FramesWritten, stats.Writes, stats.WriteStalls)
		_ = l.Close()
	})
	return l
}

// programs is how many programs TestPromises runs.
func programs(t *testing.T) int {
	text, set := os.LookupEnv("SCENEWIRE_PROGRAMS")
	switch {
	case set:
		n, err := strconv.Atoi(text)
		must(t, err)
		return n
	case testing.Short():
		return 40
	}
	return 200
}

// limitChecks sets the number of programs of one rapid.Check.
func limitChecks(t *testing.T, n int) {
	checks := flag.Lookup("rapid.checks").Value
	before := checks.String()
	must(t, checks.Set(strconv.Itoa(max(n, 1))))
	t.Cleanup(func() { must(t, checks.Set(before)) })
}

// patience bounds each wait of a program.
const patience = 20 * time.Second
