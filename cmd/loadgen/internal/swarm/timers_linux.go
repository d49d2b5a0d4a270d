package swarm

import "container/heap"

// timers are functions to be called at their times, those of CLOCK_MONOTONIC.
type timers []timer

type timer struct {
	at  int64
	run func(now int64)
}

// Len and the four that follow implement heap.Interface.
func (ts timers) Len() int { return len(ts) }

func (ts timers) Less(i, j int) bool { return ts[i].at < ts[j].at }

func (ts timers) Swap(i, j int) { ts[i], ts[j] = ts[j], ts[i] }

func (ts *timers) Push(x any) { *ts = append(*ts, x.(timer)) }

func (ts *timers) Pop() any {
	old := *ts
	last := old[len(old)-1]
	old[len(old)-1] = timer{}
	*ts = old[:len(old)-1]
	return last
}

// at has run called then, on the thread.
func (t *thread) at(when int64, run func(now int64)) { heap.Push(&t.timers, timer{when, run}) }

// fire runs all timers that are due.
func (t *thread) fire(now int64) {
	for len(t.timers) > 0 && t.timers[0].at <= now {
		due := heap.Pop(&t.timers).(timer)
		due.run(now)
	}
}
