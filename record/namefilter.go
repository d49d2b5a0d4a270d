package record

import (
	"unsafe"

	"github.com/scenewire/scenewire/buffers"
)

// nameFilter says which messages a capture keeps.
type nameFilter struct {
	ask   func(name string) bool // nil: all are kept
	known map[string]bool        // answers
}

func newNameFilter(ask func(name string) bool) *nameFilter {
	return &nameFilter{ask: ask, known: map[string]bool{}}
}

// some says that not all are kept.
func (f *nameFilter) some() bool { return f.ask != nil }

func (f *nameFilter) wantsName(name string) bool {
	if f.ask == nil {
		return true
	}
	answer, known := f.known[name]
	if !known {
		answer = f.ask(name)
		if len(f.known) < maxKnownNames {
			f.known[name] = answer
		}
	}
	return answer
}

// maxKnownNames bounds the memory of answers: clients may send any names.
const maxKnownNames = 1024

func (f *nameFilter) wants(payload []byte) bool {
	return f.ask == nil || f.wantsName(string(wireName(payload)))
}

// pick returns those entries of a push that are kept, in place, and the sequence of the
// first of them. Those that come behind followers which the push moved have a later one
// in the log.
func (f *nameFilter) pick(first uint64, entries []buffers.Entry) (uint64, []buffers.Entry) {
	if f.ask == nil {
		return first, entries
	}
	kept := entries[:0]
	for i, e := range entries {
		if f.wants(e.Payload) {
			e.Seq = first + uint64(i)
			kept = append(kept, e)
		}
	}
	if len(kept) > 0 {
		first = kept[0].Seq
	}
	return first, kept
}

// identity tells entries apart where sequences can't: by their key, or by where their
// payload lies if they have none.
type identity struct {
	key     string
	payload *byte
}

func identityOf(e *buffers.Entry) identity {
	if e.Key != "" {
		return identity{key: e.Key}
	}
	return identity{payload: unsafe.SliceData(e.Payload)}
}

// seqsOf returns the sequences that live entries have here which are another log's.
func (s *State) seqsOf(entries []*buffers.Entry) (seqs []uint64) {
	wanted := make(map[identity]struct{}, len(entries))
	for _, e := range entries {
		wanted[identityOf(e)] = struct{}{}
	}
	live, _ := s.log.Snapshot()
	for _, e := range live {
		if _, is := wanted[identityOf(e)]; is {
			seqs = append(seqs, e.Seq)
		}
	}
	return seqs
}
