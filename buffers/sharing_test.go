package buffers

import (
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"
)

// sharingProgram reads a log through a cache, as a server does: readers at one
// cursor take the frame that was built first, however much was pushed since,
// unless the frame says that it is not for them.
type sharingProgram struct {
	t       failer
	src     source
	log     *Log
	pool    FramePool
	cache   FrameCache
	pushed  []Entry // by sequence
	cut     uint64
	serial  int
	readers [programReaders]sharingReader
}

type sharingReader struct {
	id     uint64
	cursor Cursor
	held   map[string]uint64 // key to sequence; entries without a key are not kept
}

func runSharingProgram(t failer, src source) {
	p := &sharingProgram{t: t, src: src, log: NewLog(LogLimits{})}
	p.cache.Init(FrameCacheLimits{MaxFrames: 1 + src.intn(6)})
	for id := range p.readers {
		p.readers[id] = sharingReader{id: uint64(id), held: map[string]uint64{}}
	}
	for src.more() {
		switch op := src.intn(8); {
		case op < 3:
			p.push()
		case op < 4:
			p.tick()
		default:
			p.read(&p.readers[src.intn(programReaders)])
		}
	}
	p.finish()
}

func (p *sharingProgram) push() {
	p.t.Helper()
	es := drawBatch(p.src, &p.serial, programReaders)
	if _, _, err := p.log.PushBatch(es); err != nil {
		p.t.Fatalf("push: %v", err)
	}
	p.pushed = append(p.pushed, es...)
}

func (p *sharingProgram) tick() {
	p.cut = p.log.Next()
	for i := range p.readers {
		p.readers[i].cursor.Tick(p.cut)
	}
}

// read gives r its next frame, and verifies what is in it.
func (p *sharingProgram) read(r *sharingReader) {
	p.t.Helper()
	if r.cursor.Seq() >= p.cut {
		return
	}
	f := p.frame(r.cursor.Request(NoReader))
	if f.Excludes(r.id) {
		f.Release()
		f = p.build(r.cursor.Request(r.id))
	}
	from := r.cursor.Seq()
	r.cursor.Advance(Window{From: from, To: f.To})
	for b := f.Bytes(); len(b) > 0; b = b[8:] {
		seq := binary.LittleEndian.Uint64(b)
		e := p.pushed[seq]
		if e.Except == r.id {
			p.t.Fatalf("reader %d got %d, which excludes it", r.id, seq)
		}
		if seq < from || seq >= f.To {
			p.t.Fatalf("frame [%d,%d) holds %d", from, f.To, seq)
		}
		from = seq + 1
		r.held[e.Key] = seq
	}
	f.Release()
}

// frame is the shared frame of a request.
func (p *sharingProgram) frame(req WindowRequest) *Frame {
	p.t.Helper()
	key := FrameKey{From: req.From, To: req.To, Reader: NoReader}
	if req.Live {
		key.Variant = 1
	}
	f, err := p.cache.Get(key, func() (*Frame, error) { return p.build(req), nil })
	if err != nil {
		p.t.Fatalf("frame: %v", err)
	}
	return f
}

// build makes a frame that lists its sequences.
func (p *sharingProgram) build(req WindowRequest) *Frame {
	req.MaxEntries = 5
	w := p.log.Window(nil, req)
	f := p.pool.Get(8 * len(w.Entries))
	b := f.Buffer()
	for _, e := range w.Entries {
		b = binary.LittleEndian.AppendUint64(b, e.Seq)
	}
	f.Set(b)
	f.To, f.Excluded = w.To, w.Excluded
	return f
}

// finish lets everybody read to the end and compares.
func (p *sharingProgram) finish() {
	p.t.Helper()
	p.tick()
	live, _ := p.log.Snapshot()
	for i := range p.readers {
		r := &p.readers[i]
		for r.cursor.Seq() < p.cut {
			p.read(r)
		}
		for _, e := range live {
			if e.Key != "" && e.Except != r.id && r.held[e.Key] != e.Seq {
				p.t.Fatalf("reader %d holds %d of %q, want %d", r.id, r.held[e.Key], e.Key, e.Seq)
			}
		}
	}
	p.cache.Clear()
	if n := p.pool.Live(); n != 0 {
		p.t.Fatalf("%d frames were not released", n)
	}
}

func TestSharedFramesConvergeAndExclude(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		runSharingProgram(rt, &rapidSource{t: rt, steps: 60})
	})
}

func FuzzSharedFrames(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{2, 0, 0, 0, 3, 1, 0, 3, 4, 1, 0, 2, 0, 3, 1, 4, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<10 {
			t.Skip("more steps show nothing new")
		}
		runSharingProgram(t, &byteSource{data})
	})
}
