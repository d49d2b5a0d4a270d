package buffers

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// source draws the choices of a random program: from rapid, or from the bytes
// of a fuzz input.
type source interface {
	// intn is in [0,n).
	intn(n int) int
	// more reports whether the program goes on.
	more() bool
}

// failer is the part of testing.T and rapid.T that a program needs.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

type rapidSource struct {
	t     *rapid.T
	steps int
}

// intn is even: rapid's own ranges prefer small numbers, and with them the
// first few kinds of step.
func (s *rapidSource) intn(n int) int {
	return rapid.Custom(func(t *rapid.T) int {
		v := 0
		for range bits.Len(uint(n-1)) + 2 {
			v *= 2
			if rapid.Bool().Draw(t, "bit") {
				v++
			}
		}
		return v % n
	}).Draw(s.t, "n")
}

func (s *rapidSource) more() bool {
	s.steps--
	return s.steps >= 0
}

// byteSource reads one choice per byte; choices are small.
type byteSource struct{ data []byte }

func (s *byteSource) intn(n int) int {
	if len(s.data) == 0 {
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return int(b) % n
}

func (s *byteSource) more() bool { return len(s.data) > 0 }

// drawEntry is an entry of one of few keys, so that culling is frequent. Its
// payload is unlike any other of the program.
func drawEntry(src source, serial *int, readers int) Entry {
	e := Entry{Except: NoReader}
	if k := src.intn(12); k > 0 {
		e.Key = fmt.Sprintf("k%d", k)
	}
	if r := src.intn(4 * readers); r < readers {
		e.Except = uint64(r)
	}
	*serial++
	e.Payload = append(fmt.Appendf(nil, "%d", *serial), strings.Repeat(".", src.intn(4))...)
	if src.intn(4) == 0 {
		e.Packed = make([]byte, src.intn(4))
	}
	return e
}

// drawBatch is usually short, sometimes longer than any limit of the program.
func drawBatch(src source, serial *int, readers int) []Entry {
	es := make([]Entry, 1+src.intn(1+src.intn(24)))
	for i := range es {
		es[i] = drawEntry(src, serial, readers)
	}
	return es
}

// drawLimit is 0 for the default, negative for none, or small.
func drawLimit(src source, most int) int { return src.intn(most+2) - 1 }

// logProgram runs random operations on a Log and on the model, and compares
// whatever can be seen. Readers follow with windows of any size.
type logProgram struct {
	t       failer
	src     source
	log     *Log
	model   model
	serial  int
	cuts    []uint64 // log ends at which a reader may cut
	readers []*programReader
	removed map[string]bool // keys ever removed by Remove
	batches []programBatch
}

// programBatch is one push: the sequences it took, and its payload bytes.
type programBatch struct {
	first, last uint64
	bytes       int
}

// programReader is what one client has made of its windows.
type programReader struct {
	id      uint64
	cursor  uint64
	applied []*Entry // in the order they came
}

const programReaders = 3

func runLogProgram(t failer, src source) {
	lim := LogLimits{MaxEntries: drawLimit(src, 30), MaxBytes: int64(drawLimit(src, 120))}
	p := &logProgram{
		t: t, src: src, log: NewLog(lim), removed: map[string]bool{}, cuts: []uint64{0},
		model: model{maxEntries: limit(lim.MaxEntries, 1<<20), maxBytes: limit64(lim.MaxBytes, 1<<30)},
	}
	for id := range uint64(programReaders) {
		p.readers = append(p.readers, &programReader{id: id})
	}
	for src.more() {
		p.step()
		p.compareState()
	}
	p.converge()
}

func (p *logProgram) step() {
	switch op := p.src.intn(12); {
	case op < 4:
		p.push([]Entry{drawEntry(p.src, &p.serial, programReaders)})
	case op < 6:
		p.push(drawBatch(p.src, &p.serial, programReaders))
	case op < 7:
		p.cuts = append(p.cuts, p.log.Next())
	case op < 10:
		p.read(p.readers[p.src.intn(programReaders)], p.drawRequest())
	case op < 11:
		p.remove()
	default: // a reader loads its page again
		r := p.readers[p.src.intn(programReaders)]
		*r = programReader{id: r.id}
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
		last = first
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
		b := programBatch{first: first, last: last}
		for _, e := range es {
			b.bytes += len(e.Payload)
		}
		p.batches = append(p.batches, b)
	}
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
	want := p.model.window(req)
	got := p.log.Window(nil, req)
	if describe(got.Entries) != describeModel(want.entries) || got.To != want.to ||
		!slices.Equal(got.Excluded, want.excluded) {
		p.t.Fatalf("window %+v\n got %s to %d excluding %d\nwant %s to %d excluding %d", req,
			describe(got.Entries), got.To, got.Excluded,
			describeModel(want.entries), want.to, want.excluded)
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
		shown := len(p.model.between(max(b.first, got.From), got.To)) > 0
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
}

// apply moves the reader, and verifies order and exclusion as it would see them.
func (p *logProgram) apply(r *programReader, w Window) {
	p.t.Helper()
	if w.From != r.cursor || w.To < w.From {
		p.t.Fatalf("window [%d,%d) at cursor %d", w.From, w.To, r.cursor)
	}
	for _, e := range w.Entries {
		if e.Except == r.id {
			p.t.Fatalf("reader %d got %d, which excludes it", r.id, e.Seq)
		}
		if n := len(r.applied); n > 0 && r.applied[n-1].Seq >= e.Seq {
			p.t.Fatalf("reader %d got %d after %d", r.id, e.Seq, r.applied[n-1].Seq)
		}
		if e.Seq < w.From || e.Seq >= w.To {
			p.t.Fatalf("window [%d,%d) holds %d", w.From, w.To, e.Seq)
		}
		r.applied = append(r.applied, e)
	}
	r.cursor = w.To
}

func (p *logProgram) remove() {
	p.t.Helper()
	mask := p.src.intn(1 << 6)
	match := func(key string) bool {
		var k int
		_, err := fmt.Sscanf(key, "k%d", &k)
		return err == nil && k < 7 && mask&(1<<(k-1)) != 0
	}
	got := p.log.Remove(func(e *Entry) bool {
		if match(e.Key) {
			p.removed[e.Key] = true
		}
		return match(e.Key)
	})
	if want := p.model.remove(match); got != want {
		p.t.Fatalf("removed %d, want %d", got, want)
	}
}

func (p *logProgram) compareState() {
	p.t.Helper()
	live, next := p.log.Snapshot()
	if describe(live) != describeModel(p.model.live) {
		p.t.Fatalf("live entries\n got %s\nwant %s", describe(live), describeModel(p.model.live))
	}
	if next != p.model.next || p.log.Next() != next {
		p.t.Fatalf("next is %d and %d, want %d", next, p.log.Next(), p.model.next)
	}
	if p.log.Len() != len(live) || p.log.Bytes() != memoryOf(p.model.live) {
		p.t.Fatalf("Len %d, Bytes %d; want %d, %d", p.log.Len(), p.log.Bytes(), len(live), memoryOf(p.model.live))
	}
	if err := p.log.entries.check(); err != nil {
		p.t.Fatalf("%v", err)
	}
}

// converge lets every reader read to the end, whatever its windows, and
// compares what it holds with the live state.
func (p *logProgram) converge() {
	p.t.Helper()
	for _, r := range p.readers {
		for r.cursor < p.log.Next() {
			before, req := r.cursor, p.drawRequest()
			req.To = ^uint64(0)
			p.read(r, req)
			if r.cursor == before {
				p.t.Fatalf("reader %d stands still at %d of %d", r.id, before, p.log.Next())
			}
		}
		p.compareReader(r)
	}
}

func (p *logProgram) compareReader(r *programReader) {
	p.t.Helper()
	newest, got := map[string]*Entry{}, map[uint64]bool{}
	for _, e := range r.applied {
		newest[e.Key] = e
		got[e.Seq] = true
	}
	delete(newest, "")
	for _, e := range p.model.live {
		if e.except == r.id {
			delete(newest, e.key) // the reader is taken to know its own value
			continue
		}
		if !got[e.seq] {
			p.t.Fatalf("reader %d never got %v", r.id, e)
		}
		if held := newest[e.key]; e.key != "" && held.Seq != e.seq {
			p.t.Fatalf("reader %d holds %d, want %v", r.id, held.Seq, e)
		}
		delete(newest, e.key)
	}
	for key, e := range newest {
		if !p.removed[key] {
			p.t.Fatalf("reader %d holds %d of key %q, which is not live", r.id, e.Seq, key)
		}
	}
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
