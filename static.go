package scenewire

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

const (
	// maxCachedFile and maxCachedFiles bound what is kept in memory compressed, one
	// file and all together. Larger files are served as they are.
	maxCachedFile  = 8 << 20
	maxCachedFiles = 64 << 20
)

// mimeTypes are those that a page's files need whatever the system knows.
var mimeTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".hdr":   "application/octet-stream",
	".html":  "text/html; charset=utf-8",
	".ico":   "image/x-icon",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".map":   "application/json",
	".mjs":   "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".ttf":   "font/ttf",
	".txt":   "text/plain; charset=utf-8",
	".wasm":  "application/wasm",
	".woff2": "font/woff2",
}

// staticFiles serves a file system: no listings, nothing outside of it (fs.FS takes
// no path that leaves it).
type staticFiles struct {
	root fs.FS

	mu    sync.Mutex // guards all below
	cache map[string]*cachedFile
	bytes int64
}

// cachedFile is immutable after publication.
type cachedFile struct {
	modified time.Time
	size     int64
	etag     string
	plain    []byte
	gzipped  []byte // nil: doesn't shrink
}

// serve answers a request for a file. False: there is none, and nothing is answered.
func (s *staticFiles) serve(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" || strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	file, info, err := s.open(name)
	if err != nil {
		return false
	}
	defer func() { _ = file.Close() }()
	setHeaders(w.Header(), name)
	if content, ok := file.(io.ReadSeeker); ok && info.Size() > maxCachedFile {
		http.ServeContent(w, r, name, info.ModTime(), content)
		return true
	}
	cached, err := s.load(name, file, info)
	if err != nil {
		http.Error(w, "the file can't be read", http.StatusInternalServerError)
		return true
	}
	cached.serve(w, r, name)
	return true
}

func (s *staticFiles) open(name string) (fs.File, fs.FileInfo, error) {
	file, err := s.root.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		_ = file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

func setHeaders(h http.Header, name string) {
	ext := path.Ext(name)
	contentType := mimeTypes[ext]
	if contentType == "" {
		contentType = mime.TypeByExtension(ext)
	}
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	h.Set("X-Content-Type-Options", "nosniff")
	// Browsers ask again each time, and get 304 if the ETag or the date is theirs.
	h.Set("Cache-Control", "no-cache")
}

// load returns the file from the cache, if it is the same file still.
func (s *staticFiles) load(name string, file fs.File, info fs.FileInfo) (*cachedFile, error) {
	s.mu.Lock()
	known := s.cache[name]
	s.mu.Unlock()
	if known != nil && known.modified.Equal(info.ModTime()) && known.size == info.Size() {
		return known, nil
	}
	plain, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(plain)
	f := &cachedFile{
		modified: info.ModTime(),
		size:     info.Size(),
		etag:     hex.EncodeToString(sum[:12]),
		plain:    plain,
		gzipped:  compress(plain),
	}
	s.keep(name, f)
	return f, nil
}

// keep puts f into the cache; when that is full, everything else goes.
func (s *staticFiles) keep(name string, f *cachedFile) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cache == nil || s.bytes+f.memory() > maxCachedFiles {
		s.cache, s.bytes = map[string]*cachedFile{}, 0
	}
	if old := s.cache[name]; old != nil {
		s.bytes -= old.memory()
	}
	s.cache[name] = f
	s.bytes += f.memory()
}

func (f *cachedFile) memory() int64 { return int64(len(f.plain) + len(f.gzipped)) }

// compress returns nil if the result isn't clearly smaller.
func compress(plain []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(plain)
	_ = z.Close()
	if b.Len() > len(plain)*9/10 {
		return nil
	}
	return b.Bytes()
}

// serve answers with the form that the client takes. Each has an ETag of its own.
func (f *cachedFile) serve(w http.ResponseWriter, r *http.Request, name string) {
	content, etag := f.plain, f.etag
	h := w.Header()
	if f.gzipped != nil {
		h.Add("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header) && r.Header.Get("Range") == "" {
			h.Set("Content-Encoding", "gzip")
			content, etag = f.gzipped, f.etag+"-gzip"
		}
	}
	h.Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, name, f.modified, bytes.NewReader(content))
}

// acceptsGzip reads Accept-Encoding (RFC 9110 section 12.5.3).
func acceptsGzip(h http.Header) bool {
	for _, line := range h.Values("Accept-Encoding") {
		for part := range strings.SplitSeq(line, ",") {
			coding, params, _ := strings.Cut(part, ";")
			if !strings.EqualFold(strings.TrimSpace(coding), "gzip") {
				continue
			}
			quality := strings.ReplaceAll(params, " ", "")
			return !strings.HasPrefix(quality, "q=0") || strings.Trim(quality, "q=0.") != ""
		}
	}
	return false
}
