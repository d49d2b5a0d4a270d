package record

import (
	"errors"
	"fmt"
	"slices"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/msgpscan"
)

var errHead = errors.New("a step's head isn't what it should be")

// readHead reads a head into s, with entries whose payloads are still to come, and
// returns how many payloads there are. There may be at most that many.
func readHead(b []byte, s *Step, most int) (payloads int, err error) {
	pairs, pos, err := msgpscan.ReadMap(b)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", errHead, err)
	}
	r := headReader{s: s, most: most}
	for range pairs {
		key, n, err := msgpscan.ReadString(b[pos:])
		if err == nil {
			pos += n
			n, err = r.read(string(key), b[pos:])
		}
		if err != nil {
			return 0, fmt.Errorf("%w: %s: %w", errHead, key, err)
		}
		pos += n
	}
	if s.Kind == 0 || !r.counted || s.Kind == KindReceive && r.payloads != 1 {
		return 0, fmt.Errorf("%w: %v of %d messages", errHead, s.Kind, r.payloads)
	}
	if err := r.number(); err != nil {
		return 0, fmt.Errorf("%w: %s: %w", errHead, headSeqs, err)
	}
	return r.payloads, nil
}

// headReader reads the values of a head into a step.
type headReader struct {
	s              *Step
	most, payloads int
	counted        bool     // payloads has come
	gaps           []uint64 // how far each entry's sequence is above the least
}

// read reads the value of a key at the start of b and returns its size.
func (r *headReader) read(key string, b []byte) (n int, err error) {
	s := r.s
	switch key {
	case headKind:
		return r.readKind(b)
	case headEntries:
		return r.readPayloads(b)
	case headSeq:
		s.Seq, n, err = msgpscan.ReadUint64(b)
	case headSeqs:
		r.gaps, n, err = readUints(b)
	case headKeys:
		n, err = r.readKeys(b)
	case headExcept:
		n, err = r.readSparse(b, func(e *buffers.Entry, b []byte) (n int, err error) {
			e.Except, n, err = msgpscan.ReadUint64(b)
			return n, err
		})
	case headFollows:
		n, err = r.readSparse(b, func(e *buffers.Entry, b []byte) (n int, err error) {
			e.Follows, n, err = readText(b)
			return n, err
		})
	case headSupersedes:
		n, err = r.readSparse(b, func(e *buffers.Entry, b []byte) (n int, err error) {
			e.Supersedes, n, err = readKeySet(b)
			return n, err
		})
	case headRemoval:
		n, err = r.readSparse(b, func(e *buffers.Entry, b []byte) (n int, err error) {
			e.Removal, n, err = msgpscan.ReadBool(b)
			return n, err
		})
	case headTransient:
		n, err = r.readSparse(b, func(e *buffers.Entry, b []byte) (n int, err error) {
			e.Transient, n, err = msgpscan.ReadBool(b)
			return n, err
		})
	case headRemoved:
		s.Removed, n, err = readUints(b)
	case headLost:
		s.Lost, n, err = readLost(b)
	case headClient:
		s.Client, n, err = msgpscan.ReadUint64(b)
	case headAddress:
		s.Address, n, err = readText(b)
	case headReason:
		s.Reason, n, err = readText(b)
	default:
		n, err = msgpscan.Size(b, msgpscan.Limits{})
	}
	return n, err
}

var (
	errKind  = errors.New("unknown")
	errCount = errors.New("more than follow in the chunk")
	errEntry = errors.New("of entries that aren't there")
	errOrder = errors.New("it comes twice, or too early")
	errSeq   = errors.New("a sequence that no log comes to")
)

func (r *headReader) readKind(b []byte) (int, error) {
	name, n, err := msgpscan.ReadString(b)
	if err != nil {
		return 0, err
	}
	kind := slices.Index(kindNames[:], string(name))
	if kind <= 0 || r.s.Kind != 0 {
		return 0, fmt.Errorf("%q is %w", name, errKind)
	}
	r.s.Kind = Kind(kind)
	return n, nil
}

// readPayloads makes the entries.
func (r *headReader) readPayloads(b []byte) (int, error) {
	count, n, err := msgpscan.ReadUint64(b)
	if err != nil {
		return 0, err
	}
	if r.s.Kind == 0 || r.counted {
		return 0, errOrder
	}
	if count > uint64(r.most) {
		return 0, fmt.Errorf("%d are %w", count, errCount)
	}
	r.payloads, r.counted = int(count), true
	if count > 0 && r.s.Kind != KindReceive {
		r.s.Entries = make([]buffers.Entry, count)
		for i := range r.s.Entries {
			r.s.Entries[i].Except = buffers.NoReader
		}
	}
	return n, nil
}

// maxSeq is above every sequence, so that counting on from one never wraps around.
const maxSeq = 1 << 62

// number gives the entries their sequences, now that all is read.
func (r *headReader) number() error {
	if len(r.gaps) > 0 && len(r.gaps) != len(r.s.Entries) {
		return errEntry
	}
	if r.s.Seq >= maxSeq {
		return errSeq
	}
	next := r.s.firstSeq()
	for i := range r.s.Entries {
		if i < len(r.gaps) {
			next += min(r.gaps[i], maxSeq)
		}
		if next >= maxSeq {
			return errSeq
		}
		r.s.Entries[i].Seq = next
		next++
	}
	return nil
}

func (r *headReader) readKeys(b []byte) (int, error) {
	count, pos, err := msgpscan.ReadArray(b)
	if err != nil {
		return 0, err
	}
	if count != len(r.s.Entries) {
		return 0, errEntry
	}
	for i := range count {
		key, n, err := readText(b[pos:])
		if err != nil {
			return 0, err
		}
		r.s.Entries[i].Key = key
		pos += n
	}
	return pos, nil
}

func (r *headReader) readSparse(b []byte, value func(e *buffers.Entry, b []byte) (int, error)) (int, error) {
	count, pos, err := msgpscan.ReadMap(b)
	if err != nil {
		return 0, err
	}
	for range count {
		i, n, err := msgpscan.ReadUint64(b[pos:])
		if err != nil {
			return 0, err
		}
		if i >= uint64(len(r.s.Entries)) {
			return 0, errEntry
		}
		pos += n
		if n, err = value(&r.s.Entries[i], b[pos:]); err != nil {
			return 0, err
		}
		pos += n
	}
	return pos, nil
}

func readText(b []byte) (string, int, error) {
	text, n, err := msgpscan.ReadString(b)
	return string(text), n, err
}

func readKeySet(b []byte) (*buffers.KeySet, int, error) {
	count, pos, err := msgpscan.ReadArray(b)
	if err != nil {
		return nil, 0, err
	}
	if count == 0 {
		return nil, 0, errEntry
	}
	texts := make([]string, count)
	for i := range texts {
		text, n, err := readText(b[pos:])
		if err != nil {
			return nil, 0, err
		}
		texts[i] = text
		pos += n
	}
	return &buffers.KeySet{Prefix: texts[0], Keys: texts[1:]}, pos, nil
}

func readUints(b []byte) ([]uint64, int, error) {
	count, pos, err := msgpscan.ReadArray(b)
	if err != nil {
		return nil, 0, err
	}
	list := make([]uint64, count)
	for i := range list {
		v, n, err := msgpscan.ReadUint64(b[pos:])
		if err != nil {
			return nil, 0, err
		}
		list[i] = v
		pos += n
	}
	return list, pos, nil
}

func readLost(b []byte) (Lost, int, error) {
	list, n, err := readUints(b)
	if err != nil || len(list) != 4 {
		return Lost{}, 0, errors.Join(err, errEntry)
	}
	return Lost{Batches: list[0], Entries: list[1], Bytes: list[2], Until: timeOf(list[3])}, n, nil
}
