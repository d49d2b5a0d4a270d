package scenewire

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// unixPeers stands for whoever connects through a unix socket, in TrustedProxies.
const unixPeers = "unix"

// proxyList are the peers whose X-Forwarded-* headers are believed.
type proxyList struct {
	prefixes []netip.Prefix
	unix     bool
}

func newProxyList(trusted []string) (proxyList, error) {
	var l proxyList
	for _, text := range trusted {
		if text == unixPeers {
			l.unix = true
			continue
		}
		prefix, err := netip.ParsePrefix(text)
		if addr, addrErr := netip.ParseAddr(text); addrErr == nil {
			addr = addr.Unmap()
			prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			return l, fmt.Errorf("scenewire: Options.TrustedProxies: %q is not like 10.0.0.7, 10.0.0.0/8 or %s", text, unixPeers)
		}
		l.prefixes = append(l.prefixes, prefix)
	}
	return l, nil
}

func (l *proxyList) trusts(addr netip.Addr) bool {
	for _, p := range l.prefixes {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

// caller is who made a request, by what its connection and trusted proxies tell.
type caller struct {
	addr      netip.AddrPort // port 0: unknown; invalid: the peer of a unix socket
	host      string         // that the browser asked for
	direct    string         // the Host header as it came
	secure    bool           // the browser used TLS
	forwarded bool           // a trusted proxy told
}

// caller finds out who made r. Each proxy appends whom it was asked by, so the last
// address that isn't a trusted proxy's is the caller's: what stands before it, they
// may have written themselves. RFC 7239's Forwarded isn't read: a proxy that writes
// the one header hands on the other as it came.
func (l *proxyList) caller(r *http.Request) caller {
	c := caller{host: r.Host, direct: r.Host, secure: r.TLS != nil}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err == nil {
		c.addr = netip.AddrPortFrom(plainAddr(peer.Addr()), peer.Port())
	}
	if err == nil && !l.trusts(c.addr.Addr()) || err != nil && !(l.unix && cameByUnix(r)) {
		return c
	}
	c.forwarded = true
	chain := forwardedList(r.Header, "X-Forwarded-For")
	hops := 0 // trusted proxies that were asked by another
	for hops < len(chain) {
		addr, ok := parseForwardedAddr(chain[len(chain)-1-hops])
		if !ok {
			break
		}
		c.addr = addr
		if !l.trusts(addr.Addr()) {
			break
		}
		hops++
	}
	if host := hopValue(forwardedList(r.Header, "X-Forwarded-Host"), hops); host != "" {
		c.host = host
	}
	if proto := hopValue(forwardedList(r.Header, "X-Forwarded-Proto"), hops); proto != "" {
		c.secure = strings.EqualFold(proto, "https") || strings.EqualFold(proto, "wss")
	}
	return c
}

// netAddr returns the caller's address, or nil for that of the connection.
func (c *caller) netAddr() net.Addr {
	if !c.forwarded || !c.addr.IsValid() {
		return nil
	}
	return net.TCPAddrFromAddrPort(c.addr)
}

func cameByUnix(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	return ok && local.Network() == "unix"
}

// forwardedList returns the elements of a header that each proxy appends to.
func forwardedList(h http.Header, name string) []string {
	lines := h[name]
	if len(lines) == 0 {
		return nil
	}
	list := strings.Split(strings.Join(lines, ","), ",")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// hopValue returns what the outermost trusted proxy wrote: it stands as far from the
// end as there are proxies behind it, unless they overwrite instead of appending.
func hopValue(list []string, hops int) string {
	if len(list) == 0 {
		return ""
	}
	return list[max(len(list)-1-hops, 0)]
}

// parseForwardedAddr parses an address, some proxies add the port.
func parseForwardedAddr(text string) (netip.AddrPort, bool) {
	if addr, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return netip.AddrPortFrom(plainAddr(addr), 0), true
	}
	addr, err := netip.ParseAddrPort(text)
	return netip.AddrPortFrom(plainAddr(addr.Addr()), addr.Port()), err == nil
}

// plainAddr writes an IPv4 address that came as IPv6 as what it is, and drops zones.
func plainAddr(addr netip.Addr) netip.Addr { return addr.Unmap().WithZone("") }
