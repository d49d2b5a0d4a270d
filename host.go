package scenewire

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
)

// hostList are the names that this server answers to. A page whose own name is made
// to point to this machine (DNS rebinding) has this server's origin in the browser's
// eyes; only the Host header tells the two apart.
type hostList struct {
	any   bool
	names []string // lower case; ".example.org" stands for all names below it
}

// ownNames are those that can be nobody else's: localhost, and this machine's.
var ownNames = sync.OnceValue(func() []string {
	names := []string{"localhost", ".localhost"}
	if name, err := os.Hostname(); err == nil && name != "" {
		name = strings.ToLower(name)
		short, _, _ := strings.Cut(name, ".")
		names = append(names, name, short+".local")
	}
	return names
})

// newHostList allows names, and that of the address listened on.
func newHostList(names []string, addr string) (hostList, error) {
	var l hostList
	host, _, err := net.SplitHostPort(addr)
	if err == nil && !isAddress(host) && !strings.HasPrefix(addr, unixPrefix) {
		l.names = append(l.names, strings.ToLower(host))
	}
	for _, name := range names {
		if name == "*" {
			l.any = true
			continue
		}
		bare := strings.ToLower(strings.TrimPrefix(name, "*"))
		if strings.TrimPrefix(bare, ".") == "" || strings.ContainsAny(bare, "*/:@ ") {
			return l, fmt.Errorf("scenewire: Options.Hosts: %q is not a name like example.org or *.example.org, without scheme and port", name)
		}
		l.names = append(l.names, bare)
	}
	return l, nil
}

// allows says whether a Host header names this server. An address is no name, so
// nobody can point it elsewhere.
func (l *hostList) allows(host string) bool {
	name := hostName(host)
	return l.any || isAddress(name) || covers(ownNames(), name) || covers(l.names, name)
}

func isAddress(name string) bool {
	_, err := netip.ParseAddr(name)
	return name == "" || err == nil
}

// covers says whether a list has a name, or one that it lies below.
func covers(list []string, name string) bool {
	return slices.ContainsFunc(list, func(n string) bool {
		return n == name || n[0] == '.' && strings.HasSuffix(name, n)
	})
}

// hostName takes the port, the brackets and the root's dot off a host, and lowers it.
func hostName(host string) string {
	if literal, ok := strings.CutPrefix(host, "["); ok {
		address, _, _ := strings.Cut(literal, "]")
		return address
	}
	name, _, _ := strings.Cut(host, ":")
	return strings.ToLower(strings.TrimSuffix(name, "."))
}

// checkHost answers a request for a host that isn't this server. Over TLS every name
// is right: the browser has checked it against the certificate. A proxy's own Host
// header counts besides what it forwards, because a page can write the latter.
func (s *Server) checkHost(w http.ResponseWriter, r *http.Request, from caller) bool {
	if r.TLS != nil {
		return true
	}
	for _, host := range [...]string{from.direct, from.host} {
		if !s.front.hosts.allows(host) {
			reason := fmt.Sprintf("%q is not a name of this server; Options.Hosts can make it one", hostName(host))
			if isUpgrade(r) {
				s.refuse(w, refusedHost, http.StatusMisdirectedRequest, reason)
			} else {
				http.Error(w, reason, http.StatusMisdirectedRequest)
			}
			return false
		}
	}
	return true
}
