package loop

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/lesismal/nbio"
	"github.com/lesismal/nbio/logging"
)

// startEpoll starts nbio's pollers. Only its epoll core is used: framing, HTTP and
// writing have owners of their own (ARCHITECTURE.md says why).
func (l *Loop) startEpoll() error {
	logging.SetLevel(logging.LevelNone)
	l.engine = nbio.NewEngine(nbio.Config{
		Name:           "scenewire",
		NPoller:        l.opts.Pollers,
		ReadBufferSize: readBufferBytes,
		EpollMod:       nbio.EPOLLET,
	})
	l.engine.OnRead(l.onReadable)
	l.engine.OnClose(onClosed)
	if err := l.engine.Start(); err != nil {
		return fmt.Errorf("loop: start nbio: %w", err)
	}
	if err := l.awaitPollers(); err != nil {
		l.engine.Stop()
		return fmt.Errorf("loop: start nbio: %w", err)
	}
	return nil
}

// stopEpoll closes all sockets and ends the pollers.
func (l *Loop) stopEpoll() { l.engine.Stop() }

// addToEngine publishes a socket to its poller, with the session that its events
// belong to.
func (l *Loop) addToEngine(socket *nbio.Conn, session any) error {
	socket.SetSession(session)
	// The poller takes the socket's lock before it reads: this is the happens-before edge.
	socket.Lock()
	socket.Unlock() //nolint:staticcheck // SA2001: the pair of calls is the point
	_, err := l.engine.AddConn(socket)
	return err
}

// onReadable is nbio's OnRead: it runs on the socket's poller.
func (l *Loop) onReadable(socket *nbio.Conn) {
	socket.Lock()
	session := socket.Session()
	socket.Unlock()
	switch session := session.(type) {
	case *Conn:
		epollTransport{session}.onReadable(l.engine.PollerBuffer(socket))
	case *probe:
		session.once.Do(func() { close(session.seen) })
	}
}

// onClosed runs on a goroutine of nbio, once for each socket.
func onClosed(socket *nbio.Conn, err error) {
	if c, ok := socket.Session().(*Conn); ok {
		c.setReason(lostReason(err))
		c.post(postClosed)
	}
}

// probe is the session of a socket that only shows that its poller runs.
type probe struct {
	once sync.Once
	seen chan struct{}
}

// awaitPollers waits until each poller has handled an event. A poller that is
// stopped before its goroutine has begun forgets it (nbio v1.6.9, poller_epoll.go:
// readWriteLoop resets shutdown), and Engine.Stop would wait for ever.
func (l *Loop) awaitPollers() error {
	seen := make([]bool, l.opts.Pollers)
	var held []io.Closer // kept open, so that each try gets another descriptor
	defer func() {
		for _, c := range held {
			_ = c.Close()
		}
	}()
	for left := len(seen); left > 0; {
		socket, peer, err := socketPair()
		if err != nil {
			return err
		}
		held = append(held, socket, peer)
		index := socket.Hash() % len(seen) // nbio's own rule
		if seen[index] {
			// Pairs alone could give even descriptors for ever.
			single, err := os.Open(os.DevNull)
			if err != nil {
				return err
			}
			held = append(held, single)
			continue
		}
		if err := l.probePoller(socket, peer); err != nil {
			return err
		}
		seen[index] = true
		left--
	}
	return nil
}

// probePoller waits until socket's poller has read an event from peer.
func (l *Loop) probePoller(socket *nbio.Conn, peer net.Conn) error {
	p := &probe{seen: make(chan struct{})}
	if _, err := peer.Write([]byte{0}); err != nil {
		return err
	}
	if err := l.addToEngine(socket, p); err != nil {
		return err
	}
	select {
	case <-p.seen:
		return nil
	case <-time.After(10 * time.Second):
		return errors.New("a poller doesn't run")
	}
}

func socketPair() (*nbio.Conn, net.Conn, error) {
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC|syscall.SOCK_NONBLOCK, 0)
	if err != nil {
		return nil, nil, os.NewSyscallError("socketpair", err)
	}
	var conns [2]net.Conn
	for i, fd := range fds {
		f := os.NewFile(uintptr(fd), "socketpair")
		c, connErr := net.FileConn(f)
		_ = f.Close()
		conns[i], err = c, errors.Join(err, connErr)
	}
	if err != nil {
		return nil, nil, err
	}
	socket, err := nbio.NBConn(conns[0])
	return socket, conns[1], err
}
