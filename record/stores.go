package record

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// newStore makes the file at path, which must not be there, or one in memory for "".
func newStore(path string) (store, error) {
	if path == "" {
		return &memoryStore{}, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	return &diskStore{File: f, path: path}, nil
}

// diskStore is a file.
type diskStore struct {
	*os.File
	path string
}

func (d *diskStore) open() (readCloserAt, error) { return os.Open(d.path) }
func (d *diskStore) remove() error               { return os.Remove(d.path) }

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
