package record

import (
	"errors"
	"fmt"
	"slices"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/msgpscan"
)

// The keys of a step's head; the package documentation has what they hold. The first two
// stand in this order, and before the rest.
const (
	headKind       = "kind"
	headEntries    = "entries"
	headSeq        = "seq"
	headSeqs       = "seqs"
	headKeys       = "keys"
	headExcept     = "except"
	headFollows    = "follows"
	headSupersedes = "supersedes"
	headRemoval    = "removal"
	headTransient  = "transient"
	headRemoved    = "removed"
	headLost       = "lost"
	headClient     = "client"
	headAddress    = "address"
	headReason     = "reason"
)

// headParts counts what a head has of each part. 0 is left out.
type headParts struct {
	payloads                                   int
	seqs                                       bool
	keys, except, follows, supersedes, removal int
	transient                                  int
}

// partsOf counts in one pass over the entries.
func partsOf(s *Step) (p headParts) {
	p.payloads = len(s.Entries)
	if s.Kind == KindReceive {
		p.payloads = 1
	}
	next := s.firstSeq()
	for i, seq := range s.seqs() {
		e := &s.Entries[i]
		p.seqs = p.seqs || seq != next
		next = seq + 1
		p.keys += count(e.Key != "")
		p.except += count(e.Except != buffers.NoReader)
		p.follows += count(e.Follows != "")
		p.supersedes += count(e.Supersedes != nil)
		p.removal += count(e.Removal)
		p.transient += count(e.Transient)
	}
	return p
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// pairs is how many pairs the head's map has.
func (p *headParts) pairs(s *Step) int {
	n := 3 + count(p.seqs) + count(len(s.Removed) > 0) + count(s.Lost != Lost{}) +
		count(s.Client != 0) + count(s.Address != "") + count(s.Reason != "")
	for _, part := range [...]int{p.keys, p.except, p.follows, p.supersedes, p.removal, p.transient} {
		n += count(part > 0)
	}
	return n
}

// appendHead appends what a step is, without its payloads, as one MessagePack map.
func appendHead(dst []byte, s *Step) []byte {
	p := partsOf(s)
	dst = msgpscan.AppendMapHeader(dst, p.pairs(s))
	dst = msgpscan.AppendString(msgpscan.AppendString(dst, headKind), s.Kind.String())
	dst = appendNumber(dst, headEntries, uint64(p.payloads))
	dst = appendNumber(dst, headSeq, s.Seq)
	dst = appendColumns(dst, s, &p)
	if len(s.Removed) > 0 {
		dst = msgpscan.AppendArrayHeader(msgpscan.AppendString(dst, headRemoved), len(s.Removed))
		for _, seq := range s.Removed {
			dst = msgpscan.AppendUint(dst, seq)
		}
	}
	if (s.Lost != Lost{}) {
		dst = msgpscan.AppendArrayHeader(msgpscan.AppendString(dst, headLost), 4)
		for _, n := range [...]uint64{s.Lost.Batches, s.Lost.Entries, s.Lost.Bytes, nanos(s.Lost.Until)} {
			dst = msgpscan.AppendUint(dst, n)
		}
	}
	if s.Client != 0 {
		dst = appendNumber(dst, headClient, s.Client)
	}
	if s.Address != "" {
		dst = msgpscan.AppendString(msgpscan.AppendString(dst, headAddress), s.Address)
	}
	if s.Reason != "" {
		dst = msgpscan.AppendString(msgpscan.AppendString(dst, headReason), s.Reason)
	}
	return dst
}

func appendNumber(dst []byte, key string, v uint64) []byte {
	return msgpscan.AppendUint(msgpscan.AppendString(dst, key), v)
}

// appendColumns appends what entries are beside their payloads, column by column, since
// most of them are empty.
func appendColumns(dst []byte, s *Step, p *headParts) []byte {
	if p.seqs {
		dst = appendSeqs(dst, s)
	}
	if p.keys > 0 {
		dst = msgpscan.AppendArrayHeader(msgpscan.AppendString(dst, headKeys), len(s.Entries))
		for i := range s.Entries {
			dst = msgpscan.AppendString(dst, s.Entries[i].Key)
		}
	}
	dst = appendSparse(dst, s, headExcept, p.except, func(dst []byte, e *buffers.Entry) ([]byte, bool) {
		return msgpscan.AppendUint(dst, e.Except), e.Except != buffers.NoReader
	})
	dst = appendSparse(dst, s, headFollows, p.follows, func(dst []byte, e *buffers.Entry) ([]byte, bool) {
		return msgpscan.AppendString(dst, e.Follows), e.Follows != ""
	})
	dst = appendSparse(dst, s, headSupersedes, p.supersedes, func(dst []byte, e *buffers.Entry) ([]byte, bool) {
		return appendKeySet(dst, e.Supersedes), e.Supersedes != nil
	})
	dst = appendSparse(dst, s, headRemoval, p.removal, func(dst []byte, e *buffers.Entry) ([]byte, bool) {
		return msgpscan.AppendBool(dst, true), e.Removal
	})
	return appendSparse(dst, s, headTransient, p.transient, func(dst []byte, e *buffers.Entry) ([]byte, bool) {
		return msgpscan.AppendBool(dst, true), e.Transient
	})
}

// appendSeqs appends how far each entry's sequence is above the least that it may have.
func appendSeqs(dst []byte, s *Step) []byte {
	dst = msgpscan.AppendArrayHeader(msgpscan.AppendString(dst, headSeqs), len(s.Entries))
	next := s.firstSeq()
	for _, seq := range s.seqs() {
		dst = msgpscan.AppendUint(dst, seq-next)
		next = seq + 1
	}
	return dst
}

// appendSparse appends a map from the index of an entry to its value, of those n that
// have one.
func appendSparse(dst []byte, s *Step, key string, n int, value func(dst []byte, e *buffers.Entry) ([]byte, bool)) []byte {
	if n == 0 {
		return dst
	}
	dst = msgpscan.AppendMapHeader(msgpscan.AppendString(dst, key), n)
	for i := range s.Entries {
		before := len(dst)
		extended, has := value(msgpscan.AppendUint(dst, uint64(i)), &s.Entries[i])
		dst = extended
		if !has {
			dst = dst[:before]
		}
	}
	return dst
}

// appendKeySet appends the prefix and the keys as one array.
func appendKeySet(dst []byte, set *buffers.KeySet) []byte {
	if set == nil {
		return dst
	}
	dst = msgpscan.AppendString(msgpscan.AppendArrayHeader(dst, 1+len(set.Keys)), set.Prefix)
	for _, key := range set.Keys {
		dst = msgpscan.AppendString(dst, key)
	}
	return dst
}

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
	return r.payloads, nil
}

// headReader reads the values of a head into a step.
type headReader struct {
	s              *Step
	most, payloads int
	counted        bool // payloads has come
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
		if s.Seq, n, err = msgpscan.ReadUint64(b); err == nil {
			err = r.number(nil)
		}
	case headSeqs:
		n, err = r.readSeqs(b)
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

// number gives the entries their sequences, each so far above the least that it may
// have; nil is not at all.
func (r *headReader) number(gaps []uint64) error {
	next := r.s.firstSeq()
	for i := range r.s.Entries {
		if i < len(gaps) {
			next += min(gaps[i], maxSeq)
		}
		if next >= maxSeq {
			return errSeq
		}
		r.s.Entries[i].Seq = next
		next++
	}
	if r.s.Seq >= maxSeq {
		return errSeq
	}
	return nil
}

func (r *headReader) readSeqs(b []byte) (int, error) {
	gaps, n, err := readUints(b)
	if err != nil {
		return 0, err
	}
	if len(gaps) != len(r.s.Entries) {
		return 0, errEntry
	}
	return n, r.number(gaps)
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
