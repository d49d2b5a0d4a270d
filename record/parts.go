package record

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// stampLayout is the time in the name of a file, in UTC. Names sort as times do.
const stampLayout = "20060102T150405.000000Z"

// parts are the files of a capture, oldest first, or what stands for them in memory.
type parts struct {
	o       *CaptureOptions
	make    func(path string) (store, error)
	written atomic.Uint64 // bytes, by this capture
	last    string        // the file that was begun last, by this capture; the capturer's
	stamp   time.Time     // in its name

	mu   sync.Mutex // guards all below
	list []*part
}

// part is one of them.
type part struct {
	parts *parts
	name  string
	path  string // "" in memory
	store store  // of this capture; nil: left by another one
	bytes atomic.Int64

	// Guarded by parts.mu.
	w     *Writer   // while it is written
	index Index     // of what has been written
	ended time.Time // when its newest message was captured; zero: it is being written
}

// store is where a part lies. Write is called for a chunk at a time.
type store interface {
	io.Writer
	Sync() error
	// Truncate takes off what has been written behind a size.
	Truncate(size int64) error
	// Close is called when nothing more is written.
	Close() error
	// open returns what can be read, also while more is written.
	open() (readCloserAt, error)
	remove() error
}

type readCloserAt interface {
	io.ReaderAt
	io.Closer
}

func newParts(o *CaptureOptions, create func(path string) (store, error)) *parts {
	p := &parts{o: o, make: create}
	if o.Path != "" && o.several() {
		p.list = p.leftBehind()
	}
	return p
}

// leftBehind finds the files of earlier captures of this path, by their names.
func (p *parts) leftBehind() (found []*part) {
	dir := filepath.Dir(p.o.Path)
	files, _ := os.ReadDir(dir) // without it there are none
	before, after := p.affixes()
	for _, f := range files {
		name, unnamed := strings.CutSuffix(f.Name(), unnamedSuffix)
		stamp, ok := strings.CutPrefix(name, before)
		if ok {
			stamp, ok = strings.CutSuffix(stamp, after)
		}
		if _, err := time.Parse(stampLayout, stamp); !ok || err != nil {
			continue
		}
		if unnamed { // nothing is in it
			_ = os.Remove(filepath.Join(dir, f.Name()))
			continue
		}
		if info, err := f.Info(); err == nil && info.Mode().IsRegular() {
			old := &part{parts: p, path: filepath.Join(dir, f.Name()), ended: info.ModTime()}
			old.bytes.Store(info.Size())
			found = append(found, old)
		}
	}
	return found // ReadDir sorts by name
}

// affixes are what stands before and behind the time in a file's name.
func (p *parts) affixes() (before, after string) {
	if p.o.Path == "" {
		return "memory-", ""
	}
	base := filepath.Base(p.o.Path)
	after = filepath.Ext(base)
	return strings.TrimSuffix(base, after) + "-", after
}

// create begins a file. The first one has the name that was asked for, if that is all.
// In memory they have names, too, by which they continue each other.
func (p *parts) create(at time.Time) (*part, error) {
	made := &part{parts: p, path: p.o.Path}
	if p.o.Path == "" || p.o.several() || p.last != "" {
		made.name = p.stamped(at)
	} else {
		made.name = filepath.Base(p.o.Path)
	}
	if p.o.Path != "" {
		made.path = filepath.Join(filepath.Dir(p.o.Path), made.name)
	}
	s, err := p.make(made.path)
	if err != nil {
		return nil, err
	}
	made.store = s
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list = append(p.list, made)
	return made, nil
}

// stamped is a name with a time that no other name has.
func (p *parts) stamped(at time.Time) string {
	at = at.UTC().Truncate(time.Microsecond)
	if !at.After(p.stamp) {
		at = p.stamp.Add(time.Microsecond)
	}
	p.stamp = at
	before, after := p.affixes()
	return before + at.Format(stampLayout) + after
}

// remove takes a part out of the list, and its file away.
func (p *parts) remove(x *part) error {
	p.mu.Lock()
	p.list = slices.DeleteFunc(p.list, func(other *part) bool { return other == x })
	p.mu.Unlock()
	if x.store != nil {
		return x.store.remove()
	}
	return os.Remove(x.path)
}

// writes notes who writes a part, and so knows what is in it.
func (p *parts) writes(x *part, w *Writer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	x.w = w
}

// finished notes that a part is, and when its newest message was captured.
func (p *parts) finished(x *part, ended time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	x.ended = ended
	if x.w != nil {
		x.index, x.w = x.w.Index(), nil
	}
}

// open opens what this capture has written so far, and still has.
func (p *parts) open(lim *Limits) (*File, error) {
	p.mu.Lock()
	var own []*part
	var opened []Part
	for _, x := range p.list {
		if x.store == nil {
			continue
		}
		index := x.index
		if x.w != nil {
			index = x.w.Index()
		}
		own, opened = append(own, x), append(opened, Part{Name: x.name, Index: index})
	}
	p.mu.Unlock()
	for i, x := range own {
		r, err := x.store.open()
		switch {
		case errors.Is(err, fs.ErrNotExist): // it was the oldest, and has gone meanwhile
			opened[i].Index = Index{}
		case err != nil:
			return nil, errors.Join(err, closeParts(opened[:i]))
		default:
			opened[i].Reader = r
		}
	}
	return OpenParts(opened, lim)
}

func closeParts(opened []Part) error {
	var errs []error
	for _, p := range opened {
		if c, ok := p.Reader.(io.Closer); ok {
			errs = append(errs, c.Close())
		}
	}
	return errors.Join(errs...)
}

// expired returns the oldest part if it has to go, and otherwise when it will have to;
// zero: it won't for its age.
func (p *parts) expired(now time.Time) (oldest *part, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.list) < 2 || p.list[0].ended.IsZero() {
		return nil, time.Time{}
	}
	var total int64
	for _, x := range p.list {
		total += x.bytes.Load()
	}
	if p.o.MaxTotalBytes > 0 && total > p.o.MaxTotalBytes {
		return p.list[0], now
	}
	if p.o.MaxAge <= 0 {
		return nil, time.Time{}
	}
	if at = p.list[0].ended.Add(p.o.MaxAge); now.Before(at) {
		return nil, at
	}
	return p.list[0], at
}

func (p *parts) addTo(s *CaptureStats) {
	s.Bytes = p.written.Load()
	p.mu.Lock()
	defer p.mu.Unlock()
	s.Files = len(p.list)
	for _, x := range p.list {
		s.FileBytes += x.bytes.Load()
	}
}

// Write implements [io.Writer] for one chunk.
func (x *part) Write(b []byte) (int, error) {
	n, err := x.store.Write(b)
	if err == nil {
		x.bytes.Add(int64(n))
		x.parts.written.Add(uint64(n))
	}
	return n, err
}

// Sync brings what was written to the disk.
func (x *part) Sync() error { return x.store.Sync() }
