package record

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// File is a recording that is read at any time of it: an MCAP file of a capture, the
// several files of one that was rotated, or a .viser file of any [Generation].
//
// It belongs to one goroutine at a time. [File.Fork] makes one for another goroutine.
//
// A file without an end, as a capture leaves it that is killed or still goes on, is
// read up to its last whole chunk. What is damaged is told where it is met, by a
// [*CorruptError], and [Recover] makes a file of what is left.
//
// Of a .viser file nothing is known but messages and their times, so its entries have
// no keys: its state at a time is all its messages up to then, and it is in memory as
// a whole. Its messages of one time are one step; one whose time is lower than that of a
// message before it comes with that one. Its times count from the Unix epoch.
type File struct {
	shared *opened
	at     steps // of the piece that Next is in; nil: none
	until  int64 // end of that piece
	last   int64 // time of the step that Next has returned, or sought, in ns
}

// beforeAll is a time before that of every step, in ns.
const beforeAll = -1

// opened is what a File and its forks share.
type opened struct {
	lim     Limits
	closers []io.Closer
	now     atomic.Pointer[contents]

	mu    sync.Mutex
	files []*recorded // in the order of time
}

// Open opens the file at path, a .viser file or an MCAP file of this package, whichever
// its content says. nil limits are the defaults. The error is that of the operating
// system, or a [*CorruptError], for which errors.Is may say [ErrFormat], [ErrTruncated]
// or [ErrLimit].
func Open(path string, lim *Limits) (*File, error) { return OpenAll([]string{path}, lim) }

// OpenAll opens the files of a capture that was rotated as one recording, in whichever
// order they are named. Where one of them isn't there, or several captures are put
// together, a step of [KindGap] stands between. Of several files none may be a .viser
// file, and no two may overlap in time. The errors are those of [Open].
func OpenAll(paths []string, lim *Limits) (*File, error) {
	shared := newOpened(lim)
	for _, path := range paths {
		if err := shared.openPath(path); err != nil {
			return nil, errors.Join(err, shared.close())
		}
	}
	return shared.begin()
}

// openPath adds a file.
func (o *opened) openPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	o.closers = append(o.closers, f)
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("record: %s is no regular file", path)
	}
	return o.add(&source{r: f, size: info.Size(), name: path})
}

// OpenReader opens a recording of so many bytes, as [Open] does. The reader is read by
// all forks concurrently, until the last of them is done with; Close doesn't close it.
func OpenReader(r io.ReaderAt, size int64, lim *Limits) (*File, error) {
	shared := newOpened(lim)
	if err := shared.add(&source{r: r, size: size}); err != nil {
		return nil, err
	}
	return shared.begin()
}

// Part is a file of a recording that is written while it is read.
type Part struct {
	// Reader is the file. If it is an [io.Closer], [File.Close] closes it.
	Reader io.ReaderAt
	// Name is that of the file.
	Name string
	// Index says what is in the file; its Bytes have to be there.
	Index Index
}

// OpenParts opens what was written so far of a recording that goes on, without looking
// for it: the files in the order of time. They end with io.EOF, and don't grow: what
// comes later is read by opening them again, which costs little. The error is that of
// [Open].
func OpenParts(parts []Part, lim *Limits) (*File, error) {
	shared := newOpened(lim)
	for _, p := range parts {
		if c, ok := p.Reader.(io.Closer); ok {
			shared.closers = append(shared.closers, c)
		}
		if len(p.Index.Chunks) == 0 {
			continue
		}
		f := &recorded{src: &source{r: p.Reader, size: p.Index.Bytes, name: p.Name}}
		if err := f.openPart(p.Index, shared.lim); err != nil {
			return nil, errors.Join(err, shared.close())
		}
		shared.files = append(shared.files, f)
	}
	return shared.begin()
}

func newOpened(lim *Limits) *opened {
	o := &opened{}
	if lim != nil {
		o.lim = *lim
	}
	o.lim = o.lim.withDefaults()
	return o
}

// add adds a file.
func (o *opened) add(src *source) error {
	f, err := openRecorded(src, o.lim)
	if err == nil {
		o.files = append(o.files, f)
	}
	return err
}

// begin makes the first File.
func (o *opened) begin() (*File, error) {
	c, err := o.contents()
	if err != nil {
		return nil, errors.Join(err, o.close())
	}
	o.now.Store(c)
	return &File{shared: o, last: beforeAll}, nil
}

func (o *opened) close() error {
	var errs []error
	for _, c := range o.closers {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// Fork returns a File for the same recording that is before its first step. It may be
// called concurrently with the methods of f other than Close.
func (f *File) Fork() *File { return &File{shared: f.shared, last: beforeAll} }

// Close closes the files that were opened by their paths, for all forks.
func (f *File) Close() error { return f.shared.close() }

// Next returns the next step, or io.EOF behind the last one. If the recording isn't
// whole there is a [*CorruptError] instead, for which errors.Is says [ErrTruncated] when
// the file ends too early or still grows. An error stays until Seek, or until
// [File.Refresh] finds more behind the end. What the step holds shares memory with its
// neighbours, up to a chunk, so who keeps few of many payloads copies them.
func (f *File) Next() (Step, error) {
	for {
		if err := f.enter(); err != nil {
			return Step{}, err
		}
		step, err := f.at.next(f.last)
		switch {
		case err == nil:
			f.last = step.Time.UnixNano()
			return step, nil
		case !errors.Is(err, io.EOF):
			return Step{}, err
		}
		f.at, f.last = nil, max(f.last, f.until)
	}
}

// enter opens the piece that has what comes next.
func (f *File) enter() error {
	if f.at != nil {
		return nil
	}
	now := f.shared.now.Load()
	i := now.behind(f.last)
	if i == len(now.pieces) {
		return now.end()
	}
	p := &now.pieces[i]
	at, err := p.open()
	if err != nil {
		return err
	}
	f.at, f.until = at, p.end
	return nil
}

// Seek goes to a time, so that Next returns the first step behind it. Together with
// [File.State] of the same time that is the whole recording from there on. It costs
// nothing; the next Next reads one chunk.
func (f *File) Seek(t time.Time) { f.at, f.last = nil, unixNanos(t) }

// Skip goes on behind the damage that Next has met: to the chunk behind the one that is
// damaged, whose other steps are lost. It returns false if there is
// none, behind the last one.
func (f *File) Skip() bool {
	now := f.shared.now.Load()
	if f.at == nil {
		i := now.behind(f.last)
		if i == len(now.pieces) {
			return false
		}
		f.until = now.pieces[i].end
	}
	f.at, f.last = nil, max(f.last, f.until)
	return true
}

// Refresh looks whether the recording has grown since it was opened, and says so: if
// its last file is an MCAP file that is written, or was when it was opened. Forks see
// what it finds, too. It may be called concurrently with the methods of forks.
func (f *File) Refresh() (grown bool, err error) { return f.shared.refresh() }

// unixNanos is t in nanoseconds since 1970, or beforeAll, or the last time that there is.
func unixNanos(t time.Time) int64 {
	switch {
	case t.Before(time.Unix(0, 0)):
		return beforeAll
	case t.After(time.Unix(0, math.MaxInt64)):
		return math.MaxInt64
	}
	return t.UnixNano()
}
