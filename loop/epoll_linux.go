package loop

import (
	"fmt"
	"net"

	"github.com/lesismal/nbio"
)

// epollLoop is what the connections on epoll share.
type epollLoop struct {
	engine *nbio.Engine
}

// epollShard is what a shard has for its connections on epoll.
type epollShard struct {
	poller *writePoller
	writer *batchWriter // loop-owned
}

// epollConn is what a connection on epoll has: its socket, where the batch writers find
// it without asking an interface.
type epollConn struct {
	socket *nbio.Conn
}

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
	return nil
}

func (s *shard) closeEpoll() {
	s.poller.close()
	s.writer.close()
}

// writeTogether writes the rings of the shard's batch: see batchWriter.
func (s *shard) writeTogether(results []int32) (calls int) {
	return s.writer.write(s.batch, results)
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
