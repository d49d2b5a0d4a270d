//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// sendSlots is into how many parts a sender divides its clients. Each part has its own
// moment in the period, so that poses don't come all at once.
const sendSlots = 16

// sender has every client send its pose at a fixed rate, on one goroutine.
type sender struct {
	receiver *receiver.Receiver
	registry *messages.Registry
	period   time.Duration
	random   *rand.Rand
	names    []string
	owed     [][]byte // what the socket of each client hasn't taken of a frame
	message  []byte
	sent     int64
	start    time.Time
	elapsed  time.Duration
	err      error
	quit     chan struct{}
	done     chan struct{}
}

func newSender(r *receiver.Receiver, hz int) *sender {
	s := &sender{
		receiver: r,
		registry: newRegistry(),
		period:   time.Second / time.Duration(hz),
		random:   rand.New(rand.NewPCG(1, 2)),
		names:    make([]string, r.Clients()),
		owed:     make([][]byte, r.Clients()),
		start:    time.Now(),
		quit:     make(chan struct{}),
		done:     make(chan struct{}),
	}
	for i := range s.names {
		s.names[i] = fmt.Sprintf("/clients/%04d", i)
	}
	return s
}

func (s *sender) run() {
	defer close(s.done)
	tick := time.NewTicker(s.period / sendSlots)
	defer tick.Stop()
	// Slots are counted by the clock: a tick that is late makes up for those it missed,
	// as far as one period.
	begun := 0
	for s.err == nil {
		select {
		case <-s.quit:
			s.elapsed = time.Since(s.start)
			return
		case <-tick.C:
		}
		due := int(time.Since(s.start) * sendSlots / s.period)
		for begun = max(begun, due-sendSlots); begun < due && s.err == nil; begun++ {
			for i := begun % sendSlots; i < len(s.names) && s.err == nil; i += sendSlots {
				s.err = s.send(i)
			}
		}
	}
}

// send has client i send a new pose, behind what its socket still owes. A client whose
// socket takes nothing misses its turn.
func (s *sender) send(i int) error {
	b := s.owed[i]
	if len(b) == 0 {
		m := newPose(s.names[i], s.random)
		m.stamp(machine.Monotonic())
		payload, err := s.registry.Append(s.message[:0], m)
		if err != nil {
			return err
		}
		s.message = payload
		b = wsproto.AppendMaskedFrame(b[:0], wsproto.OpBinary, true, payload, [4]byte{1, 2, 3, 4})
		s.sent++
	}
	n, err := s.receiver.Write(i, b)
	s.owed[i] = append(b[:0], b[n:]...)
	return err
}

// stop ends the sending and returns what has gone wrong with it.
func (s *sender) stop() error {
	close(s.quit)
	<-s.done
	return s.err
}

// rate returns how many poses were sent in a second, by all clients together.
func (s *sender) rate() float64 { return float64(s.sent) / s.elapsed.Seconds() }
