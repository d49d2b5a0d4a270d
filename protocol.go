package scenewire

import (
	"fmt"
	"strings"

	"github.com/scenewire/scenewire/wsproto"
)

const (
	// Subprotocol is what Scenewire's own clients offer.
	Subprotocol = "scenewire.v1"
	// viserPrefix begins the subprotocol that viser's clients offer; their version follows.
	viserPrefix = "viser-v"
	// versionPrefix begins what Scenewire's clients offer beside Subprotocol: the version
	// of the application follows.
	versionPrefix = "scenewire.version."
)

// The families of clients, see [Version].
const (
	familyScenewire = "scenewire"
	familyViser     = "viser"
)

// Generation is a layout of windows on the wire, see [wsproto.Generation].
type Generation = wsproto.Generation

// Protocol says which clients a server speaks to, and how. The zero value speaks to
// Scenewire's own client and to viser's clients of every version: to those that
// offer viser-v1.0.17 or later in compressed windows, to 1.0.0…1.0.16 in plain ones,
// and to clients without a subprotocol in arrays of messages.
type Protocol struct {
	// Version is the version of the application, such as "1.4.2", for clients that offer
	// [Subprotocol] and say theirs beside it. Default: none.
	Version string
	// ViserVersion is the version of viser that the application is made for, such as
	// "1.0.21". Default: none.
	ViserVersion string
	// Policy decides which versions of clients are let in. Others get the close code 1002
	// and a reason that names both versions, which viser's page shows. Clients that offer
	// no subprotocol are not asked for. Default: [ExactVersion].
	Policy VersionPolicy
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
	scene       bool   // windows say where the log is behind them: Subprotocol
	resumes     bool   // the client may come back: it understands a hello and a reset
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
			client := Version{familyScenewire, offeredVersion(offered), wsproto.GenerationZstd}
			return agreement{subprotocol: name, generation: client.Generation, scene: true, refusal: p.refuse(client)}
		}
		if version, ok := strings.CutPrefix(name, viserPrefix); ok {
			client := Version{familyViser, version, viserGeneration(version)}
			return agreement{subprotocol: name, generation: client.Generation, refusal: p.refuse(client)}
		}
	}
	if p.APIVersion != nil && *p.APIVersion == 0 {
		return agreement{generation: wsproto.GenerationMap}
	}
	return agreement{generation: wsproto.GenerationArray}
}

// offeredVersion is the version that a client of Scenewire's says, or "".
func offeredVersion(offered []string) string {
	for _, name := range offered {
		if version, ok := strings.CutPrefix(name, versionPrefix); ok {
			return version
		}
	}
	return ""
}
