package scenewire

import (
	"slices"
	"sort"
	"time"
)

// maxTickTimes is how many ticks are remembered. Of those that are longer ago there are
// ever fewer, so that hours fit.
const maxTickTimes = 256

// tickTimes tells when a sequence could first be sent, from some of the ticks: the
// longer ago, the coarser. Guarded by pace.mu.
type tickTimes struct {
	ticks []tickTime // in their order
}

// tickTime is a tick: where the cut came to, and when.
type tickTime struct {
	cut uint64
	at  time.Duration
}

func (t *tickTimes) add(cut uint64, now time.Duration) {
	if last := len(t.ticks) - 1; last >= 0 && t.ticks[last].cut == cut {
		return
	}
	if len(t.ticks) == maxTickTimes {
		t.thin()
	}
	t.ticks = append(t.ticks, tickTime{cut, now})
}

// thin drops ticks, so that those that are left are no further apart than a sixth of
// their age, where they weren't before. It makes room in any case.
func (t *tickTimes) thin() {
	now := t.ticks[len(t.ticks)-1].at
	kept := t.ticks[:1]
	for i := 1; i < len(t.ticks)-1; i++ {
		next := t.ticks[i+1].at
		if next-kept[len(kept)-1].at > (now-next)/6 {
			kept = append(kept, t.ticks[i])
		}
	}
	t.ticks = append(kept, t.ticks[len(t.ticks)-1])
	if len(t.ticks) > maxTickTimes*3/4 {
		t.ticks = slices.Delete(t.ticks, 0, maxTickTimes/4)
	}
}

// since returns when the tick was that let seq out; now, if none has.
func (t *tickTimes) since(seq uint64, now time.Duration) time.Duration {
	i := sort.Search(len(t.ticks), func(i int) bool { return t.ticks[i].cut > seq })
	if i == len(t.ticks) {
		return now
	}
	return t.ticks[i].at
}

// keepTimes has the times of ticks remembered from now on, and returns a copy of those
// that are. What waits already counts as having been let out now.
func (p *pace) keepTimes() tickTimes {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.times == nil {
		p.times = &tickTimes{}
		p.times.add(p.cut.Load(), p.now())
	}
	return tickTimes{slices.Clone(p.times.ticks)}
}
