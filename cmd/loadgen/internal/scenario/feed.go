//go:build linux

package scenario

import (
	"context"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/benchmarks/dashboard"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// feed tells the embedded server's dashboard what clients see, as one of its own clients.
// It never holds up a run: what it can't say at once is lost. The zero value is of a
// server without a dashboard, and says nothing.
type feed struct {
	say     chan messages.Message
	cancel  context.CancelFunc
	running sync.WaitGroup
}

// startFeed connects to a target's dashboard, if it has one.
func startFeed(t *target) *feed {
	f := new(feed)
	if t.child == nil || t.child.Addresses.Dashboard == "" {
		return f
	}
	const waiting = 64 // messages, while the dashboard is slow
	f.say = make(chan messages.Message, waiting)
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	f.running.Go(func() { f.run(ctx, t.child.Addresses.Dashboard, t.token) })
	return f
}

func (f *feed) close() {
	if f.cancel != nil {
		f.cancel()
		f.running.Wait()
	}
}

// run is the connection. If it breaks nothing more is said: the run goes on.
func (f *feed) run(ctx context.Context, address, token string) {
	address = "ws" + strings.TrimPrefix(address, "http") + "ws"
	conn, err := wsclient.Dial(ctx, address, wsclient.Options{Subprotocols: []string{scenewire.Subprotocol}, CloseTimeout: 100 * time.Millisecond})
	if err != nil {
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	read := make(chan struct{})
	go func() {
		defer close(read)
		defer cancel()
		for {
			if _, _, err := conn.Read(ctx); err != nil {
				return
			}
		}
	}()
	f.write(ctx, conn, token)
	cancel()
	<-read
	_ = conn.Close(wsproto.CloseNormal)
}

// write says what there is, once it has logged in.
func (f *feed) write(ctx context.Context, conn *wsclient.Conn, token string) {
	var body []byte
	send := func(m messages.Message) (err error) {
		if body, err = dashboard.Registry().Append(body[:0], m); err != nil {
			return err
		}
		return conn.Write(wsproto.OpBinary, body)
	}
	err := send(dashboard.Login{N: 1, Token: token})
	for err == nil {
		select {
		case <-ctx.Done():
			return
		case m := <-f.say:
			err = send(m)
		}
	}
}

func (f *feed) tell(m messages.Message) {
	select {
	case f.say <- m:
	default:
	}
}

// note puts an event on the dashboard's timeline.
func (f *feed) note(text string, count int) {
	f.tell(dashboard.Note{Kind: dashboard.EventPhase, Text: text, Count: dashboard.Count(count)})
}

// measured tells what clients have seen for some seconds.
func (f *feed) measured(all, fast *swarm.GroupStats, seconds float64) {
	if f.say == nil {
		return
	}
	f.tell(dashboard.Measured{
		Clients: dashboard.Count(all.Open), Deliveries: float64(all.Messages) / seconds,
		Latency: quantiles(&fast.Latency), Gap: quantiles(&fast.UpdateGap), Join: quantiles(&all.Join),
	})
}

// quantiles are of times, in ms; NaN if there are none.
func quantiles(h *swarm.Histogram) dashboard.Quantiles {
	if h.Count() == 0 {
		nan := math.NaN()
		return dashboard.Quantiles{P50: nan, P99: nan, P999: nan, Max: nan}
	}
	ms := func(ns int64) float64 { return float64(ns) / 1e6 }
	return dashboard.Quantiles{P50: ms(h.Quantile(0.5)), P99: ms(h.Quantile(0.99)), P999: ms(h.Quantile(0.999)), Max: ms(h.Max())}
}
