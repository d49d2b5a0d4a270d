//go:build linux

package scene

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"runtime"
	"strconv"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/messages"
)

// Options says what server is made. Zero values are Scenewire's defaults.
type Options struct {
	Registry          *messages.Registry
	Writer            loop.Writer
	WindowInterval    time.Duration
	MaxWindowMessages int
	// MaxMessagesPerSecond and MaxBytesPerSecond are what one client may send.
	MaxMessagesPerSecond, MaxBytesPerSecond int
}

// Server is the server of this process.
type Server struct {
	*scenewire.Server
	Loop  *loop.Loop
	addr  string
	watch *Watch // nil: nothing is watched
}

// Listen makes a server that listens on a free port of 127.0.0.1. It pings nobody: the
// receiver doesn't answer, and idle clients shall be idle. It takes as many clients
// as there are files for, as fast as they come.
func Listen(o Options) (*Server, error) {
	l, err := loop.New(&loop.Options{Writer: o.Writer, PingInterval: -1})
	if err != nil {
		return nil, err
	}
	s, err := scenewire.New(&scenewire.Options{
		Addr:              "127.0.0.1:0",
		Registry:          o.Registry,
		Logger:            zap.NewNop(),
		WindowInterval:    o.WindowInterval,
		MaxWindowMessages: o.MaxWindowMessages,

		MaxClients:           -1,
		MaxHandshakeRate:     -1,
		MaxMessagesPerSecond: o.MaxMessagesPerSecond,
		MaxBytesPerSecond:    o.MaxBytesPerSecond,
		Loop:                 l,
	})
	if err != nil {
		return nil, err
	}
	return Listening(s)
}

// Listening makes a server listen that was made elsewhere. Its loop must be one that was
// given to it: Run closes both.
func Listening(s *scenewire.Server) (*Server, error) {
	addr, err := s.Listen()
	if err != nil {
		return nil, err
	}
	return &Server{Server: s, Loop: s.Loop(), addr: addr.String()}, nil
}

// Addr returns the address that the server listens on.
func (s *Server) Addr() string { return s.addr }

// Run serves clients, and answers commands until standard input ends.
func (s *Server) Run(commands map[string]child.Command) error {
	served := make(chan error, 1)
	go func() { served <- s.ListenAndServe() }()
	all := map[string]child.Command{
		"mark":       func([]string) (any, error) { return s.Mark() },
		"collect":    func([]string) (any, error) { return s.Collect() },
		"reset-peak": func([]string) (any, error) { return nil, machine.ResetPeak() },
		"watch":      func([]string) (any, error) { s.watch = NewWatch(); return nil, nil },
		"watched":    s.watched,
		"await":      func(args []string) (any, error) { return nil, s.await(args) },
	}
	maps.Copy(all, commands)
	if err := child.Serve(os.Stdin, os.Stdout, s.addr, all); err != nil {
		return err
	}
	closeErr := errors.Join(s.Close(), s.Loop.Close())
	if err := <-served; !errors.Is(err, scenewire.ErrServerClosed) {
		return errors.Join(err, closeErr)
	}
	return closeErr
}

// Mark reads the counters.
func (s *Server) Mark() (child.Mark, error) {
	m, err := child.Self()
	if err != nil {
		return m, err
	}
	stats := s.Loop.Stats()
	if s.Server != nil { // else the loop's figures are all that is asked for
		m.Sent = int64(s.Stats().Windows) // not the frames of others on the loop
	}
	m.Writes = int64(stats.Writes)
	m.Stalls = int64(stats.WriteStalls)
	return m, nil
}

// Collect collects the garbage, gives free memory back to the kernel, and marks.
func (s *Server) Collect() (child.Mark, error) {
	child.Collect()
	return s.Mark()
}

// Paced calls do hz times a second until quit is closed, or do fails.
func Paced(hz int, quit <-chan struct{}, do func() error) error {
	tick := time.NewTicker(time.Second / time.Duration(hz))
	defer tick.Stop()
	for {
		select {
		case <-quit:
			return nil
		case <-tick.C:
		}
		if err := do(); err != nil {
			return err
		}
	}
}

// Wait waits until ok, and reports whether it came true in time. It yields first, so
// that on a single processor what was broadcast is written when it looks, and then
// sleeps in short steps.
func Wait(ok func() bool, timeout time.Duration) bool {
	runtime.Gosched()
	if ok() {
		return true
	}
	for begin := time.Now(); time.Since(begin) < timeout; {
		time.Sleep(100 * time.Microsecond)
		if ok() {
			return true
		}
	}
	return false
}

func (s *Server) watched([]string) (any, error) {
	if s.watch == nil {
		return nil, errors.New("nothing is watched")
	}
	peak := s.watch.Stop()
	s.watch = nil
	return peak, nil
}

// await waits until so many clients are connected.
func (s *Server) await(args []string) error {
	const timeout = time.Minute
	numbers, err := Numbers(args, 1)
	if err != nil {
		return err
	}
	n := numbers[0]
	if !Wait(func() bool { return s.Loop.Stats().Conns == int64(n) && len(s.Clients()) == n }, timeout) {
		return fmt.Errorf("%d clients are connected, want %d", len(s.Clients()), n)
	}
	return nil
}

// Numbers parses a command's arguments, of which there must be count, none negative.
func Numbers(args []string, count int) ([]int, error) {
	if len(args) != count {
		return nil, fmt.Errorf("%d arguments, want %d", len(args), count)
	}
	numbers := make([]int, count)
	for i, arg := range args {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 0 {
			return nil, fmt.Errorf("%q is no number", arg)
		}
		numbers[i] = n
	}
	return numbers, nil
}

// Settle waits until nothing was written for a while, and returns the mark.
func (s *Server) Settle() (child.Mark, error) {
	const quiet = 30 * time.Millisecond
	for before := uint64(0); ; {
		written := s.Loop.Stats().BytesWritten
		if written == before {
			return s.Mark()
		}
		before = written
		time.Sleep(quiet)
	}
}
