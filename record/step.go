package record

import (
	"fmt"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// Step is one thing that happened to a scene while it was captured. A capture is a
// sequence of steps; which fields one has depends on its Kind. Slices are shared and
// read-only.
type Step struct {
	Kind Kind
	// Time is the wall clock when it happened. Times rise strictly, so that those of
	// two steps tell them apart.
	Time time.Time
	// Seq is the log's sequence of the first of Entries, as the log gave it; for a
	// keyframe that of the next push.
	Seq uint64
	// Entries are what was pushed as one batch, or the live state of a keyframe in the
	// log's order. Pushed in this order to a log that stands where the captured one
	// stood, they leave it as that one was. Their own Seq counts where it is above what
	// Seq and the entries before it lead to, and is complete in what is read: a filter
	// may have left others out.
	Entries []buffers.Entry
	// Removed are the sequences of live entries that were taken out of the log by hand.
	Removed []uint64
	// Lost is what a gap has lost.
	Lost Lost
	// Client is who connected, sent or left: its id.
	Client uint64
	// Address is where a client that connected came from, as "host:port".
	Address string
	// Message is what a client sent. Its Time is not used.
	Message Message
	// Reason is why a client left.
	Reason string
}

// Lost is what a capture did not keep, because it could not follow.
type Lost struct {
	Batches, Entries, Bytes uint64
	// Until is when the capture goes on. What happened from the step's time to then is
	// lost, and the next keyframe has the state that it led to.
	Until time.Time
}

// Kind says what a [Step] is.
type Kind uint8

// The kinds of steps.
const (
	KindPush       Kind = iota + 1 // a batch was queued for all clients
	KindRemove                     // entries were taken out of the log by hand
	KindKeyframe                   // the live state at this time; nothing happened
	KindGap                        // something happened that isn't here
	KindConnect                    // a client connected
	KindReceive                    // a client sent a message
	KindDisconnect                 // a client left
)

var kindNames = [...]string{"", "push", "remove", "keyframe", "gap", "connect", "receive", "disconnect"}

// String returns the kind's name: "push", "remove", "keyframe", "gap", "connect",
// "receive" or "disconnect".
func (k Kind) String() string {
	if k == 0 || int(k) >= len(kindNames) {
		return fmt.Sprintf("Kind(%d)", uint8(k))
	}
	return kindNames[k]
}
