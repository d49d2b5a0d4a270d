package loop

import (
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// sharer is an endpoint that sends a shared frame once for each pass of its group.
type sharer struct {
	Endpoint
	frame *buffers.Frame
	pass  *atomic.Int64 // the last one that was asked for
	sent  int64         // the last one that had the frame
}

func (s *sharer) Pull(_ time.Duration, dst []*buffers.Frame) ([]*buffers.Frame, time.Duration) {
	pass := s.pass.Load()
	if s.sent == pass {
		return dst, 0
	}
	s.sent = pass
	s.frame.Retain()
	return append(dst, s.frame), 0
}

// BenchmarkWriteBatch is a pass over a group whose connections share a frame: from the
// wake until the last one has pulled and what its socket took at once is written. That
// is nearly all the kernel's work; the clients read meanwhile. Without epoll it is the
// handing over to the goroutines that write.
func BenchmarkWriteBatch(b *testing.B) {
	for _, clients := range []int{1, 64} {
		b.Run(fmt.Sprintf("mode=%s/clients=%d/size=256B", strings.ReplaceAll(testMode.name, ", ", "+"), clients), func(b *testing.B) {
			benchmarkWriteBatch(b, clients, 256)
		})
	}
}

func benchmarkWriteBatch(b *testing.B, clients, size int) {
	var pool buffers.FramePool
	shared := pool.Get(size + wsproto.MaxHeaderBytes)
	shared.Set(wsproto.AppendFrame(shared.Buffer(), wsproto.OpBinary, make([]byte, size)))
	var pass atomic.Int64
	passed := make(chan struct{}, 1)

	f := newFixture(b, &Options{Shards: 1}, nil)
	f.group = f.loop.NewGroup(func() { passed <- struct{}{} })
	f.wrap = func(e *recorder) Endpoint { return &sharer{Endpoint: e, frame: shared, pass: &pass} }
	for i := range clients {
		c := f.dial(b)
		go func() { _, _ = io.Copy(io.Discard, c.Conn) }()
		f.endpoint(b, i)
	}
	if !wstest.Eventually(func() bool { return f.group.Len() == clients }) {
		b.Fatal("not all clients came into the group")
	}
	b.ReportAllocs()
	b.SetBytes(int64(clients * shared.Len()))
	for b.Loop() {
		pass.Add(1)
		f.group.Wake()
		<-passed
	}
}
