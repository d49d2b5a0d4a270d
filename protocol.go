package scenewire

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/scenewire/scenewire/wsproto"
)

const (
	// Subprotocol is what Scenewire's own clients offer.
	Subprotocol = "scenewire.v1"
	// viserPrefix begins the subprotocol that viser's clients offer; their version follows.
	viserPrefix = "viser-v"
)

// Generation is a layout of windows on the wire, see [wsproto.Generation].
type Generation = wsproto.Generation

// Protocol says which clients a server speaks to, and how. The zero value speaks to
// Scenewire's own client and to viser's clients of every version: to those that
// offer viser-v1.0.17 or later in compressed windows, to 1.0.0…1.0.16 in plain ones,
// and to clients without a subprotocol in arrays of messages.
type Protocol struct {
	// ViserVersion is the only version of viser's client that is let in, such as
	// "1.0.21". Others get the close code 1002 and a reason that names both, which
	// viser's page shows. Default: any version.
	ViserVersion string
	// APIVersion is the original's client_api_version for clients without a
	// subprotocol: 0 sends each message in a WebSocket message of its own, 1 sends
	// windows. Default: 1.
	APIVersion *int
}

func (p *Protocol) validate() error {
	if p.APIVersion != nil && *p.APIVersion != 0 && *p.APIVersion != 1 {
		return fmt.Errorf("APIVersion %d is neither 0 nor 1", *p.APIVersion)
	}
	if p.ViserVersion != "" {
		if _, ok := parseVersion(p.ViserVersion); !ok {
			return fmt.Errorf("ViserVersion %q is not like 1.0.21", p.ViserVersion)
		}
	}
	return nil
}

// agreement is what server and client speak.
type agreement struct {
	generation  wsproto.Generation
	subprotocol string // echoed; "" = none
	refusal     string // not "": close 1002 with this reason after the handshake
}

// isViser reports whether it is a client of viser's that says so. Its page takes any 1002
// for a version mismatch, whatever the reason says, so it is sent none for other faults.
func (a *agreement) isViser() bool { return strings.HasPrefix(a.subprotocol, viserPrefix) }

// agree picks from what the client offers: the first subprotocol that is known.
func (p *Protocol) agree(offered []string) agreement {
	for _, name := range offered {
		if name == Subprotocol {
			return agreement{subprotocol: name, generation: wsproto.GenerationZstd}
		}
		if version, ok := strings.CutPrefix(name, viserPrefix); ok {
			return agreement{
				subprotocol: name,
				generation:  viserGeneration(version),
				refusal:     p.refuse(version),
			}
		}
	}
	if p.APIVersion != nil && *p.APIVersion == 0 {
		return agreement{generation: wsproto.GenerationMap}
	}
	return agreement{generation: wsproto.GenerationArray}
}

func (p *Protocol) refuse(client string) string {
	if p.ViserVersion == "" || p.ViserVersion == client {
		return ""
	}
	return fmt.Sprintf("Version mismatch. Client: %s, Server: %s", client, p.ViserVersion)
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
