//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/wsproto"
)

const (
	joinTimeout = time.Minute
	// quietTime is how long nothing may come any more before clients that have got as many
	// bytes as the log has are taken to have everything.
	quietTime = 20 * time.Millisecond
)

var errLate = fmt.Errorf("not all joiners have got everything within %v", joinTimeout)

// wave is what it took that some clients joined at once.
type wave struct {
	last        time.Duration // until the last of them had everything
	first       time.Duration // until the first of them had everything
	frames      int64         // that one client got
	residentMax int64         // the highest resident memory, less that before
	heapMax     int64         // the most on the heap, less that before
	server      child.Mark    // what happened in the server
}

// joinAll has clients join at once, checks that they have got everything, and lets them
// leave.
func joinAll(ctx context.Context, p *child.Process, joiners int, want size) (*wave, error) {
	var before, after child.Mark
	if err := errors.Join(p.Ask(ctx, &before, "collect"), p.Ask(ctx, nil, "reset-peak"), p.Ask(ctx, nil, "watch")); err != nil {
		return nil, err
	}
	got, err := join(ctx, p, joiners, want)
	if err != nil {
		return nil, err
	}
	var peak scene.Peak
	if err := errors.Join(p.Ask(ctx, &after, "mark"), p.Ask(ctx, &peak, "watched"), p.Ask(ctx, nil, "await", 0)); err != nil {
		return nil, err
	}
	got.server = after.Sub(before)
	got.residentMax = after.PeakBytes - before.ResidentBytes
	got.heapMax = peak.HeapBytes - before.HeapBytes
	return got, nil
}

// join has clients join at once and waits until all have everything.
func join(ctx context.Context, p *child.Process, joiners int, want size) (*wave, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, joinTimeout, errLate)
	defer cancel()
	kept := &keeper{}
	start := machine.Monotonic()
	r, err := receiver.Dial(ctx, receiver.Options{
		Addr:         p.Addr(),
		Clients:      joiners,
		Subprotocols: []string{scenewire.Subprotocol},
		Detailed:     true,
		Sampled:      1,
		NewReader:    func() frames.Reader { return kept.read },
	})
	if err != nil {
		return nil, err
	}
	defer r.Close()
	all := func() bool {
		for _, c := range r.PerClient() {
			if c.Inflated < want.Bytes {
				return false
			}
		}
		return true
	}
	err = r.Await(ctx, all)
	if err == nil {
		err = r.Quiet(ctx, quietTime)
	}
	clients := r.PerClient()
	if errors.Is(context.Cause(ctx), errLate) {
		return nil, fmt.Errorf("%w: they have %v, the log has %d B", errLate, clients, want.Bytes)
	}
	if err != nil {
		return nil, err
	}
	r.Close()
	if err := check(clients, kept, want); err != nil {
		return nil, err
	}
	return timesOf(clients, start), nil
}

func timesOf(clients []receiver.Client, start int64) *wave {
	w := &wave{first: time.Duration(clients[0].Last - start), frames: clients[0].Frames}
	for _, c := range clients {
		took := time.Duration(c.Last - start)
		w.first, w.last = min(w.first, took), max(w.last, took)
	}
	return w
}

// keeper keeps the payloads of the one client that is looked at, so that looking takes
// no time while others receive. Its frames come one at a time.
type keeper struct{ payloads [][]byte }

func (k *keeper) read(payload []byte) (frames.Content, error) {
	k.payloads = append(k.payloads, append([]byte(nil), payload...))
	return frames.Content{}, nil
}

// envelopeBytes is the least that a window has around its messages, with its epoch and
// its sequence, and largerBytes what these two and the header of many messages may add
// (wsproto: "Scene envelope", and docs/protocol.md).
const (
	envelopeBytes = 45
	largerBytes   = 8 + 8 + 4
)

// check compares what clients have got with the log: the windows of the client that was
// looked at, message by message, and those of the others by their size.
func check(clients []receiver.Client, kept *keeper, want size) error {
	if err := kept.check(want); err != nil {
		return err
	}
	for i, c := range clients {
		most := c.Inflated - c.Frames*envelopeBytes
		if least := most - c.Frames*largerBytes; most < want.Bytes || least > want.Bytes {
			return fmt.Errorf("joiner %d has got %d…%d B of messages, the log has %d B", i, least, most, want.Bytes)
		}
	}
	return nil
}

// check decodes the windows.
func (k *keeper) check(want size) error {
	d := wsproto.NewDecompressor()
	var got size
	for _, payload := range k.payloads {
		window, err := wsproto.DecodeWindow(wsproto.GenerationZstd, payload, wsproto.WindowLimits{}, d)
		if err != nil {
			return err
		}
		got.Messages += len(window.Messages)
		for _, m := range window.Messages {
			got.Bytes += int64(len(m))
		}
	}
	if got != want {
		return fmt.Errorf("a joiner has got %d messages with %d B, the log has %d with %d B", got.Messages, got.Bytes, want.Messages, want.Bytes)
	}
	return nil
}
