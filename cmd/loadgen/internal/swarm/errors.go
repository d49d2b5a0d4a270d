package swarm

import (
	"errors"
	"fmt"
)

// Conditions that a caller may act on.
var (
	ErrClosed  = errors.New("the fleet is closed")
	ErrGroup   = errors.New("no such group")
	ErrTLS     = errors.New("wss is not supported: loadgen measures servers, not TLS; point it at the plain port")
	ErrAddress = errors.New("not the address of a WebSocket")
	ErrTooMany = errors.New("more clients than the limit on open files allows")
	ErrSystem  = errors.New("loadgen's clients need Linux")
)

// Cause is why a connection couldn't be made, or ended. It is the same text in JSON.
type Cause string

// The causes.
const (
	CauseRefused     Cause = "refused"     // nobody listens
	CauseTimeout     Cause = "timeout"     // no answer within Options.HandshakeTimeout
	CauseReset       Cause = "reset"       // broken by the server before its answer
	CauseUnreachable Cause = "unreachable" // no route, or the network is down
	CauseHandshake   Cause = "handshake"   // another answer than 101, or a wrong 101
	CauseSubprotocol Cause = "subprotocol" // 101, with another subprotocol than the offered one
	CausePorts       Cause = "ports"       // this machine has no more local ports for the target
	CauseFiles       Cause = "files"       // this process or machine has no more descriptors
	CauseOther       Cause = "other"
)

// ConnectError is a connection that couldn't be made.
type ConnectError struct {
	Cause   Cause  `json:"cause"`
	Group   string `json:"group"`
	Client  int    `json:"client"`
	Target  string `json:"target"`  // host and port
	Reached int    `json:"reached"` // clients of the fleet that are connected
	Wanted  int    `json:"wanted"`  // that should be
	Status  int    `json:"status"`  // of HTTP; 0: there was no answer
	Text    string `json:"text"`    // what the server or the system said; one line
}

// Error says what happened, to which client, and how many are connected.
func (e *ConnectError) Error() string {
	what := e.Text
	if e.Status != 0 && e.Status != 101 {
		what = fmt.Sprintf("the server answered %d", e.Status)
		if e.Text != "" {
			what += ": " + e.Text
		}
	}
	return fmt.Sprintf("connect to %s: %s (client %d of group %q; %d of %d are connected)",
		e.Target, what, e.Client, e.Group, e.Reached, e.Wanted)
}

// Remedy says in a sentence what can be done about it, or nothing.
func (e *ConnectError) Remedy() string {
	switch e.Cause {
	case CauseRefused:
		return "Nobody listens there: is the server running, and is the port right?"
	case CauseTimeout:
		return "The server doesn't answer in time: connect more slowly, or see whether it accepts at all."
	case CauseUnreachable:
		return "Check the host and the network."
	case CauseSubprotocol:
		return "Name another subprotocol, such as " + SubprotocolScenewire + " or " + SubprotocolViser + ", or none."
	case CausePorts:
		return "Widen net.ipv4.ip_local_port_range (sysctl), use fewer clients, or wait a minute for closed connections to be forgotten."
	case CauseFiles:
		return "Raise the limit on open files (ulimit -n, LimitNOFILE= of the service; fs.file-max of the machine), or use fewer clients."
	case CauseHandshake:
		return refusalRemedy(e.Status)
	}
	return ""
}

func refusalRemedy(status int) string {
	switch status {
	case 200:
		return "That is an ordinary page: is this the address of a WebSocket, and is the path right?"
	case 401, 403:
		return "The server doesn't let loadgen in: look at its authorization and its allowed origins."
	case 404:
		return "Is the path of the address right?"
	case 421:
		return "The server doesn't know itself by this host: use the name that it expects."
	case 429, 503:
		return "The server is full: raise its limit on clients, or use fewer."
	}
	return ""
}
