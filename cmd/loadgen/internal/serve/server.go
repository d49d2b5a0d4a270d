//go:build linux

package serve

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/benchmarks/dashboard"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/loop"
)

// Addresses is where a server is found.
type Addresses struct {
	WebSocket string `json:"websocket"` // ws://127.0.0.1:40123/
	Dashboard string `json:"dashboard"` // http://127.0.0.1:40123/dashboard/
	Profiles  string `json:"profiles"`  // http://127.0.0.1:40123/debug/pprof/; "" without profiling
}

// Reading is what the server says of itself at one moment. Counts rise for its life.
type Reading struct {
	At             int64      `json:"at"` // machine.Monotonic
	Mark           child.Mark `json:"mark"`
	Clients        int        `json:"clients"`
	Seq            uint64     `json:"seq,string"` // the log's next
	Deliveries     int64      `json:"deliveries"`
	Windows        int64      `json:"windows"`
	FramesBuilt    int64      `json:"frames_built"`
	BytesSent      int64      `json:"bytes_sent"`
	PayloadBytes   int64      `json:"payload_bytes"`
	Culled         int64      `json:"culled"`
	TransientsLost int64      `json:"transients_lost"`
	WindowRate     float64    `json:"window_rate"`
	Handled        int64      `json:"handled"` // messages of clients that handlers have had
	BadMessages    int64      `json:"bad_messages"`
	Panics         int64      `json:"panics"`
	GCs            int64      `json:"gcs"`
	GCPauseNanos   int64      `json:"gc_pause_ns"`
	Produced       Produced   `json:"produced"`
}

// Sub returns what has happened between an earlier reading and this one. What isn't
// counted, such as sizes of memory, is this one's.
func (r *Reading) Sub(earlier *Reading) Reading {
	d := *r
	d.Mark = r.Mark.Sub(earlier.Mark)
	for _, c := range [][2]*int64{
		{&d.Deliveries, &earlier.Deliveries},
		{&d.Windows, &earlier.Windows},
		{&d.FramesBuilt, &earlier.FramesBuilt},
		{&d.BytesSent, &earlier.BytesSent},
		{&d.PayloadBytes, &earlier.PayloadBytes},
		{&d.Culled, &earlier.Culled},
		{&d.TransientsLost, &earlier.TransientsLost},
		{&d.Handled, &earlier.Handled},
		{&d.BadMessages, &earlier.BadMessages},
		{&d.Panics, &earlier.Panics},
		{&d.GCs, &earlier.GCs},
		{&d.GCPauseNanos, &earlier.GCPauseNanos},
		{&d.Produced.Messages, &earlier.Produced.Messages},
	} {
		*c[0] -= *c[1]
	}
	return d
}

// server is the server of this process.
type server struct {
	*scene.Server
	options   Options
	producers *producers
	handled   atomic.Int64
	dashboard *dashboard.Dashboard // nil: not made yet
	closers   []func() error
}

// listen makes the server, with its objects, and listens.
func listen(o Options) (*server, error) {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	s := &server{options: o}
	if err := s.open(o); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *server) open(o Options) error {
	l, err := loop.New(&loop.Options{Writer: o.Writer, WriteTimeout: o.WriteTimeout})
	if err != nil {
		return err
	}
	s.closers = append(s.closers, l.Close)
	registry := wire.NewRegistry()
	srv, err := scenewire.New(&scenewire.Options{
		Name: "loadgen", Addr: o.Addr, Registry: registry, Loop: l,
		Hosts: o.Hosts, AllowedOrigins: o.AllowedOrigins, Profiling: o.Profiling,
		WindowInterval: o.Window, MaxWindowMessages: o.WindowMessages, ResumeGrace: o.ResumeGrace,
		Logger: zap.NewNop(),

		// Load comes from few addresses, all at once, and as fast as it can.
		MaxClients: -1, MaxClientsPerAddress: -1, MaxHandshakeRate: -1, MaxHTTPConns: -1, MaxSuspended: -1,
		MaxMessagesPerSecond: -1, MaxBytesPerSecond: -1,
	})
	if err != nil {
		return err
	}
	s.closers = append(s.closers, srv.Close)
	s.handle(srv)
	if err := s.mountDashboard(srv); err != nil {
		return err
	}
	if s.producers, err = newProducers(srv, registry, o.Load); err != nil {
		return err
	}
	s.Server, err = scene.Listening(srv)
	return err
}

// dashboardPath is where the dashboard is.
const dashboardPath = "/dashboard"

func (s *server) mountDashboard(srv *scenewire.Server) error {
	o := &s.options
	d, err := dashboard.New(srv, &dashboard.Options{
		AdminToken: o.AdminToken, Hosts: o.Hosts, AllowedOrigins: o.AllowedOrigins, Logger: zap.NewNop(),
	})
	if err != nil {
		return err
	}
	s.dashboard = d
	srv.Mount(dashboardPath, d)
	return nil
}

// handle registers what is done with what clients send.
func (s *server) handle(srv *scenewire.Server) {
	scenewire.Handle(srv, func(c *scenewire.Client, m wire.Echo) {
		s.handled.Add(1)
		_ = c.Send(m) // a client whose queue is full is closed, which it notices
	})
	scenewire.Handle(srv, func(c *scenewire.Client, m wire.Pointer) {
		s.handled.Add(1)
		_ = srv.BroadcastExcept(c.ID(), m)
	})
	scenewire.Handle(srv, func(_ *scenewire.Client, m wire.Flood) {
		if m.N > 0 {
			s.handled.Add(1)
		}
	})
}

// closeParts ends what needs the server.
func (s *server) closeParts() error {
	var err error
	if s.producers != nil {
		err = s.producers.stop()
	}
	if s.dashboard != nil {
		err = errors.Join(err, s.dashboard.Close())
		s.dashboard = nil
	}
	return err
}

// close ends everything that listen has made, the last thing first.
func (s *server) close() error {
	err := s.closeParts()
	for i := len(s.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, s.closers[i]())
	}
	s.closers = nil
	return err
}

func (s *server) addresses() Addresses {
	a := Addresses{
		WebSocket: "ws://" + s.Server.Addr() + "/",
		Dashboard: "http://" + s.Server.Addr() + dashboardPath + "/",
	}
	if s.options.Profiling {
		a.Profiles = "http://" + s.Server.Addr() + "/debug/pprof/"
	}
	return a
}

func (s *server) read() (Reading, error) {
	mark, err := s.Mark()
	stats := s.Stats()
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	var bad uint64
	for _, n := range stats.BadMessages {
		bad += n
	}
	return Reading{
		At: machine.Monotonic(), Mark: mark,
		Clients: stats.Clients, Seq: s.Log().Next(),
		Deliveries: int64(stats.Deliveries), Windows: int64(stats.Windows), FramesBuilt: int64(stats.FramesBuilt),
		BytesSent: int64(stats.BytesSent), PayloadBytes: int64(stats.PayloadBytes),
		Culled: int64(stats.Culled), TransientsLost: int64(stats.TransientsLost), WindowRate: stats.WindowRate,
		Handled: s.handled.Load(), BadMessages: int64(bad), Panics: int64(stats.Panics),
		GCs: int64(mem.NumGC), GCPauseNanos: int64(mem.PauseTotalNs),
		Produced: s.producers.produced(),
	}, err
}

// commands answer a conductor.
func (s *server) commands() map[string]child.Command {
	nothing := func(do func() error) child.Command { return func([]string) (any, error) { return nil, do() } }
	return map[string]child.Command{
		"run":   nothing(s.producers.run),
		"begin": nothing(s.begin),
		"stop": func([]string) (any, error) {
			err := s.producers.stop()
			return s.producers.produced(), err
		},
		"read":   func([]string) (any, error) { return s.read() },
		"digest": func([]string) (any, error) { return s.producers.endState() },
		"urls":   func([]string) (any, error) { return s.addresses(), nil },
	}
}

// begin begins to measure.
func (s *server) begin() error {
	s.producers.late.reset()
	return machine.ResetPeak()
}

// Run serves until ctx is done, with the producers running from the start. started is
// told once the server listens. Then clients get a moment to take what there is.
func Run(ctx context.Context, o Options, started func(Addresses)) error {
	s, err := listen(o)
	if err != nil {
		return err
	}
	served := make(chan error, 1)
	go func() { served <- s.ListenAndServe() }()
	err = s.producers.run()
	if err == nil {
		started(s.addresses())
		select {
		case <-ctx.Done():
		case err = <-s.producers.failed():
			err = fmt.Errorf("the producers: %w", err)
		}
	}
	return errors.Join(err, s.end(served))
}

// end drains clients for a moment, and closes.
func (s *server) end(served <-chan error) error {
	const patience = 2 * time.Second
	stopErr := s.closeParts()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.Shutdown(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		stopErr = errors.Join(stopErr, err)
	}
	if err := <-served; !errors.Is(err, scenewire.ErrServerClosed) {
		stopErr = errors.Join(stopErr, err)
	}
	return errors.Join(stopErr, s.close())
}
