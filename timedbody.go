package scenewire

import (
	"io"
	"net/http"
	"time"
)

// serveTimed serves a request of this server's own listeners. It bounds the time in
// which the body arrives: net/http's ReadTimeout would also cancel the context of every
// handler that runs for longer.
func (s *Server) serveTimed(w http.ResponseWriter, r *http.Request) {
	timeout := s.opts.RequestTimeout
	if timeout > 0 && r.Body != nil && r.Body != http.NoBody {
		control := http.NewResponseController(w)
		if control.SetReadDeadline(time.Now().Add(timeout)) == nil {
			timed := *r
			timed.Body = &timedBody{ReadCloser: r.Body, control: control}
			r = &timed
		}
	}
	s.ServeHTTP(w, r)
}

// timedBody lifts the deadline when the body is over: what is read from then on only
// tells whether the peer is still there.
type timedBody struct {
	io.ReadCloser
	control *http.ResponseController
}

func (b *timedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		b.lift()
	}
	return n, err
}

func (b *timedBody) Close() error {
	defer b.lift()
	return b.ReadCloser.Close()
}

func (b *timedBody) lift() { _ = b.control.SetReadDeadline(time.Time{}) }
