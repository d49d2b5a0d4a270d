package scenewire

import (
	"fmt"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"
)

// refusalKind says why somebody didn't become a client.
type refusalKind uint8

const (
	refusedClients refusalKind = iota
	refusedAddress
	refusedRate
	refusedLoop
	refusedHandshake
	refusedHost
	refusedOrigin
	refusedAuthorize
	refusedVersion
	refusedDraining
	refusedFailed
	refusalKinds
)

// refusalNames are the keys of [Stats.Refused].
var refusalNames = [refusalKinds]string{
	"clients", "address", "rate", "loop", "handshake", "host", "origin", "authorize", "version", "draining", "failed",
}

// admission decides who may become a client, and counts who didn't. A place is taken
// from the handshake until OnDisconnect has returned. Addresses without clients leave
// nothing behind.
type admission struct {
	maxClients    int // of these three, 0 or less is no limit
	maxPerAddress int
	maxRate       int // handshakes per second
	logger        *zap.Logger

	refused [refusalKinds]refusalCount

	mu        sync.Mutex // guards all below
	clients   int
	byAddress map[netip.Prefix]int
	rateUsed  time.Duration // up to when the handshakes so far have used up the rate
}

// refusalCount is atomic: how often, and when it was logged last.
type refusalCount struct {
	n      atomic.Uint64
	logged atomic.Int64 // the loop's clock; 0: never
}

// refusalLogInterval is how often refusals of one kind are logged at most: somebody who
// is refused tries again.
const refusalLogInterval = time.Minute

// handshakeBurst is how much of the rate may be used at once after a silence, so that a
// crowd that returns together isn't sent away at a moderate average.
const handshakeBurst = time.Second

func (a *admission) init(o *Options) {
	a.maxClients, a.maxPerAddress, a.maxRate = o.MaxClients, o.MaxClientsPerAddress, o.MaxHandshakeRate
	a.rateUsed = -handshakeBurst
	a.logger = o.Logger
}

// setAdmissionDefaults divides the limit of open files between clients, other
// connections, and the rest: listeners, pollers, files that are served.
func (o *Options) setAdmissionDefaults(files int) {
	setDefault(&o.MaxHTTPConns, min(4096, max(files/8, 1)))
	setDefault(&o.MaxClients, max(files-max(files/16, 32)-max(o.MaxHTTPConns, 0), 1))
	setDefault(&o.MaxClientsPerAddress, 1024)
	setDefault(&o.MaxHandshakeRate, 5000)
}

// limitRefusal is the answer to a handshake that a limit turns away.
type limitRefusal struct {
	kind       refusalKind
	status     int
	retryAfter string // seconds
	text       string
}

// enter takes a place for a client of this address, which leave gives back. nil: it
// has one.
func (a *admission) enter(address netip.Prefix, now time.Duration) *limitRefusal {
	a.mu.Lock()
	defer a.mu.Unlock()
	used := max(a.rateUsed, now-handshakeBurst)
	if a.maxRate > 0 {
		used += time.Second / time.Duration(a.maxRate)
	}
	switch {
	case a.maxClients > 0 && a.clients >= a.maxClients:
		return &limitRefusal{
			refusedClients, http.StatusServiceUnavailable, "10",
			fmt.Sprintf("too many clients: Options.MaxClients is %d", a.maxClients),
		}
	case a.maxPerAddress > 0 && address.IsValid() && a.byAddress[address] >= a.maxPerAddress:
		return &limitRefusal{
			refusedAddress, http.StatusTooManyRequests, "10",
			fmt.Sprintf("too many clients from %s: Options.MaxClientsPerAddress is %d (behind a proxy, see Options.TrustedProxies)",
				address, a.maxPerAddress),
		}
	case a.maxRate > 0 && used > now:
		return &limitRefusal{
			refusedRate, http.StatusServiceUnavailable, "1",
			fmt.Sprintf("too many handshakes: Options.MaxHandshakeRate is %d per second", a.maxRate),
		}
	}
	a.rateUsed = used
	a.clients++
	if address.IsValid() {
		if a.byAddress == nil {
			a.byAddress = map[netip.Prefix]int{}
		}
		a.byAddress[address]++
	}
	return nil
}

// leave gives back the place that enter took.
func (a *admission) leave(address netip.Prefix) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.clients--
	if !address.IsValid() {
		return
	}
	if a.byAddress[address]--; a.byAddress[address] == 0 {
		delete(a.byAddress, address)
	}
}

// count counts a refusal, and logs it unless one of its kind was logged lately.
func (a *admission) count(kind refusalKind, reason string, now time.Duration) {
	c := &a.refused[kind]
	n := c.n.Add(1)
	last := c.logged.Load()
	if last != 0 && now-time.Duration(last) < refusalLogInterval || !c.logged.CompareAndSwap(last, int64(max(now, 1))) {
		return
	}
	a.logger.Warn("a client was refused; more of this kind are logged once a minute",
		zap.String("kind", refusalNames[kind]), zap.String("reason", reason), zap.Uint64("refused", n))
}

// counts returns the refusals so far, by name.
func (a *admission) counts() map[string]uint64 {
	counts := make(map[string]uint64, refusalKinds)
	for kind := range a.refused {
		counts[refusalNames[kind]] = a.refused[kind].n.Load()
	}
	return counts
}

// addressOf returns what counts as one address for [Options.MaxClientsPerAddress]. It
// is invalid, and not counted, for loopback addresses, which a proxy on this machine
// has, and for unix sockets.
func addressOf(r *http.Request) netip.Prefix {
	addr := clientAddr(r).Unmap().WithZone("")
	if !addr.IsValid() || addr.IsLoopback() {
		return netip.Prefix{}
	}
	const subscriberBits = 64 // what one subscriber is given of IPv6
	bits := addr.BitLen()
	if addr.Is6() {
		bits = subscriberBits
	}
	prefix, _ := addr.Prefix(bits)
	return prefix
}

// clientAddr is the address that a request comes from.
func clientAddr(r *http.Request) netip.Addr {
	at, _ := netip.ParseAddrPort(r.RemoteAddr)
	return at.Addr()
}
