package chaos

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/loop"
)

const (
	stayers = 12
	things  = 200     // in the scene
	maxBulk = 2 << 10 // bytes of one: together more than a socket holds

	// Limits of the server that guests exceed.
	maxMessageBytes = 32 << 10
	maxQueue        = 400
	// memoryTolerance is how much more memory there may be after the chaos than before:
	// what the runtime keeps for goroutines and connections that it has seen once.
	memoryTolerance = 16 << 20
	// runtimeDescriptors are the runtime's own, which may have come during the test.
	runtimeDescriptors = 3
)

// crowd is one run: a server and those who come to it.
type crowd struct {
	t      *testing.T
	server *scenewire.Server
	loop   *loop.Loop
	addr   string
	seed   uint64
	length time.Duration // of the whole run
	guests int
	until  time.Time // when the guests go

	connects, disconnects, most atomic.Int64
	late                        atomic.Int64 // visits that waited in vain for wstest.Timeout
	starved                     atomic.Int64 // the longest that a goroutine waited for its turn

	mu     sync.Mutex // guards all below
	visits map[string]int
	faults []string // whatever the machine is like
	waits  []string // faults unless the machine is too busy
}

// chaosSize says how long and with how many guests.
func chaosSize(t *testing.T) (length time.Duration, guests int) {
	t.Helper()
	text := os.Getenv("SCENEWIRE_CHAOS")
	if text == "" {
		return 3 * time.Second, 100
	}
	length, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal("SCENEWIRE_CHAOS: ", err)
	}
	return length, 500
}

func chaosSeed(t *testing.T) uint64 {
	t.Helper()
	text := os.Getenv("SCENEWIRE_CHAOS_SEED")
	if text == "" {
		return rand.Uint64()
	}
	seed, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatal("SCENEWIRE_CHAOS_SEED: ", err)
	}
	return seed
}

// TestChaos shares its time between the ways to run sockets and to write.
func TestChaos(t *testing.T) {
	ways := map[string]loop.Options{
		"goroutines": {Transport: loop.TransportGoroutines},
	}
	if runtime.GOOS == "linux" {
		ways["batches"] = loop.Options{Writer: loop.WriterAuto}
		ways["writes"] = loop.Options{Writer: loop.WriterPlain}
	}
	length, guests := chaosSize(t)
	for name, o := range ways {
		t.Run(name, func(t *testing.T) { runChaos(t, o, length/time.Duration(len(ways)), guests) })
	}
}

func runChaos(t *testing.T, o loop.Options, length time.Duration, guests int) {
	seed := chaosSeed(t)
	t.Logf("to repeat: SCENEWIRE_CHAOS_SEED=%d", seed)
	goroutines, descriptors := runtime.NumGoroutine(), wstest.OpenDescriptors()
	c := &crowd{t: t, seed: seed, length: length, guests: guests, visits: map[string]int{}}
	c.open(o)
	served := make(chan error, 1)
	go func() { served <- c.server.ListenAndServe() }()

	stay := make([]*stayer, stayers)
	for i := range stay {
		stay[i] = c.joinStayer(i%2 == 0)
	}
	stopScene, stopPulse := c.animate(), c.feelPulse()
	c.warmUp()
	before := usedMemory()
	c.until = time.Now().Add(length)
	for i, s := range stay {
		if s.comesBack {
			go s.breakNowAndThen(rand.New(rand.NewPCG(c.seed, uint64(1<<32+i))))
		}
	}
	c.invite()
	c.waitForGuestsToGo()
	stopScene()
	stopPulse()
	after := usedMemory()
	for _, s := range stay {
		c.checkStayer(s)
	}
	c.report(before, after)
	c.end(stay, served)
	if !wstest.Eventually(func() bool {
		return runtime.NumGoroutine() <= goroutines && wstest.OpenDescriptors() <= descriptors+runtimeDescriptors
	}) {
		t.Errorf("left behind: %d goroutines (at first %d), %d descriptors (at first %d)",
			runtime.NumGoroutine(), goroutines, wstest.OpenDescriptors(), descriptors)
	}
}

// open makes a server whose limits the guests reach: not all of them can be in at once.
func (c *crowd) open(o loop.Options) {
	c.t.Helper()
	o.Workers, o.MaxMessageBytes = 16, maxMessageBytes
	o.InboxMessages, o.InboxBytes = 16, 64<<10
	o.SendBufferBytes, o.ReceiveBufferBytes = 32<<10, 32<<10
	o.WriteTimeout = max(c.length/10, 10*time.Second)
	o.PingInterval, o.PingTimeout = time.Second, 10*time.Second
	var err error
	c.loop, err = loop.New(&o)
	must(c.t, err)
	c.server, err = scenewire.New(&scenewire.Options{
		Addr: "127.0.0.1:0", Registry: registry, Logger: zap.NewNop(), Loop: c.loop,
		MaxClients: c.maxClients(), MaxHTTPConns: 100, HeaderTimeout: time.Second,
		WindowInterval: 50 * time.Millisecond, MaxWindowMessages: 64, MaxWindowBytes: 64 << 10,
		MaxMessagesPerSecond: 200, MaxBytesPerSecond: 128 << 10,
		MaxQueueMessages: maxQueue, MaxQueueBytes: 256 << 10,
		MaxTransientMessages: 500, MaxTransientBytes: 64 << 10, ResumeHorizon: time.Second,
		ResumeGrace: c.grace(), MaxSuspended: c.guests + stayers,
	})
	must(c.t, err)
	addr, err := c.server.Listen()
	must(c.t, err)
	c.addr = addr.String()
	c.server.OnConnect(func(*scenewire.Client) {
		c.connects.Add(1)
		stats := c.server.Stats() // those whose connection broke have no place
		if n := int64(stats.Clients - stats.Suspended); n > c.most.Load() {
			c.most.Store(n)
		}
	})
	c.server.OnDisconnect(func(*scenewire.Client, error) { c.disconnects.Add(1) })
	scenewire.Handle(c.server, func(client *scenewire.Client, m call) {
		_ = client.Send(answer{N: m.N, Client: client.ID()})
	})
	scenewire.Handle(c.server, func(*scenewire.Client, trip) { panic("a guest tripped") })
	scenewire.Handle(c.server, func(_ *scenewire.Client, m nap) {
		time.Sleep(time.Duration(min(max(m.Millis, 0), 50)) * time.Millisecond)
	})
}

func (c *crowd) maxClients() int { return c.guests * 9 / 10 }

// animate changes the scene until it is stopped.
func (c *crowd) animate() (stop func()) {
	quit, done := make(chan struct{}), make(chan struct{})
	rng := rand.New(rand.NewPCG(c.seed, 0))
	for i := range things {
		must(c.t, c.server.Broadcast(thing{Name: strconv.Itoa(i), Bulk: randomBytes(rng, maxBulk)}))
	}
	go func() {
		defer close(done)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for n := 0; ; n++ {
			c.change(rng)
			must(c.t, c.server.BroadcastTransient(beat{N: n}))
			select {
			case <-quit:
				return
			case <-tick.C:
			}
		}
	}()
	return func() {
		close(quit)
		<-done
		c.server.Flush()
	}
}

// maxStarved is how long a goroutine may wait for its turn on a machine that is fast
// enough: a tenth of what clients and server wait for each other.
const maxStarved = time.Second

// feelPulse finds out whether this process gets enough of the machine, until it is
// stopped. What the server does to its clients doesn't show in it.
func (c *crowd) feelPulse() (stop func()) {
	const beat = 20 * time.Millisecond
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for last := time.Now(); ; {
			select {
			case <-quit:
				return
			case <-time.After(beat):
			}
			now := time.Now()
			c.starved.Store(max(c.starved.Load(), int64(now.Sub(last)-beat)))
			last = now
		}
	}()
	return func() {
		close(quit)
		<-done
	}
}

// change makes one change of the scene, or several as one.
func (c *crowd) change(rng *rand.Rand) {
	name := strconv.Itoa(rng.IntN(things))
	switch n := rng.IntN(20); {
	case n < 12:
		c.check("broadcast", c.server.Broadcast(thing{Name: name, Value: rng.Int(), Bulk: randomBytes(rng, rng.IntN(maxBulk))}))
	case n < 15:
		c.check("broadcast", c.server.Atomic(func(b *scenewire.Batch) error {
			return errors.Join(b.Broadcast(thing{Name: name, Value: n}), b.Broadcast(look{Name: name, Value: rng.Int()}))
		}))
	case n < 19:
		c.check("broadcast", c.server.Broadcast(gone{Name: name}))
	default:
		c.check("batch", c.server.Atomic(func(b *scenewire.Batch) (err error) {
			for range 40 {
				err = errors.Join(err, b.Broadcast(thing{Name: strconv.Itoa(rng.IntN(things)), Value: rng.Int()}))
			}
			return err
		}))
	}
}

// invite lets the guests come, and returns when they have gone.
func (c *crowd) invite() {
	var all sync.WaitGroup
	for i := range c.guests {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(c.seed, uint64(i+1)))
			for time.Now().Before(c.until) {
				c.visit(pickAct(rng), rng)
			}
		})
	}
	all.Wait()
}

// warmUp has each act done once, so that what is made only once isn't taken for
// a leak.
func (c *crowd) warmUp() {
	var all sync.WaitGroup
	for i, a := range acts {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(c.seed, uint64(c.guests+i+1)))
			c.visit(a, rng)
		})
	}
	all.Wait()
	c.waitForGuestsToGo()
}

func (c *crowd) visit(a act, rng *rand.Rand) {
	a.do(c, rng)
	c.mu.Lock()
	c.visits[a.name]++
	c.mu.Unlock()
}

// waitForGuestsToGo waits until only those who stay are connected.
func (c *crowd) waitForGuestsToGo() {
	c.t.Helper()
	var stats scenewire.Stats
	if !wstest.Eventually(func() bool {
		stats = c.server.Stats()
		return stats.Clients == stayers && stats.Suspended == 0 && stats.HTTPConns == 0 && stats.Loop.ControlFrames == 0 &&
			c.connects.Load()-c.disconnects.Load() == stayers
	}) {
		c.overdue("after the guests went there are %d clients (%d stay), %d HTTP connections, %d control frames; %d connects, %d disconnects",
			stats.Clients, stayers, stats.HTTPConns, stats.Loop.ControlFrames, c.connects.Load(), c.disconnects.Load())
	}
}

// report compares memory and tells what happened.
func (c *crowd) report(before, after int64) {
	stats := c.server.Stats()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t.Logf("came back: %v", stats.Resumes)
	if stats.Resumes["client"] == 0 {
		c.t.Error("nobody came back")
	}
	c.t.Logf("visits %v, clients %d (at most %d), closed %v, refused %v", c.visits, c.connects.Load(), c.most.Load(), stats.Closed, stats.Refused)
	c.t.Logf("memory %.1f MiB, before %.1f MiB; loop %+v", float64(after)/(1<<20), float64(before)/(1<<20), stats.Loop)
	if after > before+memoryTolerance {
		c.t.Errorf("memory grew by %.1f MiB, the tolerance is %d MiB", float64(after-before)/(1<<20), memoryTolerance>>20)
	}
	if most := c.most.Load(); most > int64(c.maxClients()) {
		c.t.Errorf("%d clients at once, MaxClients is %d", most, c.maxClients())
	}
	all := 0
	for _, n := range c.visits {
		all += n
	}
	judge := c.t.Errorf
	if starved := time.Duration(c.starved.Load()); starved > maxStarved {
		judge = c.t.Logf
		judge("the machine is too busy to judge those who waited: a goroutine had no turn for %v", starved)
	}
	if late := int(c.late.Load()); late*20 > all {
		judge("%d of %d visits waited in vain", late, all)
	}
	for _, wait := range c.waits {
		judge("%s", wait)
	}
	for _, fault := range c.faults {
		c.t.Error(fault)
	}
}

// end shuts the server down, and looks for what is left.
func (c *crowd) end(stay []*stayer, served <-chan error) {
	for _, s := range stay {
		go s.leaveWhenTold()
	}
	must(c.t, c.server.Shutdown(c.t.Context()))
	if err := <-served; !errors.Is(err, scenewire.ErrServerClosed) {
		c.t.Error(err)
	}
	for _, s := range stay {
		<-s.ended
	}
	if n := c.server.Stats().FramesLive; n != 0 {
		c.t.Errorf("%d frames weren't released", n)
	}
	if a, b := c.connects.Load(), c.disconnects.Load(); a != b {
		c.t.Errorf("%d OnConnect, %d OnDisconnect", a, b)
	}
	must(c.t, c.loop.Close())
}

// fault notes what must not happen.
func (c *crowd) fault(format string, args ...any) { c.note(&c.faults, format, args) }

// overdue notes what must not happen on a machine that has time for everybody.
func (c *crowd) overdue(format string, args ...any) { c.note(&c.waits, format, args) }

// note adds a line; the first few are enough.
func (c *crowd) note(lines *[]string, format string, args []any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(*lines) < 20 {
		*lines = append(*lines, fmt.Sprintf(format, args...))
	}
}

// failed notes an error of a guest that behaves. On a machine that is far too busy a few
// may wait for too long, or be waited for: their connection then ends without a close
// frame.
func (c *crowd) failed(what string, err error) {
	if timeout := net.Error(nil); errors.As(err, &timeout) && timeout.Timeout() || errors.Is(err, io.EOF) {
		c.late.Add(1)
		return
	}
	c.check(what, err)
}

func (c *crowd) check(what string, err error) {
	if err != nil {
		c.fault("%s: %v", what, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// usedMemory is what the heap's objects and the stacks take, after collecting garbage.
func usedMemory() int64 {
	runtime.GC()
	runtime.GC() // a sync.Pool lets go only then
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}

// dialPlain opens a connection that hasn't said anything.
func (c *crowd) dialPlain() (net.Conn, bool) {
	conn, err := net.DialTimeout("tcp", c.addr, wstest.Timeout)
	if err != nil {
		c.fault("the server isn't reached: %v", err)
		return nil, false
	}
	return conn, true
}
