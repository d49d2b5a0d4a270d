package scenewire

import (
	"context"
	"fmt"
	"net/http"
	"runtime/pprof"
	"runtime/trace"
	"strconv"
	"strings"
	"time"
)

const (
	profilePath = "/debug/pprof/"

	defaultProfileTime = 30 * time.Second
	maxProfileTime     = 5 * time.Minute
)

// serveProfile answers what "go tool pprof" and "go tool trace" ask for. False: the
// request is for something else. It isn't net/http/pprof because that puts itself into
// http.DefaultServeMux of every program that imports it.
func (s *Server) serveProfile(w http.ResponseWriter, r *http.Request) bool {
	name, ok := strings.CutPrefix(r.URL.Path, profilePath)
	if !ok {
		return false
	}
	if !onlyGet(w, r) {
		return true
	}
	if _, status, err := s.askAuthorize(r); err != nil {
		challenge(w, status)
		http.Error(w, err.Error(), status)
		return true
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	switch name {
	case "":
		listProfiles(w)
	case "profile":
		recordProfile(w, r, func() error { return pprof.StartCPUProfile(w) }, pprof.StopCPUProfile)
	case "trace":
		recordProfile(w, r, func() error { return trace.Start(w) }, trace.Stop)
	default:
		serveSnapshot(w, r, name)
	}
	return true
}

func listProfiles(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = fmt.Fprintf(w, "profile?seconds=30\ntrace?seconds=1\n")
	for _, p := range pprof.Profiles() {
		_, _ = fmt.Fprintf(w, "%s?debug=1\t%d\n", p.Name(), p.Count())
	}
}

// recordProfile runs a profile for ?seconds=, or until the peer goes.
func recordProfile(w http.ResponseWriter, r *http.Request, start func() error, stop func()) {
	length := defaultProfileTime
	if seconds, err := strconv.ParseFloat(r.FormValue("seconds"), 64); err == nil && seconds > 0 {
		length = time.Duration(min(seconds, maxProfileTime.Seconds()) * float64(time.Second))
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	if err := start(); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer stop()
	ctx, cancel := context.WithTimeout(r.Context(), length)
	defer cancel()
	<-ctx.Done()
}

// serveSnapshot answers with a profile of package runtime/pprof as it is now.
func serveSnapshot(w http.ResponseWriter, r *http.Request, name string) {
	p := pprof.Lookup(name)
	if p == nil {
		http.NotFound(w, r)
		return
	}
	debug, _ := strconv.Atoi(r.FormValue("debug"))
	w.Header().Set("Content-Type", "application/octet-stream")
	if debug > 0 {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	}
	_ = p.WriteTo(w, debug)
}
