package scenewire

import (
	"fmt"
	"slices"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
)

var _ record.Target = (*Server)(nil)

// BroadcastEntries queues messages that are encoded already, as one batch: what was
// recorded, or comes from another server. It is to them what [Server.Atomic] is to
// messages, and no type needs to be registered.
//
// Of each entry count the Payload, which has to be one MessagePack map with a "type", the
// Key and the claims. Except has to be [buffers.NoReader], or the id of a client that
// must not get it. The slice is borrowed until return, what the entries hold is shared
// and must not change. Entries of one batch should not be cut from one allocation, or the
// last live one keeps all of it.
//
// The error names the first entry that is no message and nothing is queued; or it is
// [ErrFull], [ErrTransient] or [ErrServerClosed].
func (s *Server) BroadcastEntries(entries []buffers.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	entries, ms, err := checkEntries(entries)
	if err != nil {
		return err
	}
	return s.push(entries, ms)
}

// ReplaceEntries makes entries the live state, in their order, as a jump to another time
// of a recording does. What stands there already at the beginning stays, the rest is
// queued as one batch; of the entries counts what [Server.BroadcastEntries] says.
//
// Where that supersedes everything that has to go, clients get it like any broadcast.
// Where something has to go that no message removes, those that have got anything begin
// again at once, with all of the new state: clients that resume are told to in band, others
// are closed with 1012 and connect again, as viser's client does too.
//
// The error is that of [Server.BroadcastEntries], and nothing has happened; an entry that
// removes or is transient is no state.
func (s *Server) ReplaceEntries(entries []buffers.Entry) error {
	entries, ms, err := checkEntries(entries)
	if err != nil {
		return err
	}
	if s.closed.Load() {
		return ErrServerClosed
	}
	done, err := s.replace(entries, ms)
	if err != nil {
		return err
	}
	if !done.Reset {
		s.pace.pushed()
		return nil
	}
	s.cache.Clear()
	s.pace.flush()
	s.pace.finish() // also during a pass: who comes now must not read up to the old end only
	return nil
}

// replace changes the log, and tells the recordings what it has queued.
func (s *Server) replace(entries []buffers.Entry, ms []Message) (buffers.Replaced, error) {
	taps := s.taps.all()
	if len(taps) == 0 {
		return s.log.Replace(entries)
	}
	parts := s.pick(taps, entries, ms)
	s.recorded.Lock()
	defer s.recorded.Unlock()
	done, err := s.log.Replace(entries)
	if err != nil {
		return done, err
	}
	for i := range parts {
		parts[i] = behind(parts[i], entries[:done.Kept])
	}
	capture(taps, parts)
	return done, nil
}

// behind returns what a part of some entries' messages has behind the first of them.
func behind(part []record.Message, first []buffers.Entry) []record.Message {
	for i := range first {
		if len(part) > 0 && &part[0].Body[0] == &first[i].Payload[0] {
			part = part[1:]
		}
	}
	return part
}

// RemoveEntries takes the live entries out of the log that match accepts, and returns
// their number, as [LogView.Remove] does. match is asked for each in the log's order; the
// entry is shared and read-only.
func (s *Server) RemoveEntries(match func(*buffers.Entry) bool) int {
	n := s.log.Remove(match)
	s.cache.Clear() // of windows that show what is removed
	return n
}

// checkEntries returns a copy of entries that can be pushed, and their messages for the
// filters of recordings.
func checkEntries(entries []buffers.Entry) ([]buffers.Entry, []Message, error) {
	entries = slices.Clone(entries)
	ms := make([]Message, len(entries))
	for i := range entries {
		e := &entries[i]
		raw, err := messages.NewRaw(e.Key, e.Payload)
		if err != nil {
			return nil, nil, fmt.Errorf("scenewire: entry %d: %w", i, err)
		}
		ms[i] = raw
		e.Packed, e.Stored = pack(e.Payload), false
	}
	return entries, ms, nil
}
