package buffers

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// logProgram runs random operations on a Log and on the model, and compares
// whatever can be seen. Readers follow with windows of any size.
type logProgram struct {
	t       failer
	src     source
	scene   *scene
	log     *Log
	model   model
	now     time.Duration
	cuts    []uint64 // log ends at which a reader may cut
	readers []*programReader
	batches []programBatch
	shadow  *shadow   // what an observer knows; nil until it observes
	states  [][]Entry // live states that it may go back to

	pushed   map[string]Entry    // by payload
	removals map[string][]uint64 // sequences of a key's removals
	unseen   bool                // Remove took entries out
	excluded map[uint64]bool     // readers that an entry excluded
}

// programBatch is one push: the sequences it took, and its payload bytes.
type programBatch struct {
	first, last uint64
	bytes       int
}

// programReader is one client.
type programReader struct {
	id     uint64
	cursor uint64
	joined uint64 // where it joined with nothing, 0 if it was there all along
	page   *page
}

const programReaders = 3

func runLogProgram(t failer, src source) {
	lim := LogLimits{
		MaxEntries: drawLimit(src, 30), MaxBytes: int64(drawLimit(src, 120)),
		ResumeHorizon: time.Duration(drawLimit(src, 20)), MaxRemovals: drawLimit(src, 12),
		MaxTransientEntries: drawLimit(src, 8), MaxTransientBytes: int64(drawLimit(src, 60)),
		MaxTransientAge: time.Duration(drawLimit(src, 20)),
	}
	p := &logProgram{
		t: t, src: src, log: NewLog(lim), cuts: []uint64{0}, scene: newScene(src, programReaders),
		pushed: map[string]Entry{}, removals: map[string][]uint64{}, excluded: map[uint64]bool{},
		model: model{
			maxEntries: limit(lim.MaxEntries, 1<<20), maxBytes: limit64(lim.MaxBytes, 1<<30),
			lim: LogLimits{
				ResumeHorizon:       max(0, limit64(max(lim.ResumeHorizon, 0), 10*time.Minute)),
				MaxRemovals:         limit(lim.MaxRemovals, 1<<18),
				MaxTransientEntries: limit(lim.MaxTransientEntries, 4096),
				MaxTransientBytes:   limit64(lim.MaxTransientBytes, 16<<20),
				MaxTransientAge:     limit64(lim.MaxTransientAge, 10*time.Second),
			},
		},
	}
	if lim.ResumeHorizon < 0 {
		p.model.lim.ResumeHorizon = 0
	}
	for id := range uint64(programReaders) {
		p.readers = append(p.readers, &programReader{id: id, page: newPage(p.pushed)})
	}
	for src.more() {
		p.step()
		p.compareState()
	}
	p.converge()
}

func (p *logProgram) step() {
	switch op := p.src.intn(18); {
	case op == 16:
		p.observe()
	case op == 17:
		p.replace()
	case op < 5:
		p.push([]Entry{p.scene.entry()})
	case op < 7:
		p.push(p.scene.batch())
	case op < 8:
		p.cuts = append(p.cuts, p.log.Next())
	case op < 12:
		p.read(p.readers[p.src.intn(programReaders)], p.drawRequest())
	case op < 13:
		p.remove()
	case op < 15:
		p.expire()
	default: // a reader loads its page again
		p.join(p.readers[p.src.intn(programReaders)])
	}
}

func (p *logProgram) join(r *programReader) {
	*r = programReader{id: r.id, joined: p.log.Next(), page: newPage(p.pushed)}
}

// expire passes what all readers have passed, or sometimes less than that.
func (p *logProgram) expire() {
	passed := p.log.Next()
	for _, r := range p.readers {
		passed = min(passed, r.cursor)
	}
	p.now += time.Duration(p.src.intn(16))
	p.log.Expire(p.now, passed)
	p.model.expire(p.now, passed)
	oldest := uint64(0)
	for _, e := range p.model.dropped {
		oldest = max(oldest, e.seq+1)
	}
	if got := p.log.OldestToken(); got != oldest {
		p.t.Fatalf("oldest token %d, want %d", got, oldest)
	}
}

func (p *logProgram) push(es []Entry) {
	p.t.Helper()
	want := p.model.next
	fits := p.model.push(es)
	var first, last uint64
	var err error
	if len(es) == 1 {
		first, err = p.log.Push(es[0])
		last = p.log.Next() - 1
	} else {
		first, last, err = p.log.PushBatch(es)
	}
	switch {
	case fits != (err == nil):
		p.t.Fatalf("push of %d entries: err = %v, model accepts: %v", len(es), err, fits)
	case fits && (first != want || last != p.model.next-1):
		p.t.Fatalf("push got [%d,%d], want [%d,%d]", first, last, want, p.model.next-1)
	}
	if fits {
		p.note(es, first, p.model.next-1)
	}
}

// note keeps the books of a push that was accepted.
func (p *logProgram) note(es []Entry, first, last uint64) {
	for _, e := range es {
		p.pushed[string(e.Payload)] = e
		if e.Except != NoReader {
			p.excluded[e.Except] = true
		}
	}
	b := programBatch{first: first, last: last}
	for _, e := range p.model.live {
		if e.seq < first {
			continue
		}
		b.bytes += len(e.payload)
		if e.removal {
			p.removals[e.key] = append(p.removals[e.key], e.seq)
		}
	}
	p.batches = append(p.batches, b)
}

// drawRequest asks for any window, with a cut that the program has seen or one
// that may lie inside a batch. The reader's cursor is filled in by read.
func (p *logProgram) drawRequest() WindowRequest {
	req := WindowRequest{
		To:         ^uint64(0),
		MaxEntries: drawLimit(p.src, 8), MaxBytes: drawLimit(p.src, 30),
		Live: p.src.intn(2) == 0,
	}
	switch p.src.intn(4) {
	case 0:
		req.To = p.cuts[p.src.intn(len(p.cuts))]
	case 1:
		req.To = uint64(p.src.intn(int(min(p.model.next, 255)) + 1))
	}
	return req
}

func (p *logProgram) read(r *programReader, req WindowRequest) {
	p.t.Helper()
	req.From, req.Reader = r.cursor, r.id
	if r.cursor < r.joined {
		req.Joined, req.FirstCut = r.joined, r.joined
	}
	want := p.model.window(req)
	got := p.log.Window(nil, req)
	if describe(got.Entries) != describeModel(want.entries) || got.To != want.to ||
		!slices.Equal(got.Excluded, want.excluded) || got.Lost != want.lost || got.Reset != want.reset {
		p.t.Fatalf("window %+v\n got %s to %d excluding %d, lost %d, reset %v\nwant %s to %d excluding %d, lost %d, reset %v", req,
			describe(got.Entries), got.To, got.Excluded, got.Lost, got.Reset,
			describeModel(want.entries), want.to, want.excluded, want.lost, want.reset)
	}
	if got.Reset {
		p.join(r)
		return
	}
	p.checkShared(req, got)
	p.checkWhole(req, got)
	p.apply(r, got)
}

// checkWhole verifies that a live window ends inside a batch only if that batch
// exceeds the window's bytes, or has nothing left to show before the end.
func (p *logProgram) checkWhole(req WindowRequest, got Window) {
	p.t.Helper()
	if !req.Live || got.To == got.From {
		return
	}
	_, maxBytes := modelLimits(req)
	for _, b := range p.batches {
		inside := b.first < got.To && got.To <= b.last
		shown := slices.ContainsFunc(p.model.between(req, got.To), func(e modelEntry) bool { return e.seq >= b.first })
		if inside && shown && int64(b.bytes) <= maxBytes {
			p.t.Fatalf("live window [%d,%d) ends inside batch [%d,%d]", got.From, got.To, b.first, b.last)
		}
	}
}

// checkShared verifies that the borders of a window do not depend on who asks.
func (p *logProgram) checkShared(req WindowRequest, got Window) {
	p.t.Helper()
	req.Reader = NoReader
	shared := p.log.Window(nil, req)
	if shared.From != got.From || shared.To != got.To || !slices.Equal(shared.Excluded, got.Excluded) {
		p.t.Fatalf("shared window %+v differs from that of one reader %+v", shared, got)
	}
	size := 0
	for _, e := range got.Entries {
		size += len(e.Payload)
	}
	if size != got.Bytes {
		p.t.Fatalf("window states %d bytes, holds %d", got.Bytes, size)
	}
	p.checkJoiners(req, got)
}

// checkJoiners verifies that whoever may share the window of all joiners would
// have got the same by itself.
func (p *logProgram) checkJoiners(req WindowRequest, own Window) {
	p.t.Helper()
	if req.Joined == 0 {
		return
	}
	own = p.log.Window(nil, req)
	shared := p.log.Window(nil, req.Shared())
	if req.MayShare(shared.MinJoined, nil) && (describe(own.Entries) != describe(shared.Entries) ||
		own.To != shared.To || own.Lost != shared.Lost || own.Reset != shared.Reset) {
		p.t.Fatalf("request %+v\n got %+v\nshares %+v", req, own, shared)
	}
}

// apply moves the reader, and verifies what it sees.
func (p *logProgram) apply(r *programReader, w Window) {
	p.t.Helper()
	if w.From != r.cursor || w.To < w.From {
		p.t.Fatalf("window [%d,%d) at cursor %d", w.From, w.To, r.cursor)
	}
	for _, e := range w.Entries {
		if e.Except == r.id {
			p.t.Fatalf("reader %d got %d, which excludes it", r.id, e.Seq)
		}
		if n := len(r.page.applied); n > 0 && r.page.applied[n-1].Seq >= e.Seq {
			p.t.Fatalf("reader %d got %d after %d", r.id, e.Seq, r.page.applied[n-1].Seq)
		}
		if e.Seq < w.From || e.Seq >= w.To {
			p.t.Fatalf("window [%d,%d) holds %d", w.From, w.To, e.Seq)
		}
		if !e.lasting() && e.Seq < r.joined {
			p.t.Fatalf("reader %d joined at %d and got %d %s", r.id, r.joined, e.Seq, e.Payload)
		}
		p.checkFollower(r, e)
		p.checkGeneration(r, e)
		r.page.apply(e)
	}
	r.cursor = w.To
}

// checkFollower verifies that what e follows has come before it.
func (p *logProgram) checkFollower(r *programReader, e *Entry) {
	p.t.Helper()
	if e.Follows == "" || e.Transient || p.unseen {
		return
	}
	for _, followed := range p.model.lasting() {
		held := r.page.held[e.Follows]
		if followed.key == e.Follows && followed.except != r.id && (held == nil || held.Seq != followed.seq) {
			p.t.Fatalf("reader %d holds %+v and got %d %s, which follows %v", r.id, held, e.Seq, e.Key, followed)
		}
	}
}

// checkGeneration verifies that the old generation of what e creates is gone.
func (p *logProgram) checkGeneration(r *programReader, e *Entry) {
	p.t.Helper()
	held := r.page.held[e.Key]
	if held == nil || !e.lasting() || p.unseen || p.excluded[r.id] {
		return
	}
	for _, at := range p.removals[e.Key] {
		if held.Seq < at && at < e.Seq {
			p.t.Fatalf("reader %d still holds %d of %s, got %d, and no removal at %d", r.id, held.Seq, e.Key, e.Seq, at)
		}
	}
}

func (p *logProgram) remove() {
	p.t.Helper()
	key := sceneKeys[p.src.intn(len(sceneKeys))]
	match := func(k string) bool { return strings.HasPrefix(k, key) }
	got := p.log.Remove(func(e *Entry) bool { return match(e.Key) })
	if want := p.model.remove(match); got != want {
		p.t.Fatalf("removed %d, want %d", got, want)
	}
	p.unseen = p.unseen || got > 0
}

func TestLogBehavesLikeModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		runLogProgram(rt, &rapidSource{t: rt, steps: 60})
	})
}

func FuzzLog(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 0, 1, 1, 9, 0, 2, 1, 9, 0, 7, 0, 3, 3, 1, 3})
	f.Add([]byte("a batch of many entries, read in small pieces by three readers"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<10 {
			t.Skip("the model is slow")
		}
		runLogProgram(t, &byteSource{data})
	})
}
