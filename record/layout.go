package record

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/scenewire/scenewire/internal/mcap"
	"github.com/scenewire/scenewire/internal/msgpscan"
)

// What a file says about itself.
const (
	mcapProfile     = "scenewire"
	mcapLibrary     = "scenewire"
	metadataName    = "scenewire"
	metadataVersion = "1" // of the layout

	messageEncoding = "msgpack"
)

// The topics that aren't wire names, and what tells their channels from one of a
// message that is called like that.
const (
	topicStep     = "scenewire.step"
	topicKeyframe = "scenewire.keyframe"
	topicState    = "scenewire.state"
	topicGap      = "scenewire.gap"
	topicInbound  = "in/" // and the wire name
	unnamed       = "?"   // instead of a wire name that can't be told; without a schema

	channelRole = "role" // key of a channel's metadata; pushed messages have none
)

// role is what the messages of a channel are.
type role uint8

const (
	roleUnknown  role = iota
	rolePush          // messages that were pushed, of one wire name
	roleReceive       // messages that a client sent, of one wire name
	roleStep          // heads of steps, except
	roleKeyframe      // those of keyframes, and
	roleGap           // those of gaps
	roleState         // messages of keyframes, of any wire name
)

var roleNames = [...]string{roleReceive: "in", roleStep: "step", roleKeyframe: "keyframe", roleState: "state", roleGap: "gap"}

// roleOf tells what a channel holds.
func roleOf(c mcap.Channel) role {
	name, ok := c.Metadata[channelRole]
	if !ok {
		return rolePush
	}
	for r, known := range roleNames {
		if known == name && known != "" {
			return role(r)
		}
	}
	return roleUnknown
}

// channel is one of a file's channels.
type channel struct {
	role role
	name string // the wire name of what was pushed or received, "" if it can't be told
}

func newChannel(c mcap.Channel) channel {
	r := roleOf(c)
	switch {
	case c.SchemaID == 0:
		return channel{role: r}
	case r == rolePush:
		return channel{role: r, name: c.Topic}
	case r == roleReceive:
		return channel{role: r, name: strings.TrimPrefix(c.Topic, topicInbound)}
	}
	return channel{role: r}
}

// channels are those of a file, by their ids.
type channels []channel

// learn adds a channel.
func (cs *channels) learn(c mcap.Channel) {
	for len(*cs) <= int(c.ID) {
		*cs = append(*cs, channel{})
	}
	(*cs)[c.ID] = newChannel(c)
}

// of returns the channel with an id; one that isn't known has roleUnknown.
func (cs channels) of(id uint16) channel {
	if int(id) < len(cs) {
		return cs[id]
	}
	return channel{}
}

// minMessageBytes is what a message's record takes at least.
const minMessageBytes = mcap.HeadBytes + 2 + 4 + 8 + 8

// readStep reads the step at the front of a chunk's decompressed records, and learns
// the channels that stand before it. It takes n bytes; with an error n is the place. At
// the end the error is io.EOF. What the step holds are parts of the records.
func (cs *channels) readStep(records []byte) (s Step, n int, err error) {
	for n < len(records) {
		op, content, size, err := mcap.Next(records[n:])
		if err != nil {
			return Step{}, n, err
		}
		switch op {
		case mcap.OpChannel:
			c, err := mcap.ParseChannel(content)
			if err != nil {
				return Step{}, n, err
			}
			cs.learn(c)
		case mcap.OpMessage:
			return cs.readStepFrom(records, n)
		}
		n += size
	}
	return Step{}, n, io.EOF
}

// readStepFrom reads the step whose head stands at n.
func (cs channels) readStepFrom(records []byte, n int) (Step, int, error) {
	m, size, err := takeMessage(records[n:])
	if err != nil {
		return Step{}, n, err
	}
	if r := cs.of(m.Channel).role; r != roleStep && r != roleKeyframe && r != roleGap {
		return Step{}, n, fmt.Errorf("a message without the head of a step: its channel is %d", m.Channel)
	}
	s := Step{Time: timeOf(m.LogTime)}
	count, err := readHead(m.Data, &s, (len(records)-n-size)/minMessageBytes)
	if err != nil {
		return Step{}, n, err
	}
	n += size
	for i := range count {
		payload, size, err := takeMessage(records[n:])
		if err == nil {
			err = cs.addPayload(&s, i, &payload, m.LogTime)
		}
		if err != nil {
			return Step{}, n, err
		}
		n += size
	}
	return s, n, nil
}

func takeMessage(records []byte) (mcap.Message, int, error) {
	op, content, n, err := mcap.Next(records)
	if err != nil {
		return mcap.Message{}, 0, err
	}
	if op != mcap.OpMessage {
		return mcap.Message{}, 0, fmt.Errorf("%v inside a step", op)
	}
	m, err := mcap.ParseMessage(content)
	return m, n, err
}

// addPayload puts a step's payload i in.
func (cs channels) addPayload(s *Step, i int, m *mcap.Message, head uint64) error {
	c := cs.of(m.Channel)
	if m.LogTime != head {
		return errors.New("a message of another time than its step")
	}
	var ok bool
	switch s.Kind {
	case KindPush:
		ok = c.role == rolePush
	case KindKeyframe:
		ok = c.role == roleState
	case KindReceive:
		ok = c.role == roleReceive && i == 0
	}
	if !ok {
		return fmt.Errorf("a step %q with a message of channel %d", s.Kind, m.Channel)
	}
	if s.Kind == KindReceive {
		s.Message = Message{Type: c.name, Body: m.Data}
	} else {
		s.Entries[i].Payload = m.Data
	}
	return nil
}

// wireName returns the wire name in a message, nil if there is none to be told.
func wireName(payload []byte) []byte {
	name, _, err := scanBody(payload, msgpscan.Limits{MaxDepth: -1, MaxElements: -1})
	if err != nil {
		return nil
	}
	return name
}

// timeOf and nanos turn log times into wall clock and back. Times before 1970 are 1970,
// those behind 2262 don't exist.
func timeOf(logTime uint64) time.Time { return time.Unix(0, int64(logTime)) }

func nanos(t time.Time) uint64 { return uint64(max(0, t.UnixNano())) }

// firstSeq is the least sequence that the entries of a step may have: those of a
// keyframe are below its Seq.
func (s *Step) firstSeq() uint64 {
	if s.Kind == KindKeyframe {
		return 0
	}
	return s.Seq
}

// seqs yields every entry's index and sequence. An entry's Seq counts where it is above
// what the entries before it lead to.
func (s *Step) seqs() iter.Seq2[int, uint64] {
	return func(yield func(int, uint64) bool) {
		next := s.firstSeq()
		for i := range s.Entries {
			seq := max(next, s.Entries[i].Seq)
			if !yield(i, seq) {
				return
			}
			next = seq + 1
		}
	}
}
