package buffers

func (p *logProgram) compareState() {
	p.t.Helper()
	live, next := p.log.Snapshot()
	want := p.model.lasting()
	if describe(live) != describeModel(want) {
		p.t.Fatalf("live entries\n got %s\nwant %s", describe(live), describeModel(want))
	}
	if next != p.model.next || p.log.Next() != next {
		p.t.Fatalf("next is %d and %d, want %d", next, p.log.Next(), p.model.next)
	}
	var kept, transient []modelEntry
	for _, e := range p.model.live {
		if e.transient {
			transient = append(transient, e)
		} else {
			kept = append(kept, e)
		}
	}
	if p.log.Len() != len(want) || p.log.Bytes() != memoryOf(kept) {
		p.t.Fatalf("Len %d, Bytes %d; want %d, %d", p.log.Len(), p.log.Bytes(), len(want), memoryOf(kept))
	}
	if n, bytes := p.log.Transients(); n != len(transient) || bytes != memoryOf(transient) {
		p.t.Fatalf("%d transient entries of %d bytes, want %d of %d", n, bytes, len(transient), memoryOf(transient))
	}
	if n, lost := p.log.Removals(), p.log.LostTransients(); n != len(kept)-len(want) || lost != uint64(len(p.model.lost)) {
		p.t.Fatalf("%d removals, %d lost; want %d, %d", n, lost, len(kept)-len(want), len(p.model.lost))
	}
	if err := p.log.entries.check(); err != nil {
		p.t.Fatalf("%v", err)
	}
	p.compareShadow()
}

// converge lets every reader read to the end, whatever its windows, and
// compares what it holds with the live state.
func (p *logProgram) converge() {
	p.t.Helper()
	for _, r := range p.readers {
		for r.cursor < p.log.Next() {
			before, req := *r, p.drawRequest()
			req.To = ^uint64(0)
			p.read(r, req)
			if r.cursor == before.cursor && r.joined == before.joined {
				p.t.Fatalf("reader %d stands still at %d of %d", r.id, before.cursor, p.log.Next())
			}
		}
		p.compareReader(r)
	}
}

func (p *logProgram) compareReader(r *programReader) {
	p.t.Helper()
	got, held := map[uint64]bool{}, r.page.held
	for _, e := range r.page.applied {
		got[e.Seq] = true
	}
	extra := len(held)
	for _, e := range p.model.lasting() {
		if e.except == r.id {
			continue // the reader is taken to know its own value
		}
		if !got[e.seq] {
			p.t.Fatalf("reader %d never got %v", r.id, e)
		}
		name := e.key
		if name == "" {
			name = e.payload
		}
		if h := held[name]; h != nil && h.Seq == e.seq {
			extra--
		} else if !p.excluded[r.id] && !p.unseen {
			p.t.Fatalf("reader %d holds %+v, want %v", r.id, h, e)
		}
	}
	if extra > 0 && !p.unseen && !p.excluded[r.id] {
		p.t.Fatalf("reader %d holds %d entries that are not live: %v of %v", r.id, extra, held, p.model.lasting())
	}
}
