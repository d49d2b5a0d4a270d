package scenewire

import (
	"io"
	"net/http"
)

const (
	healthPath = "/healthz" // is the process alive?
	readyPath  = "/readyz"  // may it be sent new clients?
)

// serveHealth answers probes. False: r is none.
func (s *Server) serveHealth(w http.ResponseWriter, r *http.Request) bool {
	status, text := http.StatusOK, "ok"
	switch r.URL.Path {
	case healthPath:
	case readyPath:
		if !s.isRunning() {
			status, text = http.StatusServiceUnavailable, shuttingDown
		}
	default:
		return false
	}
	if !onlyGet(w, r) {
		return true
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n")
	return true
}

// onlyGet answers methods other than GET and HEAD, with false.
func onlyGet(w http.ResponseWriter, r *http.Request) bool {
	if isGet(r) {
		return true
	}
	w.Header().Set("Allow", "GET, HEAD")
	http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
	return false
}

func isGet(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead
}

func (s *Server) isRunning() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state == running
}
