//go:build !linux

package loop

import (
	"errors"
	"net"
)

// hasEpoll says whether this system has the epoll transport.
const hasEpoll = false

var errNoEpoll = errors.New("loop: epoll is Linux's")

// epollLoop, epollShard and epollConn have nothing to hold.
type (
	epollLoop  struct{}
	epollShard struct{}
	epollConn  struct{}
)

func (c *epollConn) onEpoll() bool { return false }

func (l *Loop) startEpoll() error { return errNoEpoll }

func (l *Loop) stopEpoll() {}

func (s *shard) openEpoll() error { return errNoEpoll }

func (s *shard) closeEpoll() {}

// addToBatch isn't called: no connection is on epoll.
func (s *shard) addToBatch(*Conn) {}

func (s *shard) writeBatch() {}

// peerHasShut would report whether the peer has closed its side of the socket, without
// reading what it sent before; these systems don't tell.
func peerHasShut(int) bool { return false }

func (c *Conn) attachEpoll(*net.TCPConn) error { return errNoEpoll }
