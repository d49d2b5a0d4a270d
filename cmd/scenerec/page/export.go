package page

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"time"
)

// Options are what [Export] may be told. The zero value of each field means its default.
type Options struct {
	// Name is shown above the recording. Default: what the recording says.
	Name string
	// From and To bound what is exported, by the recording's time. Default: all of it.
	From, To time.Duration
	// Progress is called from time to time, with how much of the recording is written.
	// Default: nothing.
	Progress func(done, total time.Duration)
}

// Export writes a page that plays a recording by itself: one HTML file that asks no
// server for anything. What it contains is what the handler answers to info.json and
// cut.viser, whose state it also has every few seconds, so that seeking is quick.
//
// It is written as it is read; a piece is in memory at a time. The error is that of w,
// of ctx, or says what the handler answered.
func Export(ctx context.Context, w io.Writer, recording http.Handler, o Options) error {
	e := &export{ctx: ctx, w: w, from: recording, options: o}
	if err := e.ask(); err != nil {
		return err
	}
	shell, err := newShell()
	if err != nil {
		return err
	}
	e.write(shell.head(e.info.name(o)))
	for e.err == nil && !e.done {
		e.piece()
	}
	e.writeInfo()
	e.write(shell.tail())
	return e.err
}

// export is a page that is being written. After the first error nothing more is.
type export struct {
	ctx     context.Context
	w       io.Writer
	from    http.Handler
	options Options

	info     info
	next     float64 // seconds up to which it is written; before the first piece where it begins
	begin    float64
	end      float64
	span     float64 // seconds that the next piece is to have
	done     bool
	density  density
	messages int
	err      error
}

const (
	firstSpan    = 1.0 // seconds
	shortestSpan = 0.05
	// pieceBytes is what a piece should have, decompressed: a seek takes all of it in.
	pieceBytes = 1 << 20
	// stateShare: a piece should be so many times as large as the state that it begins
	// with, so that the page is not much larger than the recording.
	stateShare = 4
	// timeParts is how many parts the picture of the recording's time has.
	timeParts = 240
)

// ask finds out what there is.
func (e *export) ask() error {
	body, err := e.get("info.json")
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, &e.info); err != nil {
		return fmt.Errorf("page: info.json: %w", err)
	}
	duration, from, err := e.info.times()
	if err != nil {
		return err
	}
	e.begin, e.end, e.span = max(from, e.options.From.Seconds()), duration, firstSpan
	if e.options.To > 0 {
		e.end = min(e.end, e.options.To.Seconds())
	}
	if e.begin > e.end {
		return fmt.Errorf("page: nothing is between %v s and %v s", e.begin, e.end)
	}
	e.next = e.begin
	e.density = density{begin: e.begin, width: (e.end - e.begin) / timeParts, counts: make([]int, timeParts)}
	return nil
}

// piece asks for the next piece and writes it.
func (e *export) piece() {
	to := min(e.end, e.next+e.span)
	file, err := e.get(fmt.Sprintf("cut.viser?from=%s&to=%s&state=1", seconds(e.next), seconds(to)))
	if err != nil {
		e.err = err
		return
	}
	found, err := look(file, e.next, &e.density)
	if err != nil {
		e.err = fmt.Errorf("page: the cut from %v s: %w", e.next, err)
		return
	}
	to = min(max(found.until, e.next), e.end)
	if to == e.next && e.next < e.end {
		e.err = fmt.Errorf("page: the cut from %v s ends there", e.next)
		return
	}
	e.writePiece(file, e.next, to)
	e.messages += found.messages
	e.adapt(found, to-e.next)
	e.next, e.done = to, to >= e.end
	e.tell()
}

// adapt lets the next piece be longer or shorter, by what one of so many seconds has.
func (e *export) adapt(found cut, span float64) {
	want := float64(max(pieceBytes, stateShare*found.stateBytes))
	have := float64(max(found.bytes-found.stateBytes, 1))
	e.span = max(shortestSpan, min(span*want/have, 4*span, math.MaxInt32))
}

func (e *export) tell() {
	if e.options.Progress == nil {
		return
	}
	asTime := func(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
	e.options.Progress(asTime(e.next-e.begin), asTime(e.end-e.begin))
}

// get asks the handler.
func (e *export) get(path string) ([]byte, error) {
	request, err := http.NewRequestWithContext(e.ctx, http.MethodGet, "http://localhost/"+path, http.NoBody)
	if err != nil {
		return nil, err
	}
	a := &answer{header: http.Header{}}
	e.from.ServeHTTP(a, request)
	if err := e.ctx.Err(); err != nil {
		return nil, err
	}
	if a.status != 0 && a.status != http.StatusOK {
		return nil, fmt.Errorf("page: %s: %d %s", path, a.status, bytes.TrimSpace(a.body.Bytes()))
	}
	return a.body.Bytes(), nil
}

// answer takes what a handler answers into memory.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }
func (a *answer) WriteHeader(status int)      { a.status = status }
