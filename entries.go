package scenewire

import (
	"fmt"
	"slices"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/messages"
)

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
