package record

import (
	"fmt"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

const (
	// linger is how long a capture waits for more before it writes: so one that is
	// pushed to often doesn't wake for every push.
	linger = 10 * time.Millisecond
	// minRetry and maxRetry are how long it waits before it tries again to write.
	minRetry = time.Second
	maxRetry = 30 * time.Second
)

// capturer is the one goroutine that writes a capture. All it has is its own.
type capturer struct {
	*Capture
	part   *part   // nil: writing has failed
	w      *Writer // of part
	head   int64   // how many bytes of the part are its first keyframe
	last   uint64  // log time of the newest step, of any file
	filter *nameFilter
	told   map[uint64]struct{} // clients that the file knows to be connected
	loose  []looseStep         // what isn't in the file yet

	// What is to be done when; zero: not at all.
	pumpAt, chunkAt, rotateAt, expireAt, retryAt time.Time

	backoff time.Duration
}

// looseStep is a step that isn't in the file yet.
type looseStep struct {
	kind     Kind
	time     uint64 // log time
	cost     Lost   // without it; that of a gap has been counted
	messages uint64
	client   uint64
}

func newCapturer(c *Capture) *capturer {
	return &capturer{Capture: c, filter: newNameFilter(c.o.Filter), told: map[uint64]struct{}{}, backoff: minRetry}
}

// run writes until the capture is closed.
func (c *capturer) run() {
	defer close(c.closed)
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		timer.Reset(c.wait())
		select {
		case <-c.queue.wake:
			if c.pumpAt.IsZero() {
				c.pumpAt = time.Now().Add(linger)
			}
		case <-c.queue.hurry:
			c.pump()
		case reply := <-c.flushes:
			reply <- c.flush()
		case <-timer.C:
		case <-c.closing:
			c.finish()
			return
		}
		c.doDue(time.Now())
	}
}

// wait returns how long there is nothing to be done.
func (c *capturer) wait() time.Duration {
	wait := time.Hour
	now := time.Now()
	for _, at := range [...]time.Time{c.pumpAt, c.chunkAt, c.rotateAt, c.expireAt, c.retryAt} {
		if !at.IsZero() {
			wait = min(wait, max(0, at.Sub(now)))
		}
	}
	return wait
}

// doDue does what is to be done by now.
func (c *capturer) doDue(now time.Time) {
	due := func(at *time.Time) bool {
		if at.IsZero() || now.Before(*at) {
			return false
		}
		*at = time.Time{}
		return true
	}
	if due(&c.pumpAt) {
		c.pump()
	}
	if due(&c.chunkAt) {
		_ = c.flushChunk()
	}
	if due(&c.rotateAt) {
		c.rotate()
	}
	if due(&c.expireAt) {
		c.expire()
	}
	if due(&c.retryAt) {
		c.retry()
	}
}

// pump writes what waits. Behind a gap in the queue it begins anew with the log's state.
func (c *capturer) pump() {
	c.pumpAt = time.Time{}
	c.writeQueued()
	if c.part == nil || !c.queue.broken() {
		return
	}
	c.log.Observe(c.queue)
	c.writeQueued()
}

func (c *capturer) writeQueued() {
	q := c.queue.take()
	entries := q.entries
	for i := range q.items {
		it := &q.items[i]
		its := entries[:it.entries:it.entries]
		entries = entries[it.entries:]
		switch {
		case c.part == nil:
			c.lose(it, its)
		case it.begin != nil:
			c.begin(it.begin)
		default:
			c.writeItem(it, its)
		}
	}
}

// lose counts what was taken from the queue and can't be written.
func (c *capturer) lose(it *item, entries []buffers.Entry) {
	at, marks := it.step.Time, Lost{}
	if it.begin != nil {
		at, marks = it.begin.time, it.begin.gap.lost
	}
	c.queue.fail(at, stepCost(&it.step, entries), marks)
}

// begin writes the state that the log has, behind a mark of what was lost before.
func (c *capturer) begin(b *beginning) {
	if b.gap.open {
		c.writeGap(&b.gap)
	}
	frame := Step{Kind: KindKeyframe, Time: b.time, Seq: b.next, Entries: make([]buffers.Entry, 0, len(b.live))}
	for _, e := range b.live {
		if c.filter.wants(e.Payload) {
			state := *e
			state.Packed = nil
			frame.Entries = append(frame.Entries, state)
		}
	}
	c.write(frame)
	c.tellOfClients(b)
}

func (c *capturer) writeGap(g *gap) {
	c.write(Step{Kind: KindGap, Time: g.since, Lost: g.lost})
	c.tell.gap(g.lost)
}

// tellOfClients writes who came and left while nothing was captured.
func (c *capturer) tellOfClients(b *beginning) {
	for client := range c.told {
		if _, here := b.clients[client]; !here {
			delete(c.told, client)
			c.write(Step{Kind: KindDisconnect, Time: b.time, Client: client})
		}
	}
	for client, address := range b.clients {
		if _, known := c.told[client]; !known {
			c.told[client] = struct{}{}
			c.write(Step{Kind: KindConnect, Time: b.time, Client: client, Address: address})
		}
	}
}

func (c *capturer) writeItem(it *item, entries []buffers.Entry) {
	step := it.step
	switch step.Kind {
	case KindPush:
		step.Seq, step.Entries = c.filter.pick(step.Seq, entries)
		if len(step.Entries) == 0 {
			return
		}
	case KindRemove:
		if step.Removed = c.removed(it.gone); len(step.Removed) == 0 {
			return
		}
	case KindConnect:
		c.told[step.Client] = struct{}{}
	case KindDisconnect:
		delete(c.told, step.Client)
	case KindReceive:
		if !c.filter.wantsName(step.Message.Type) {
			return
		}
	}
	c.write(step)
}

// removed returns the sequences of what was taken out of the log. Where some messages
// aren't captured they are those of the file, which may differ.
func (c *capturer) removed(gone []*buffers.Entry) (seqs []uint64) {
	if !c.filter.some() {
		for _, e := range gone {
			seqs = append(seqs, e.Seq)
		}
		return seqs
	}
	return c.w.state.seqsOf(gone)
}

// write adds a step to the file.
func (c *capturer) write(step Step) {
	if c.part != nil && c.full() {
		c.rotate()
	}
	if c.part == nil { // it has failed meanwhile
		c.queue.fail(step.Time, stepCost(&step, step.Entries), step.Lost)
		return
	}
	if len(c.loose) == 0 {
		c.chunkAt = time.Now().Add(c.o.ChunkInterval)
	}
	c.last = max(nanos(step.Time), c.last+1)
	step.Time = timeOf(c.last)
	cost := stepCost(&step, step.Entries)
	cost.add(step.Lost)
	c.loose = append(c.loose, looseStep{
		kind: step.Kind, time: c.last, cost: cost, messages: stepMessages(&step), client: step.Client,
	})
	if err := c.w.WriteStep(step); err != nil {
		c.fail(err)
		return
	}
	c.last = c.w.last // it may have written a keyframe
	if step.Kind == KindKeyframe && c.head == 0 {
		c.head = c.part.bytes.Load()
	}
	c.settle()
}

// stepMessages is how many messages of the log or of clients are in a step.
func stepMessages(s *Step) uint64 {
	switch s.Kind {
	case KindPush:
		return uint64(len(s.Entries))
	case KindReceive:
		return 1
	}
	return 0
}

// settle takes note of what is in the file.
func (c *capturer) settle() {
	chunks := c.w.Index().Chunks
	if len(chunks) == 0 {
		return
	}
	end, n, messages := chunks[len(chunks)-1].End, 0, uint64(0)
	for n < len(c.loose) && c.loose[n].time <= nanos(end) {
		messages += c.loose[n].messages
		n++
	}
	if n == 0 {
		return
	}
	c.loose = append(c.loose[:0], c.loose[n:]...)
	c.backoff = minRetry
	c.chunkAt = time.Time{}
	if len(c.loose) > 0 {
		c.chunkAt = time.Now().Add(c.o.ChunkInterval)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stats.Messages += messages
	c.stats.Flushed = end
}

// flushChunk writes the chunk that is open.
func (c *capturer) flushChunk() error {
	if c.part == nil {
		return c.Err()
	}
	if err := c.w.Flush(); err != nil {
		c.fail(err)
		return err
	}
	c.settle()
	c.expire()
	return nil
}

// flush is [Capture.Flush].
func (c *capturer) flush() error {
	c.pump()
	return c.flushChunk()
}

// finish ends the capture.
func (c *capturer) finish() {
	c.pump()
	if c.part == nil {
		c.retry()
	}
	c.stop()
	c.writeQueued()
	if g := c.queue.close(); g.open && c.part != nil {
		c.writeGap(&g)
	}
	err := c.Err()
	if c.part != nil {
		err = c.closePart()
	}
	c.tell.stop()
	c.mu.Lock()
	c.closeErr = err
	c.mu.Unlock()
	if c.o.OnEnd != nil {
		c.o.OnEnd()
	}
}

// fail gives the file up: what isn't in it is lost.
func (c *capturer) fail(err error) {
	end := c.w.Index().Bytes
	c.part.abandon(end)
	c.part, c.chunkAt, c.rotateAt = nil, time.Time{}, time.Time{}
	var lost, marks Lost
	since := c.queue.now()
	for i, s := range c.loose {
		if i == 0 {
			since = timeOf(s.time)
		}
		switch s.kind {
		case KindGap:
			marks.add(s.cost)
		case KindConnect:
			delete(c.told, s.client)
		case KindDisconnect:
			c.told[s.client] = struct{}{}
		}
		if s.kind != KindGap {
			lost.add(s.cost)
		}
	}
	c.loose = c.loose[:0]
	c.queue.fail(since, lost, marks)
	c.failed(fmt.Errorf("record: capture: %w", err))
}

// failed has it tried again later.
func (c *capturer) failed(err error) {
	c.retryAt = time.Now().Add(c.backoff)
	c.backoff = min(2*c.backoff, maxRetry)
	c.tell.error(err)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stats.Errors++
	c.failure = err
}

// retry goes on in another file, if that can be written to.
func (c *capturer) retry() {
	c.retryAt = time.Time{}
	if err := c.open(c.queue.now()); err != nil {
		c.failed(err)
		return
	}
	c.pump()
	_ = c.flushChunk()
}
