package scenewire

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

const kicked CloseCode = 4001

// clients makes the clients do what they do.
func (r *run) clients(steps []clientStep) error {
	for _, s := range steps {
		switch s.Do {
		case doRest:
			time.Sleep(s.Pause)
		case doForget:
			r.remove(s.Key)
		case doJoin:
			if err := r.join(s.Join); err != nil {
				return err
			}
		default:
			if w := r.pick(s.Client); w != nil {
				w.do(s)
			}
		}
	}
	return nil
}

// do is a step of one client.
func (w *watcher) do(s clientStep) {
	switch s.Do {
	case doStall:
		w.stall.Store(int64(20 * s.Pause))
	case doSlow:
		w.pause.Store(int64(s.Pause / 2))
	case doShout:
		if !w.Resumes { // what is under way is lost
			w.shout(s.Count)
		}
	case doBreak:
		if w.Resumes {
			w.breakUp(s.Pause)
		}
	case doResync:
		w.askAgain(s.Count%2 == 0)
	default:
		w.run.leave(w, s.Do)
	}
}

// join connects a client. One joins at a time.
func (r *run) join(v visitor) error {
	w := &watcher{
		visitor: v, run: r, generation: r.generation(v.Subprotocol), joined: r.now(),
		comings: comings{keepsUpSince: r.now()},
		done:    make(chan struct{}), progress: make(chan struct{}, 1),
		seen: map[uint64]bool{}, state: map[string]uint64{}, batches: map[uint64]int{},
		rests: [2]int{r.rests[0], 0},
	}
	r.mu.Lock()
	r.joining = v
	r.mu.Unlock()
	o := wstest.Options{ReceiveBufferBytes: v.ReceiveBuffer}
	if v.Subprotocol != "" {
		o.Subprotocols = []string{v.Subprotocol}
	}
	if v.Resumes {
		o.Subprotocols = append(o.Subprotocols, resumeOffer)
	}
	var err error
	if w.conn, err = wstest.Dial(r.server.Addr().String(), o); err != nil {
		return fmt.Errorf("join: %w", err)
	}
	addr := w.conn.Conn.LocalAddr().String()
	if !wstest.Eventually(func() bool { w.seat = r.takeSeat(addr); return w.seat != nil }) {
		_ = w.conn.Conn.Close()
		return errors.New("join: OnConnect isn't called")
	}
	w.present = r.now()
	w.giveHints()
	go w.read()
	r.mu.Lock()
	r.watchers = append(r.watchers, w)
	r.mu.Unlock()
	return nil
}

// takeSeat finds the new client of an address.
func (r *run) takeSeat(addr string) *seat {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c, s := range r.seats {
		if !s.taken && !s.gone() && c.RemoteAddr().String() == addr {
			s.taken = true
			return s
		}
	}
	return nil
}

func (r *run) generation(subprotocol string) wsproto.Generation {
	switch {
	case subprotocol == "viser-v1.0.5":
		return wsproto.GenerationPlain
	case subprotocol != "":
		return wsproto.GenerationZstd
	case r.program.Old:
		return wsproto.GenerationMap
	}
	return wsproto.GenerationArray
}

// leave ends a client, unless it goes already. One that comes back does.
func (r *run) leave(w *watcher, how clientAction) {
	if how == doReset && w.Resumes {
		w.breakUp(0)
		return
	}
	there := false
	if !wstest.Eventually(func() (up bool) { up, there = r.takeOut(w, how); return up }) {
		r.fault("a client doesn't come back")
	}
	if !there {
		return
	}
	switch how {
	case doReset:
		_ = w.link().Reset()
	case doKick:
		w.seat.client.Close(kicked, "kicked")
	default:
		_ = w.write(wsproto.OpClose, wsproto.AppendClosePayload(nil, wsproto.CloseNormal, ""))
	}
}

// takeOut takes a watcher out of those who are connected, unless it isn't there any
// more. up is false while it is away.
func (r *run) takeOut(w *watcher, how clientAction) (up, there bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.Index(r.watchers, w)
	switch {
	case i < 0:
		return true, false
	case !w.isUp():
		return false, true
	}
	r.watchers = slices.Delete(r.watchers, i, i+1)
	r.leaving = append(r.leaving, w)
	w.left = how
	return true, true
}

// shout has the client send n messages.
func (w *watcher) shout(n int) {
	for range n {
		body, err := w.run.server.opts.Registry.Append(nil, shout{I: w.shouted + 1})
		if err == nil {
			err = w.write(wsproto.OpBinary, body)
		}
		if err != nil {
			return // it goes
		}
		w.shouted++
	}
}

func (r *run) awaitShouts(w *watcher) error {
	handled := func() bool {
		w.seat.mu.Lock()
		defer w.seat.mu.Unlock()
		return w.seat.shouts == w.shouted
	}
	if !wstest.Eventually(handled) {
		return fmt.Errorf("not all of a client's %d messages were handled", w.shouted)
	}
	return nil
}
