package scenewire

import (
	"errors"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/messages"
)

var (
	// ErrFull is returned when a stated bound is hit: by Broadcast for the log
	// ([Options.MaxLogMessages]), by [Client.Send] for the client's queue. Nothing was
	// queued.
	ErrFull = buffers.ErrFull
	// ErrTransient is returned for a transient broadcast of a message that removes or
	// supersedes others: clients that come later would never learn of it.
	ErrTransient = buffers.ErrTransient
	// ErrNotHere is returned by a [Batch] for the call of the other kind of batch.
	ErrNotHere = errors.New("scenewire: Broadcast is for a server's batch, Send for a client's")
	// ErrBatchOver is returned by a [Batch] that is used after its closure has returned.
	ErrBatchOver = errors.New("scenewire: the batch is over")
)

// Batch collects the messages of an Atomic. It belongs to the closure that got it:
// not safe for concurrent use, and over when the closure returns.
type Batch struct {
	registry *messages.Registry
	private  bool // a client's
	over     bool
	entries  []buffers.Entry
	messages []Message // of entries, for the filters of recordings
}

// Broadcast adds a message for all clients. The error is that of the encoding.
func (b *Batch) Broadcast(m Message) error { return b.add(m, false, false, buffers.NoReader) }

// BroadcastExcept adds a message for all clients but one.
func (b *Batch) BroadcastExcept(id ClientID, m Message) error {
	return b.add(m, false, false, uint64(id))
}

// BroadcastTransient adds a message for the clients that are connected now.
func (b *Batch) BroadcastTransient(m Message) error {
	return b.add(m, false, true, buffers.NoReader)
}

// Send adds a message for the client whose batch this is.
func (b *Batch) Send(m Message) error { return b.add(m, true, false, buffers.NoReader) }

// Atomic adds a group within the group: if fn fails or panics, what fn added is
// taken back and the rest of the batch stays.
func (b *Batch) Atomic(fn func(*Batch) error) error {
	if b.over {
		return ErrBatchOver
	}
	before := len(b.entries)
	done := false
	defer func() {
		if !done {
			b.entries, b.messages = b.entries[:before], b.messages[:before]
		}
	}()
	if err := fn(b); err != nil {
		return err
	}
	done = true
	return nil
}

func (b *Batch) add(m Message, private, transient bool, except uint64) error {
	if b.over {
		return ErrBatchOver
	}
	if private != b.private {
		return ErrNotHere
	}
	e, err := encode(b.registry, m, buffers.Entry{Except: except, Transient: transient})
	if err != nil {
		return err
	}
	if b.entries == nil { // most batches are small
		const few = 4
		b.entries, b.messages = make([]buffers.Entry, 0, few), make([]Message, 0, few)
	}
	b.entries, b.messages = append(b.entries, e), append(b.messages, m)
	return nil
}

// runBatch runs fn and hands what it collected to push, unless it fails or panics.
func runBatch(registry *messages.Registry, private bool, fn func(*Batch) error, push func([]buffers.Entry, []Message) error) error {
	b := &Batch{registry: registry, private: private}
	defer func() { b.over = true }()
	if err := fn(b); err != nil {
		return err
	}
	if len(b.entries) == 0 {
		return nil
	}
	return push(b.entries, b.messages)
}

// encode makes the entry of a message, with the fields that e has. It is encoded once,
// and compressed once if it is large, here.
func encode(registry *messages.Registry, m Message, e buffers.Entry) (buffers.Entry, error) {
	payload, err := registry.Append(nil, m)
	if err != nil {
		return buffers.Entry{}, err
	}
	e.Key, e.Payload, e.Packed = m.RedundancyKey(), payload, pack(payload)
	if x, ok := m.(messages.Superseder); ok {
		keys, prefix := x.Supersedes()
		if len(keys) > 0 || prefix != "" {
			e.Supersedes = &buffers.KeySet{Keys: keys, Prefix: prefix}
		}
	}
	if x, ok := m.(messages.Follower); ok {
		e.Follows = x.Follows()
	}
	if x, ok := m.(messages.Remover); ok {
		e.Removal = x.Removes()
	}
	return e, nil
}
