package scenewire

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"strconv"
	"sync"
	"time"
)

const (
	// maxCachedFile and maxCachedFiles bound what is kept in memory of one file and of
	// all together, in every form. Larger files are served as they are.
	maxCachedFile  = 8 << 20
	maxCachedFiles = 64 << 20
	// cachedFileOverhead is what an entry of the cache costs besides contents.
	cachedFileOverhead = 512
)

// fileCache keeps files and their compressed forms, each made once.
type fileCache struct {
	mu    sync.Mutex // guards all below
	files map[string]*cachedFile
	bytes int64
}

// cachedFile is a file as it was at one time. After loading it is immutable, but for
// the compressed forms.
type cachedFile struct {
	modified time.Time
	size     int64

	loading sync.Once
	err     error
	etag    string // without quotes; "": unknown
	plain   []byte // nil: too large to be kept

	forms [codingCount]form // their bodies are also guarded by fileCache.mu, to count them
}

// form is a file compressed in one way.
type form struct {
	making sync.Once
	body   []byte // nil: it doesn't shrink
}

// load returns what is known of a file that was just opened; it reads the file if it
// isn't the one that is known. Requests for one file wait for the first.
func (c *fileCache) load(name string, file fs.File, info fs.FileInfo) (*cachedFile, error) {
	f := c.entry(name, info)
	f.loading.Do(func() { f.err = f.read(file) })
	if f.err != nil {
		c.forget(name, f)
		return nil, f.err
	}
	return f, nil
}

// entry returns the entry of a file as it is; when the cache is full, everything else
// goes.
func (c *fileCache) entry(name string, info fs.FileInfo) *cachedFile {
	c.mu.Lock()
	defer c.mu.Unlock()
	old := c.files[name]
	if old != nil && old.modified.Equal(info.ModTime()) && old.size == info.Size() {
		return old
	}
	if old != nil {
		c.dropLocked(name, old)
	}
	f := &cachedFile{modified: info.ModTime(), size: info.Size()}
	c.makeRoomLocked(f.memory())
	c.files[name] = f
	c.bytes += f.memory()
	return f
}

func (c *fileCache) makeRoomLocked(n int64) {
	if c.files == nil || c.bytes+n > maxCachedFiles {
		c.files, c.bytes = map[string]*cachedFile{}, 0
	}
}

func (c *fileCache) dropLocked(name string, f *cachedFile) {
	delete(c.files, name)
	c.bytes -= f.heldLocked()
}

func (c *fileCache) forget(name string, f *cachedFile) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.files[name] == f {
		c.dropLocked(name, f)
	}
}

// memory is what f takes without its forms, whether it is read yet or not.
func (f *cachedFile) memory() int64 {
	if f.size > maxCachedFile {
		return cachedFileOverhead
	}
	return f.size + cachedFileOverhead
}

// heldLocked is what f takes with the forms that are made.
func (f *cachedFile) heldLocked() int64 {
	held := f.memory()
	for i := range f.forms {
		held += int64(len(f.forms[i].body))
	}
	return held
}

// read takes in the content, or only what tells one version of a large file from
// another: its time, or, where it has none as in an embed.FS, its content.
func (f *cachedFile) read(file fs.File) error {
	if f.size > maxCachedFile {
		return f.identify(file)
	}
	plain, err := io.ReadAll(io.LimitReader(file, f.size))
	if err != nil {
		return err
	}
	sum := sha256.Sum256(plain)
	f.plain, f.etag = plain, etagOf(sum[:])
	return nil
}

func (f *cachedFile) identify(file fs.File) error {
	content, seekable := file.(io.ReadSeeker)
	switch {
	case !f.modified.IsZero():
		f.etag = strconv.FormatInt(f.modified.UnixNano(), 36) + "-" + strconv.FormatInt(f.size, 36)
		return nil
	case !seekable:
		return nil
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, content); err != nil {
		return err
	}
	f.etag = etagOf(hash.Sum(nil))
	_, err := content.Seek(0, io.SeekStart)
	return err
}

func etagOf(sum []byte) string { return hex.EncodeToString(sum[:12]) }

// compressible says whether trying to compress is worth it.
func (f *cachedFile) compressible() bool { return len(f.plain) >= minCompressed }

// choose returns the first of the accepted codings in which the file is smaller.
func (c *fileCache) choose(name string, f *cachedFile, accepted []coding) (coding, []byte) {
	for _, used := range accepted {
		if used == identity {
			break
		}
		if body := c.form(name, f, used); body != nil {
			return used, body
		}
	}
	return identity, f.plain
}

// form returns the file in one coding, made when it is first asked for.
func (c *fileCache) form(name string, f *cachedFile, used coding) []byte {
	made := &f.forms[used.index]
	made.making.Do(func() {
		body := used.compress(f.plain)
		if len(body) > len(f.plain)*9/10 {
			return
		}
		c.charge(name, f, made, body)
	})
	return made.body
}

// charge counts a form that was made, if its file is still in the cache.
func (c *fileCache) charge(name string, f *cachedFile, made *form, body []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.files[name] == f {
		if c.bytes+int64(len(body)) > maxCachedFiles {
			c.files, c.bytes = map[string]*cachedFile{name: f}, f.heldLocked()
		}
		c.bytes += int64(len(body))
	}
	made.body = body
}
