package swarm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// server is a worker process's side of its pipes.
type server struct {
	out *json.Encoder
	mu  sync.Mutex // guards out, running and stops

	fleet   *Swarm
	running map[uint64]context.CancelFunc
	stops   map[uint64]func()
}

// Serve is a worker process: it makes the clients that requests on in ask for, and
// answers on out, until in ends. The other side is NewProcesses.
func Serve(in io.Reader, out io.Writer) error {
	s := &server{out: json.NewEncoder(out), running: make(map[uint64]context.CancelFunc), stops: make(map[uint64]func())}
	var group sync.WaitGroup
	defer group.Wait()
	defer s.close()
	for requests := json.NewDecoder(in); ; {
		var r request
		switch err := requests.Decode(&r); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("a request to a worker: %w", err)
		}
		if err := s.take(&r, &group); err != nil {
			return err
		}
	}
}

func (s *server) close() {
	if s.fleet != nil {
		_ = s.fleet.Close()
	}
}

// take answers a request, later if it takes a while. The error is that of the pipe.
func (s *server) take(r *request, group *sync.WaitGroup) error {
	switch r.Op {
	case "open":
		return s.answer(r.ID, nil, s.begin(r.Body))
	case "cancel", "stop":
		s.cancel(r)
		return nil
	}
	if s.fleet == nil {
		return s.answer(r.ID, nil, ErrClosed)
	}
	if r.Op != "add" && r.Op != "return" {
		body, err := s.run(context.Background(), r)
		return s.answer(r.ID, body, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.mu.Lock()
	s.running[r.ID] = cancel
	s.mu.Unlock()
	// What it begins has to be in the order of the requests, as it numbers the clients.
	finish := s.start(r)
	group.Go(func() {
		body, err := finish(ctx)
		_ = s.answer(r.ID, body, err) // the main loop will find that the pipe is broken
		s.mu.Lock()
		delete(s.running, r.ID)
		s.mu.Unlock()
		cancel()
	})
	return nil
}

func (s *server) answer(id uint64, body any, err error) error {
	r := response{ID: id, Error: toRemote(err)}
	if body != nil {
		var encodeErr error
		if r.Body, encodeErr = json.Marshal(body); encodeErr != nil {
			r.Error = toRemote(encodeErr)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.out.Encode(r)
}

func (s *server) begin(body json.RawMessage) error {
	var o openBody
	if err := json.Unmarshal(body, &o); err != nil {
		return err
	}
	fleet, err := newSwarm(o.Options, numbering{o.First, o.Stride})
	s.fleet = fleet
	return err
}

// cancel ends an Add or a Return, or a Stream.
func (s *server) cancel(r *request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.running[r.ID]; cancel != nil {
		cancel()
	}
	if stop := s.stops[r.ID]; stop != nil {
		stop()
		delete(s.stops, r.ID)
	}
}

// start begins an Add or Return, and returns what waits for its end.
func (s *server) start(r *request) (finish func(context.Context) (any, error)) {
	fail := func(err error) func(context.Context) (any, error) {
		return func(context.Context) (any, error) { return nil, err }
	}
	if r.Op == "return" {
		return func(ctx context.Context) (any, error) { return s.run(ctx, r) }
	}
	var g Group
	if err := json.Unmarshal(r.Body, &g); err != nil {
		return fail(err)
	}
	ca, err := s.fleet.add(g)
	if err != nil {
		return fail(err)
	}
	return func(ctx context.Context) (any, error) {
		_, err := s.fleet.await(ctx, ca)
		return nil, err
	}
}

// run does what a request asks for.
func (s *server) run(ctx context.Context, r *request) (any, error) {
	switch r.Op {
	case "drop":
		var d Drop
		if err := json.Unmarshal(r.Body, &d); err != nil {
			return nil, err
		}
		return s.fleet.Drop(d)
	case "return":
		var back Return
		if err := json.Unmarshal(r.Body, &back); err != nil {
			return nil, err
		}
		return s.fleet.Return(ctx, back)
	case "pace":
		var p paceBody
		if err := json.Unmarshal(r.Body, &p); err != nil {
			return nil, err
		}
		return nil, s.fleet.SetPace(p.Group, p.Pace)
	case "stream":
		return nil, s.stream(r)
	case "snapshot":
		return s.fleet.Snapshot()
	case "states":
		return s.fleet.States()
	}
	return nil, fmt.Errorf("a worker has no operation %q", r.Op)
}

func (s *server) stream(r *request) error {
	var st Stream
	if err := json.Unmarshal(r.Body, &st); err != nil {
		return err
	}
	stop, err := s.fleet.Stream(st)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stops[r.ID] = stop
	return nil
}
