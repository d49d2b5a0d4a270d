package loop

import (
	"fmt"
	"net"

	"github.com/lesismal/nbio"
)

// hasEpoll says whether this system has the epoll transport.
const hasEpoll = true

// epollLoop is what the connections on epoll share.
type epollLoop struct {
	engine *nbio.Engine
}

// epollShard is what a shard has for its connections on epoll. The poller is immutable,
// the rest is loop-owned.
type epollShard struct {
	poller  *writePoller
	writer  *batchWriter
	batch   []*Conn // will be written to together
	results [maxBatch]int32
}

// epollConn is what a connection on epoll has: its socket, where the batch writers find
// it without asking an interface.
type epollConn struct {
	socket *nbio.Conn
}

// onEpoll reports whether the shard writes to c itself.
func (c *epollConn) onEpoll() bool { return c.socket != nil }

// openEpoll makes the shard able to write to sockets on epoll.
func (s *shard) openEpoll() error {
	writer, err := newWriter(s.loop.opts.Writer, s.loop.opts.Logger)
	if err != nil {
		return err
	}
	poller, err := newWritePoller(s.onWritable)
	if err != nil {
		writer.close()
		return err
	}
	s.writer, s.poller = writer, poller
	s.batch = make([]*Conn, 0, maxBatch)
	return nil
}

func (s *shard) closeEpoll() {
	s.poller.close()
	s.writer.close()
}

// onWritable runs on the write poller.
func (s *shard) onWritable(id uint64) {
	s.mu.Lock()
	c := s.conns[id]
	s.mu.Unlock()
	if c != nil {
		c.post(postWritable)
	}
}

// attachEpoll makes nbio take the socket over.
func (c *Conn) attachEpoll(tcp *net.TCPConn) error {
	socket, err := nbio.NBConn(tcp)
	if err != nil {
		return fmt.Errorf("loop: take over the socket: %w", err)
	}
	c.socket = socket
	c.transport = epollTransport{c}
	return nil
}
