package wire

import (
	"errors"
	"fmt"

	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/msgpscan"
)

// Kind tells the types of messages apart.
type Kind uint8

// The kinds. Foreign is any other message, such as those of viser.
const (
	Foreign Kind = iota
	KindObject
	KindTick
	KindEcho
	KindPointer
	KindFlood
)

// Seen is what a client looks at in a message, without its data.
type Seen struct {
	Kind   Kind
	ID     uint32 // of an Object: which; of an Echo or Pointer: whose
	N      uint64 // of an Object: its version; otherwise its number
	Due    int64  // the stamp: ns of CLOCK_MONOTONIC; 0: none was found
	Stated bool   // Kind is one that has a state: see [Digest]
}

var errNoMap = errors.New("wire: the message is no map")

// Look reads a message's head without decoding or copying its data: a walk over the
// map's few pairs. body is borrowed until return. Of a message that isn't loadgen's the
// Kind is Foreign, and the first stamp is looked for in all of its bytes. The error is of
// something that is no map.
func Look(body []byte) (Seen, error) {
	pairs, n, err := msgpscan.ReadMap(body)
	if err != nil {
		return Seen{}, fmt.Errorf("%w: %w", errNoMap, err)
	}
	var s Seen
	for b := body[n:]; pairs > 0; pairs-- {
		var known bool
		if n, known, err = s.pair(b); err != nil || !known {
			break
		}
		b = b[n:]
	}
	if s.Kind == Foreign || err != nil {
		due, _ := frames.FindStamp(body)
		return Seen{Due: due}, nil
	}
	s.Stated = s.Kind == KindObject
	return s, nil
}

// pair reads one key with its value. known is false for a key that none of loadgen's
// messages has.
func (s *Seen) pair(b []byte) (n int, known bool, err error) {
	key, n, err := msgpscan.ReadString(b)
	if err != nil {
		return 0, false, err
	}
	var used int
	switch string(key) {
	case "id", "client":
		var v int64
		v, used, err = msgpscan.ReadInt64(b[n:])
		s.ID = uint32(v)
	case "ver", "n":
		var v int64
		v, used, err = msgpscan.ReadInt64(b[n:])
		s.N = uint64(v)
	case "x", "y":
		_, used, err = msgpscan.ReadFloat64(b[n:])
	case "data":
		var data []byte
		if data, used, err = msgpscan.ReadBin(b[n:]); err == nil {
			s.Due, _ = frames.FindStamp(data[:min(len(data), MinDataBytes)])
		}
	case "type":
		var name []byte
		name, used, err = msgpscan.ReadString(b[n:])
		s.Kind = kindOf(name)
	default:
		return 0, false, nil
	}
	return n + used, true, err
}

func kindOf(name []byte) Kind {
	switch string(name) {
	case NameObject:
		return KindObject
	case NameTick:
		return KindTick
	case NameEcho:
		return KindEcho
	case NamePointer:
		return KindPointer
	case NameFlood:
		return KindFlood
	}
	return Foreign
}
