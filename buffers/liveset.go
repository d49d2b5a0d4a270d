package buffers

import "math/bits"

// liveSetLevels is the height of a liveSet. Three levels of 64 make one word
// at the top stand for 262144 slots, so the top is short enough to scan.
const liveSetLevels = 3

// liveSet marks which slots of a conflator hold a live entry. It is a bitmap
// with two summaries above it: bit j of level k+1 is set when word j of level
// k is not zero. Finding the next live slot therefore costs a few words however
// many dead slots lie between (BenchmarkLogWindow/dead=…).
type liveSet struct {
	levels [liveSetLevels][]uint64
}

// add marks slot i, which is the highest one so far.
func (s *liveSet) add(i int) {
	for k := range s.levels {
		word := i / 64
		for len(s.levels[k]) <= word {
			s.levels[k] = append(s.levels[k], 0)
		}
		s.levels[k][word] |= 1 << (i % 64)
		i = word
	}
}

// remove unmarks slot i, and whatever summary becomes empty by it.
func (s *liveSet) remove(i int) {
	for k := range s.levels {
		word := i / 64
		s.levels[k][word] &^= 1 << (i % 64)
		if s.levels[k][word] != 0 {
			return
		}
		i = word
	}
}

// next is the first marked slot at or behind i, or -1.
func (s *liveSet) next(i int) int {
	for k := range s.levels {
		word := i / 64
		if word >= len(s.levels[k]) {
			return -1
		}
		if rest := s.levels[k][word] >> (i % 64); rest != 0 {
			return s.descend(k, i+bits.TrailingZeros64(rest))
		}
		i = word + 1
	}
	return s.scanTop(i)
}

// scanTop is the first marked slot in word i of the top level or behind, or -1.
func (s *liveSet) scanTop(i int) int {
	top := s.levels[liveSetLevels-1]
	for ; i < len(top); i++ {
		if top[i] != 0 {
			return s.descend(liveSetLevels-1, i*64+bits.TrailingZeros64(top[i]))
		}
	}
	return -1
}

// descend is the first marked slot below bit i of level k.
func (s *liveSet) descend(k, i int) int {
	for k > 0 {
		k--
		i = i*64 + bits.TrailingZeros64(s.levels[k][i])
	}
	return i
}

// fill makes the set hold exactly the slots below n, and gives back memory
// when it has far more than n needs.
func (s *liveSet) fill(n int) {
	if cap(s.levels[0])*64 > 4*n+4096 {
		*s = liveSet{}
	}
	for k := range s.levels {
		words := (n + 63) / 64
		level := s.levels[k][:0]
		for range words {
			level = append(level, ^uint64(0))
		}
		if rest := n % 64; rest != 0 {
			level[words-1] = 1<<rest - 1
		}
		s.levels[k] = level
		n = words
	}
}
