//go:build linux

package receiver

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"syscall"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

const (
	handshakeTimeout = 10 * time.Second
	clientsPerSource = 8000
	maxResponseBytes = 4096

	// ipBindAddressNoPort has bind choose no port yet, so that connect may take one that
	// another destination uses as well (ip(7)).
	ipBindAddressNoPort = 24
)

// nonce is RFC 6455's example (section 1.3). All clients use it, so that a server
// needn't compute its answer.
var nonce = [16]byte([]byte("the sample nonce"))

// dial connects client number i and makes the handshake. What the server has sent
// behind its answer is returned with the non-blocking socket.
func dial(o *Options, i int) (fd int, rest []byte, err error) {
	fd, err = syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return -1, nil, fmt.Errorf("socket: %w", err)
	}
	if rest, err = connect(fd, o, i); err == nil {
		err = syscall.SetNonblock(fd, true)
	}
	if err != nil {
		_ = syscall.Close(fd)
		return -1, nil, err
	}
	return fd, rest, nil
}

func connect(fd int, o *Options, i int) (rest []byte, err error) {
	server, err := netip.ParseAddrPort(o.Addr)
	if err != nil {
		return nil, err
	}
	if err := setOptions(fd, o); err != nil {
		return nil, err
	}
	if server.Addr().IsLoopback() {
		source := &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, byte(2 + i/clientsPerSource)}}
		if err := syscall.Bind(fd, source); err != nil {
			return nil, fmt.Errorf("bind to a loopback address: %w", err)
		}
	}
	if err := retry(func() error {
		return syscall.Connect(fd, &syscall.SockaddrInet4{Port: int(server.Port()), Addr: server.Addr().As4()})
	}); err != nil {
		return nil, fmt.Errorf("connect to %v: %w", server, err)
	}
	rest, err = handshake(fd, o)
	if err != nil || o.Greet == nil {
		return rest, err
	}
	s := &socket{fd: fd, unread: rest}
	if err := o.Greet(s); err != nil {
		return nil, fmt.Errorf("greet the server: %w", err)
	}
	return s.unread, nil
}

func setOptions(fd int, o *Options) error {
	timeout := syscall.NsecToTimeval(int64(handshakeTimeout))
	err := errors.Join(
		syscall.SetsockoptInt(fd, syscall.IPPROTO_IP, ipBindAddressNoPort, 1),
		syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1),
		syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &timeout),
		syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_SNDTIMEO, &timeout),
	)
	if o.ReceiveBufferBytes > 0 {
		err = errors.Join(err, syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_RCVBUF, o.ReceiveBufferBytes))
	}
	return err
}

// handshake asks for a WebSocket on a blocking socket.
func handshake(fd int, o *Options) (rest []byte, err error) {
	key := wsproto.ClientKey(nonce)
	request := wsproto.AppendClientHandshake(nil, o.Addr, cmp.Or(o.Path, "/"), key, o.Subprotocols, nil)
	if err := retry(func() error { _, err := syscall.Write(fd, request); return err }); err != nil {
		return nil, fmt.Errorf("send the handshake: %w", err)
	}
	buf := make([]byte, maxResponseBytes)
	filled := 0
	for {
		var n int
		err := retry(func() (err error) { n, err = syscall.Read(fd, buf[filled:]); return err })
		if err != nil {
			return nil, fmt.Errorf("the server's handshake: %w", err)
		}
		if n == 0 {
			return nil, errors.New("the server has closed the connection in the handshake")
		}
		filled += n
		response, used, err := wsproto.ReadResponseHead(buf[:filled], maxResponseBytes)
		if err != nil {
			return nil, err
		}
		if used == 0 {
			continue
		}
		if _, err := wsproto.CheckSwitchingProtocols(response.Status, response.Header, key, o.Subprotocols); err != nil {
			return nil, err
		}
		return buf[used:filled], nil
	}
}

// retry repeats a system call that a signal has interrupted.
func retry(call func() error) error {
	for {
		if err := call(); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// socket is a blocking socket for Options.Greet.
type socket struct {
	fd     int
	unread []byte // came with the handshake's answer
}

func (s *socket) Read(b []byte) (n int, err error) {
	if len(s.unread) > 0 {
		n = copy(b, s.unread)
		s.unread = s.unread[n:]
		return n, nil
	}
	err = retry(func() (err error) { n, err = syscall.Read(s.fd, b); return err })
	switch {
	case err != nil:
		return 0, err
	case n == 0 && len(b) > 0:
		return 0, io.EOF
	}
	return n, nil
}

func (s *socket) Write(b []byte) (n int, err error) {
	for n < len(b) {
		var took int
		err := retry(func() (err error) { took, err = syscall.Write(s.fd, b[n:]); return err })
		if err != nil {
			return n, err
		}
		n += took
	}
	return n, nil
}
