package wsproto

// Opcode is the kind of a frame (RFC 6455 section 11.8).
type Opcode byte

// The opcodes. The others (3..7, 11..15) are reserved and never accepted.
const (
	OpContinuation Opcode = 0
	OpText         Opcode = 1
	OpBinary       Opcode = 2
	OpClose        Opcode = 8
	OpPing         Opcode = 9
	OpPong         Opcode = 10
)

// IsControl reports whether o is close, ping or pong, or one of the reserved
// control opcodes (RFC 6455 section 5.5).
func (o Opcode) IsControl() bool { return o&8 != 0 }

// String returns the opcode's name in RFC 6455.
func (o Opcode) String() string {
	switch o {
	case OpContinuation:
		return "continuation"
	case OpText:
		return "text"
	case OpBinary:
		return "binary"
	case OpClose:
		return "close"
	case OpPing:
		return "ping"
	case OpPong:
		return "pong"
	}
	return "reserved"
}

// isReserved reports whether o has no meaning in RFC 6455.
func (o Opcode) isReserved() bool { return o&7 > 2 }

// Role is the side that we are in a connection.
type Role uint8

// The roles. They decide who masks (RFC 6455 section 5.1).
const (
	Server Role = iota // the peer's frames must be masked
	Client             // the peer's frames must not be masked
)

// String returns "server" or "client".
func (r Role) String() string {
	if r == Server {
		return "server"
	}
	return "client"
}
