package scenewire

import (
	"cmp"
	"net/http"
	"path"
	"slices"
	"strings"
)

// mount is a handler and the path below which it answers: "/" and names, with no slash at
// the end.
type mount struct {
	path    string
	handler http.Handler
}

// Mount has handler answer what is asked for at path, such as "/dashboard", and below
// it: WebSocket handshakes too, so that it may be another server. It sees paths as they
// are, without [Options.BasePath]; the host was checked. Of two mounts the longer path
// counts. stop takes it out again.
func (s *Server) Mount(path string, handler http.Handler) (stop func()) {
	return s.mounts.add(mount{strings.TrimRight(path, "/"), handler})
}

// serveMount answers what is below a mount.
func (s *Server) serveMount(w http.ResponseWriter, r *http.Request) bool {
	all := s.mounts.all()
	if len(all) == 0 {
		return false
	}
	asked := path.Clean("/" + r.URL.Path)
	var below []mount
	for _, m := range all {
		if rest, ok := strings.CutPrefix(asked, m.call.path); ok && (rest == "" || rest[0] == '/') {
			below = append(below, m.call)
		}
	}
	if len(below) == 0 {
		return false
	}
	longest := slices.MaxFunc(below, func(a, b mount) int { return cmp.Compare(len(a.path), len(b.path)) })
	longest.handler.ServeHTTP(w, r)
	return true
}
