package swarm

import (
	"sync/atomic"

	"github.com/scenewire/scenewire/wsproto"
)

// phase is how far a client's connection is.
type phase uint8

const (
	phaseAway phase = iota
	phaseConnecting
	phaseHandshake
	phaseOpen
	phaseClosing // we have closed it, and read on until the server has, too
)

// client is one WebSocket client. It belongs to its thread, but for what is atomic. While
// it is idle it takes some 400 bytes beside its socket.
type client struct {
	number int // of the whole fleet; in its messages
	slot   int32
	group  *group
	fd     int
	phase  phase
	stale  uint32 // counts connections: timers and events of earlier ones are ignored
	events uint32 // that epoll looks for

	attempt *attempt // nil but while it connects
	incoming
	position
	outgoing
	pace  Pace
	watch *watch // nil: not watched

	opened  int64  // ns of CLOCK_MONOTONIC; 0: never
	read    int64  // bytes since then
	target  uint64 // the sequence at which it has caught up; 0: when it gets something newer than opened
	old     int64  // when the newest window came that had something from before opened
	oldRead int64  // read at that time
	waiting bool   // it hasn't caught up yet
	back    bool   // it was connected before
	coming  bool   // it is to connect
	outage  bool   // no tick has come since it is back

	pinged   int64 // when; 0: never
	pings    uint64
	ponged   uint64
	echoed   uint64 // number of the newest echo that came back
	session  string // to come back; "": the server keeps none
	ownBytes int    // of its own windows since it has confirmed any
	told     position
}

// position is what a client has.
type position struct {
	epoch, seq, own uint64
	tick            uint64
	time            float64 // the server's
}

// incoming is where a client is in the frames that come.
type incoming struct {
	head      [10]byte
	headLen   uint8
	inPayload bool
	fin       bool
	op        wsproto.Opcode // of this frame
	message   wsproto.Opcode // of the message under way; 0: none
	left      int            // payload bytes of this frame to come
	size      int            // of this frame's payload
	content   *content       // of a frame that came in pieces; nil before its first byte
	pieces    []byte         // of a fragmented message, or a control frame
}

// outgoing is what waits to be sent.
type outgoing struct {
	out  []byte
	open atomic.Bool
	sent uint64 // messages of streams; the number of the newest one
}

// group is what the clients of one group have in common. It is immutable but for what is
// atomic or guarded by the Swarm.
type group struct {
	Group
	index  int
	offers string      // the subprotocol; "": none
	strict bool        // what comes has to be windows
	scene  bool        // speaks scenewire.v1
	slow   atomic.Bool // not all is expected to arrive

	// Guarded by Swarm.mu.
	clients []*client
	pace    Pace
}

func newGroup(g Group, index int) *group {
	made := &group{Group: g, index: index, offers: g.Subprotocol, strict: g.Subprotocol != "", pace: g.Pace}
	made.scene = g.Subprotocol == SubprotocolScenewire
	made.slow.Store(g.Slow())
	return made
}
