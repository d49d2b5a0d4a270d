package scenewire

import "github.com/scenewire/scenewire/buffers"

// LogView shows a server's live state: the broadcasts that weren't superseded. It
// may be used from any goroutine.
type LogView struct {
	log    *buffers.Log
	server *Server
}

// LogEntry is one broadcast in the log.
type LogEntry struct {
	Seq     uint64 // its position; rises with every broadcast
	Key     string // its redundancy key
	Payload []byte // its encoding; shared, read-only
	// Pushes is how often its key was broadcast since it appeared, this time included:
	// the difference between two looks is how hot it is. It wraps around at 2^32.
	Pushes uint32
}

// Len returns the number of live messages.
func (v LogView) Len() int { return v.log.Len() }

// Bytes returns the size of the live messages' encodings.
func (v LogView) Bytes() int64 { return v.log.Bytes() }

// Keys returns the redundancy keys of the live messages in the log's order, without
// the empty ones.
func (v LogView) Keys() []string { return v.log.Keys() }

// Next returns the sequence that the next broadcast will have.
func (v LogView) Next() uint64 { return v.log.Next() }

// Entries returns the live messages in order.
func (v LogView) Entries() []LogEntry {
	live, _ := v.log.Snapshot()
	entries := make([]LogEntry, len(live))
	for i, e := range live {
		entries[i] = logEntry(e)
	}
	return entries
}

// Remove takes the live messages out of the log that match accepts, and returns
// their number. Clients that have got them keep them; later ones don't get them.
// Broadcasts that are queued meanwhile are not looked at.
func (v LogView) Remove(match func(LogEntry) bool) int {
	return v.server.RemoveEntries(func(e *buffers.Entry) bool { return match(logEntry(e)) })
}

func logEntry(e *buffers.Entry) LogEntry {
	return LogEntry{Seq: e.Seq, Key: e.Key, Payload: e.Payload, Pushes: e.Pushes()}
}
