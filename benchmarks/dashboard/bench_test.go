package dashboard

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
)

// BenchmarkDashboardCollect is what one second of a dashboard costs a server with so many
// clients, of which one in ten has something waiting: four samples, and all clients looked
// at and sorted for a page of a hundred rows. It leaves out sending, which is one small
// window four times a second.
func BenchmarkDashboardCollect(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprintf("clients=%d", n), func(b *testing.B) { benchmarkCollect(b, n) })
	}
}

func benchmarkCollect(b *testing.B, n int) {
	server, err := scenewire.New(&scenewire.Options{Registry: poses, Logger: zap.NewNop(), MaxHandshakeRate: -1, MaxClients: -1})
	must(b, err)
	d, err := New(server, &Options{Logger: zap.NewNop(), Results: fstest.MapFS{}})
	must(b, err)
	for range n {
		connectPipe(b, server)
	}
	eventually(b, "all are there", func() bool { return len(server.Clients()) == n })
	for i, c := range server.Clients() {
		c.SetPaused(i%10 == 0)
	}
	for i := range 1000 {
		must(b, server.Broadcast(pose{Name: fmt.Sprint(i)}))
	}
	w := newWatch(d, nil)
	w.last = w.read(time.Now())
	ask := AskClients{Sort: byPendingBytes, Descending: true, Limit: 100}
	b.ReportAllocs()
	for b.Loop() {
		for range samplesPerSecond {
			now := w.read(time.Now())
			_ = w.values(now)
			w.last = now
		}
		w.clients.look(server)
		_, _, _ = w.clients.part(ask)
	}
	b.StopTimer()
	must(b, d.Close())
	must(b, server.Close())
}

// connectPipe connects a client that reads on, without descriptors: two for each of ten
// thousand are more than many a process may have.
func connectPipe(b *testing.B, server *scenewire.Server) {
	ours, theirs := net.Pipe()
	go func() { _, _ = io.Copy(io.Discard, theirs) }()
	r, err := http.NewRequest(http.MethodGet, "http://localhost/", nil)
	must(b, err)
	r.RemoteAddr = "127.0.0.1:1"
	for name, value := range map[string]string{
		"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
		"Sec-WebSocket-Protocol": scenewire.Subprotocol,
	} {
		r.Header.Set(name, value)
	}
	server.ServeHTTP(&pipeWriter{conn: ours, header: http.Header{}}, r)
}

// pipeWriter is the answer to a handshake that comes by a pipe.
type pipeWriter struct {
	conn   net.Conn
	header http.Header
}

func (w *pipeWriter) Header() http.Header         { return w.header }
func (w *pipeWriter) WriteHeader(int)             {}
func (w *pipeWriter) Write(b []byte) (int, error) { return w.conn.Write(b) }

// Hijack hands the pipe over.
func (w *pipeWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return w.conn, bufio.NewReadWriter(bufio.NewReader(w.conn), bufio.NewWriter(w.conn)), nil
}
