package swarm

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"syscall"
	"time"

	"github.com/scenewire/scenewire/internal/wsclient"
)

const (
	clientsPerSource = 8000
	// ipBindAddressNoPort has bind choose no port yet, so that connect may take one that
	// another destination uses as well (ip(7)).
	ipBindAddressNoPort = 24
	defaultHTTPPort     = 80
)

// target is the server. It is immutable.
type target struct {
	host string // for the Host header, and to be shown
	path string // with its query
	addr netip.AddrPort
}

// parseTarget reads a URL, and looks its host up.
func parseTarget(address string) (target, error) {
	u, err := wsclient.ParseURL(address)
	if err != nil {
		return target{}, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	if u.Scheme == "wss" {
		return target{}, ErrTLS
	}
	port := defaultHTTPPort
	if text := u.Port(); text != "" {
		if port, err = strconv.Atoi(text); err != nil || port < 1 || port > 65535 {
			return target{}, fmt.Errorf("%w: %q has the port %q", ErrAddress, address, text)
		}
	}
	ip, err := lookUp(u.Hostname())
	if err != nil {
		return target{}, fmt.Errorf("%w: %q: %w", ErrAddress, address, err)
	}
	return target{host: u.Host, path: u.RequestURI(), addr: netip.AddrPortFrom(ip, uint16(port))}, nil
}

// lookUp returns an address of a host, of version 4 if it has one.
func lookUp(host string) (netip.Addr, error) {
	const patience = 5 * time.Second
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	all, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return netip.Addr{}, err
	}
	for _, ip := range all {
		if ip.Unmap().Is4() {
			return ip.Unmap(), nil
		}
	}
	if len(all) == 0 {
		return netip.Addr{}, errors.New("the host has no address")
	}
	return all[0], nil
}

// dial begins a connection for a client with that number, which chooses its source
// address. established says that there is nothing to wait for.
func (to *target) dial(number, receiveBuffer int) (fd int, established bool, err error) {
	family := syscall.AF_INET
	if to.addr.Addr().Is6() {
		family = syscall.AF_INET6
	}
	fd, err = syscall.Socket(family, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC|syscall.SOCK_NONBLOCK, 0)
	if err != nil {
		return -1, false, fmt.Errorf("socket: %w", err)
	}
	if established, err = to.connect(fd, number, receiveBuffer); err != nil {
		_ = syscall.Close(fd)
		return -1, false, err
	}
	return fd, established, nil
}

func (to *target) connect(fd, number, receiveBuffer int) (established bool, err error) {
	if err := setOptions(fd, receiveBuffer); err != nil {
		return false, fmt.Errorf("setsockopt: %w", err)
	}
	ip := to.addr.Addr()
	if ip.Is4() && ip.IsLoopback() {
		if err := bindLoopback(fd, number); err != nil {
			return false, fmt.Errorf("bind to a loopback address: %w", err)
		}
	}
	switch err := syscall.Connect(fd, to.sockaddr()); {
	case err == nil:
		return true, nil
	case errors.Is(err, syscall.EINPROGRESS), errors.Is(err, syscall.EINTR):
		return false, nil
	default:
		return false, err
	}
}

func (to *target) sockaddr() syscall.Sockaddr {
	ip, port := to.addr.Addr(), int(to.addr.Port())
	if ip.Is4() {
		return &syscall.SockaddrInet4{Port: port, Addr: ip.As4()}
	}
	return &syscall.SockaddrInet6{Port: port, Addr: ip.As16()}
}

// bindLoopback spreads clients over 127.0.0.2 to 127.0.199.254, as a port of one address
// has only some 28,000 others that may connect to it.
func bindLoopback(fd, number int) error {
	const perByte, bytes = 253, 200
	source := number / clientsPerSource % (perByte * bytes)
	from := &syscall.SockaddrInet4{Addr: [4]byte{127, 0, byte(source / perByte), byte(2 + source%perByte)}}
	if err := syscall.SetsockoptInt(fd, syscall.IPPROTO_IP, ipBindAddressNoPort, 1); err != nil {
		return err
	}
	return syscall.Bind(fd, from)
}

func setOptions(fd, receiveBuffer int) error {
	err := syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)
	if receiveBuffer > 0 {
		err = errors.Join(err, syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_RCVBUF, receiveBuffer))
	}
	return err
}

// causeOf tells why the system refused a connection.
func causeOf(err error) Cause {
	var errno syscall.Errno
	if !errors.As(err, &errno) {
		return CauseOther
	}
	switch errno {
	case syscall.ECONNREFUSED:
		return CauseRefused
	case syscall.ETIMEDOUT:
		return CauseTimeout
	case syscall.ECONNRESET, syscall.EPIPE:
		return CauseReset
	case syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.ENETDOWN, syscall.EHOSTDOWN:
		return CauseUnreachable
	case syscall.EADDRNOTAVAIL, syscall.EADDRINUSE:
		return CausePorts
	case syscall.EMFILE, syscall.ENFILE:
		return CauseFiles
	}
	return CauseOther
}
