package dashboard

import (
	"embed"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed dist
var dist embed.FS

// page returns the files of the page: index.html and what belongs to it, all in one
// directory.
func page() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil { // the name is no path
		panic(err)
	}
	return files
}

// contentPolicy lets the page run its own scripts and nothing else. Windows are
// decompressed by WebAssembly, in a worker that is built in; charts set styles and are
// saved by way of blobs.
const contentPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
	"img-src 'self' data: blob:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// ServeHTTP serves the page, and the WebSocket of its figures at ws beside it. It may be
// mounted at any path, with [http.StripPrefix] or without, as it looks at the end of paths
// only.
func (d *Dashboard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	dir, name := path.Split(r.URL.Path)
	switch {
	case name == "" && dir == "", name != "" && name != "ws" && !isFile(name):
		if !redirectBelow(w, r) {
			http.NotFound(w, r)
		}
		return
	}
	seen, u := *r, *r.URL
	u.Path, u.RawPath = "/"+name, ""
	seen.URL = &u
	d.pages.ServeHTTP(w, &seen)
}

func isFile(name string) bool {
	info, err := fs.Stat(page(), name)
	return err == nil && !info.IsDir()
}

// redirectBelow sends a browser from ".../dashboard" to ".../dashboard/", whatever was
// taken off before it. False: there is no such name.
func redirectBelow(w http.ResponseWriter, r *http.Request) bool {
	asked, _, _ := strings.Cut(r.RequestURI, "?")
	name := path.Base(asked)
	if r.Method != http.MethodGet && r.Method != http.MethodHead || name == "." || name == "/" || strings.HasSuffix(asked, "/") || strings.Contains(name, ".") {
		return false
	}
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("Location", "./"+name+"/")
	w.WriteHeader(http.StatusPermanentRedirect)
	return true
}
