package scenewire

import (
	"fmt"
	"math"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/loop"
	"github.com/scenewire/scenewire/wsproto"
)

// The crowd of the stress test, and what it is sent.
const (
	crowd      = 1000
	neverRead  = 200 // of the crowd
	readSlowly = 200
	areReset   = 50 // at half time; they read until then

	beatBytes    = 16 << 10 // of each beat: numbered, without a key
	beatInterval = 50 * time.Millisecond
	spots        = 40 // messages with keys
	spotsPerBeat = 4

	stressWriteTimeout = 3 * time.Second
	stressWindowBytes  = 64 << 10
	slowBytesPerSecond = beatBytes * int(time.Second/beatInterval) / 2 // half of what is sent

	// stressHeapBound is how much the live heap may grow: for each client the window
	// that its socket doesn't take, as much and its buffer's spare room for the window
	// that it reads, since both halves are in this process, and the frame cache. The log
	// comes on top, twice: large messages are kept in their compressed form, too.
	stressHeapBound = crowd*3*stressWindowBytes + 32<<20
	// stressPendingBound is how much may wait for one client.
	stressPendingBound = stressWindowBytes + 4<<10
)

// TestStressOfThousandClients serves clients of which some never read, some are slow and
// some are reset, and checks that the rest don't notice, that the heap is bounded, and
// that everything comes back.
//
// It takes some 5 s. With SCENEWIRE_STRESS=1m it broadcasts for that long, with each
// writer.
func TestStressOfThousandClients(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	if files := openFileLimit(); files < 3*crowd {
		t.Skip("not enough open files are allowed:", files)
	}
	text, set := os.LookupEnv("SCENEWIRE_STRESS")
	if !set {
		stress(t, loop.WriterAuto, 2500*time.Millisecond)
		return
	}
	duration, err := time.ParseDuration(text)
	must(t, err)
	for _, writer := range []loop.Writer{loop.WriterPlain, loop.WriterURing} {
		t.Run("writer="+string(writer), func(t *testing.T) { stress(t, writer, duration) })
	}
}

// stressRun is one run of the stress test.
type stressRun struct {
	t      *testing.T
	server *Server
	all    []*stressClient
	bulk   []byte
	last   int // the newest beat
	spots  [spots]uint64
	over   atomic.Bool // slow clients hurry now
	served atomic.Int64

	heapBefore, heapPeak, logPeak, pendingPeak int64

	mu    sync.Mutex // guards all below
	roles map[string]stressRole
	ends  map[stressRole]map[string]int // how often for which reason
}

// stressRole is what a client does.
type stressRole string

const (
	roleNever stressRole = "never reads"
	roleSlow  stressRole = "reads slowly"
	roleReset stressRole = "is reset"
	roleRest  stressRole = "reads"
)

func roleOf(i int) stressRole {
	switch {
	case i < neverRead:
		return roleNever
	case i < neverRead+readSlowly:
		return roleSlow
	case i < neverRead+readSlowly+areReset:
		return roleReset
	}
	return roleRest
}

func stress(t *testing.T, writer loop.Writer, duration time.Duration) {
	r := newStressRun(t, writer)
	r.dialAll()
	r.heapBefore = int64(wstest.LiveBytes())
	var readers sync.WaitGroup
	for _, c := range r.all {
		if c.role != roleNever {
			readers.Go(c.read)
		}
	}
	r.produce(duration)
	drained := time.Now()
	readers.Wait()
	r.measure()
	t.Logf("%d beats, %d windows read; the last one %v after the last beat", r.last+1, r.served.Load(), time.Since(drained))
	r.checkEnds()
	r.checkBounds()
	stats := r.server.loop.Stats()
	t.Logf("%d frames in %d writes, %d stalls", stats.FramesWritten, stats.Writes, stats.WriteStalls)
}

func newStressRun(t *testing.T, writer loop.Writer) *stressRun {
	l, err := loop.New(&loop.Options{
		Writer: writer, Transport: testTransport, WriteTimeout: stressWriteTimeout, SendBufferBytes: 64 << 10, PingInterval: -1,
	})
	if err != nil && writer == loop.WriterURing {
		t.Skip("no io_uring:", err)
	}
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	r := &stressRun{
		t: t, bulk: []byte(noise(beatBytes)), last: -1,
		roles: map[string]stressRole{}, ends: map[stressRole]map[string]int{},
	}
	r.server = serve(t, func(o *Options) {
		o.Loop = l
		o.MaxWindowBytes = stressWindowBytes
	})
	r.server.OnDisconnect(r.onDisconnect)
	return r
}

func (r *stressRun) dialAll() {
	subprotocols := map[wsproto.Generation][]string{
		wsproto.GenerationZstd: {Subprotocol}, wsproto.GenerationPlain: {"viser-v1.0.5"}, wsproto.GenerationArray: nil,
	}
	r.all = make([]*stressClient, crowd)
	var wg sync.WaitGroup
	var next atomic.Int64
	for range 8 {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < crowd; i = int(next.Add(1)) - 1 {
				c := &stressClient{run: r, role: roleOf(i), generation: wsproto.GenerationArray + wsproto.Generation(i%3)}
				o := wstest.Options{Subprotocols: subprotocols[c.generation]}
				var err error
				if c.Client, err = wstest.Dial(r.server.Addr().String(), o); err != nil {
					r.t.Error(err)
					return
				}
				r.t.Cleanup(func() { _ = c.Conn.Close() })
				r.mu.Lock()
				r.roles[c.Conn.LocalAddr().String()] = c.role
				r.mu.Unlock()
				c.seen.Store(-1)
				r.all[i] = c
			}
		})
	}
	wg.Wait()
	if r.t.Failed() {
		r.t.FailNow()
	}
	clientOf(r.t, r.server, crowd-1)
}

func (r *stressRun) onDisconnect(c *Client, reason error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	role := r.roles[c.RemoteAddr().String()]
	if r.ends[role] == nil {
		r.ends[role] = map[string]int{}
	}
	r.ends[role][reason.Error()]++
}

// produce broadcasts for so long.
func (r *stressRun) produce(duration time.Duration) {
	ticker := time.NewTicker(beatInterval)
	defer ticker.Stop()
	count := int(duration / beatInterval)
	for i := range count {
		r.beat(i == count-1)
		if i%20 == 19 {
			r.trim()
			r.measure()
		}
		if i == count/2 {
			for _, c := range r.all {
				if c.role == roleReset {
					_ = c.Reset()
				}
			}
		}
		<-ticker.C
	}
}

// beat broadcasts some spots and the next beat.
func (r *stressRun) beat(final bool) {
	r.last++
	for i := range spotsPerBeat {
		n := uint64(r.last*spotsPerBeat + i)
		spot := n % spots
		must(r.t, r.server.Broadcast(stressMessage(n, fmt.Sprint("spot ", spot), nil)))
		r.spots[spot] = n
	}
	r.over.Store(final)
	must(r.t, r.server.Broadcast(stressMessage(uint64(r.last), "", r.bulk)))
}

// trim takes the beats out of the log that everybody has who is to have all.
func (r *stressRun) trim() {
	have := int64(math.MaxInt64)
	for _, c := range r.all {
		if c.role == roleRest {
			have = min(have, c.seen.Load())
		}
	}
	r.server.Log().Remove(func(e LogEntry) bool {
		n, key := parseStress(e.Payload)
		return key == "" && int64(n) <= have
	})
}

// checkEnds holds each client to how it was to end.
func (r *stressRun) checkEnds() {
	want := map[stressRole]int{roleNever: neverRead, roleSlow: 0, roleReset: areReset, roleRest: 0}
	began := time.Now()
	for role, n := range want {
		eventually(r.t, fmt.Sprintf("%d clients of those that are to be %q end", n, role), func() bool {
			return r.ended(role) == n
		})
	}
	r.t.Logf("the last of those who never read ended %v after that", time.Since(began))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.t.Logf("ends: %v", r.ends)
	for reason, times := range r.ends[roleNever] {
		if !strings.Contains(reason, "no write progress for "+stressWriteTimeout.String()) {
			r.t.Errorf("%d of those who never read ended with %q", times, reason)
		}
	}
}

func (r *stressRun) ended(role stressRole) (n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, times := range r.ends[role] {
		n += times
	}
	return n
}

func (r *stressRun) checkBounds() {
	grew, bound := r.heapPeak-r.heapBefore, stressHeapBound+2*r.logPeak
	r.t.Logf("live heap: %.1f MiB before; grew by at most %.1f MiB of %.1f MiB that are allowed (the log: %.1f MiB)",
		mib(r.heapBefore), mib(grew), mib(bound), mib(r.logPeak))
	r.t.Logf("for one client %d bytes waited at most", r.pendingPeak)
	if grew > bound {
		r.t.Error("the heap grew beyond its bound")
	}
	if r.pendingPeak > stressPendingBound {
		r.t.Errorf("for one client %d bytes waited, more than %d", r.pendingPeak, stressPendingBound)
	}
}

// measure looks at what is held.
func (r *stressRun) measure() {
	for _, c := range r.server.Clients() {
		r.pendingPeak = max(r.pendingPeak, c.Pending())
	}
	r.logPeak = max(r.logPeak, r.server.Log().Bytes())
	r.heapPeak = max(r.heapPeak, int64(wstest.LiveBytes()))
}

func mib(n int64) float64 { return float64(n) / (1 << 20) }
