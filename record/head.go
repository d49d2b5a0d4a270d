package record

import (
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
