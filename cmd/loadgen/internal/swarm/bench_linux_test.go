package swarm

import (
	"context"
	"fmt"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/wsproto"
)

// BenchmarkSwarmReceive is what clients cost that get the same windows: an operation is a
// window of 64 objects for one client, cpu-ns the processor time of a worker process for
// it, system calls included. What it leaves out is what the server takes.
func BenchmarkSwarmReceive(b *testing.B) {
	for _, c := range []struct{ clients, size int }{{1000, 64}, {1000, 1024}, {10_000, 64}} {
		b.Run(fmt.Sprintf("clients=%d/size=%dB", c.clients, c.size), func(b *testing.B) {
			benchmarkReceive(b, c.clients, c.size)
		})
	}
}

func benchmarkReceive(b *testing.B, clients, size int) {
	s := newBroadcaster(b)
	f, err := NewProcesses(b.Context(), Options{URL: s.url}, 1, workerCommand)
	if err != nil {
		b.Skip(err)
	}
	defer f.Close()
	addMany(b, f, clients)
	filler, compressor := wire.NewFiller(0.5, 1), wsproto.NewCompressor()
	start, err := f.Snapshot()
	if err != nil {
		b.Fatal(err)
	}
	windows := int64(0)
	b.SetBytes(int64(64 * size))
	for b.Loop() {
		if windows%int64(clients) == 0 { // an operation is one client's, a broadcast all clients'
			n := uint64(windows/int64(clients)) + 1
			now := machine.Monotonic()
			bodies := make([][]byte, 64)
			for i := range bodies {
				bodies[i] = body(wire.Object{ID: uint32(i), Version: n, Data: filler.Data(wire.DataBytes(size), now)})
			}
			window := wsproto.AppendSceneWindow(nil, bodies, &wsproto.Head{TimestampSec: float64(n), Epoch: 1, Seq: n * 64}, compressor)
			s.broadcast(wsproto.AppendFrame(nil, wsproto.OpBinary, window))
			await(b, f, "the window", func(s *Stats) bool { return s.Groups["all"].Windows == int64(n)*int64(clients) })
		}
		windows++
	}
	end, err := f.Snapshot()
	if err != nil {
		b.Fatal(err)
	}
	diff := end.Sub(start)
	if n := diff.Total().Errors(); n > 0 {
		b.Fatalf("%d errors: %+v", n, diff.Faults)
	}
	received := float64(diff.Groups["all"].Windows)
	b.ReportMetric(float64(diff.Threads[0].CPU)/received, "cpu-ns/window")
	b.ReportMetric(float64(end.Processes[0].Resident)/1e6, "worker-MB")
}

// BenchmarkSwarmIdle is what a client takes that gets nothing: rss-B is the growth of a
// worker process's resident memory for one more, of the 4,000 that connect; the kernel's
// own memory for its socket isn't in there.
func BenchmarkSwarmIdle(b *testing.B) {
	const clients = 4000
	s := newBroadcaster(b)
	for b.Loop() {
		f, err := NewProcesses(b.Context(), Options{URL: s.url}, 1, workerCommand)
		if err != nil {
			b.Skip(err)
		}
		addMany(b, f, 100)
		before, err := f.Snapshot()
		if err != nil {
			b.Fatal(err)
		}
		addMany(b, f, clients)
		after, err := f.Snapshot()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(after.Processes[0].Resident-before.Processes[0].Resident)/clients, "rss-B/client")
		b.ReportMetric(float64(after.Processes[0].CPU-before.Processes[0].CPU)/clients/1000, "cpu-us/connect")
		_ = f.Close()
	}
}

func addMany(b *testing.B, f Fleet, clients int) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), time.Minute)
	defer cancel()
	if err := f.Add(ctx, Group{Name: "all", Clients: clients, Subprotocol: SubprotocolScenewire, Watch: 8}); err != nil {
		b.Fatal(err)
	}
}

// broadcaster is a server that does next to nothing.
type broadcaster struct {
	url   string
	mu    sync.Mutex
	conns []net.Conn
}

func newBroadcaster(b *testing.B) *broadcaster {
	s := new(broadcaster)
	s.url = rogue(b, func(conn net.Conn) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.conns = append(s.conns, conn)
	})
	return s
}

func (s *broadcaster) broadcast(frame []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, conn := range s.conns {
		_, _ = conn.Write(frame)
	}
}
