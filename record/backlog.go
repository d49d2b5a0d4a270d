package record

import (
	"maps"
	"sync"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

const (
	// stepBytes and entryBytes are what waiting steps and entries count for beside
	// their payloads and keys.
	stepBytes  = 256
	entryBytes = 160
)

// backlog is what a capture has been told and hasn't written. It is bounded: what comes
// when it is full is counted and lost, until the log's state has been begun with anew.
//
// It is called under the log's lock, and doesn't call anything that waits.
type backlog struct {
	maxBytes    int64
	maxMessages int
	origin      time.Time // wall clock and monotonic: wall clocks are set back, ours isn't
	tell        *notices
	wake        chan struct{} // has room for one: there is something
	hurry       chan struct{} // has room for one: it is half full

	mu      sync.Mutex // guards all below
	last    int64      // time of the newest step, in ns
	waiting queued
	spare   queued // memory for the next
	bytes   int64
	closed  bool              // nothing is taken any more
	clients map[uint64]string // those that are connected, with their addresses
	gap     gap
	gaps    uint64
	lost    Lost // by all gaps
}

// gap is what is being lost. The zero value is no gap.
type gap struct {
	open  bool
	since time.Time
	lost  Lost
}

// add adds what another loss is.
func (l *Lost) add(more Lost) {
	l.Batches += more.Batches
	l.Entries += more.Entries
	l.Bytes += more.Bytes
}

// queued are steps in order. The entries of all of them lie behind each other.
type queued struct {
	items   []item
	entries []buffers.Entry
}

// item is a step that waits.
type item struct {
	step    Step             // without its entries
	entries int              // how many it has
	gone    []*buffers.Entry // of a removal
	begin   *beginning       // instead of a step
}

// beginning is the state that the log has when it begins to be observed, and what was
// lost before that.
type beginning struct {
	time    time.Time
	live    []*buffers.Entry
	next    uint64
	clients map[uint64]string
	gap     gap
}

func newBacklog(o *CaptureOptions, tell *notices) *backlog {
	return &backlog{
		maxBytes: o.MaxQueueBytes, maxMessages: o.MaxQueueMessages, origin: time.Now(), tell: tell,
		wake: make(chan struct{}, 1), hurry: make(chan struct{}, 1), clients: map[uint64]string{},
	}
}

// now returns the time of the next step: the wall clock as it was at the start, and how
// long that is ago. It rises with each call.
func (b *backlog) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.nowLocked()
}

func (b *backlog) nowLocked() time.Time {
	b.last = max(b.origin.UnixNano()+int64(time.Since(b.origin)), b.last+1)
	return time.Unix(0, b.last)
}

// Begin implements [buffers.Observer]: a gap ends here.
func (b *backlog) Begin(live []*buffers.Entry, next uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := b.nowLocked()
	begin := &beginning{time: at, live: live, next: next, clients: maps.Clone(b.clients), gap: b.gap}
	begin.gap.lost.Until = at
	b.gap = gap{}
	b.waiting.items = append(b.waiting.items, item{begin: begin})
	b.signalLocked()
}

// Pushed implements [buffers.Observer].
func (b *backlog) Pushed(first uint64, es []buffers.Entry) {
	cost := Lost{Batches: 1, Entries: uint64(len(es))}
	keys := 0
	for i := range es {
		cost.Bytes += uint64(len(es[i].Payload))
		keys += len(es[i].Key)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.admitLocked(cost, keys) {
		return
	}
	b.waiting.items = append(b.waiting.items, item{
		step: Step{Kind: KindPush, Time: b.nowLocked(), Seq: first}, entries: len(es),
	})
	from := len(b.waiting.entries)
	b.waiting.entries = append(b.waiting.entries, es...)
	for i := range b.waiting.entries[from:] {
		e := &b.waiting.entries[from+i]
		e.Seq, e.Packed = 0, nil // the one isn't set, the other is of no use
	}
	b.signalLocked()
}

// Removed implements [buffers.Observer].
func (b *backlog) Removed(gone []*buffers.Entry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.admitLocked(Lost{Batches: 1}, 8*len(gone)) {
		return
	}
	b.addLocked(item{
		step: Step{Kind: KindRemove, Time: b.nowLocked()},
		gone: append([]*buffers.Entry(nil), gone...),
	})
}

func (b *backlog) connected(client uint64, address string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.connectedLocked(client, address)
}

// connectedLocked takes note of a client. In a gap it is told of behind the gap.
func (b *backlog) connectedLocked(client uint64, address string) {
	if _, known := b.clients[client]; known || b.closed {
		return
	}
	b.clients[client] = address
	if b.admitLocked(Lost{}, len(address)) {
		b.addLocked(item{step: Step{Kind: KindConnect, Time: b.nowLocked(), Client: client, Address: address}})
	}
}

func (b *backlog) received(client uint64, address string, m Message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.connectedLocked(client, address)
	if b.admitLocked(Lost{Entries: 1, Bytes: uint64(len(m.Body))}, 0) {
		b.addLocked(item{step: Step{Kind: KindReceive, Time: b.nowLocked(), Client: client, Message: m}})
	}
}

func (b *backlog) disconnected(client uint64, reason string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, known := b.clients[client]; !known {
		return
	}
	delete(b.clients, client)
	if b.admitLocked(Lost{}, len(reason)) {
		b.addLocked(item{step: Step{Kind: KindDisconnect, Time: b.nowLocked(), Client: client, Reason: reason}})
	}
}

func (b *backlog) addLocked(i item) {
	b.waiting.items = append(b.waiting.items, i)
	b.signalLocked()
}

// admitLocked counts a step in, or as lost: while there is a gap, and where one begins.
func (b *backlog) admitLocked(cost Lost, more int) bool {
	if b.closed {
		return false
	}
	size := stepBytes + int64(cost.Bytes) + entryBytes*int64(cost.Entries) + int64(more)
	full := b.bytes+size > b.maxBytes || len(b.waiting.items)+len(b.waiting.entries) >= b.maxMessages
	if !full && !b.gap.open {
		b.bytes += size
		return true
	}
	b.loseLocked(cost)
	return false
}

// close takes nothing more, and returns what is being lost.
func (b *backlog) close() gap {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.gap.lost.Until = b.nowLocked()
	return b.gap
}

// loseLocked counts what is lost, and opens a gap if there is none.
func (b *backlog) loseLocked(cost Lost) {
	if !b.gap.open {
		b.openLocked(b.nowLocked())
	}
	b.gap.lost.add(cost)
	b.lost.add(cost)
}

func (b *backlog) openLocked(since time.Time) {
	b.gap = gap{open: true, since: since}
	b.gaps++
	b.tell.gap(Lost{})
	b.hurryLocked()
}

func (b *backlog) signalLocked() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
	if b.bytes > b.maxBytes/2 {
		b.hurryLocked()
	}
}

func (b *backlog) hurryLocked() {
	select {
	case b.hurry <- struct{}{}:
	default:
	}
}

// take returns what waits. Its memory is borrowed until the next call.
func (b *backlog) take() queued {
	b.mu.Lock()
	defer b.mu.Unlock()
	taken := b.waiting
	b.waiting, b.spare, b.bytes = b.spare.emptied(), taken, 0
	return taken
}

// maxSpareEntries bounds the memory that is kept for what comes next.
const maxSpareEntries = 1 << 14

// emptied returns the memory without what was in it.
func (q queued) emptied() queued {
	if cap(q.entries) > maxSpareEntries || cap(q.items) > maxSpareEntries {
		return queued{}
	}
	clear(q.items)
	clear(q.entries)
	return queued{items: q.items[:0], entries: q.entries[:0]}
}

// fail opens a gap at a time that has passed, or makes the one there is begin so early:
// what was taken since then couldn't be written. What waits is lost with it. Of marks of
// earlier gaps that are lost, it was counted before.
func (b *backlog) fail(since time.Time, lost, marks Lost) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.gap.open {
		b.openLocked(since)
	}
	if since.Before(b.gap.since) {
		b.gap.since = since
	}
	b.loseLocked(lost)
	b.gap.lost.add(marks)
	entries := b.waiting.entries
	for i := range b.waiting.items {
		it := &b.waiting.items[i]
		b.loseLocked(stepCost(&it.step, entries[:it.entries]))
		if it.begin != nil {
			b.gap.lost.add(it.begin.gap.lost)
		}
		entries = entries[it.entries:]
	}
	b.waiting, b.bytes = b.waiting.emptied(), 0
}

// stepCost is what is lost with a step.
func stepCost(s *Step, entries []buffers.Entry) Lost {
	switch s.Kind {
	case KindReceive:
		return Lost{Entries: 1, Bytes: uint64(len(s.Message.Body))}
	case KindPush, KindRemove:
		cost := Lost{Batches: 1, Entries: uint64(len(entries))}
		for i := range entries {
			cost.Bytes += uint64(len(entries[i].Payload))
		}
		return cost
	}
	return Lost{}
}

// broken says whether there is a gap.
func (b *backlog) broken() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.gap.open
}

func (b *backlog) addTo(s *CaptureStats) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s.Gaps, s.Lost = b.gaps, b.lost
	s.QueueMessages, s.QueueBytes = len(b.waiting.entries), b.bytes
}
