//go:build linux

package main

import (
	"bufio"
	"errors"
	"io"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/gobwas/ws"

	"github.com/scenewire/scenewire/internal/bench/frames"
)

// gobwasEpoll has the form of the chat in the author's ws-examples and his article "A
// Million WebSockets and Go": idle connections have no goroutine and no buffer. An epoll
// instance tells once (EPOLLONESHOT) what is readable, a bounded pool of goroutines reads
// with a pooled buffer and asks to be told again, and broadcasts are finished bytes that
// the same pool writes. Package syscall stands for the epoll library of the example, which
// has no releases.
func gobwasEpoll() *subject {
	return &subject{
		name:      "gobwas-epoll",
		about:     "gobwas/ws: epoll and a pool of goroutines, as for a million connections",
		module:    "github.com/gobwas/ws",
		newReader: func() frames.Reader { return frames.ReadPlain },
		serve:     newGobwasEpoll,
	}
}

// poolSize is that of the example.
const poolSize = 128

type epollServer struct {
	net.Listener
	hub[*epollClient]
	epoll   int
	tasks   chan func()
	workers chan struct{} // one for each goroutine of the pool

	mu   sync.Mutex // guards byFD
	byFD map[int32]*epollClient
}

type epollClient struct {
	gobwasClient
	fd int
}

func newGobwasEpoll() (server, error) {
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &epollServer{
		Listener: ln, epoll: epoll,
		tasks: make(chan func()), workers: make(chan struct{}, poolSize),
		byFD: map[int32]*epollClient{},
	}
	go s.accept()
	go s.poll()
	return s, nil
}

func (s *epollServer) Addr() string { return s.Listener.Addr().String() }

// schedule runs f in the pool, and waits while that is busy.
func (s *epollServer) schedule(f func()) {
	select {
	case s.tasks <- f:
	case s.workers <- struct{}{}:
		go func() {
			for ; ; f = <-s.tasks {
				f()
			}
		}()
	}
}

func (s *epollServer) accept() {
	for {
		conn, err := s.Accept()
		if err != nil {
			return
		}
		s.schedule(func() { s.upgrade(conn) })
	}
}

func (s *epollServer) upgrade(conn net.Conn) {
	_, err := ws.Upgrade(conn)
	if err != nil {
		_ = conn.Close()
		return
	}
	c := &epollClient{gobwasClient: gobwasClient{conn: conn}}
	raw, err := conn.(*net.TCPConn).SyscallConn()
	if err == nil {
		err = raw.Control(func(fd uintptr) { c.fd = int(fd) })
	}
	if err != nil {
		_ = conn.Close()
		return
	}
	s.mu.Lock()
	s.byFD[int32(c.fd)] = c
	s.mu.Unlock()
	s.add(c)
	s.watch(c, syscall.EPOLL_CTL_ADD)
}

// watch asks to be told when the client has sent something.
func (s *epollServer) watch(c *epollClient, op int) {
	event := syscall.EpollEvent{Events: syscall.EPOLLIN | syscall.EPOLLRDHUP | syscall.EPOLLONESHOT, Fd: int32(c.fd)}
	if err := syscall.EpollCtl(s.epoll, op, c.fd, &event); err != nil {
		s.drop(c)
	}
}

func (s *epollServer) drop(c *epollClient) {
	s.remove(c)
	s.mu.Lock()
	delete(s.byFD, int32(c.fd))
	s.mu.Unlock()
	_ = c.conn.Close() // which takes it out of the epoll instance
}

func (s *epollServer) poll() {
	events := make([]syscall.EpollEvent, 1024)
	for {
		n, err := syscall.EpollWait(s.epoll, events, -1)
		if err != nil && !errors.Is(err, syscall.EINTR) {
			return
		}
		for _, event := range events[:max(n, 0)] {
			s.mu.Lock()
			c := s.byFD[event.Fd]
			s.mu.Unlock()
			if c != nil {
				s.schedule(func() { s.receive(c) })
			}
		}
	}
}

// receive answers what the client has sent.
func (s *epollServer) receive(c *epollClient) {
	r := readers.Get().(*bufio.Reader)
	r.Reset(c.conn)
	defer func() { r.Reset(nil); readers.Put(r) }()
	for {
		if err := c.answer(r); err != nil {
			s.drop(c)
			return
		}
		if r.Buffered() == 0 {
			break
		}
	}
	s.watch(c, syscall.EPOLL_CTL_MOD)
}

var readers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 4096) }}

// answer sends one message back.
func (c *epollClient) answer(r io.Reader) error {
	if err := c.conn.SetReadDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	header, err := ws.ReadHeader(r)
	if err != nil {
		return err
	}
	if header.OpCode.IsControl() || header.Length > 64<<10 {
		return errors.New("closing, or too large")
	}
	payload := make([]byte, header.Length)
	if _, err := io.ReadFull(r, payload); err != nil {
		return err
	}
	ws.Cipher(payload, header.Mask, 0)
	frame, err := ws.CompileFrame(ws.NewFrame(header.OpCode, true, payload))
	if err != nil {
		return err
	}
	return c.write(frame)
}

func (s *epollServer) Broadcast(payload []byte) error {
	frame, err := ws.CompileFrame(ws.NewBinaryFrame(payload))
	if err != nil {
		return err
	}
	for _, c := range s.all() {
		s.schedule(func() {
			if c.write(frame) != nil {
				_ = c.conn.Close()
			}
		})
	}
	return nil
}
