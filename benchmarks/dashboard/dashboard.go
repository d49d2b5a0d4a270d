package dashboard

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"time"

	"github.com/scenewire/scenewire"
)

const (
	// sampleInterval is the time between two samples.
	sampleInterval = 250 * time.Millisecond
	// sampleKeep is how many samples are kept: ten minutes of them.
	sampleKeep = 10 * 60 * 4
	// maxRows is how many rows or keys a page may ask for.
	maxRows = 500
	// closeTimeout is how long Close waits for pages to be told.
	closeTimeout = time.Second
)

// Dashboard shows one server. All methods may be called from any goroutine.
type Dashboard struct {
	opts     Options
	token    [sha256.Size]byte // of AdminToken; immutable
	watched  *scenewire.Server // nil: none
	pages    *scenewire.Server // what the pages talk to
	guesses  guesses
	marks    marks
	measured lastMeasured
	history  historyCache
	running  sync.WaitGroup // of the collector
	samples  ring           // the collector's

	mu      sync.Mutex // guards all below
	viewers map[*scenewire.Client]*viewer
	watch   *watch // nil: nobody watches
	last    *watch // the newest one
	closed  bool
}

// viewer is one connected page, or a load generator. Guarded by Dashboard.mu.
type viewer struct {
	client *scenewire.Client
	admin  bool
	feeds  bool // it says what it measures, and doesn't look
	ask    AskClients
	keys   int // how many it has asked for
}

// New makes a dashboard for srv, or, if that is nil, one that only shows the history and
// what a load generator measures. nil options mean the defaults; they are copied. It must
// be closed, before srv is.
func New(srv *scenewire.Server, o *Options) (*Dashboard, error) {
	opts := o.withDefaults(srv)
	if err := opts.validate(); err != nil {
		return nil, err
	}
	d := &Dashboard{opts: opts, watched: srv, viewers: map[*scenewire.Client]*viewer{}}
	d.token = sha256.Sum256([]byte(opts.AdminToken))
	serverOptions := opts.serverOptions()
	if srv != nil {
		serverOptions.Loop = srv.Loop()
	}
	pages, err := scenewire.New(serverOptions)
	if err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	d.pages = pages
	d.marks.send = func(m Mark) { d.send(pages.Broadcast(m)) }
	d.send(pages.Broadcast(d.welcome()))
	d.listen()
	d.marks.add(time.Now(), Note{Kind: EventStart, Text: "The dashboard has started."})
	return d, nil
}

// Handler is [New] with default options, for programs that show a server for as long as
// they run. It panics if the dashboard can't be made.
func Handler(srv *scenewire.Server) http.Handler {
	d, err := New(srv, nil)
	if err != nil {
		panic(err)
	}
	return d
}

// welcome is the first message to every page.
func (d *Dashboard) welcome() Welcome {
	return Welcome{
		Name: d.opts.Name, Live: d.watched != nil, CanLogin: d.opts.AdminToken != "", Series: seriesInfo,
		Lag: lagBins, Pending: pendingBins, RTT: rttBins, Join: joinBins,
		SampleMs: ms(sampleInterval), KeepMs: ms(sampleInterval * sampleKeep), MaxRows: maxRows, StartedMs: unixMs(time.Now()),
		System: fmt.Sprintf("%s/%s, %d cores, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version()),
	}
}

// listen says what happens when pages come, speak and go.
func (d *Dashboard) listen() {
	d.pages.OnConnect(d.come)
	d.pages.OnDisconnect(d.leave)
	scenewire.Handle(d.pages, d.askClients)
	scenewire.Handle(d.pages, d.askKeys)
	scenewire.Handle(d.pages, d.askHistory)
	scenewire.Handle(d.pages, d.login)
	scenewire.Handle(d.pages, d.act)
	scenewire.Handle(d.pages, d.feedMeasured)
	scenewire.Handle(d.pages, d.feedNote)
}

func (d *Dashboard) come(c *scenewire.Client) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.viewers[c] = &viewer{client: c}
	d.lookLocked()
}

func (d *Dashboard) leave(c *scenewire.Client, _ error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.viewers, c)
	d.lookLocked()
}

// lookLocked has figures collected while somebody watches.
func (d *Dashboard) lookLocked() {
	watching := 0
	for _, v := range d.viewers {
		if !v.feeds {
			watching++
		}
	}
	switch {
	case watching > 0 && d.watch == nil && !d.closed:
		d.watch = newWatch(d, d.last)
		d.last = d.watch
		d.watch.takeOver()
		d.running.Go(d.watch.run)
	case (watching == 0 || d.closed) && d.watch != nil:
		close(d.watch.stop)
		d.watch = nil
	}
}

// viewersNow returns copies of those who look.
func (d *Dashboard) viewersNow() []viewer {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := make([]viewer, 0, len(d.viewers))
	for _, v := range d.viewers {
		if !v.feeds {
			all = append(all, *v)
		}
	}
	return all
}

// change changes what is known of a page, unless it has gone.
func (d *Dashboard) change(c *scenewire.Client, f func(*viewer)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if v := d.viewers[c]; v != nil {
		f(v)
		d.lookLocked()
	}
}

func (d *Dashboard) isAdmin(c *scenewire.Client) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	v := d.viewers[c]
	return v != nil && v.admin
}

// Mark puts an event on the timeline, and keeps it for those who look later.
func (d *Dashboard) Mark(n Note) { d.marks.add(time.Now(), n) }

// Measured takes over what a load generator's clients saw since the last call. It is shown
// from the next sample on, until the next call, for 3 s at most.
func (d *Dashboard) Measured(m Measured) { d.measured.set(m, time.Now()) }

// Close ends the dashboard: its pages are closed with 1001, and nothing of it is left when
// it returns. Requests are refused from then on. Later calls do nothing.
func (d *Dashboard) Close() error {
	d.mu.Lock()
	d.closed = true
	d.lookLocked()
	d.mu.Unlock()
	d.running.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	if err := d.pages.Shutdown(ctx); err != nil {
		return d.pages.Close()
	}
	return nil
}

// send logs an error of sending, unless there is just nobody left to send to.
func (d *Dashboard) send(err error) {
	if err == nil || errors.Is(err, scenewire.ErrClientGone) || errors.Is(err, scenewire.ErrServerClosed) {
		return
	}
	d.opts.Logger.Sugar().Errorw("a message wasn't sent", "error", err)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
func unixMs(t time.Time) float64 { return float64(t.UnixMicro()) / 1000 }
