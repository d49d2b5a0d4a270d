package scenewire

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
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

// errNotServed is for what lies in a file system and isn't a file to serve.
var errNotServed = errors.New("not a regular file")

// staticFiles serves a file system: no listings, nothing outside of it (fs.FS takes
// no path that leaves it).
type staticFiles struct {
	root  fs.FS
	alone bool // no handler is asked for what isn't here
	cache fileCache
}

// serve answers a request for a file. False: there is none, and nothing is answered.
func (s *staticFiles) serve(w http.ResponseWriter, r *http.Request) bool {
	if !isGet(r) && !s.alone {
		return false
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	directory := name == "" || strings.HasSuffix(r.URL.Path, "/")
	if directory {
		name = path.Join(name, "index.html")
	}
	file, info, err := s.open(name)
	switch {
	case isShortage(err):
		http.Error(w, "the file can't be opened at the moment", http.StatusServiceUnavailable)
		return true
	case err != nil:
		return !directory && s.redirect(w, r, name)
	}
	defer func() { _ = file.Close() }()
	if onlyGet(w, r) {
		s.serveFile(w, r, name, file, info)
	}
	return true
}

// open opens regular files. It looks before: a named pipe would not let it return.
func (s *staticFiles) open(name string) (fs.File, fs.FileInfo, error) {
	info, err := fs.Stat(s.root, name)
	if err == nil && !info.Mode().IsRegular() {
		err = errNotServed
	}
	if err != nil {
		return nil, nil, err
	}
	file, err := s.root.Open(name)
	if err != nil {
		return nil, nil, err
	}
	if info, err = file.Stat(); err == nil && !info.Mode().IsRegular() {
		err = errNotServed
	}
	if err != nil {
		_ = file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

// redirect sends a browser from a directory's path to the one with a slash, if there
// is a page.
func (s *staticFiles) redirect(w http.ResponseWriter, r *http.Request, name string) bool {
	info, err := fs.Stat(s.root, path.Join(name, "index.html"))
	if err != nil || !info.Mode().IsRegular() || !isGet(r) {
		return false
	}
	redirectBelow(w, r, path.Base(name))
	return true
}

// serveFile answers with the form that the client takes, or a part of the plain one.
// Each form has an ETag of its own. Ranges, conditions and HEAD are net/http's.
func (s *staticFiles) serveFile(w http.ResponseWriter, r *http.Request, name string, file fs.File, info fs.FileInfo) {
	known, err := s.cache.load(name, file, info)
	if err != nil {
		http.Error(w, "the file can't be read", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	setFileHeaders(h, name, known.plain)
	if known.plain == nil {
		serveLarge(w, r, name, known, file)
		return
	}
	used, content := identity, known.plain
	if known.compressible() {
		h.Add("Vary", "Accept-Encoding")
		if r.Header.Get("Range") == "" {
			used, content = s.cache.choose(name, known, acceptedCodings(r.Header))
		}
	}
	setETag(h, known.etag, used.suffix)
	if used != identity {
		h.Set("Content-Encoding", used.name)
		if r.Header.Get("If-Match") == "" && r.Header.Get("If-Unmodified-Since") == "" {
			h.Set("Content-Length", strconv.Itoa(len(content))) // ServeContent leaves it out here
		}
	}
	http.ServeContent(w, r, name, known.modified, bytes.NewReader(content))
}

// serveLarge serves a file that isn't kept in memory, whole if that is the only way.
func serveLarge(w http.ResponseWriter, r *http.Request, name string, known *cachedFile, file fs.File) {
	setETag(w.Header(), known.etag, "")
	if content, ok := file.(io.ReadSeeker); ok {
		http.ServeContent(w, r, name, known.modified, content)
		return
	}
	w.Header().Set("Content-Length", strconv.FormatInt(known.size, 10))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = io.CopyN(w, file, known.size)
	}
}

func setETag(h http.Header, etag, suffix string) {
	if etag != "" {
		h.Set("ETag", `"`+etag+suffix+`"`)
	}
}

// setFileHeaders has browsers ask again each time; they get 304 if the ETag is theirs.
// Names that look hashed are no exception: one that only looks so would show an old
// file for as long as it was allowed to.
func setFileHeaders(h http.Header, name string, content []byte) {
	ext := strings.ToLower(path.Ext(name))
	contentType := mimeTypes[ext]
	if contentType == "" {
		contentType = mime.TypeByExtension(ext)
	}
	if contentType == "" && content != nil {
		contentType = http.DetectContentType(content)
	}
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-cache")
}
