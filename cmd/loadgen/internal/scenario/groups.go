//go:build linux

package scenario

import (
	"fmt"
	"strings"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/wire"
)

// GroupSteady is the name of the group of clients that are to keep up. Those of
// [Scenario].Slow are slow-1, slow-2 and so on; those of its storms that join join-1 and
// so on, by the storm's place among all; those that flap flap-1 and so on.
const GroupSteady = "steady"

func slowGroup(i int) string   { return fmt.Sprintf("slow-%d", i+1) }
func flapGroup(i int) string   { return fmt.Sprintf("flap-%d", i+1) }
func isFlap(group string) bool { return strings.HasPrefix(group, "flap-") }

func joinGroup(i int) string { return fmt.Sprintf("join-%d", i+1) }

// groups returns the clients that there are from the start.
func (s *Scenario) groups(subprotocol string) []swarm.Group {
	resume := s.resumes() && subprotocol == swarm.SubprotocolScenewire
	base := swarm.Group{Rate: float64(s.Ramp), Subprotocol: subprotocol, Resume: resume}
	if isMax(s.Ramp) {
		base.Rate = 0
	}
	steady := base
	steady.Name, steady.Clients = GroupSteady, s.Clients
	var rest []swarm.Group
	for i, slow := range s.Slow {
		g := base
		g.Name, g.Clients, g.Pace = slowGroup(i), slow.Clients.Of(s.Clients), paceOf(slow.Reads)
		rest = append(rest, g)
		steady.Clients -= g.Clients
	}
	for i, t := range s.Storms {
		if t.Kind != Flap {
			continue
		}
		g := base
		g.Name, g.Clients, g.Tolerant = flapGroup(i), min(t.Clients.Of(s.Clients), steady.Clients), true
		g.Flap = swarm.Flap{Live: t.Every.Std() - t.Away.Std(), Away: t.Away.Std(), Break: breakOf(t.Break), Resume: t.Resume}
		rest = append(rest, g)
		steady.Clients -= g.Clients
	}
	return withClients(append([]swarm.Group{steady}, rest...))
}

// withClients drops groups that nobody is left for.
func withClients(list []swarm.Group) []swarm.Group {
	var some []swarm.Group
	for _, g := range list {
		if g.Clients > 0 {
			some = append(some, g)
		}
	}
	return some
}

// resumes reports whether any client comes back where it was.
func (s *Scenario) resumes() bool {
	for _, t := range s.Storms {
		if t.Resume {
			return true
		}
	}
	return false
}

// mostClients returns how many clients there are at a time, at most.
func (s *Scenario) mostClients() int {
	n := s.Clients
	for _, t := range s.Storms {
		if t.Kind != Join {
			continue
		}
		waves := 1
		if t.Every > 0 && (t.Away == 0 || t.Away > t.Every) {
			waves = int((s.Duration-t.At)/t.Every) + 1
		}
		n += waves * t.Clients.Of(s.Clients)
	}
	return n
}

// streams returns what the steady clients send.
func (s *Scenario) streams() []swarm.Stream {
	m := &s.Send
	group := s.groups("")[0]
	if group.Name != GroupSteady {
		return nil
	}
	senders := min(m.Clients.Of(s.Clients), group.Clients)
	var list []swarm.Stream
	for _, one := range []struct {
		kind wire.Kind
		rate Rate
	}{{wire.KindEcho, m.Echo}, {wire.KindPointer, m.Pointer}, {wire.KindFlood, m.Flood}} {
		if one.rate == 0 || senders == 0 {
			continue
		}
		rate := float64(one.rate) * float64(senders)
		if isMax(one.rate) {
			rate = -1 // as fast as the sockets take it
		}
		list = append(list, swarm.Stream{
			Group: GroupSteady, Kind: one.kind, Clients: senders, Bytes: int(m.Size),
			Rate: rate, Compressible: float64(s.Produce.Shrink),
		})
	}
	return list
}

func paceOf(r Reads) swarm.Pace {
	if r == Nothing {
		return swarm.Pace{Stopped: true}
	}
	return swarm.Pace{BytesPerSecond: int(r)}
}

func breakOf(b Break) swarm.Break {
	switch b {
	case BreakClose:
		return swarm.BreakClose
	case BreakFIN:
		return swarm.BreakFIN
	}
	return swarm.BreakReset
}
