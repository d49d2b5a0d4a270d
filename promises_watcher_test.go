package scenewire

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// watcher is one client of a program. It reads on a goroutine of its own and checks
// what comes.
type watcher struct {
	visitor
	run        *run
	conn       *wstest.Client // guarded by mu if it comes back
	generation wsproto.Generation
	joined     uint64 // the clock before it dialled
	present    uint64 // the clock when OnConnect had been called, or all was sent again
	seat       *seat
	shouted    int           // messages that it has sent; of the goroutine that makes it shout
	left       clientAction  // how it went; guarded by run.mu
	pause      atomic.Int64  // nanoseconds between reads
	stall      atomic.Int64  // nanoseconds before the next read
	done       chan struct{} // closed when it reads no more
	progress   chan struct{} // capacity 1: something has come

	mu        sync.Mutex // guards all below
	timestamp float64
	windows   int
	seen      map[uint64]bool   // items
	newest    [2]uint64         // the item that was begun last: of broadcasts, of privates
	state     map[string]uint64 // by key: the item that came last
	batches   map[uint64]int    // the window in which it began to come
	rests     [2]int            // the newest rest: of broadcasts, of privates
	comings
	owed []item // privates that were sent to it
	err  error  // why it reads no more
}

// seat is the server's side of a watcher.
type seat struct {
	client *Client
	taken  bool        // by a watcher; guarded by run.mu
	opened atomic.Bool // its OnConnect has done all it does
	busy   atomic.Bool // a handler runs

	mu          sync.Mutex // guards all below
	shouts      int        // handled
	disconnects int
	reason      error
}

var unzips = sync.Pool{New: func() any { return wsproto.NewDecompressor() }}

func (w *watcher) fault(format string, args ...any) {
	w.run.fault("%s client (%+v): %w", w.generation, w.visitor, fmt.Errorf(format, args...))
}

// read runs until the connection ends.
func (w *watcher) read() {
	defer close(w.done)
	unzip := unzips.Get().(*wsproto.Decompressor)
	defer unzips.Put(unzip)
	for {
		if err := w.readWindow(unzip); err != nil {
			if w.comeBack(err) {
				continue
			}
			_ = w.link().Conn.Close()
			w.mu.Lock()
			w.err = err
			w.mu.Unlock()
			w.tell()
			return
		}
		w.tell()
		time.Sleep(time.Duration(w.pause.Load() + w.stall.Swap(0)))
	}
}

func (w *watcher) readWindow(unzip *wsproto.Decompressor) error {
	_, payload, err := w.link().Message()
	if err != nil {
		return err
	}
	if w.generation == wsproto.GenerationZstd && w.SingleFrame {
		if n := zstdFrames(payload[8:]); n != 1 {
			w.fault("a window of %d zstd frames", n)
		}
	}
	envelope, err := wsproto.DecodeWindow(w.generation, payload, wsproto.WindowLimits{}, unzip)
	if err != nil {
		return err
	}
	return w.window(envelope)
}

// zstdFrames counts the frames in b (RFC 8878 section 3.1.1); -1: they can't be read.
func zstdFrames(b []byte) (n int) {
	for len(b) > 0 {
		var h zstd.Header
		if err := h.Decode(b); err != nil {
			return -1
		}
		end := h.HeaderSize
		for last := false; !last; {
			if len(b) < end+3 {
				return -1
			}
			block := int(b[end]) | int(b[end+1])<<8 | int(b[end+2])<<16
			last = block&1 == 1
			const runLength = 1 // a block of one byte that is repeated
			end += 3
			if block>>1&3 == runLength {
				end++
			} else {
				end += block >> 3
			}
		}
		if h.HasCheckSum {
			end += 4
		}
		if end > len(b) {
			return -1
		}
		b = b[end:]
		n++
	}
	return n
}

// tell says that something has come.
func (w *watcher) tell() {
	select {
	case w.progress <- struct{}{}:
	default:
	}
}

// window checks one window and applies it. The error is of one that can't be read;
// broken promises are noted.
func (w *watcher) window(envelope wsproto.Envelope) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.takeHeadLocked(&envelope) {
		return nil
	}
	var items []item
	size := 0
	for i, body := range envelope.Messages {
		m, err := w.run.server.opts.Registry.Decode(body)
		if err != nil {
			return err
		}
		size += len(body)
		if !w.isEcho(envelope.Except, i) {
			items = append(items, m.(item))
		}
	}
	if len(envelope.Messages) == 0 {
		return errors.New("an empty window")
	}
	if !w.seat.opened.Load() {
		w.fault("a window before OnConnect has returned")
	}
	if w.generation >= wsproto.GenerationPlain {
		if envelope.TimestampSec < w.timestamp {
			w.fault("timestampSec went back from %v to %v", w.timestamp, envelope.TimestampSec)
		}
		w.timestamp = envelope.TimestampSec
	}
	w.windows++
	if w.generation != wsproto.GenerationMap {
		w.checkBounds(items, size)
		w.checkBatches(items)
	}
	for _, m := range items {
		w.applyLocked(m)
	}
	return nil
}

func (w *watcher) checkBounds(items []item, size int) {
	o := &w.run.server.opts
	pushes := map[uint64]bool{} // what follows a message may come with it
	for _, m := range items {
		if m.Follows() == "" {
			pushes[cmp.Or(m.Batch, m.N)] = true
		}
		if m.Private != items[0].Private {
			w.fault("a window with broadcasts and privates")
		}
	}
	if len(items) > o.MaxWindowMessages && len(pushes) > 1 {
		w.fault("a window of %d messages", len(items))
	}
	if size > o.MaxWindowBytes && len(items) > 1 {
		w.fault("a window of %d messages with %d bytes", len(items), size)
	}
}

// checkBatches finds batches that have begun in an earlier window although they fit
// into one and the client kept up.
func (w *watcher) checkBatches(items []item) {
	for _, m := range items {
		if m.Batch == 0 || m.Follows() != "" { // what follows comes again behind another
			continue
		}
		began, ok := w.batches[m.Batch]
		if !ok {
			w.batches[m.Batch] = w.windows
			continue
		}
		info := w.run.batch(m.Batch)
		keepsUp := m.Private || w.keepsUpSince < info.quiet
		if began != w.windows && keepsUp && info.bytes <= w.run.server.opts.MaxWindowBytes {
			w.fault("a batch of %d bytes came in windows %d and %d", info.bytes, began, w.windows)
			w.batches[m.Batch] = w.windows // told once
		}
	}
}

func (w *watcher) applyLocked(m item) {
	kind := 0
	if m.Private {
		kind = 1
	}
	if w.seen[m.N] && !w.mayRepeatLocked(m.N) && m.Follows() == "" {
		w.fault("%d came twice", m.N)
	}
	w.seen[m.N] = true
	if m.Except == int64(w.seat.client.ID()) {
		w.fault("%d came although it excludes the client", m.N)
	}
	if err := w.run.checkArrival(m, w.newest[kind], w.joined); err != nil {
		w.fault("%w", err)
	}
	w.newest[kind] = max(w.newest[kind], m.N)
	w.rests[kind] = max(w.rests[kind], m.Rest)
	w.changeStateLocked(m)
}

// changeStateLocked does what a page would.
func (w *watcher) changeStateLocked(m item) {
	if follows := m.Follows(); follows != "" && w.state[follows] == 0 {
		w.fault("%q came before %q", m.stateKey(), follows)
	}
	m.applyTo(w.state)
}

// applyTo does to a state, by key the item that came last, what a page would.
func (m item) applyTo(state map[string]uint64) {
	switch key := m.stateKey(); {
	case m.Kind == removed:
		maps.DeleteFunc(state, func(key string, _ uint64) bool {
			name, ok := strings.CutPrefix(key, "node ")
			if !ok {
				name, ok = strings.CutPrefix(key, "pose ")
			}
			return ok && (name == m.Name || strings.HasPrefix(name, m.Name+"/"))
		})
	case key != "":
		state[key] = m.N
	}
}

// awaitRest waits until all that was sent before a rest has come.
func (w *watcher) awaitRest(rest [2]int) error {
	timeout := time.After(patience)
	for {
		w.mu.Lock()
		got, err := w.rests, w.err
		w.mu.Unlock()
		if got == rest {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s client (%+v) ended: %w; the server's reason: %w", w.generation, w.visitor, err, w.seat.endReason())
		}
		select {
		case <-w.progress:
		case <-timeout:
			return fmt.Errorf("%s client (%+v) has come to rest %v of %v", w.generation, w.visitor, got, rest)
		}
	}
}

// checkState compares what was applied with the log's live state and with what was
// sent privately.
func (w *watcher) checkState(live []item) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.checkNodesLocked(live)
	for _, n := range w.run.flashesSince(w.present) {
		if !w.seen[n] {
			w.fault("the transient %d hasn't come; lag %+v", n, w.seat.client.Lag())
		}
	}
	for _, m := range live {
		if m.Except != int64(w.seat.client.ID()) {
			w.checkAppliedLocked(m)
		}
	}
	last := map[string]item{}
	for _, m := range w.owed {
		if m.Key == "" {
			w.checkAppliedLocked(m)
		} else {
			last[m.Key] = m
		}
	}
	for _, m := range last {
		w.checkAppliedLocked(m)
	}
	w.owed = nil
}

// checkNodesLocked finds nodes and poses that were removed.
func (w *watcher) checkNodesLocked(live []item) {
	inLog := map[string]bool{}
	for _, m := range live {
		inLog[m.RedundancyKey()] = true
	}
	for key := range w.state {
		if (strings.HasPrefix(key, "node ") || strings.HasPrefix(key, "pose ")) && !inLog[key] {
			w.fault("%q is there, but not in the log", key)
		}
	}
}

func (w *watcher) checkAppliedLocked(m item) {
	switch key := m.RedundancyKey(); {
	case key == "" && !w.seen[m.N]:
		w.fault("%d (private %v) hasn't come", m.N, m.Private)
	case key != "" && w.state[m.stateKey()] != m.N:
		w.fault("%q is %d instead of %d", m.stateKey(), w.state[m.stateKey()], m.N)
	}
}

// checkEnd holds a watcher that is gone to how it went.
func (w *watcher) checkEnd(code wsproto.CloseCode) {
	<-w.done
	if code != wsproto.CloseAbnormal {
		var closed *wsproto.CloseError
		if !errors.As(w.err, &closed) || closed.Code != code {
			w.fault("ended with %v instead of %v; the server's reason: %w", w.err, code, w.seat.endReason())
		}
	}
	s := w.seat
	s.mu.Lock()
	defer s.mu.Unlock()
	var reason *CloseError
	switch {
	case s.disconnects != 1:
		w.fault("%d calls of OnDisconnect", s.disconnects)
	case !errors.As(s.reason, &reason) || reason.Code != code:
		w.fault("OnDisconnect got %v instead of %v", s.reason, code)
	case code == wsproto.CloseNormal && s.shouts != w.shouted:
		w.fault("%d of %d messages were handled", s.shouts, w.shouted)
	}
}
