package loop

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/lesismal/nbio"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/uring"
)

// takeAll is a sender without sockets: everything is taken at once.
type takeAll struct {
	done [maxBatch]uring.Completion
	n    int
}

func (s *takeAll) Send(_ int, b []byte, user uint64) {
	s.done[s.n] = uring.Completion{User: user, N: int32(len(b))}
	s.n++
}

func (s *takeAll) SendVectors(fd int, v [][]byte, user uint64) { s.Send(fd, v[0], user) }

func (s *takeAll) Submit() ([]uring.Completion, error) {
	done := s.done[:s.n]
	s.n = 0
	return done, nil
}

// BenchmarkPass is the loop's own work for a pass over connections that share a frame,
// without the kernel's: what it touches of each connection decides how it grows with
// their number.
func BenchmarkPass(b *testing.B) {
	for _, clients := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) { benchmarkPass(b, clients) })
	}
}

func benchmarkPass(b *testing.B, clients int) {
	var pool buffers.FramePool
	shared := pool.Get(1024)
	shared.Set(make([]byte, 1024))
	var pass atomic.Int64
	l := &Loop{}
	s := &shard{loop: l}
	s.batch = make([]*Conn, 0, maxBatch)
	s.writer = &batchWriter{calls: &takeAll{}}
	part := l.NewGroup(nil)
	part.parts = []groupPart{{group: part}}
	for range clients {
		c := &Conn{loop: l, shard: s, group: &part.parts[0], endpoint: &sharer{frame: shared, pass: &pass}}
		c.socket = &nbio.Conn{}
		c.opened.Store(true)
		part.parts[0].add(c)
	}
	b.ReportAllocs()
	for b.Loop() {
		pass.Add(1)
		s.pumpGroup(&part.parts[0])
		s.writeBatch()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*clients), "ns/conn")
	b.ReportMetric(0, "ns/op")
}
