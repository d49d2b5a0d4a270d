package record

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
)

// newStore makes the file at path, which must not be there, or one in memory for "".
func newStore(path string) (store, error) {
	if path == "" {
		return &memoryStore{}, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	if _, err := os.Lstat(path); err == nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrExist}
	}
	f, err := os.Create(path + unnamedSuffix)
	if err != nil {
		return nil, err
	}
	return &diskStore{file: f, path: path}, nil
}

// unnamedSuffix is what the name of a file has at the end that has nothing in it yet.
const unnamedSuffix = ".part"

// diskStore is a file. It gets its name when its first chunk is in it: what has a name
// can be opened, whenever the process dies.
type diskStore struct {
	file   *os.File
	path   string
	named  atomic.Bool
	synced bool // the directory
}

func (d *diskStore) Write(b []byte) (int, error) {
	n, err := d.file.Write(b)
	if err == nil && !d.named.Load() {
		err = d.name()
	}
	return n, err
}

// name gives the file its name, unless another one has got it meanwhile.
func (d *diskStore) name() error {
	unnamed := d.path + unnamedSuffix
	err := os.Link(unnamed, d.path)
	switch {
	case err == nil:
		err = os.Remove(unnamed)
	case !errors.Is(err, fs.ErrExist): // a file system without links
		err = os.Rename(unnamed, d.path)
	}
	if err == nil {
		d.named.Store(true)
	}
	return err
}

// Sync brings the file to the disk, and once its name.
func (d *diskStore) Sync() error {
	if err := d.file.Sync(); err != nil || d.synced {
		return err
	}
	dir, err := os.Open(filepath.Dir(d.path))
	if err != nil {
		return err
	}
	defer dir.Close()
	d.synced = true
	return dir.Sync()
}

func (d *diskStore) Truncate(size int64) error { return d.file.Truncate(size) }
func (d *diskStore) Close() error              { return d.file.Close() }

func (d *diskStore) open() (readCloserAt, error) { return os.Open(d.path) }

func (d *diskStore) remove() error {
	if d.named.Load() {
		return os.Remove(d.path)
	}
	return os.Remove(d.path + unnamedSuffix)
}

// memoryStore keeps what is written, in the pieces that it was written in.
type memoryStore struct {
	mu     sync.Mutex // guards all below; what is in the pieces never changes
	pieces [][]byte
	starts []int64
	size   int64
}

func (m *memoryStore) Write(b []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pieces = append(m.pieces, slices.Clone(b))
	m.starts = append(m.starts, m.size)
	m.size += int64(len(b))
	return len(b), nil
}

func (m *memoryStore) Sync() error                 { return nil }
func (m *memoryStore) Truncate(int64) error        { return nil } // no write fails
func (m *memoryStore) Close() error                { return nil }
func (m *memoryStore) open() (readCloserAt, error) { return m, nil }
func (m *memoryStore) remove() error               { return nil }

// ReadAt implements [io.ReaderAt].
func (m *memoryStore) ReadAt(b []byte, off int64) (n int, err error) {
	m.mu.Lock()
	pieces, starts := m.pieces, m.starts
	m.mu.Unlock()
	i, found := slices.BinarySearch(starts, off)
	if !found {
		i--
	}
	for ; n < len(b); i++ {
		if i < 0 || i >= len(pieces) || off-starts[i] > int64(len(pieces[i])) {
			return n, io.EOF
		}
		copied := copy(b[n:], pieces[i][off-starts[i]:])
		n += copied
		off += int64(copied)
	}
	return n, nil
}
