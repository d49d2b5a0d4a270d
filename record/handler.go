package record

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// HandlerOptions configures a handler of [NewHandler] or [NewLiveHandler]. Zero and
// negative values mean the defaults.
type HandlerOptions struct {
	// Files are the paths of the recording's files, which are offered for download by
	// the last element of their path. Default: none.
	Files []string
	// MaxCutBytes bounds the messages of one cut.viser without compression. It takes up
	// to three times as much memory. Default: 64 MiB.
	MaxCutBytes int64
	// MaxCutTime is how long is read for one cut.viser. Default: 5 s.
	MaxCutTime time.Duration
	// MaxCuts is how many of them are made at a time. Others wait, as long as MaxCutTime,
	// and get 503 then. Default: 4.
	MaxCuts int
}

const (
	defaultCutBytes = 64 << 20
	defaultCutTime  = 5 * time.Second
	defaultCuts     = 4
	// densityParts is how many parts of the time info.json counts messages in.
	densityParts = 240
	// refreshInterval is how often at most a file is looked at for more.
	refreshInterval = 250 * time.Millisecond
)

func (o *HandlerOptions) withDefaults() HandlerOptions {
	var out HandlerOptions
	if o != nil {
		out = *o
	}
	out.MaxCutBytes = cmp.Or(max(out.MaxCutBytes, 0), defaultCutBytes)
	out.MaxCutTime = cmp.Or(max(out.MaxCutTime, 0), defaultCutTime)
	out.MaxCuts = cmp.Or(max(out.MaxCuts, 0), defaultCuts)
	return out
}

// handler serves a recording.
type handler struct {
	o    HandlerOptions
	open func() (f *File, done func(), live bool, err error)
	cuts chan struct{} // one for each cut that is being made

	mu     sync.Mutex
	origin time.Time // from where times count; zero: not known yet
}

// NewHandler returns a handler that serves a recording to players in browsers. Below the
// path that it is mounted at, with or without http.StripPrefix, there are:
//
//	info.json                          what is known of the recording
//	cut.viser?from=2.5&to=10&state=1   a part of it, as a .viser file
//	NAME                               each of HandlerOptions.Files
//
// Times are seconds from the recording's start. info.json has
//
//	start         when that was, as RFC 3339 has it
//	duration      up to when it goes
//	from          from when on it can be had, if that isn't 0 any more
//	live          true: it still grows
//	gaps          [{from, to}, …]: where something was lost
//	density       how many messages there are, in 240 equal parts of from … duration
//	types         {name: how many messages}
//	name, viserVersion, bytes
//	files         the names of files to be downloaded
//	damage        why the recording isn't whole; absent if it is
//
// cut.viser is of [GenerationZstd]. With state=1 it begins with the live state at from,
// all at that time. Then come all messages behind from, up to and at to; what has the
// same time was one batch. Where the recording has a gap, the state behind it comes at its
// end. Left out, from is the start and to the end. An answer is bounded
// (MaxCutBytes, MaxCutTime): its durationSeconds says up to when it is complete, which may
// be less than to, and never less than its next step.
//
// Errors are text: 400 for what can't be understood, 404, 405, 413 for a state or a batch
// beyond the bound, 416 for a time behind the end, 500 for a file that is damaged there,
// 503 when too much is asked for at a time. Nothing is cached.
//
// file belongs to the handler; it is read by forks. If it still grows, so does what is
// served.
func NewHandler(file *File, o *HandlerOptions) http.Handler {
	h := newHandler(o)
	var mu sync.Mutex
	var looked, grew time.Time
	h.open = func() (*File, func(), bool, error) {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); now.Sub(looked) >= refreshInterval {
			grown, err := file.Refresh()
			if err != nil {
				return nil, nil, false, err
			}
			looked = now
			if grown {
				grew = now
			}
		}
		return file.Fork(), func() {}, time.Since(grew) < growsFor, nil
	}
	return h
}

// growsFor is how long a file is taken to be live after it has grown.
const growsFor = 15 * time.Second

// NewLiveHandler is [NewHandler] for a recording that goes on, such as a [Capture]. open
// opens what there is of it, for each request, concurrently; the handler closes it.
// Times count from the start of what was there when it was asked first.
func NewLiveHandler(open func() (*File, error), o *HandlerOptions) http.Handler {
	h := newHandler(o)
	h.open = func() (*File, func(), bool, error) {
		f, err := open()
		if err != nil {
			return nil, nil, false, err
		}
		return f, func() { _ = f.Close() }, true, nil
	}
	return h
}

func newHandler(o *HandlerOptions) *handler {
	h := &handler{o: o.withDefaults()}
	h.cuts = make(chan struct{}, h.o.MaxCuts)
	return h
}

// httpError is an answer that isn't 200.
type httpError struct {
	status int
	text   string
}

func (e *httpError) Error() string { return e.text }

func failed(status int, format string, args ...any) error {
	return &httpError{status, fmt.Sprintf(format, args...)}
}

// ServeHTTP answers by the last element of the path.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	err := h.serve(w, r)
	var known *httpError
	switch {
	case err == nil || r.Context().Err() != nil: // or nobody is there
	case errors.As(err, &known):
		if known.status == http.StatusServiceUnavailable {
			w.Header().Set("Retry-After", "1")
		}
		http.Error(w, known.text, known.status)
	default:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (h *handler) serve(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		return failed(http.StatusMethodNotAllowed, "only GET and HEAD are answered")
	}
	switch name := path.Base(r.URL.Path); name {
	case "info.json":
		return h.serveInfo(w, r)
	case "cut.viser":
		return h.serveCut(w, r)
	default:
		return h.serveFile(w, r, name)
	}
}

// serveFile sends one of the files as it is.
func (h *handler) serveFile(w http.ResponseWriter, r *http.Request, name string) error {
	for _, file := range h.o.Files {
		if filepath.Base(file) == name {
			return sendFile(w, r, file)
		}
	}
	return failed(http.StatusNotFound, "there are info.json, cut.viser and the files that info.json names")
}

func sendFile(w http.ResponseWriter, r *http.Request, file string) error {
	f, err := os.Open(file)
	if errors.Is(err, os.ErrNotExist) {
		return failed(http.StatusNotFound, "the file is gone")
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", "attachment; filename="+strconv.QuoteToASCII(info.Name()))
	http.ServeContent(w, r, "", info.ModTime(), f)
	return nil
}

// span is a recording's time as seconds count it.
type span struct {
	origin     time.Time
	start, end float64
}

// span returns from when to when a recording goes.
func (h *handler) span(info *Info) span {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.origin.IsZero() {
		h.origin = info.Start
	}
	s := span{origin: h.origin}
	s.start, s.end = s.seconds(info.Start), s.seconds(info.End)
	return s
}

// seconds rounds once, as a page does that reads the file itself and must find the same
// number; [time.Duration.Seconds] rounds its two halves and their sum.
func (s *span) seconds(t time.Time) float64 { return float64(t.Sub(s.origin)) / float64(time.Second) }

// recordingInfo is info.json.
type recordingInfo struct {
	Start        time.Time         `json:"start"`
	Duration     float64           `json:"duration"`
	From         float64           `json:"from,omitempty"`
	Live         bool              `json:"live,omitempty"`
	Gaps         []gapInfo         `json:"gaps"`
	Density      []uint64          `json:"density"`
	Types        map[string]uint64 `json:"types"`
	Name         string            `json:"name,omitempty"`
	ViserVersion string            `json:"viserVersion,omitempty"`
	Bytes        int64             `json:"bytes"`
	Files        []string          `json:"files"`
	Damage       string            `json:"damage,omitempty"`
}

type gapInfo struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
}

func (h *handler) serveInfo(w http.ResponseWriter, _ *http.Request) error {
	f, done, live, err := h.open()
	if err != nil {
		return err
	}
	defer done()
	info := f.Info()
	at := h.span(&info)
	out := recordingInfo{
		Start: at.origin.UTC(), Duration: at.end, From: max(0, at.start), Live: live,
		Gaps: []gapInfo{}, Density: f.density(densityParts), Types: info.Messages,
		Name: info.Name, ViserVersion: info.ViserVersion, Bytes: info.Bytes, Files: []string{},
	}
	gaps, err := f.Gaps()
	if err == nil && !live {
		err = info.Damage
	}
	if err != nil {
		out.Damage = err.Error()
	}
	for _, g := range gaps {
		out.Gaps = append(out.Gaps, gapInfo{From: at.seconds(g.Start), To: at.seconds(g.Until)})
	}
	for _, file := range h.o.Files {
		out.Files = append(out.Files, filepath.Base(file))
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(out)
}

// turn waits for its turn to make a cut.
func (h *handler) turn(ctx context.Context) (done func(), err error) {
	select {
	case h.cuts <- struct{}{}:
		return func() { <-h.cuts }, nil
	case <-ctx.Done():
		return nil, failed(http.StatusServiceUnavailable, "too much is asked for at a time")
	}
}
