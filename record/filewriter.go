package record

import (
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/mcap"
)

// WriterOptions configures a [Writer]. The zero value of each field means its default.
type WriterOptions struct {
	// Start is when the recording began. Default: the time of the first step.
	Start time.Time
	// Name says what it is, for those who look at it.
	Name string
	// ViserVersion is the version of viser whose messages these are.
	ViserVersion string
	// Continues names the file before this one, of a recording that has several.
	Continues string

	// ChunkBytes is how many bytes of messages make a chunk; the last step of it may
	// take it beyond. Default 1 MiB.
	ChunkBytes int
	// ChunkInterval is how far apart the steps of a chunk may be. Default 1 s.
	ChunkInterval time.Duration
	// KeyframeInterval is how far apart keyframes are at least. Default 10 s. Negative:
	// there are only those that are written as steps.
	KeyframeInterval time.Duration
	// Compression is how hard is tried to make chunks smaller. Default: fast.
	Compression Compression
	// Sync has every chunk brought to the disk before Flush returns, where the file
	// has a method Sync as *os.File has. Without it a chunk is safe from the death of
	// the process, and not from that of the machine.
	Sync bool
}

// Compression is how hard a [Writer] tries to make chunks smaller.
type Compression uint8

// The compressions, from the fastest one on.
const (
	CompressFast   Compression = iota // zstd at its fastest level
	CompressBetter                    // zstd at its default level
	CompressBest                      // zstd at a level that takes several times as long
	CompressNone                      // not at all
)

const (
	defaultChunkBytes       = 1 << 20
	defaultChunkInterval    = time.Second
	defaultKeyframeInterval = 10 * time.Second
	// maxStepBytes is what a step may take: readers have to hold a chunk as a whole,
	// and of some the limit lies at 2 GiB.
	maxStepBytes = 1<<31 - 1<<20
)

func (o WriterOptions) withDefaults() WriterOptions {
	if o.ChunkBytes <= 0 {
		o.ChunkBytes = defaultChunkBytes
	}
	if o.ChunkInterval <= 0 {
		o.ChunkInterval = defaultChunkInterval
	}
	if o.KeyframeInterval == 0 {
		o.KeyframeInterval = defaultKeyframeInterval
	}
	return o
}

// Writer writes a long recording as MCAP, as the package documentation draws it. Steps
// are gathered in memory and written a chunk at a time, with one Write each, so that the
// file is whole up to there whatever happens then. Nothing happens by itself: the caller
// calls Flush when the last chunk has been open for long enough.
//
// It has the live state that the steps lead to, and writes keyframes of it, unless
// [WriterOptions] say otherwise. It keeps the entries that are live, for that.
//
// WriteStep, Flush, Close and Keyframe belong to one goroutine at a time; Index may be
// called from any.
type Writer struct {
	w       io.Writer
	o       WriterOptions
	zstd    *zstd.Encoder // nil: chunks aren't compressed
	catalog *catalog
	chunk   chunkBuilder
	out     []byte // for what is written at once
	last    uint64 // log time of the last step
	begun   bool   // the file has its beginning
	crc     uint32 // of what is written
	summary summary
	err     error // why nothing more is written

	state    *State // nil: no keyframes of its own
	keyframe keyframePolicy

	mu    sync.Mutex // guards index
	index Index
}

// NewWriter returns a writer that has written nothing yet. It doesn't close w. The
// error is one of the options.
func NewWriter(w io.Writer, o WriterOptions) (*Writer, error) {
	o = o.withDefaults()
	z, err := newEncoder(o.Compression)
	if err != nil {
		return nil, err
	}
	wr := &Writer{w: w, o: o, zstd: z, catalog: newCatalog(), keyframe: keyframePolicy{interval: o.KeyframeInterval}}
	if o.KeyframeInterval >= 0 {
		wr.state = newState(false)
	}
	return wr, nil
}

func newEncoder(c Compression) (*zstd.Encoder, error) {
	level := zstd.SpeedFastest
	switch c {
	case CompressFast:
	case CompressBetter:
		level = zstd.SpeedDefault
	case CompressBest:
		level = zstd.SpeedBestCompression
	case CompressNone:
		return nil, nil
	default:
		return nil, fmt.Errorf("record: there is no compression %d", c)
	}
	return zstd.NewWriter(nil, zstd.WithEncoderLevel(level), zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderCRC(false)) // the chunk has a checksum
}

// WriteStep adds a step. Its time is moved behind that of the one before it, if it isn't
// later. Its entries are shared and read-only from then on; where two have the same key
// their order counts.
//
// A step is in the file when the chunk that it is in has been written: when that is
// full, when the step is a keyframe, or with the next Flush. The error is that of the
// file, and final then; or that of the step, which isn't written: [ErrLimit], if it
// takes 2 GiB or more.
func (w *Writer) WriteStep(s Step) error {
	if w.err != nil {
		return w.err
	}
	if err := checkStep(&s); err != nil {
		return err
	}
	if err := w.begin(&s); err != nil {
		return err
	}
	if err := w.add(&s); err != nil {
		return err
	}
	return w.follow(&s)
}

// checkStep finds what can't be written.
func checkStep(s *Step) error {
	if s.Kind == 0 || int(s.Kind) >= len(kindNames) {
		return fmt.Errorf("record: there is no step of %v", s.Kind)
	}
	if s.Kind != KindPush && s.Kind != KindKeyframe && len(s.Entries) > 0 {
		return fmt.Errorf("record: a step of kind %v with entries", s.Kind)
	}
	const beside = 128 // what an entry takes beside its payload and texts, at most
	size := len(s.Message.Body) + len(s.Removed)*9
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.Transient && (e.Removal || e.Supersedes != nil) {
			return fmt.Errorf("record: entry %d of a step: %w", i, buffers.ErrTransient)
		}
		size += beside + len(e.Payload) + len(e.Key) + len(e.Follows)
	}
	if size > maxStepBytes {
		return fmt.Errorf("record: a step of %d bytes: %w", size, ErrLimit)
	}
	return nil
}

// begin writes what stands before the first step: a keyframe, if the state is known.
func (w *Writer) begin(first *Step) error {
	if w.begun {
		return nil
	}
	w.begun = true
	if w.o.Start.IsZero() {
		w.o.Start = first.Time
	}
	w.out = w.appendBeginning(w.out)
	if w.state == nil || first.Kind == KindKeyframe || first.Kind == KindGap {
		return nil
	}
	return w.WriteStep(Step{Kind: KindKeyframe, Time: first.Time, Seq: first.Seq})
}

// add puts a step into the chunk that it belongs to.
func (w *Writer) add(s *Step) error {
	at := max(nanos(s.Time), w.last+1)
	s.Time = timeOf(at)
	if s.Kind == KindKeyframe || at-w.chunk.first >= uint64(w.o.ChunkInterval) {
		if err := w.Flush(); err != nil {
			return err
		}
	}
	before := len(w.chunk.records)
	w.chunk.appendStep(s, at, w.catalog)
	w.last = at
	w.keyframe.passed(int64(len(w.chunk.records) - before))
	if s.Kind == KindKeyframe || len(w.chunk.records) >= w.o.ChunkBytes {
		return w.Flush()
	}
	return nil
}

// follow does to the state what the step did, and writes a keyframe if one is due.
func (w *Writer) follow(s *Step) error {
	if w.state == nil {
		return nil
	}
	if err := w.state.Apply(*s); err != nil {
		return err
	}
	switch s.Kind {
	case KindKeyframe:
		w.keyframe.wrote(s.Time)
	case KindGap:
		w.keyframe.lose()
	}
	if !w.keyframe.due(s.Time, w.state.Bytes()) {
		return nil
	}
	step := w.state.Keyframe(s.Time)
	if err := w.add(&step); err != nil {
		return err
	}
	w.keyframe.wrote(s.Time)
	return nil
}

// Keyframe returns the live state that the steps lead to, as a step of that time, to
// begin another file with. It costs what is live. It returns false if the state isn't
// known: behind a gap, or because keyframes are off.
func (w *Writer) Keyframe(at time.Time) (Step, bool) {
	if w.state == nil || w.keyframe.last.IsZero() {
		return Step{}, false
	}
	return w.state.Keyframe(at), true
}

// Flush writes the chunk that is open, if there is one. When it has returned nil,
// everything so far is in the file.
func (w *Writer) Flush() error {
	if w.err != nil {
		return w.err
	}
	if w.chunk.messages == 0 {
		return nil
	}
	out := append(w.out, w.catalog.defs...)
	w.catalog.defs = w.catalog.defs[:0]
	base := uint64(w.index.Bytes) // only this goroutine changes it
	out, x := w.chunk.build(out, base, w.zstd)
	w.out = kept(out)
	if err := w.write(out); err != nil {
		return err
	}
	w.summary.add(x, &w.chunk)
	w.publish(x, base+uint64(len(out)))
	w.chunk.clear()
	return nil
}

// write writes at once, and fails for good.
func (w *Writer) write(b []byte) error {
	n, err := w.w.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	if file, ok := w.w.(interface{ Sync() error }); err == nil && ok && w.o.Sync {
		err = file.Sync()
	}
	if err != nil {
		w.err = fmt.Errorf("record: writing a chunk: %w", err)
		w.release()
	}
	w.crc = crc32.Update(w.crc, crc32.IEEETable, b)
	return w.err
}

// publish makes the chunk known to readers.
func (w *Writer) publish(x mcap.ChunkIndex, end uint64) {
	c := Chunk{
		Offset: int64(x.Offset), Length: int64(x.Length), Start: timeOf(x.Start), End: timeOf(x.End),
		Keyframe: x.Indexes[0].Channel == channelKeyframe, Messages: w.chunk.messages, Size: int64(x.Size),
		Gap: slices.Contains(w.chunk.used, channelGap),
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.index.Chunks = append(w.index.Chunks, c)
	w.index.Bytes = int64(end)
	w.index.channels = w.catalog.known
	w.index.counts = slices.Clone(w.summary.counts)
}

// Index returns what is in the file: it can be read up to there while more is written.
func (w *Writer) Index() Index {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.index
}

// Close writes the chunk that is open, and the summary. Without it the file can be read
// all the same, but has to be looked through for its chunks. A second call returns
// [ErrEnded], as every other method does then.
func (w *Writer) Close() error {
	if err := w.begin(&Step{Kind: KindGap, Time: time.Unix(0, 0)}); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	end := w.appendEnd(w.out)
	if err := w.write(end); err != nil {
		return err
	}
	w.err = ErrEnded
	w.release()
	return nil
}

// release lets go of what takes memory.
func (w *Writer) release() {
	if w.zstd != nil {
		_ = w.zstd.Close()
	}
	w.chunk, w.out, w.zstd = chunkBuilder{}, nil, nil
}
