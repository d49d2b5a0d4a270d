//go:build linux

package serve

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
)

// Produced is what the producers did since the last "begin".
type Produced struct {
	Lateness Lateness `json:"lateness"`
	Messages int64    `json:"messages"` // broadcasts, since "run"
}

// EndState is what everybody has to end with.
type EndState struct {
	Digest wire.Digest `json:"digest"`
	// Seq is the log's next sequence: who has everything below it has everything.
	Seq   uint64 `json:"seq,string"`
	Ticks uint64 `json:"ticks,string"` // the number of the last one
}

// producers change objects, and tick. Their methods are called one at a time; what they
// start runs until stop.
type producers struct {
	server   *scenewire.Server
	registry *messages.Registry
	load     Load
	late     *tardiness
	count    atomic.Int64 // broadcasts

	mu      sync.Mutex // held while something is broadcast, so that versions rise in the log, too; guards all below
	filler  *wire.Filler
	objects []wire.Object // as they were last broadcast; their data is filled anew each time
	next    int           // whose turn it is
	ticks   uint64

	cancel  context.CancelFunc // nil: nothing runs
	running sync.WaitGroup
	mistake chan error // the first error of what runs
}

func newProducers(s *scenewire.Server, registry *messages.Registry, load Load) (*producers, error) {
	if err := load.validate(); err != nil {
		return nil, fmt.Errorf("a load that can't be: %w", err)
	}
	p := &producers{
		server: s, registry: registry, load: load, late: newTardiness(),
		filler:  wire.NewFiller(load.Shrinks, load.Seed),
		objects: make([]wire.Object, load.Objects),
	}
	if p.load.Batch == 0 {
		p.load.Batch = load.Objects
	}
	for i := range p.objects {
		p.objects[i] = wire.Object{ID: uint32(i), Data: make([]byte, wire.DataBytes(load.Bytes))}
	}
	return p, p.change(load.Objects, machine.Monotonic())
}

// run starts what the load asks for.
func (p *producers) run() error {
	if p.cancel != nil {
		return errors.New("the producers run already")
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel, p.mistake = cancel, make(chan error, 1)
	if p.load.Objects > 0 && p.load.Rate > 0 {
		together := float64(p.load.Batch)
		p.keep(ctx, together/(p.load.Rate*float64(p.load.Objects)), func(due int64) error { return p.changeOnce(p.load.Batch, due) })
	}
	if p.load.BurstMessages > 0 {
		p.keep(ctx, p.load.BurstEvery.Seconds(), p.burst)
	}
	if p.load.Ticks > 0 {
		p.keep(ctx, 1/p.load.Ticks, p.tick)
	}
	if p.load.Replay != "" {
		p.running.Go(func() { p.noteErr(p.replay(ctx)) })
	}
	return nil
}

// noteErr keeps the first error.
func (p *producers) noteErr(err error) {
	if err == nil {
		return
	}
	select {
	case p.mistake <- err:
	default:
	}
}

// failed gets the first error of what runs.
func (p *producers) failed() <-chan error { return p.mistake }

// keep does something every so many seconds.
func (p *producers) keep(ctx context.Context, seconds float64, do func(due int64) error) {
	interval := max(time.Duration(seconds*float64(time.Second)), 1)
	p.running.Go(func() { p.noteErr(p.late.keep(ctx, interval, do)) })
}

// changeOnce changes the next objects.
func (p *producers) changeOnce(n int, due int64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.changeLocked(n, due)
}

// change is changeOnce of all objects, in groups that a window holds well.
func (p *producers) change(n int, due int64) error {
	const together = 1000
	for ; n > 0; n -= together {
		if err := p.changeOnce(min(n, together), due); err != nil {
			return err
		}
	}
	return nil
}

// burst changes many objects, in the load's groups, as fast as it can.
func (p *producers) burst(due int64) error {
	for n := p.load.BurstMessages; n > 0; n -= p.load.Batch {
		if err := p.changeOnce(min(n, p.load.Batch), due); err != nil {
			return err
		}
	}
	return nil
}

func (p *producers) changeLocked(n int, due int64) error {
	p.count.Add(int64(n))
	if n == 1 {
		return p.server.Broadcast(p.advance(due))
	}
	return p.server.Atomic(func(b *scenewire.Batch) error {
		for range n {
			if err := b.Broadcast(p.advance(due)); err != nil {
				return err
			}
		}
		return nil
	})
}

// advance gives the next object its next version. A broadcast encodes at once, so its data
// can be used again.
func (p *producers) advance(due int64) *wire.Object {
	o := &p.objects[p.next]
	p.next = (p.next + 1) % len(p.objects)
	o.Version++
	p.filler.Fill(o.Data, due)
	return o
}

// maxTickBytes bounds the data of a tick: ticks are for those who are there, and what waits
// for these is bounded (scenewire.Options.MaxTransientBytes), whatever the load's messages are.
const maxTickBytes = 1 << 10

func (p *producers) tick(due int64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ticks++
	p.count.Add(1)
	data := p.filler.Data(min(wire.DataBytes(p.load.Bytes), maxTickBytes), due)
	return p.server.BroadcastTransient(wire.Tick{N: p.ticks, Data: data})
}

// replay plays a recording into the server.
func (p *producers) replay(ctx context.Context) error {
	file, err := record.Open(p.load.Replay, nil)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	player, err := record.NewPlayer(file, &record.PlayerOptions{Speed: p.load.ReplaySpeed, Loop: p.load.ReplayLoops})
	if err != nil {
		return err
	}
	if err := player.Play(ctx, p.server); ctx.Err() == nil {
		return err
	}
	return nil
}

// stop ends what runs, and returns what first went wrong with it.
func (p *producers) stop() error {
	if p.cancel == nil {
		return nil
	}
	p.cancel()
	p.running.Wait()
	p.cancel = nil
	select {
	case err := <-p.mistake:
		return err
	default:
		return nil
	}
}

func (p *producers) produced() Produced {
	return Produced{Lateness: p.late.read(), Messages: p.count.Load()}
}

// endState encodes the objects as they were last broadcast. It doesn't ask the server's
// log what the state is: that is what is to be checked. Only of a recording nobody else
// knows.
func (p *producers) endState() (EndState, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	log := p.server.Log()
	state := EndState{Seq: log.Next(), Ticks: p.ticks}
	if p.load.Replay != "" {
		for _, e := range log.Entries() {
			if seen, err := wire.Look(e.Payload); err == nil && seen.Stated {
				state.Digest.Add(wire.Hash(e.Payload))
			}
		}
		return state, nil
	}
	var body []byte
	for i := range p.objects {
		var err error
		if body, err = p.registry.Append(body[:0], &p.objects[i]); err != nil {
			return EndState{}, err
		}
		state.Digest.Add(wire.Hash(body))
	}
	return state, nil
}
