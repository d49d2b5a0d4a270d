// Command echo answers every WebSocket message with itself, on every path, without
// compression. It is what conformance suites test the loop with:
//
//	go run ./internal/echo --addr 127.0.0.1:9001 --writer write
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:9001", "address to listen on")
	transport := flag.String("transport", "", "epoll or goroutines; default: the best that there is")
	writer := flag.String("writer", "", "io_uring or write; default: the best that there is")
	flag.Parse()
	signalled, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	context.AfterFunc(signalled, func() {
		stop() // the next signal ends the process
		cancel()
	})
	if err := run(ctx, *addr, &loop.Options{Transport: loop.Transport(*transport), Writer: loop.Writer(*writer)}); err != nil {
		fmt.Fprintln(os.Stderr, "echo:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, addr string, o *loop.Options) error {
	o.Logger = zap.Must(zap.NewDevelopment())
	l, err := loop.New(o)
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	h := &handler{loop: l, conns: map[*loop.Conn]bool{}}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(ln) }()
	fmt.Printf("echo on ws://%s\n", ln.Addr())
	select {
	case err := <-served:
		return errors.Join(err, l.Close())
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	err = server.Shutdown(drain)
	h.stop()
	h.handshakes.Wait()
	return errors.Join(err, l.Wait(drain), l.Close())
}

// drainTime is how long open connections may take to end.
const drainTime = 3 * time.Second

type handler struct {
	loop       *loop.Loop
	handshakes sync.WaitGroup // those that go on; Server.Shutdown forgets hijacked ones

	mu       sync.Mutex // guards all below
	conns    map[*loop.Conn]bool
	stopping bool
}

func (h *handler) add(c *loop.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.conns[c] = true
	if h.stopping {
		letGo(c)
	}
}

func (h *handler) remove(c *loop.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.conns, c)
}

// stop lets go of all clients, and of those whose handshakes go on.
func (h *handler) stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stopping = true
	for c := range h.conns {
		letGo(c)
	}
}

func letGo(c *loop.Conn) { c.Drain(wsproto.CloseGoingAway, "server shutting down") }

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.handshakes.Add(1)
	defer h.handshakes.Done()
	handshake, ok := loop.CheckUpgrade(w, r)
	if !ok {
		return
	}
	_ = h.loop.Upgrade(w, handshake, "", nil, func(c *loop.Conn) loop.Endpoint {
		h.add(c)
		c.AfterClose(func() { h.remove(c) })
		return newEcho(c)
	})
}

// maxWaiting is how many answers may wait for a client. A client that sends on
// without reading isn't read any more.
const maxWaiting = 16

// echo is the endpoint of one connection.
type echo struct {
	conn    *loop.Conn
	answers chan *buffers.Frame
	gone    chan struct{}
}

// frames is the memory of all answers.
var frames buffers.FramePool

func newEcho(c *loop.Conn) *echo {
	e := &echo{conn: c, answers: make(chan *buffers.Frame, maxWaiting), gone: make(chan struct{})}
	c.AfterClose(func() { close(e.gone) })
	return e
}

func (e *echo) Open() {}

// Receive queues the answer, and waits while too many are queued.
func (e *echo) Receive(op wsproto.Opcode, payload []byte) {
	f := frames.Get(len(payload) + wsproto.MaxHeaderBytes)
	f.Set(wsproto.AppendFrame(f.Buffer(), op, payload))
	select {
	case e.answers <- f:
		e.conn.Wake()
	case <-e.gone:
		f.Release()
	}
}

func (e *echo) Pull(now time.Duration, dst []*buffers.Frame) ([]*buffers.Frame, time.Duration) {
	for len(dst) < loop.MaxPull {
		select {
		case f := <-e.answers:
			dst = append(dst, f)
		default:
			return dst, 0
		}
	}
	return dst, now // there may be more
}

func (e *echo) Closed(*wsproto.CloseError) {
	for {
		select {
		case f := <-e.answers:
			f.Release()
		default:
			return
		}
	}
}
