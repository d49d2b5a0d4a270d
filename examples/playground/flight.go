package main

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/record"
)

const (
	flightTime  = 5 * time.Minute
	flightBytes = 128 << 20 // compressed
	// takeBytes bounds what a take has in memory while it is made.
	takeBytes = 256 << 20
)

// flight is the recorder that always runs: the last minutes of the scene, for pages that
// go back in time, and to be taken home as files.
type flight struct {
	capture *record.Capture
	takes   chan struct{} // one is made at a time
}

// newFlight starts to capture a server. It ends with it.
func newFlight(server *scenewire.Server) (*flight, error) {
	capture, err := server.StartCapture(record.CaptureOptions{
		Name: "Playground", MaxAge: flightTime, MaxTotalBytes: flightBytes,
	})
	if err != nil {
		return nil, err
	}
	return &flight{capture: capture, takes: make(chan struct{}, 1)}, nil
}

// mount answers below /recording/: what there is, parts of it for players, and takes.
func (f *flight) mount(mux *http.ServeMux) {
	mux.Handle("GET /recording/", record.NewLiveHandler(func() (*record.File, error) { return f.capture.Open(nil) }, nil))
	mux.HandleFunc("GET /recording/take.viser", f.serve(f.writeViser))
	mux.HandleFunc("GET /recording/take.mcap", f.serve(f.writeMCAP))
}

// take is a part of the recording.
type take struct{ from, to time.Time }

// serve answers with a take that the query names: ?from= and to=, as RFC 3339 has times.
func (f *flight) serve(write func(http.ResponseWriter, record.StepReader, take) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		from, err := time.Parse(time.RFC3339Nano, r.FormValue("from"))
		to, errTo := time.Parse(time.RFC3339Nano, r.FormValue("to"))
		if err = errors.Join(err, errTo); err != nil || to.Before(from) {
			http.Error(w, fmt.Sprintf("from and to are no span of time: %v", err), http.StatusBadRequest)
			return
		}
		select {
		case f.takes <- struct{}{}:
			defer func() { <-f.takes }()
		case <-r.Context().Done():
			return
		}
		if err := f.answer(w, take{from, to}, write); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}
}

func (f *flight) answer(w http.ResponseWriter, t take, write func(http.ResponseWriter, record.StepReader, take) error) error {
	// What was captured up to now waits up to a second to be written.
	if err := f.capture.Flush(); err != nil && !errors.Is(err, record.ErrEnded) {
		return err
	}
	file, err := f.capture.Open(nil)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // of what is in memory
	w.Header().Set("Content-Type", "application/octet-stream")
	return write(w, record.Cut(file, t.from, t.to), t)
}

// writeViser writes a take for viser's players.
func (*flight) writeViser(w http.ResponseWriter, steps record.StepReader, t take) error {
	rec, err := record.Collect(steps, record.CollectOptions{Start: t.from, End: t.to, MaxBytes: takeBytes})
	if err != nil {
		return err
	}
	_, err = rec.WriteTo(w)
	return err
}

// writeMCAP writes a take that knows everything, the keys of messages too.
func (*flight) writeMCAP(w http.ResponseWriter, steps record.StepReader, t take) error {
	out, err := record.NewWriter(w, record.WriterOptions{Name: "Playground", Start: t.from})
	if err != nil {
		return err
	}
	if err := record.Copy(out, steps); err != nil {
		return err
	}
	return out.Close()
}
