package scenewire

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// run is a program that runs.
type run struct {
	*history
	program program
	server  *Server
	served  chan error
	rests   [2]int                        // of broadcasts, of privates
	trees   [maxProducers]map[string]bool // the nodes of each producer, of its goroutine

	mu       sync.Mutex // guards all below
	watchers []*watcher // connected
	leaving  []*watcher // whose end isn't checked yet
	joining  visitor    // of the client that is connecting
	seats    map[*Client]*seat
}

// runProgram runs p on a server of its own and returns the promises that were broken.
func runProgram(shared *loop.Loop, p program) error {
	r, err := newRun(shared, p)
	if err != nil {
		return err
	}
	err = r.phases()
	if err == nil {
		err = r.end()
	}
	_ = r.server.Close()
	<-r.served
	return errors.Join(r.broken(), err)
}

func newRun(shared *loop.Loop, p program) (*run, error) {
	apiVersion, horizon := 1, time.Minute
	if p.Old {
		apiVersion = 0
	}
	if p.Forgetful {
		horizon = -1
	}
	s, err := New(&Options{
		Addr: "127.0.0.1:0", Registry: promiseRegistry(), Logger: zap.NewNop(), Loop: shared,
		Protocol: Protocol{APIVersion: &apiVersion}, WindowInterval: p.Interval,
		MaxWindowMessages: p.MaxMessages, MaxWindowBytes: p.MaxBytes,
		ResumeGrace: time.Minute, ResumeHorizon: horizon, LagAfter: 5 * time.Millisecond, // what is done now and then is done often
	})
	if err != nil {
		return nil, err
	}
	r := &run{history: newHistory(), program: p, server: s, served: make(chan error, 1), seats: map[*Client]*seat{}}
	for i := range r.trees {
		r.trees[i] = map[string]bool{}
	}
	s.OnConnect(r.onConnect)
	s.OnDisconnect(r.onDisconnect)
	s.OnLag(r.onLag)
	Handle(s, r.onShout)
	if _, err := s.Listen(); err != nil {
		return nil, err
	}
	go func() { r.served <- s.ListenAndServe() }()
	return r, nil
}

func (r *run) phases() error {
	for _, j := range r.program.Clients {
		if err := r.join(j); err != nil {
			return err
		}
	}
	// A client that has got something private has begun to read the log, too.
	if err := r.rest(false); err != nil {
		return err
	}
	for _, p := range r.program.Phases {
		if p.Quiet.Do == doAtomic {
			r.atomic(p.Quiet, r.now())
		}
		if err := r.phase(p); err != nil {
			return err
		}
		if err := r.rest(true); err != nil {
			return err
		}
	}
	return nil
}

// phase runs producers and clients side by side.
func (r *run) phase(p phase) error {
	var wg sync.WaitGroup
	for i, steps := range p.Producers {
		wg.Go(func() { r.produce(i, steps) })
	}
	err := r.clients(p.Clients)
	wg.Wait()
	return err
}

// rest waits until every client has got everything, and compares. Nobody produces
// meanwhile.
func (r *run) rest(log bool) error {
	r.checkLeft()
	for _, w := range r.connected() {
		w.pause.Store(0)
		w.seat.client.SetPaused(false)
		if !wstest.Eventually(w.settled) {
			return errors.New("a client doesn't come back, or isn't answered")
		}
		if err := r.awaitShouts(w); err != nil {
			return err
		}
	}
	if log {
		r.rests[0]++
		r.broadcast(item{Key: "rest", Except: nobody, Rest: r.rests[0]})
	}
	r.rests[1]++
	for _, w := range r.connected() {
		r.sendPrivately(w, item{Key: "rest", Rest: r.rests[1]})
		if err := w.awaitRest(r.rests); err != nil {
			return err
		}
	}
	r.check()
	if live, most := r.server.frames.Live(), 256+8*len(r.seats); live > int64(most) {
		r.fault("%d frames live, at most %d are to", live, most)
	}
	return r.broken()
}

// check compares the log and every client with what was sent.
func (r *run) check() {
	var live []item
	for _, e := range r.server.Log().Entries() {
		m, err := r.server.opts.Registry.Decode(e.Payload)
		if err != nil {
			r.fault("the log: %w", err)
			return
		}
		live = append(live, m.(item))
	}
	if err := r.checkLog(live); err != nil {
		r.fault("%w", err)
	}
	for _, w := range r.connected() {
		w.checkState(live)
	}
}

// checkLeft checks how those ended that went by themselves.
func (r *run) checkLeft() {
	codes := map[clientAction]wsproto.CloseCode{
		doReset: wsproto.CloseAbnormal, doClose: wsproto.CloseNormal, doKick: kicked,
	}
	r.mu.Lock()
	left := r.leaving
	r.leaving = nil
	r.mu.Unlock()
	for _, w := range left {
		if !wstest.Eventually(w.seat.gone) {
			r.fault("no OnDisconnect after %s", w.left)
		}
		w.checkEnd(codes[w.left])
	}
}

// end stops the server and checks that nothing is left.
func (r *run) end() error {
	r.produce(0, r.program.Last)
	r.checkLeft()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	remaining := r.connected()
	for _, w := range remaining {
		if !wstest.Eventually(w.isUp) {
			return errors.New("a client doesn't come back")
		}
	}
	code := wsproto.CloseAbnormal
	if r.program.Drain {
		code = wsproto.CloseGoingAway
		if err := r.server.Shutdown(ctx); err != nil {
			return fmt.Errorf("Shutdown: %w", err)
		}
	} else {
		_ = r.server.Close()
	}
	if err := r.server.awaitClients(ctx); err != nil {
		return fmt.Errorf("not every client's OnDisconnect was called: %w", err)
	}
	for _, w := range remaining {
		w.checkEnd(code)
	}
	if r.program.Drain {
		r.check()
	}
	if !wstest.Eventually(func() bool { return r.server.frames.Live() == 0 }) {
		r.fault("%d frames weren't released", r.server.frames.Live())
	}
	if n := len(r.server.Clients()); n > 0 {
		r.fault("%d clients are left", n)
	}
	return nil
}

func (r *run) connected() []*watcher {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.watchers)
}

// pick returns a connected client, or nil.
func (r *run) pick(i int) *watcher {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.watchers) == 0 {
		return nil
	}
	return r.watchers[i%len(r.watchers)]
}

func (r *run) onConnect(c *Client) {
	s := &seat{client: c}
	r.mu.Lock()
	j := r.joining
	twice := r.seats[c] != nil
	r.seats[c] = s
	r.mu.Unlock()
	if twice {
		r.fault("OnConnect was called twice")
	}
	c.SetSingleFrame(j.SingleFrame)
	time.Sleep(j.OpenFor)
	s.opened.Store(true)
}

func (r *run) onDisconnect(c *Client, reason error) {
	r.mu.Lock()
	s := r.seats[c]
	r.mu.Unlock()
	if s == nil || !s.opened.Load() {
		r.fault("OnDisconnect without OnConnect")
		return
	}
	if s.busy.Load() {
		r.fault("OnDisconnect while a handler runs")
	}
	s.mu.Lock()
	s.disconnects++
	s.reason = reason
	s.mu.Unlock()
}

func (r *run) onLag(c *Client, _ Lag) {
	r.mu.Lock()
	s := r.seats[c]
	r.mu.Unlock()
	if s.busy.Swap(true) {
		r.fault("OnLag while another callback runs")
	}
	defer s.busy.Store(false)
}

// onShout passes every fourth shout on to the others.
func (r *run) onShout(c *Client, m shout) {
	r.mu.Lock()
	s := r.seats[c]
	r.mu.Unlock()
	if s.busy.Swap(true) {
		r.fault("two handlers of one client run")
	}
	defer s.busy.Store(false)
	if m.I%4 == 0 {
		r.broadcast(item{Key: fmt.Sprint("shout ", c.ID()), Except: int64(c.ID())})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shouts++
	if m.I != s.shouts || s.disconnects > 0 {
		r.fault("shout %d came when %d was due, after %d disconnects", m.I, s.shouts, s.disconnects)
	}
}

func (s *seat) gone() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.disconnects > 0
}

// endReason waits for the reason that OnDisconnect gets.
func (s *seat) endReason() error {
	if !wstest.Eventually(s.gone) {
		return errors.New("it is connected")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reason
}
