package scenewire

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/scenewire/scenewire/wsproto"
)

// Version is what one side says about itself.
type Version struct {
	// Family is whose version it is: "viser" for clients that offer viser-v1.0.21, or
	// "scenewire" for clients that offer [Subprotocol], with the application's version.
	Family string
	// Number is such as "1.0.21". "": a client that says none, or a server that isn't
	// configured with one.
	Number string
	// Generation is the layout of windows that goes with it.
	Generation Generation
}

// VersionPolicy decides whether a client may come in. server is
// [Protocol.Version] or [Protocol.ViserVersion]. It is called for each handshake, on any
// goroutine, and must not block.
type VersionPolicy func(client, server Version) bool

// ExactVersion lets clients in that have the server's version, or all if it has none.
func ExactVersion(client, server Version) bool {
	return server.Number == "" || client.Number == server.Number
}

// SameWire lets clients in that read the same windows as those of the server's version:
// all of [Subprotocol], and of viser those of the same [Generation].
func SameWire(client, server Version) bool {
	return server.Number == "" || client.Generation == server.Generation
}

// refuse returns what a client is told that isn't let in, or "".
func (p *Protocol) refuse(client Version) string {
	server := Version{Family: client.Family, Number: p.Version, Generation: wsproto.GenerationZstd}
	if client.Family == familyViser {
		server.Number, server.Generation = p.ViserVersion, viserGeneration(p.ViserVersion)
	}
	policy := p.Policy
	if policy == nil {
		policy = ExactVersion
	}
	if policy(client, server) {
		return ""
	}
	return fmt.Sprintf("Version mismatch. Client: %s, Server: %s", named(client.Number), named(server.Number))
}

func named(version string) string {
	if version == "" {
		return "none"
	}
	return version
}

// viserGeneration is the layout that a version of viser's client reads. What isn't a
// version is taken for a new one.
func viserGeneration(version string) wsproto.Generation {
	v, ok := parseVersion(version)
	if ok && v[0] == 1 && v[1] == 0 && v[2] < 17 {
		return wsproto.GenerationPlain
	}
	return wsproto.GenerationZstd
}

func parseVersion(s string) (v [3]int, ok bool) {
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return v, false
	}
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 {
			return v, false
		}
		v[i] = n
	}
	return v, true
}
