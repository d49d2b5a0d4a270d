package buffers

import (
	"slices"
	"time"
)

// shelf lists the entries of a log that are kept for a while only, oldest
// first, with their ages. Entries that are culled stay listed until somebody
// comes across them, or until they are more than the live ones.
type shelf struct {
	marks  []mark // by rising sequence
	dated  int    // marks below have their time
	live   int    // entries that are live
	memory int64  // of the live entries
}

// mark is one entry of a shelf.
type mark struct {
	seq  uint64
	from time.Duration // first time that the log was told after the push
}

// add lists e, which has the highest sequence so far.
func (s *shelf) add(e *Entry) {
	s.marks = append(s.marks, mark{seq: e.Seq})
	s.live++
	s.memory += e.memory()
}

// drop notes that e is not live any more.
func (s *shelf) drop(e *Entry) {
	s.live--
	s.memory -= e.memory()
}

// date tells the time to the entries that have not heard it yet.
func (s *shelf) date(now time.Duration) {
	for ; s.dated < len(s.marks); s.dated++ {
		s.marks[s.dated].from = now
	}
}

// age is how long the entry of m is known to be there.
func (s *shelf) age(i int, now time.Duration) time.Duration {
	if i >= s.dated {
		return 0
	}
	return now - s.marks[i].from
}

// oldest is the oldest live entry of the shelf, or nil. It is the first mark.
func (s *shelf) oldest(c *conflator) *Entry {
	for len(s.marks) > 0 {
		if e := c.at(s.marks[0].seq); e != nil {
			return e
		}
		s.marks = s.marks[1:]
		s.dated = max(0, s.dated-1)
	}
	*s = shelf{}
	return nil
}

// tidy forgets what is culled when that is most of the list.
func (s *shelf) tidy(c *conflator) {
	if len(s.marks) <= 2*s.live+compactSlack {
		return
	}
	dated, kept := 0, make([]mark, 0, s.live)
	for i, m := range s.marks {
		if c.at(m.seq) == nil {
			continue
		}
		if i < s.dated {
			dated++
		}
		kept = append(kept, m)
	}
	s.marks, s.dated = kept, dated
}

// lostList is the sequences of transient entries that a bound has dropped,
// rising: what readers behind them have lost.
type lostList struct {
	seqs []uint64
	// The oldest are given up when there are too many: folded is their number,
	// and foldedEnd the sequence behind the last.
	folded    uint64
	foldedEnd uint64
	total     uint64
}

// maxLost is how many losses are told apart by their sequence: 512 KiB.
const maxLost = 1 << 16

// add notes the loss of the entry at seq, the highest so far.
func (l *lostList) add(seq uint64) {
	if len(l.seqs) >= maxLost {
		half := len(l.seqs) / 2
		l.folded += uint64(half)
		l.foldedEnd = l.seqs[half-1] + 1
		l.seqs = append([]uint64(nil), l.seqs[half:]...)
	}
	l.seqs = append(l.seqs, seq)
	l.total++
}

// between is the number of losses in [from,to), and the sequence behind the
// last of them.
func (l *lostList) between(from, to uint64) (n, end uint64) {
	if from < l.foldedEnd && from < to {
		n, end = l.folded, l.foldedEnd
	}
	i, _ := slices.BinarySearch(l.seqs, from)
	j, _ := slices.BinarySearch(l.seqs, to)
	if i < j {
		n, end = n+uint64(j-i), l.seqs[j-1]+1
	}
	return n, end
}

// passed forgets what every cursor is behind.
func (l *lostList) passed(cursor uint64) {
	if cursor >= l.foldedEnd {
		l.folded, l.foldedEnd = 0, 0
	}
	n, _ := slices.BinarySearch(l.seqs, cursor)
	if l.seqs = l.seqs[n:]; len(l.seqs) == 0 {
		l.seqs = nil
	}
}
