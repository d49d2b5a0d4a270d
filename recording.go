package scenewire

import (
	"slices"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/record"
)

// StartRecording records what is broadcast from now on: all of it, also what excludes a
// client or is transient, in the log's order, and a batch at once. The scene as it is
// isn't in it, so start it before the scene is made.
//
// Of each message filter is asked whether it is to be recorded, before it is queued, by
// the goroutine that queues it; a panic is logged and means no. nil: every message.
// Recordings may run at the same time, each with its own filter and time. One ends with
// the calls of its handle that say so, or when it is as large as
// Options.MaxRecordingBytes.
func (s *Server) StartRecording(filter func(Message) bool) *record.Handle {
	return s.startRecording(&s.taps, filter)
}

// StartRecording records what is sent to this client alone from now on: Send and Atomic,
// not the server's broadcasts. Otherwise it is as [Server.StartRecording]. The recording
// can be ended after the client is gone.
func (c *Client) StartRecording(filter func(Message) bool) *record.Handle {
	return c.server.startRecording(&c.taps, filter)
}

// tap is a recording that runs.
type tap struct {
	handle *record.Handle
	filter func(Message) bool
	of     *callbacks[*tap] // the list that it is in
}

// stop takes the recording out of its list, if it is still in there.
func (t *tap) stop() {
	t.of.change(func(list []*callback[*tap]) []*callback[*tap] {
		return slices.DeleteFunc(list, func(x *callback[*tap]) bool { return x.call == t })
	})
}

func (s *Server) startRecording(taps *callbacks[*tap], filter func(Message) bool) *record.Handle {
	if filter == nil {
		filter = func(Message) bool { return true }
	}
	t := &tap{filter: filter, of: taps}
	t.handle = record.NewHandle(record.HandleOptions{
		MaxBytes:     s.opts.MaxRecordingBytes,
		ViserVersion: s.opts.Protocol.ViserVersion,
		OnEnd:        t.stop,
	})
	taps.add(t)
	return t.handle
}

// pick asks the recordings' filters, and returns for each what it wants of the messages
// that are about to be queued as entries.
func (s *Server) pick(taps []*callback[*tap], entries []buffers.Entry, ms []Message) [][]record.Message {
	if len(taps) == 0 {
		return nil
	}
	parts := make([][]record.Message, len(taps))
	for i, t := range taps {
		parts[i] = s.wanted(t.call.filter, entries, ms)
	}
	return parts
}

// wanted returns the messages that a filter lets into its recording.
func (s *Server) wanted(filter func(Message) bool, entries []buffers.Entry, ms []Message) []record.Message {
	var part []record.Message
	for i, m := range ms {
		if s.wants(filter, m) {
			name, _ := s.opts.Registry.Name(m)
			part = append(part, record.Message{Type: name, Body: entries[i].Payload})
		}
	}
	return part
}

// wants asks a filter. One that panics doesn't want the message.
func (s *Server) wants(filter func(Message) bool, m Message) bool {
	defer s.contain("recording filter", m)
	return filter(m)
}

// capture hands to the recordings what was picked for them, now that it is queued. The
// caller holds the lock that it queued it under, so that all recordings have it in that
// order.
func capture(taps []*callback[*tap], parts [][]record.Message) {
	for i, t := range taps {
		if len(parts[i]) > 0 && !t.call.handle.Capture(parts[i]) {
			t.call.stop()
		}
	}
}

// push appends to the log, and tells the recordings and the clients.
func (s *Server) push(entries []buffers.Entry, ms []Message) error {
	if s.closed.Load() {
		return ErrServerClosed
	}
	var err error
	if taps := s.taps.all(); len(taps) > 0 {
		err = s.pushRecorded(taps, entries, ms)
	} else {
		_, _, err = s.log.PushBatch(entries)
	}
	if err != nil {
		return err
	}
	s.pace.pushed()
	return nil
}

func (s *Server) pushRecorded(taps []*callback[*tap], entries []buffers.Entry, ms []Message) error {
	parts := s.pick(taps, entries, ms)
	s.recorded.Lock()
	defer s.recorded.Unlock()
	if _, _, err := s.log.PushBatch(entries); err != nil {
		return err
	}
	capture(taps, parts)
	return nil
}
