package scenewire

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"sync"
)

// hostList are the names that this server answers to. A page whose own name is made
// to point to this machine (DNS rebinding) has this server's origin in the browser's
// eyes; only the Host header tells the two apart.
type hostList struct {
	any   bool
	names map[string]bool // lower case; ".example.org" stands for all names below it
}

// machineName is what this machine is called, in lower case.
var machineName = sync.OnceValue(func() string {
	name, _ := os.Hostname()
	return strings.ToLower(name)
})

// newHostList allows names, and those that can be nobody else's: localhost, this
// machine's own, and that of the address listened on.
func newHostList(names []string, addr string) (hostList, error) {
	l := hostList{names: map[string]bool{"localhost": true, ".localhost": true}}
	if own := machineName(); own != "" {
		short, _, _ := strings.Cut(own, ".")
		l.names[own], l.names[short+".local"] = true, true
	}
	if host, _, err := net.SplitHostPort(addr); err == nil && host != "" {
		l.names[strings.ToLower(host)] = true
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
		l.names[bare] = true
	}
	return l, nil
}

// allows says whether a Host header names this server. An address is no name, so
// nobody can point it elsewhere.
func (l *hostList) allows(host string) bool {
	name := hostName(host)
	if l.any || name == "" || l.names[name] {
		return true
	}
	if _, err := netip.ParseAddr(name); err == nil {
		return true
	}
	for rest := name; ; {
		_, below, ok := strings.Cut(rest, ".")
		if !ok {
			return false
		}
		if l.names["."+below] {
			return true
		}
		rest = below
	}
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
