package loop

import (
	"errors"
	"fmt"
	"syscall"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/wsproto"
)

// epollTransport is the transport of plain TCP connections: a poller reads, and the
// shard writes many sockets together.
type epollTransport struct{ *Conn }

func (t epollTransport) start(buffered []byte) error {
	// What came with the handshake is parsed before what the poller reads. The engine
	// has the socket before anybody else can close it: closed earlier, its number could
	// be another socket's by then.
	t.readMu.Lock()
	defer t.readMu.Unlock()
	if err := t.loop.addToEngine(t.socket, t.Conn); err != nil {
		// nbio has closed the socket, but tells only of sockets that it had taken.
		t.enter()
		return fmt.Errorf("loop: add the socket: %w", err)
	}
	t.enter()
	t.watch()
	t.receivedLocked(buffered)
	return nil
}

// watch has the shard told when the socket takes bytes again.
func (t epollTransport) watch() {
	t.whileOpen(func(fd int) {
		if err := t.shard.poller.add(fd, t.id); err != nil {
			// Without that, a full socket would stay full for ever.
			t.loop.opts.Logger.Error("can't watch a socket for writing", zap.Error(err))
			t.setReason(&wsproto.CloseError{Code: wsproto.CloseInternalError, Reason: err.Error()})
			shutBoth(fd)
		}
	})
}

// hangUp ends the socket both ways, and its poller closes it. Nobody else does: an
// event that the poller has fetched could be taken for the descriptor's next owner's.
func (t epollTransport) hangUp(forget bool) {
	t.whileOpen(func(fd int) {
		boundOrphan(fd, forget)
		shutBoth(fd)
	})
}

func (t epollTransport) shutWrite() { t.whileOpen(shutWrite) }

// whileOpen calls f with the descriptor, unless it is closed already.
func (t epollTransport) whileOpen(f func(fd int)) {
	t.socket.Lock()
	defer t.socket.Unlock()
	if closed, _ := t.socket.IsClosed(); !closed {
		f(t.socket.Hash())
	}
}

// resume reads on the worker that has made room.
func (t epollTransport) resume() {
	buf := readBuffers.Get().(*[readBufferBytes]byte)
	defer readBuffers.Put(buf)
	t.readMu.Lock()
	defer t.readMu.Unlock()
	t.readLocked(buf[:])
}

// onReadable runs on the connection's poller when there is something to read.
func (t epollTransport) onReadable(buf []byte) {
	t.readMu.Lock()
	defer t.readMu.Unlock()
	if !t.inbox.paused() && t.readLocked(buf) {
		return
	}
	// nbio closes the socket after this event if the peer has closed its side, and what
	// the kernel still holds would be lost. It is bounded by the receive buffer.
	if peerHasShut(t.socket.Hash()) {
		t.drainsReceiveBuffer = true
		t.readLocked(buf)
	}
}

// readLocked reads until the socket has no more (true) or the inbox is full (false).
// Edge-triggered epoll tells of new data only after a read that found none.
func (t epollTransport) readLocked(buf []byte) bool {
	if !t.parseRestLocked() {
		return false
	}
	for {
		n, err := t.socket.Read(buf)
		switch {
		case n > 0:
			if !t.receivedLocked(buf[:n]) {
				return false
			}
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EAGAIN):
			return true
		default:
			t.lost(err)
			return true
		}
	}
}
