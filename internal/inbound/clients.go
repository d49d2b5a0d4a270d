package inbound

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/record"
	"github.com/scenewire/scenewire/wsproto"
)

// Clients are the clients of a recording. Their methods, but for Stats, belong to the
// goroutine that plays.
type Clients struct {
	ctx     context.Context
	address string
	options wsclient.Options
	clients map[uint64]*client
	running sync.WaitGroup

	mu    sync.Mutex // guards all below
	stats Stats
}

// Stats is what all clients have done and met.
type Stats struct {
	Connected     int
	Refused       int   // connections that weren't made
	Lost          int   // connections that the server ended
	Sent          int64 // messages
	SentBytes     int64 // of them
	Windows       int64 // that came
	ReceivedBytes int64 // of clients that have left
	// Late is how long after its time each message was sent, in no order.
	Late []time.Duration
	Err  error // the first one; nil: nothing was refused or lost
}

// New makes clients of the server at an address, that end when ctx does.
func New(ctx context.Context, address string, options wsclient.Options) *Clients {
	return &Clients{ctx: ctx, address: address, options: options, clients: map[uint64]*client{}}
}

// Stats returns the counts so far. It may be called from any goroutine.
func (l *Clients) Stats() Stats {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.stats
	s.Late = slices.Clone(s.Late)
	return s
}

// Play does what a client did, now: it is [record.PlayerOptions].OnInbound. It doesn't
// wait for the client.
func (l *Clients) Play(step record.Step) {
	switch step.Kind {
	case record.KindConnect:
		l.client(step.Client)
	case record.KindReceive:
		l.client(step.Client).queue(step.Message.Body)
	case record.KindDisconnect:
		if c := l.clients[step.Client]; c != nil {
			c.finish()
			delete(l.clients, step.Client)
		}
	}
}

// client returns a client, which connects if it is new. One that was there before the
// recording began connects when it first sends.
func (l *Clients) client(id uint64) *client {
	c := l.clients[id]
	if c == nil {
		c = &client{all: l, wake: make(chan struct{}, 1)}
		l.clients[id] = c
		l.running.Go(c.run)
	}
	return c
}

// End lets all clients leave once they have sent everything, and waits for them.
func (l *Clients) End() {
	for id, c := range l.clients {
		c.finish()
		delete(l.clients, id)
	}
	l.running.Wait()
}

// client is one client. It runs on a goroutine of its own.
type client struct {
	all  *Clients
	wake chan struct{} // capacity 1: something below has changed

	mu       sync.Mutex // guards all below
	waiting  []dueMessage
	finished bool
}

// dueMessage is a message that is to be sent.
type dueMessage struct {
	due  time.Time
	body []byte
}

func (c *client) queue(body []byte) {
	c.change(func() { c.waiting = append(c.waiting, dueMessage{time.Now(), body}) })
}

// finish has the client leave when it has sent everything.
func (c *client) finish() { c.change(func() { c.finished = true }) }

func (c *client) change(what func()) {
	c.mu.Lock()
	what()
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// take returns what waits, and whether more may come.
func (c *client) take() (list []dueMessage, more bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	list, c.waiting = c.waiting, nil
	return list, !c.finished
}

// run is a client from its connection to its end.
func (c *client) run() {
	conn, err := wsclient.Dial(c.all.ctx, c.all.address, c.all.options)
	if err != nil {
		c.all.fail(c.all.ctx, err, &c.all.stats.Refused)
		return
	}
	c.all.count(func(s *Stats) { s.Connected++ })
	ctx, cancel := context.WithCancel(c.all.ctx)
	read := make(chan struct{})
	go func() {
		defer close(read)
		defer cancel() // a client that the server has closed sends no more
		c.read(ctx, conn)
	}()
	if err := c.send(ctx, conn); err != nil {
		c.all.fail(ctx, err, &c.all.stats.Lost)
	}
	cancel()
	<-read
	_ = conn.Close(wsproto.CloseNormal)
	c.all.count(func(s *Stats) { s.ReceivedBytes += conn.Received() })
}

// read takes what the server sends, as a client that keeps up does.
func (c *client) read(ctx context.Context, conn *wsclient.Conn) {
	for {
		if _, _, err := conn.Read(ctx); err != nil {
			if ctx.Err() == nil {
				c.all.fail(ctx, err, &c.all.stats.Lost)
			}
			return
		}
		c.all.count(func(s *Stats) { s.Windows++ })
	}
}

// send sends what is due until there is no more.
func (c *client) send(ctx context.Context, conn *wsclient.Conn) error {
	for {
		list, more := c.take()
		for _, m := range list {
			if err := conn.Write(wsproto.OpBinary, m.body); err != nil {
				return err
			}
			c.all.wrote(m)
		}
		if !more && len(list) == 0 {
			return nil
		}
		if len(list) > 0 {
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-c.wake:
		}
	}
}

func (l *Clients) count(what func(*Stats)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	what(&l.stats)
}

// wrote counts a message that was sent.
func (l *Clients) wrote(m dueMessage) {
	late := time.Since(m.due)
	l.count(func(s *Stats) {
		s.Sent++
		s.SentBytes += int64(len(m.body))
		s.Late = append(s.Late, late)
	})
}

// fail counts a client that didn't work out, unless everything ends.
func (l *Clients) fail(ctx context.Context, err error, counter *int) {
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return
	}
	l.count(func(s *Stats) {
		*counter++
		if s.Err == nil {
			s.Err = err
		}
	})
}
