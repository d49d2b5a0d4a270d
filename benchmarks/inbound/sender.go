//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"time"

	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/wsproto"
)

const (
	// bufferBytes is about how much each client has ready: frames that it sends over
	// and over.
	bufferBytes = 32 << 10
	// fullPause is how long the sender waits when no client's socket takes anything.
	fullPause = 50 * time.Microsecond
)

// sender has every client send finished frames as fast as its socket takes them, on one
// goroutine with a thread of its own.
type sender struct {
	receiver *receiver.Receiver
	cpus     []int    // processors for the thread; none: no restriction
	buffers  [][]byte // of each client: whole masked frames
	at       []int    // where each client is in its buffer
	err      error
	quit     chan struct{}
	done     chan struct{}
}

func newSender(r *receiver.Receiver, kind string, cpus []int) (*sender, error) {
	s := &sender{
		receiver: r, cpus: cpus,
		buffers: make([][]byte, r.Clients()),
		at:      make([]int, r.Clients()),
		quit:    make(chan struct{}),
		done:    make(chan struct{}),
	}
	random := rand.New(rand.NewPCG(1, 2))
	registry := newRegistry()
	for i := range s.buffers {
		name := fmt.Sprintf("/clients/%04d", i)
		for len(s.buffers[i]) < bufferBytes {
			payload, err := registry.Append(nil, newMessage(kind, name, random))
			if err != nil {
				return nil, err
			}
			key := [4]byte{byte(random.Uint32()), byte(random.Uint32()), byte(random.Uint32()), byte(random.Uint32())}
			s.buffers[i] = wsproto.AppendMaskedFrame(s.buffers[i], wsproto.OpBinary, true, payload, key)
		}
	}
	return s, nil
}

func (s *sender) run() {
	defer close(s.done)
	runtime.LockOSThread() // and the thread ends with the goroutine
	if len(s.cpus) > 0 {
		if s.err = machine.Pin(s.cpus); s.err != nil {
			return
		}
	}
	for s.err == nil {
		select {
		case <-s.quit:
			return
		default:
		}
		if s.pass() == 0 {
			time.Sleep(fullPause)
		}
	}
}

// pass has each client write once, and returns the bytes that sockets took.
func (s *sender) pass() (total int) {
	for i, b := range s.buffers {
		n, err := s.receiver.Write(i, b[s.at[i]:])
		if err != nil {
			s.err = err
			return total
		}
		total += n
		if s.at[i] += n; s.at[i] == len(b) {
			s.at[i] = 0
		}
	}
	return total
}

// stop ends the sending and returns what has gone wrong with it.
func (s *sender) stop() error {
	close(s.quit)
	<-s.done
	return s.err
}
