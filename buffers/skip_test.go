package buffers

import (
	"fmt"
	"slices"
	"testing"
)

// TestLogSkipLeavesSequencesOut pushes with and without skips, and compares what is live
// and what windows show, but for the sequences.
func TestLogSkipLeavesSequencesOut(t *testing.T) {
	plain, skipping := NewLog(LogLimits{}), NewLog(LogLimits{})
	var seqs []uint64 // that skipping gave, by those of plain
	for i := range 500 {
		if i%7 == 0 {
			skipping.Skip(skipping.Next() + uint64(i*i))
		}
		e := Entry{Key: fmt.Sprint(i % 41), Payload: []byte{byte(i)}, Except: NoReader}
		if i%5 == 0 {
			e.Key, e.Follows = "", fmt.Sprint(i%3)
		}
		first, last, _ := plain.PushBatch([]Entry{e})
		start, end, err := skipping.PushBatch([]Entry{e})
		if err != nil || last-first != end-start {
			t.Fatalf("push %d takes %d … %d, without skips %d … %d: %v", i, start, end, first, last, err)
		}
		for seq := start; seq <= end; seq++ {
			seqs = append(seqs, seq)
		}
		compareSkipped(t, plain, skipping, seqs)
	}
}

func compareSkipped(t *testing.T, plain, skipping *Log, seqs []uint64) {
	t.Helper()
	want, _ := plain.Snapshot()
	got, next := skipping.Snapshot()
	if next != seqs[len(seqs)-1]+1 || next != skipping.Next() || len(got) != len(want) {
		t.Fatalf("%d entries live, next %d, want %d and %d", len(got), next, len(want), seqs[len(seqs)-1]+1)
	}
	for i := range got {
		if got[i].Seq != seqs[want[i].Seq] || !slices.Equal(got[i].Payload, want[i].Payload) {
			t.Fatalf("live entry %d is %d, want %d", i, got[i].Seq, seqs[want[i].Seq])
		}
	}
}

func TestLogSkipGoesUpOnly(t *testing.T) {
	log := NewLog(LogLimits{})
	log.Skip(10)
	log.Skip(3)
	if seq, _ := log.Push(Entry{Except: NoReader}); seq != 10 {
		t.Errorf("the first sequence is %d, want 10", seq)
	}
	log.Skip(10)
	if log.Next() != 11 {
		t.Errorf("the next sequence is %d, want 11", log.Next())
	}
}
