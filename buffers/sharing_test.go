package buffers

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// sharingProgram reads a log through a cache, as a server does: readers at one
// cursor take the frame that was built first, however much was pushed since,
// unless the frame says that it is not for them.
type sharingProgram struct {
	t        failer
	src      source
	scene    *scene
	log      *Log
	pool     FramePool
	cache    FrameCache
	pushed   map[string]Entry  // by payload
	windows  map[*Frame]Window // what frames were built from
	excluded map[uint64]bool   // readers that an entry excluded
	cut      uint64
	now      time.Duration
	readers  [programReaders]*sharingReader
}

type sharingReader struct {
	id       uint64
	joined   uint64
	firstCut uint64
	cursor   Cursor
	page     *page
}

func runSharingProgram(t failer, src source) {
	lim := LogLimits{ResumeHorizon: 2 * time.Second, MaxRemovals: drawLimit(src, 8), MaxTransientEntries: 24}
	p := &sharingProgram{
		t: t, src: src, log: NewLog(lim), scene: newScene(src, programReaders),
		pushed: map[string]Entry{}, windows: map[*Frame]Window{}, excluded: map[uint64]bool{},
	}
	p.cache.Init(FrameCacheLimits{MaxFrames: 1 + src.intn(6)})
	for id := range p.readers {
		p.join(id)
	}
	for src.more() {
		switch op := src.intn(10); {
		case op < 3:
			p.push()
		case op < 4:
			p.tick()
		case op < 5:
			p.join(src.intn(programReaders))
		case op < 6:
			p.expire()
		default:
			p.read(p.readers[src.intn(programReaders)])
		}
	}
	p.finish()
}

// join begins with nothing. The first cut is that of the last tick.
func (p *sharingProgram) join(id int) {
	next := p.log.Next()
	r := &sharingReader{id: uint64(id), joined: next, firstCut: p.cut, cursor: JoinAt(next), page: newPage(p.pushed)}
	r.cursor.Tick(p.cut)
	p.readers[id] = r
}

func (p *sharingProgram) push() {
	p.t.Helper()
	es := p.scene.batch()
	if _, _, err := p.log.PushBatch(es); err != nil {
		p.t.Fatalf("push: %v", err)
	}
	for _, e := range es {
		p.pushed[string(e.Payload)] = e
		p.excluded[e.Except] = true
	}
}

func (p *sharingProgram) tick() {
	p.cut = p.log.Next()
	for _, r := range p.readers {
		r.cursor.Tick(p.cut)
	}
}

// read gives r its next frame, and verifies what is in it.
func (p *sharingProgram) read(r *sharingReader) {
	p.t.Helper()
	if r.cursor.Seq() >= p.cut {
		return
	}
	req := r.cursor.Request(r.id)
	f := p.frame(req.Shared())
	if !req.MayShare(p.windows[f].MinJoined, f.Excluded) {
		f.Release()
		f = p.build(req)
	}
	from := r.cursor.Seq()
	r.cursor.Advance(Window{From: from, To: f.To})
	for _, e := range p.windows[f].Entries {
		if e.Except == r.id {
			p.t.Fatalf("reader %d got %d, which excludes it", r.id, e.Seq)
		}
		if e.Seq < from || e.Seq >= f.To {
			p.t.Fatalf("frame [%d,%d) holds %d", from, f.To, e.Seq)
		}
		if e.Transient && e.Seq < r.joined || e.Removal && e.Seq < r.firstCut {
			p.t.Fatalf("reader %d joined at %d and got %d %s", r.id, r.joined, e.Seq, e.Payload)
		}
		from = e.Seq + 1
		r.page.apply(e)
	}
	reset := p.windows[f].Reset
	f.Release()
	if reset {
		p.join(int(r.id))
	}
}

// frame is the shared frame of a request.
func (p *sharingProgram) frame(req WindowRequest) *Frame {
	p.t.Helper()
	key := FrameKey{From: req.From, To: req.To, Reader: NoReader}
	if req.Live {
		key.Variant |= 1
	}
	if req.Joined != 0 {
		key.Variant |= 2
	}
	f, err := p.cache.Get(key, func() (*Frame, error) { return p.build(req), nil })
	if err != nil {
		p.t.Fatalf("frame: %v", err)
	}
	return f
}

// build makes a frame and remembers its window.
func (p *sharingProgram) build(req WindowRequest) *Frame {
	req.MaxEntries = 5
	w := p.log.Window(nil, req)
	f := p.pool.Get(8)
	f.To, f.Excluded = w.To, w.Excluded
	p.windows[f] = w
	return f
}

// expire drops what all have passed, or more.
func (p *sharingProgram) expire() {
	passed := p.log.Next()
	for _, r := range p.readers {
		passed = min(passed, r.cursor.Seq())
	}
	p.now += time.Second
	p.log.Expire(p.now, passed)
}

// finish lets everybody read to the end and compares.
func (p *sharingProgram) finish() {
	p.t.Helper()
	p.tick()
	live, _ := p.log.Snapshot()
	for id := range p.readers {
		for p.readers[id].cursor.Seq() < p.cut {
			p.read(p.readers[id])
		}
		r := p.readers[id]
		for _, e := range live {
			if held := r.page.held[e.Key]; e.Key != "" && e.Except != r.id && !p.excluded[r.id] && held != e {
				p.t.Fatalf("reader %d holds %+v of %q, want %d", r.id, held, e.Key, e.Seq)
			}
		}
		if len(r.page.held) != len(live) && !p.excluded[r.id] {
			p.t.Fatalf("reader %d holds %v, live is %s", r.id, r.page.held, describe(live))
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

// A frame that was built for an earlier cut shows what was removed since. Who
// joins after the removal and takes that frame gets the removal too.
func TestJoinerThatTakesAnOlderFrameGetsTheRemoval(t *testing.T) {
	p := &sharingProgram{t: t, log: NewLog(LogLimits{}), windows: map[*Frame]Window{}, pushed: map[string]Entry{}}
	mustPush(t, p.log, entry("/a", "create"))
	p.cut = p.log.Next()
	p.join(0)
	p.read(p.readers[0]) // builds the frame up to the cut
	mustPush(t, p.log, Entry{Key: "/a", Removal: true, Payload: []byte("remove"), Except: NoReader})
	p.join(1)
	p.read(p.readers[1])
	if p.readers[1].page.held["/a"] == nil {
		t.Fatal("the frame is not the older one")
	}
	p.readers[2] = p.readers[0]
	p.finish()
}
