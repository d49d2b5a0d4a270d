package record

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"sort"
	"time"

	"github.com/scenewire/scenewire/internal/mcap"
)

// contents is what there is to read. Immutable after publication.
type contents struct {
	pieces []piece    // in the order of time
	damage error      // why nothing follows; nil: the recording ends there
	viser  *viserFile // what they are of; nil: they are chunks
	info   Info
}

// piece is a part of a recording that is read in one go.
type piece struct {
	start, end int64 // of its first and its last step, in ns
	keyframe   bool  // it begins with one
	gap        bool  // there is one in it
	messages   int   // how many there are, but for those of a keyframe
	open       func() (steps, error)
}

// steps reads the steps of a piece.
type steps interface {
	// next returns the next step whose time is above after, or io.EOF.
	next(after int64) (Step, error)
}

// behind returns the index of the first piece that has steps behind t.
func (c *contents) behind(t int64) int {
	return sort.Search(len(c.pieces), func(i int) bool { return c.pieces[i].end > t })
}

// end is what stands behind the last piece.
func (c *contents) end() error {
	if c.damage != nil {
		return c.damage
	}
	return io.EOF
}

// recorded is one file of a recording.
type recorded struct {
	src    *source
	pieces []piece
	damage error // why it isn't whole
	scan   *scan // of an MCAP file that has no index
	index  *fileIndex
	viser  *viserFile
}

// openRecorded finds out what a file is, and what is in it.
func openRecorded(src *source, lim Limits) (*recorded, error) {
	f := &recorded{src: src}
	head := make([]byte, min(int64(len(mcap.Magic)), src.size))
	if err := src.read(head, 0); err != nil {
		return nil, err
	}
	if !bytes.HasPrefix([]byte(mcap.Magic), head) || len(head) == 0 {
		return f, f.openViser(lim)
	}
	return f, f.openMCAP(lim)
}

// openMCAP reads the index at the file's end, or finds one.
func (f *recorded) openMCAP(lim Limits) error {
	begin, err := f.src.readHeader()
	if err != nil {
		return err
	}
	f.index = newFileIndex(f.src)
	if f.damage = f.index.readSummary(); f.damage != nil {
		f.index = newFileIndex(f.src)
		f.scan = &scan{fileIndex: f.index, lim: lim, off: begin}
		if err := f.scan.run(); err != nil {
			f.damage = err
		}
	}
	f.addChunks(lim)
	return nil
}

// openPart takes the index that is given.
func (f *recorded) openPart(x Index, lim Limits) error {
	f.index = newFileIndex(f.src)
	begin, err := f.src.readHeader()
	if err != nil {
		return err
	}
	if r, err := f.src.recordAt(begin); err == nil && r.op == mcap.OpMetadata {
		content, err := f.src.small(r)
		if err != nil {
			return err
		}
		if err := f.index.addMetadata(begin, content); err != nil {
			return err
		}
	}
	f.index.Index = x
	f.addChunks(lim)
	return nil
}

// readHeader reads the magic and the header, and returns where the records behind it
// begin.
func (s *source) readHeader() (int64, error) {
	r, err := s.recordAt(int64(len(mcap.Magic)))
	if err != nil {
		return 0, err
	}
	if r.op != mcap.OpHeader {
		return 0, s.corrupt(r.off, "%w: there is no header but another record (%v)", ErrFormat, r.op)
	}
	content, err := s.small(r)
	if err != nil {
		return 0, err
	}
	h, err := mcap.ParseHeader(content)
	if err != nil {
		return 0, s.corrupt(r.off, "%w: %w", ErrFormat, err)
	}
	if h.Profile != mcapProfile {
		return 0, s.corrupt(r.off, "%w: an MCAP file of the profile %q", ErrFormat, h.Profile)
	}
	return r.end(), nil
}

// addChunks makes pieces of the chunks that aren't pieces yet.
func (f *recorded) addChunks(lim Limits) {
	src, x := f.src, f.index
	known := slices.Clone(x.channels) // which others read while x grows
	for _, c := range x.Chunks[len(f.pieces):] {
		p := piece{
			start: c.Start.UnixNano(), end: c.End.UnixNano(), keyframe: c.Keyframe, gap: c.Gap,
			open: func() (steps, error) { return openChunk(src, c, known, lim) },
		}
		if !c.Keyframe {
			p.messages = c.Messages
		}
		f.pieces = append(f.pieces, p)
	}
}

// start is the time of the file's first step.
func (f *recorded) start() int64 {
	if len(f.pieces) == 0 {
		return 0
	}
	return f.pieces[0].start
}

// contents puts the files together.
func (o *opened) contents() (*contents, error) {
	slices.SortStableFunc(o.files, func(a, b *recorded) int { return cmp.Compare(a.start(), b.start()) })
	c := &contents{info: Info{Messages: map[string]uint64{}}}
	for i, f := range o.files {
		if len(o.files) > 1 && f.viser != nil {
			return nil, fmt.Errorf("record: %s is a .viser file, and not alone", f.src.name)
		}
		if n := len(c.pieces); n > 0 && len(f.pieces) > 0 {
			if last := c.pieces[n-1].end; f.start() <= last {
				return nil, fmt.Errorf("record: %s overlaps a file before it in time", f.src.name)
			}
			if before := o.files[i-1]; before.damage != nil || !f.continues(before) {
				c.pieces = append(c.pieces, gapPiece(c.pieces[n-1].end+1, f.start()))
			}
		}
		c.pieces = append(c.pieces, f.pieces...)
		c.damage, c.viser = f.damage, f.viser
		f.addTo(&c.info)
	}
	return c, nil
}

// continues says whether f is what was written behind other.
func (f *recorded) continues(other *recorded) bool {
	name := f.index.meta["continues"]
	return name != "" && filepath.Base(name) == filepath.Base(other.src.name)
}

// gapPiece is a step that stands where something is missing between two files.
func gapPiece(from, until int64) piece {
	return piece{start: from, end: from, gap: true, open: func() (steps, error) {
		return &oneStep{Step{Kind: KindGap, Time: time.Unix(0, from), Lost: Lost{Until: time.Unix(0, until)}}}, nil
	}}
}

// oneStep is a piece of a single step.
type oneStep struct{ step Step }

func (o *oneStep) next(after int64) (Step, error) {
	if o.step.Time.UnixNano() <= after {
		return Step{}, io.EOF
	}
	return o.step, nil
}

// refresh looks whether the last file has grown.
func (o *opened) refresh() (grown bool, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.files) == 0 || o.files[len(o.files)-1].scan == nil {
		return false, nil
	}
	f := o.files[len(o.files)-1]
	size, err := f.src.measure()
	if err != nil || size <= f.src.size {
		return false, err
	}
	before := len(f.pieces)
	f.src = &source{r: f.src.r, size: size, name: f.src.name}
	f.index.src = f.src
	f.damage = f.scan.run()
	f.addChunks(o.lim)
	c, err := o.contents()
	if err != nil {
		return false, err
	}
	o.now.Store(c)
	return len(f.pieces) > before, nil
}
