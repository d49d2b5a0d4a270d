package dashboard

import (
	"errors"
	"net/http"

	"github.com/scenewire/scenewire"
)

// sampleKeep is how many samples are kept: ten minutes of them.
const sampleKeep = 10 * 60 * 4

// Dashboard shows one server. All methods may be called from any goroutine.
type Dashboard struct{}

// New makes a dashboard for srv, or, if that is nil, one that only shows the history and
// what a load generator measures. nil options mean the defaults; they are copied. It must
// be closed, before srv is.
func New(srv *scenewire.Server, o *Options) (*Dashboard, error) {
	_, _ = srv, o
	return &Dashboard{}, nil
}

// Handler is [New] with default options, for programs that show a server for as long as
// they run. It panics if the dashboard can't be made, which takes a server that is closed.
func Handler(srv *scenewire.Server) http.Handler {
	d, err := New(srv, nil)
	if err != nil {
		panic(err)
	}
	return d
}

// ServeHTTP serves the page, and its WebSocket at ws below it.
func (d *Dashboard) ServeHTTP(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }

// Mark puts an event on the timeline.
func (d *Dashboard) Mark(Note) error { return errors.ErrUnsupported }

// Measured takes over what a load generator's clients saw since the last call.
func (d *Dashboard) Measured(Measured) {}

// Close ends the dashboard: its pages are closed, and nothing of it is left.
func (d *Dashboard) Close() error { return nil }
