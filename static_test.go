package scenewire

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/klauspost/compress/zstd"
)

func testSite() fstest.MapFS {
	return fstest.MapFS{
		"index.html":       {Data: []byte("<!doctype html><p>home")},
		"app.js":           {Data: []byte(strings.Repeat("console.log(1);\n", 1000))},
		"lib/a.wasm":       {Data: []byte("\x00asm1234")},
		"docs/index.html":  {Data: []byte("<p>docs")},
		"with space.txt":   {Data: []byte("space")},
		"deep/down/z.json": {Data: []byte("{}")},
	}
}

func TestFilesAreServed(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.Root = testSite()
		o.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/mine" {
				_, _ = io.WriteString(w, "handler")
				return
			}
			http.NotFound(w, r)
		})
	})
	base := "http://" + s.Addr().String()
	for _, tt := range []struct {
		method, path string
		header       map[string]string
		status       int
		contentType  string
		body         string // "" = not looked at
	}{
		{path: "/", status: 200, contentType: "text/html; charset=utf-8", body: "<!doctype html><p>home"},
		{path: "/?playbackPath=x", status: 200, contentType: "text/html; charset=utf-8"},
		{path: "/index.html", status: 200, contentType: "text/html; charset=utf-8"},
		{path: "/app.js", status: 200, contentType: "text/javascript; charset=utf-8"},
		{path: "/lib/a.wasm", status: 200, contentType: "application/wasm", body: "\x00asm1234"},
		{path: "/docs/", status: 200, body: "<p>docs"},
		{path: "/with%20space.txt", status: 200, body: "space"},
		{path: "/docs?a=b", status: 308},
		{path: "/lib", status: 404},
		{path: "/lib/", status: 404},
		{path: "/nope.html", status: 404},
		{path: "/mine", status: 200, body: "handler"},
		{path: "/lib/a.wasm", header: map[string]string{"Range": "bytes=1-3"}, status: 206, body: "asm"},
		{method: http.MethodHead, path: "/lib/a.wasm", status: 200, contentType: "application/wasm"},
		{method: http.MethodPost, path: "/", status: 404},
	} {
		t.Run(tt.method+tt.path, func(t *testing.T) {
			method := tt.method
			if method == "" {
				method = http.MethodGet
			}
			status, header, body := request(t, method, base+tt.path, tt.header)
			if status != tt.status {
				t.Errorf("status %d, want %d", status, tt.status)
			}
			if tt.contentType != "" && header.Get("Content-Type") != tt.contentType {
				t.Errorf("type %q, want %q", header.Get("Content-Type"), tt.contentType)
			}
			if tt.body != "" && body != tt.body {
				t.Errorf("body %q, want %q", body, tt.body)
			}
			if method == http.MethodHead && body != "" {
				t.Errorf("HEAD has the body %q", body)
			}
		})
	}
}

func TestChangedFileIsServedAnew(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "index.html")
	must(t, os.WriteFile(file, []byte("one"), 0o600))
	s := serve(t, func(o *Options) { o.Root = os.DirFS(dir) })
	url := "http://" + s.Addr().String() + "/"
	if _, _, body := get(t, url, nil); body != "one" {
		t.Errorf("got %q", body)
	}
	must(t, os.WriteFile(file, []byte("and two"), 0o600))
	if _, _, body := get(t, url, nil); body != "and two" {
		t.Errorf("got %q", body)
	}
}

func TestNothingOutsideOfTheRootIsServed(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "site"), 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "secret"), []byte("secret"), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "site", "index.html"), []byte("home"), 0o600))
	s := serve(t, func(o *Options) { o.Root = os.DirFS(filepath.Join(dir, "site")) })
	for _, path := range []string{
		"/../secret", "/../../../../../../etc/passwd", "/%2e%2e/secret", "/..%2fsecret", "/%2e%2e%2fsecret",
		"/..\\secret", "/..%5csecret", "//../secret", "/./../secret", "/site/../../secret", "/%252e%252e/secret",
		"/..;/secret", "/....//secret", "/index.html/../../secret", "/\x00/../secret", dir + "/secret",
	} {
		conn, err := net.Dial("tcp", s.Addr().String())
		must(t, err)
		_, err = fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path)
		must(t, err)
		answer, err := io.ReadAll(bufio.NewReader(conn))
		must(t, err)
		_ = conn.Close()
		if strings.HasPrefix(string(answer), "HTTP/1.1 421") {
			t.Fatal("the request doesn't reach the files")
		}
		if strings.Contains(string(answer), "secret") || strings.Contains(string(answer), "root:") {
			t.Errorf("%q was answered with %q", path, answer)
		}
	}
}

func TestLinksOutOfARootAreNotFollowed(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "site"), 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "secret"), []byte("secret"), 0o600))
	must(t, os.Symlink("../secret", filepath.Join(dir, "site", "link")))
	root, err := os.OpenRoot(filepath.Join(dir, "site"))
	must(t, err)
	defer func() { _ = root.Close() }()
	s := serve(t, func(o *Options) { o.Root = root.FS() })
	if r := ask(t, s, "GET", "/link"); r.StatusCode != 404 {
		t.Errorf("status %d", r.StatusCode)
	}
}

// The order of the codings decides between equals only.
func TestAcceptedCodings(t *testing.T) {
	for _, tt := range []struct{ header, want string }{
		{"", ""},
		{"gzip", "gzip"},
		{"gzip, zstd", "zstd gzip"},
		{"gzip, deflate, br, zstd", "zstd gzip"},
		{"GZIP;Q=0.8", "gzip"},
		{"zstd;q=0.5, gzip;q=0.8", "gzip zstd"},
		{"zstd ; q=0.5 , gzip ; q=0.5", "zstd gzip"},
		{"gzip;q=0", ""},
		{"gzip;q=0.000, zstd", "zstd"},
		{"gzip;q=0.001", "gzip"},
		{"identity, gzip;q=0.5", "identity gzip"},
		{"identity;q=0.1, gzip;q=0.5", "gzip identity"},
		{"identity;q=0, gzip", "gzip"},
		{"*", "gzip"},
		{"*;q=0, zstd", "zstd"},
		{"gzip;q=0, *", ""},
		{"gzip;q=2", ""},
		{"gzip;q=NaN", ""},
		{"gzip;level=9", ""},
		{"gzipped, xgzip", ""},
		{"br", ""},
	} {
		t.Run(tt.header, func(t *testing.T) {
			var got []string
			for _, c := range acceptedCodings(http.Header{"Accept-Encoding": {tt.header}}) {
				got = append(got, c.name)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestFilesAreSentInTheFormThatIsAccepted(t *testing.T) {
	s := serve(t, func(o *Options) { o.Root = testSite() })
	script := testSite()["app.js"].Data
	unzstd, err := zstd.NewReader(nil)
	must(t, err)
	defer unzstd.Close()
	decode := map[string]func([]byte) ([]byte, error){
		"": func(b []byte) ([]byte, error) { return b, nil },
		"gzip": func(b []byte) ([]byte, error) {
			z, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				return nil, err
			}
			return io.ReadAll(z)
		},
		"zstd": func(b []byte) ([]byte, error) { return unzstd.DecodeAll(b, nil) },
	}
	etags := map[string]string{}
	for encoding, plain := range decode {
		line := "Accept-Encoding: " + encoding
		r := ask(t, s, "GET", "/app.js", line)
		body := bodyOf(t, r)
		if r.Header.Get("Content-Encoding") != encoding || r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q was answered with %q, Vary: %q", encoding, r.Header.Get("Content-Encoding"), r.Header.Get("Vary"))
		}
		if got, err := plain([]byte(body)); err != nil || !bytes.Equal(got, script) {
			t.Errorf("%s doesn't decode to the file: %v", encoding, err)
		}
		if encoding != "" && len(body) > len(script)/10 {
			t.Errorf("%s: %d of %d bytes", encoding, len(body), len(script))
		}
		etag := r.Header.Get("ETag")
		if other, ok := etags[etag]; ok || etag == "" {
			t.Errorf("the ETag %q is that of %q too", etag, other)
		}
		etags[etag] = encoding
		head := ask(t, s, "HEAD", "/app.js", line)
		for _, name := range []string{"Content-Length", "Content-Type", "Content-Encoding", "ETag", "Vary", "Cache-Control"} {
			if a, b := r.Header.Get(name), head.Header.Get(name); a != b || a == "" && name != "Content-Encoding" {
				t.Errorf("%s: %q for GET, %q for HEAD", name, a, b)
			}
		}
		again := ask(t, s, "GET", "/app.js", line, "If-None-Match: "+etag)
		if again.StatusCode != 304 || again.Header.Get("ETag") != etag || again.Header.Get("Vary") == "" {
			t.Errorf("%s: status %d for the ETag that was given", encoding, again.StatusCode)
		}
		if r := ask(t, s, "GET", "/app.js", line, `If-Match: "another"`); r.StatusCode != 412 {
			t.Errorf("%s: status %d for an ETag that must match", encoding, r.StatusCode)
		}
	}
	if r := ask(t, s, "GET", "/with%20space.txt", "Accept-Encoding: gzip"); r.Header.Get("Content-Encoding") != "" {
		t.Error("a file was compressed that doesn't shrink")
	}
}

func TestCompressedFormsAreMadeOnce(t *testing.T) {
	s := serve(t, func(o *Options) { o.Root = testSite() })
	var together sync.WaitGroup
	for range 8 {
		together.Go(func() { ask(t, s, "GET", "/app.js", "Accept-Encoding: zstd") })
	}
	together.Wait()
	file := s.files.cache.files["app.js"]
	if file == nil || file.forms[zstdCoding.index].body == nil {
		t.Fatal("the compressed form isn't kept")
	}
	if file.forms[gzipCoding.index].body != nil {
		t.Error("a form was made that nobody asked for")
	}
	first := &file.forms[zstdCoding.index].body[0]
	ask(t, s, "GET", "/app.js", "Accept-Encoding: zstd")
	if &s.files.cache.files["app.js"].forms[zstdCoding.index].body[0] != first {
		t.Error("it was made again")
	}
}

func TestPartsOfFiles(t *testing.T) {
	s := serve(t, func(o *Options) {
		o.Root = fstest.MapFS{"d.txt": {Data: []byte(strings.Repeat("0123456789", 100)), ModTime: time.Unix(1e9, 0)}}
	})
	etag := ask(t, s, "GET", "/d.txt").Header.Get("ETag")
	const early, late = "Sat, 08 Sep 2001 00:00:00 GMT", "Sun, 09 Sep 2001 01:46:40 GMT"
	for _, tt := range []struct {
		name    string
		lines   []string
		status  int
		content string // Content-Range
		body    string // "" = not looked at
	}{
		{"first bytes", []string{"Range: bytes=0-3"}, 206, "bytes 0-3/1000", "0123"},
		{"from the middle", []string{"Range: bytes=997-"}, 206, "bytes 997-999/1000", "789"},
		{"the last bytes", []string{"Range: bytes=-2"}, 206, "bytes 998-999/1000", "89"},
		{"more than there is", []string{"Range: bytes=998-5000"}, 206, "bytes 998-999/1000", "89"},
		{"plain, whatever is accepted", []string{"Range: bytes=1-2", "Accept-Encoding: zstd, gzip"}, 206, "bytes 1-2/1000", "12"},
		{"behind the end", []string{"Range: bytes=1000-"}, 416, "bytes */1000", ""},
		{"backwards", []string{"Range: bytes=5-2"}, 416, "", ""},
		{"another unit", []string{"Range: lines=1-2"}, 416, "", ""},
		{"if it is this version", []string{"Range: bytes=0-1", "If-Range: " + etag}, 206, "bytes 0-1/1000", "01"},
		{"if it is another version", []string{"Range: bytes=0-1", `If-Range: "other"`}, 200, "", ""},
		{"if it is a weak version", []string{"Range: bytes=0-1", "If-Range: W/" + etag}, 200, "", ""},
		{"if it is of this time", []string{"Range: bytes=0-1", "If-Range: " + late}, 206, "bytes 0-1/1000", "01"},
		{"if it is of another time", []string{"Range: bytes=0-1", "If-Range: " + early}, 200, "", ""},
		{"unless it is this version", []string{"Range: bytes=0-1", "If-None-Match: " + etag}, 304, "", ""},
		{"whole, if it is newer", []string{"If-Modified-Since: " + early}, 200, "", ""},
		{"whole, if it isn't newer", []string{"If-Modified-Since: " + late}, 304, "", ""},
		{"if unmodified", []string{"If-Unmodified-Since: " + early}, 412, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := ask(t, s, "GET", "/d.txt", tt.lines...)
			body := bodyOf(t, r)
			if r.StatusCode != tt.status || r.Header.Get("Content-Range") != tt.content || tt.body != "" && body != tt.body {
				t.Errorf("%d %q %q, want %d %q %q", r.StatusCode, r.Header.Get("Content-Range"), body, tt.status, tt.content, tt.body)
			}
			if tt.status == 200 && len(body) != 1000 {
				t.Errorf("%d bytes", len(body))
			}
		})
	}
}

func TestSeveralPartsOfAFile(t *testing.T) {
	s := serve(t, func(o *Options) { o.Root = fstest.MapFS{"d.bin": {Data: []byte(strings.Repeat("0123456789", 100))}} })
	r := ask(t, s, "GET", "/d.bin", "Range: bytes=0-1,10-12,-1")
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	must(t, err)
	if r.StatusCode != 206 || kind != "multipart/byteranges" {
		t.Fatalf("%d %s", r.StatusCode, kind)
	}
	parts := multipart.NewReader(r.Body, params["boundary"])
	for _, want := range []string{"01", "012", "9"} {
		part, err := parts.NextPart()
		must(t, err)
		if body, _ := io.ReadAll(part); string(body) != want {
			t.Errorf("%q, want %q", body, want)
		}
	}
}

func TestOtherMethodsOnFiles(t *testing.T) {
	alone := serve(t, func(o *Options) { o.Root = testSite() })
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"} {
		r := ask(t, alone, method, "/app.js")
		if r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d, Allow: %q", method, r.StatusCode, r.Header.Get("Allow"))
		}
		if r := ask(t, alone, method, "/nothing"); r.StatusCode != 404 {
			t.Errorf("%s of nothing: %d", method, r.StatusCode)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /app.js", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) })
	beside := serve(t, func(o *Options) { o.Root, o.Handler = testSite(), mux })
	if r := ask(t, beside, "POST", "/app.js"); r.StatusCode != 202 {
		t.Errorf("the handler's status is %d", r.StatusCode)
	}
	if r := ask(t, beside, "PUT", "/app.js"); r.StatusCode != 405 {
		t.Errorf("the handler's mux answers %d", r.StatusCode)
	}
}

func TestFilesHaveHeadersForBrowsers(t *testing.T) {
	site := testSite()
	site["NOTES"] = &fstest.MapFile{Data: []byte(strings.Repeat("plain text ", 100))}
	site["Photo.JSON"] = &fstest.MapFile{Data: []byte("{}")}
	site["assets/index-DiwrgTda.js"] = &fstest.MapFile{Data: []byte("1")}
	s := serve(t, func(o *Options) { o.Root = site })
	for path, contentType := range map[string]string{
		"/": "text/html; charset=utf-8", "/NOTES": "text/plain; charset=utf-8", "/Photo.JSON": "application/json",
		"/assets/index-DiwrgTda.js": "text/javascript; charset=utf-8",
	} {
		r := ask(t, s, "GET", path, "Accept-Encoding: gzip, zstd")
		if got := r.Header.Get("Content-Type"); got != contentType {
			t.Errorf("%s is %q", path, got)
		}
		if r.Header.Get("Cache-Control") != "no-cache" || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, r.Header)
		}
	}
}

func TestLargeFilesAreServedInParts(t *testing.T) {
	const size = maxCachedFile + 1000
	content := bytes.Repeat([]byte("0123456789abcdef"), size/16+1)[:size]
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "big.bin"), content, 0o600))
	for name, root := range map[string]fs.FS{
		"with a time": os.DirFS(dir), "without a time": fstest.MapFS{"big.bin": {Data: content}},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(o *Options) { o.Root = root })
			r := ask(t, s, "GET", "/big.bin", "Accept-Encoding: gzip")
			if body := bodyOf(t, r); body != string(content) || r.Header.Get("Content-Encoding") != "" {
				t.Errorf("%d bytes, encoded by %q", len(body), r.Header.Get("Content-Encoding"))
			}
			etag := r.Header.Get("ETag")
			part := ask(t, s, "GET", "/big.bin", fmt.Sprintf("Range: bytes=%d-", size-4), "If-Range: "+etag)
			if got := bodyOf(t, part); part.StatusCode != 206 || got != string(content[size-4:]) {
				t.Errorf("%d %q", part.StatusCode, got)
			}
			if r := ask(t, s, "GET", "/big.bin", "If-None-Match: "+etag); r.StatusCode != 304 {
				t.Errorf("status %d", r.StatusCode)
			}
			if held := s.files.cache.bytes; held > maxCachedFile {
				t.Errorf("%d bytes are kept of a file that is too large for that", held)
			}
		})
	}
}

// unseekable is a file system whose files can only be read once, like an archive's.
type unseekable struct{ fs.FS }

func (u unseekable) Open(name string) (fs.File, error) {
	file, err := u.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return struct{ fs.File }{file}, nil
}

func TestLargeFilesThatCanNotBeSoughtAreServedWhole(t *testing.T) {
	content := bytes.Repeat([]byte("x"), maxCachedFile+1)
	s := serve(t, func(o *Options) { o.Root = unseekable{fstest.MapFS{"big.bin": {Data: content}}} })
	for _, method := range []string{"GET", "HEAD"} {
		r := ask(t, s, method, "/big.bin", "Range: bytes=0-1")
		body := bodyOf(t, r)
		if r.StatusCode != 200 || r.Header.Get("Content-Length") != strconv.Itoa(len(content)) {
			t.Errorf("%s: %d, %s bytes", method, r.StatusCode, r.Header.Get("Content-Length"))
		}
		if (len(body) == len(content)) != (method == "GET") {
			t.Errorf("%s: %d bytes", method, len(body))
		}
	}
}

// sizedFile claims a size.
type sizedFile struct {
	fs.FileInfo
	size int64
}

func (f sizedFile) Size() int64        { return f.size }
func (f sizedFile) ModTime() time.Time { return time.Time{} }

func TestKeptFilesAreBounded(t *testing.T) {
	var c fileCache
	for i := range 50 {
		name := strconv.Itoa(i)
		f := c.entry(name, sizedFile{size: maxCachedFile})
		c.charge(name, f, &f.forms[0], make([]byte, maxCachedFile/4))
		c.charge(name, f, &f.forms[1], make([]byte, maxCachedFile/4))
		var held int64
		for _, f := range c.files {
			held += f.heldLocked()
		}
		if held != c.bytes || held > maxCachedFiles {
			t.Fatalf("%d bytes are held and %d counted of %d", held, c.bytes, maxCachedFiles)
		}
	}
	if len(c.files) < 2 {
		t.Errorf("only %d files are kept", len(c.files))
	}
	for name, f := range maps.Clone(c.files) {
		c.forget(name, f)
	}
	if c.bytes != 0 {
		t.Errorf("%d bytes are counted of nothing", c.bytes)
	}
}
