package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/record"
	"github.com/scenewire/scenewire/wsproto"
)

// load plays what clients sent: each recorded client is one over a socket of its own.
// Its methods belong to the goroutine that plays.
type load struct {
	ctx     context.Context
	address string
	options wsclient.Options
	clients map[uint64]*loadClient
	running sync.WaitGroup
	stats   loadStats
}

// loadStats are counted by all clients.
type loadStats struct {
	mu                      sync.Mutex // guards all below
	connected, refused      int
	lost                    int // connections that the server ended
	sent, windows           int64
	sentBytes, receivedByte int64
	late                    []time.Duration // of each message that was sent, in no order
	firstErr                error
}

func newLoad(ctx context.Context, address string, options wsclient.Options) *load {
	if len(options.Subprotocols) == 0 {
		options.Subprotocols = []string{scenewire.Subprotocol}
	}
	return &load{ctx: ctx, address: address, options: options, clients: map[uint64]*loadClient{}}
}

// play does what a client did, now.
func (l *load) play(step record.Step) {
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
func (l *load) client(id uint64) *loadClient {
	c := l.clients[id]
	if c == nil {
		c = &loadClient{load: l, wake: make(chan struct{}, 1)}
		l.clients[id] = c
		l.running.Go(c.run)
	}
	return c
}

// end lets all clients leave, and waits for them.
func (l *load) end() {
	for id, c := range l.clients {
		c.finish()
		delete(l.clients, id)
	}
	l.running.Wait()
}

// loadClient is one client. It runs on a goroutine of its own.
type loadClient struct {
	load *load
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

func (c *loadClient) queue(body []byte) {
	c.change(func() { c.waiting = append(c.waiting, dueMessage{time.Now(), body}) })
}

// finish has the client leave when it has sent everything.
func (c *loadClient) finish() { c.change(func() { c.finished = true }) }

func (c *loadClient) change(what func()) {
	c.mu.Lock()
	what()
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// take returns what waits, and whether more may come.
func (c *loadClient) take() (list []dueMessage, more bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	list, c.waiting = c.waiting, nil
	return list, !c.finished
}

// run is a client from its connection to its end.
func (c *loadClient) run() {
	s := &c.load.stats
	conn, err := wsclient.Dial(c.load.ctx, c.load.address, c.load.options)
	if err != nil {
		s.fail(c.load.ctx, err, &s.refused)
		return
	}
	s.count(func() { s.connected++ })
	ctx, cancel := context.WithCancel(c.load.ctx)
	read := make(chan struct{})
	go func() {
		defer close(read)
		defer cancel() // a client that the server has closed sends no more
		c.read(ctx, conn)
	}()
	if err := c.send(ctx, conn); err != nil {
		s.fail(ctx, err, &s.lost)
	}
	cancel()
	<-read
	_ = conn.Close(wsproto.CloseNormal)
	s.count(func() { s.receivedByte += conn.Received() })
}

// read takes what the server sends, as a client that keeps up does.
func (c *loadClient) read(ctx context.Context, conn *wsclient.Conn) {
	s := &c.load.stats
	for {
		if _, _, err := conn.Read(ctx); err != nil {
			if ctx.Err() == nil {
				s.fail(ctx, err, &s.lost)
			}
			return
		}
		s.count(func() { s.windows++ })
	}
}

// send sends what is due until there is no more.
func (c *loadClient) send(ctx context.Context, conn *wsclient.Conn) error {
	for {
		list, more := c.take()
		for _, m := range list {
			if err := conn.Write(wsproto.OpBinary, m.body); err != nil {
				return err
			}
			c.load.stats.wrote(m)
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

func (s *loadStats) count(what func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	what()
}

// wrote counts a message that was sent.
func (s *loadStats) wrote(m dueMessage) {
	late := time.Since(m.due)
	s.count(func() {
		s.sent++
		s.sentBytes += int64(len(m.body))
		s.late = append(s.late, late)
	})
}

// fail counts a client that didn't work out, unless everything ends.
func (s *loadStats) fail(ctx context.Context, err error, counter *int) {
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return
	}
	s.count(func() {
		*counter++
		if s.firstErr == nil {
			s.firstErr = err
		}
	})
}

// loadReport is what play --load says as JSON.
type loadReport struct {
	Address       string  `json:"address"`
	Seconds       float64 `json:"seconds"`
	Clients       int     `json:"clients"`
	Refused       int     `json:"refused"`
	Lost          int     `json:"lost"`
	Messages      int64   `json:"messages"`
	Bytes         int64   `json:"bytes"`
	Windows       int64   `json:"windows"`
	ReceivedBytes int64   `json:"receivedBytes"`
	LateMedianMs  float64 `json:"lateMedianMs"`
	LateMaxMs     float64 `json:"lateMaxMs"`
	Error         string  `json:"error,omitempty"` // the first one
}

// report returns what happened. All clients have ended.
func (l *load) report(took time.Duration) loadReport {
	s := &l.stats
	s.mu.Lock()
	defer s.mu.Unlock()
	r := loadReport{
		Address: l.address, Seconds: took.Seconds(), Clients: s.connected, Refused: s.refused, Lost: s.lost,
		Messages: s.sent, Bytes: s.sentBytes, Windows: s.windows, ReceivedBytes: s.receivedByte,
	}
	slices.Sort(s.late)
	if n := len(s.late); n > 0 {
		r.LateMedianMs, r.LateMaxMs = milliseconds(s.late[n/2]), milliseconds(s.late[n-1])
	}
	if s.firstErr != nil {
		r.Error = s.firstErr.Error()
	}
	return r
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (r *loadReport) print(w io.Writer) {
	commandline.Writef(w, "%s in %s: %s messages (%s), of which the median was sent %.1f ms late and the last one %.1f ms; %s windows (%s) came back.\n",
		commandline.Count(r.Clients, "client"), clock(time.Duration(r.Seconds*1e9)), commandline.Number(r.Messages), commandline.Size(r.Bytes),
		r.LateMedianMs, r.LateMaxMs, commandline.Number(r.Windows), commandline.Size(r.ReceivedBytes))
}

// playLoad plays what clients sent to a server.
func (a *app) playLoad(ctx context.Context, src *source, address string, options wsclient.Options, o record.PlayerOptions) error {
	l := newLoad(ctx, address, options)
	bar := a.Progress("playing "+src.name, commandline.ProgressParts)
	defer bar.End()
	var player *record.Player
	o.OnInbound = func(step record.Step) {
		l.play(step)
		if all := src.info.Duration(); all > 0 {
			bar.Set(int64(float64(player.Progress().Position) / float64(all) * commandline.ProgressParts))
		}
	}
	player, err := record.NewPlayer(src.File, &o)
	if err != nil {
		return err
	}
	began := time.Now()
	err = player.Play(ctx, nil)
	l.end()
	bar.End()
	r := l.report(time.Since(began))
	a.Report(r, r.print)
	switch {
	case err != nil && ctx.Err() == nil:
		return err
	case r.Clients+r.Refused == 0 && err == nil:
		return commandline.WithHint(fmt.Errorf("%s has nothing that clients sent", src.name), "A server records it with CaptureOptions.Inbound.")
	case r.Refused > 0 || r.Lost > 0:
		return fmt.Errorf("%s refused, %s lost: %s", commandline.Count(r.Refused, "client"), commandline.Count(r.Lost, "client"), r.Error)
	}
	return err
}
