//go:build linux

package scenario

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/scenewire/scenewire/internal/inbound"
	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/record"
)

// Inbound is what the clients of a recording have sent again, from the beginning of the
// load to its end.
type Inbound struct {
	Clients   int // that connected
	Refused   int // that couldn't
	Lost      int // that the server has cut off
	Messages  int64
	Bytes     int64         // of the messages
	P50, Max  time.Duration // how late they were sent
	FirstFail error         // nil: none was refused or lost
}

// sender sends again what clients of a recording sent.
type sender struct {
	cancel  context.CancelFunc // nil: nothing is sent
	running sync.WaitGroup
	clients *inbound.Clients
	err     error // of the recording
}

// startInbound starts the clients of the recording, if the scenario asks for them.
func (r *run) startInbound(ctx context.Context) (*sender, error) {
	s, replay := new(sender), &r.scenario.Replay
	if !replay.Inbound {
		return s, nil
	}
	file, err := record.Open(replay.File, nil)
	if err != nil {
		return nil, err
	}
	ctx, s.cancel = context.WithCancel(ctx)
	s.clients = inbound.New(ctx, r.target.url, wsclient.Options{Subprotocols: []string{r.env.Subprotocol}})
	player, err := record.NewPlayer(file, &record.PlayerOptions{
		Speed: replay.Speed, Loop: replay.Repeat, OnInbound: s.clients.Play,
	})
	if err != nil {
		s.cancel()
		_ = file.Close()
		return nil, err
	}
	s.running.Go(func() {
		defer func() { _ = file.Close() }()
		if err := player.Play(ctx, nil); ctx.Err() == nil {
			s.err = err
		}
	})
	return s, nil
}

// stop ends them, and tells what they did.
func (s *sender) stop() (*Inbound, error) {
	if s.cancel == nil {
		return nil, nil
	}
	s.cancel()
	s.running.Wait()
	s.clients.End()
	stats := s.clients.Stats()
	in := &Inbound{
		Clients: stats.Connected, Refused: stats.Refused, Lost: stats.Lost,
		Messages: stats.Sent, Bytes: stats.SentBytes, FirstFail: stats.Err,
	}
	if slices.Sort(stats.Late); len(stats.Late) > 0 {
		in.P50, in.Max = stats.Late[len(stats.Late)/2], stats.Late[len(stats.Late)-1]
	}
	return in, s.err
}
