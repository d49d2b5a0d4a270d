//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/receiver"
	"github.com/scenewire/scenewire/internal/bench/report"
	"github.com/scenewire/scenewire/wsproto"
)

const (
	// drainTimeout is how long what is on its way may take to be received.
	drainTimeout = 5 * time.Second
	// quietTime is how long nothing may come before nothing is taken to be on its way.
	quietTime = 50 * time.Millisecond
	// early is how many clients come and go first, so that what a server makes only once
	// is in no figure.
	early = 50
)

// trial is one work of one subject in one round.
type trial struct {
	work, subject string
	round         int
	figures       map[string]float64
	failure       string // why there are no figures
}

// turn is one subject's part of a round: its server, and what is connected to it.
type turn struct {
	subject *subject
	options *options
	process *child.Process
	clients *receiver.Receiver
	base    child.Mark // before the clients came
	latest  time.Time
}

func (b *bench) newCounter() (path string, err error) {
	path = filepath.Join(b.options.dir, "received")
	if err := os.RemoveAll(path); err != nil {
		return "", err
	}
	_, err = machine.OpenCounter(path)
	return path, err
}

// turn runs one subject through all works. Where one fails, the server is taken to be
// no longer good for those behind it, and is started anew.
func (b *bench) turn(ctx context.Context, s *subject) (trials []*trial) {
	todo := make([]string, 0, len(works()))
	for _, work := range works() {
		if b.options.works.Has(work) && s.can(work) {
			todo = append(todo, work)
		}
	}
	for len(todo) > 0 && ctx.Err() == nil {
		done := b.work(ctx, s, todo)
		trials = append(trials, done...)
		todo = todo[len(done):]
	}
	return trials
}

// work starts a server and does works until one fails; it does one at least. Without a
// server all fail.
func (b *bench) work(ctx context.Context, s *subject, todo []string) (trials []*trial) {
	t := &turn{subject: s, options: b.options}
	broken := t.start(ctx, b)
	defer t.end()
	for _, work := range todo {
		figures, err := map[string]float64(nil), broken
		if err == nil {
			figures, err = t.do(ctx, work)
		}
		if ctx.Err() != nil {
			return trials
		}
		done := &trial{work: work, subject: s.name, figures: figures}
		trials = append(trials, done)
		if err == nil {
			continue
		}
		done.failure = err.Error()
		command.Progress("%s, %s: failed: %v", s.name, work, err)
		if broken == nil {
			return trials
		}
	}
	return trials
}

func (t *turn) end() {
	if t.clients != nil {
		t.clients.Close()
	}
	if t.process != nil {
		_ = t.process.Close() // it is measured, and ends or is killed
	}
}

// start starts the server, has a few clients come and go, and connects all of them.
func (t *turn) start(ctx context.Context, b *bench) error {
	path, err := b.newCounter()
	if err != nil {
		return err
	}
	if t.process, err = t.subject.launch(ctx, t.options, path); err != nil {
		return err
	}
	total, err := machine.OpenCounter(path)
	if err != nil {
		return err
	}
	first, err := receiver.Dial(ctx, t.dialing(min(early, t.options.clients), nil))
	if err != nil {
		return err
	}
	err = t.await(ctx, first.Clients())
	first.Close()
	if err != nil {
		return err
	}
	if err := t.await(ctx, 0); err != nil {
		return err
	}
	if err := t.process.Ask(ctx, &t.base, "collect"); err != nil {
		return err
	}
	t.latest = time.Now()
	if t.clients, err = receiver.Dial(ctx, t.dialing(t.options.clients, total)); err != nil {
		return err
	}
	return t.await(ctx, t.options.clients)
}

func (t *turn) await(ctx context.Context, clients int) error {
	return t.process.Ask(ctx, nil, "await", clients)
}

func (t *turn) dialing(clients int, total *machine.Counter) receiver.Options {
	o := t.options
	reply := t.subject.requestFrame(newPayload(o.size))
	return receiver.Options{
		Addr:         t.process.Addr(),
		Clients:      clients,
		Path:         t.subject.path,
		Subprotocols: t.subject.subprotocols,
		Greet:        t.subject.greet,
		Threads:      o.receivers,
		CPUs:         o.receiverCPUs,
		Sampled:      min(o.sampled, clients),
		NewReader:    t.subject.newReader,
		Total:        total,
		Reply:        newStamper(reply).appendFrame,
	}
}

// stamper makes the frames that clients send: all alike, but for the time stamp.
type stamper struct {
	frame []byte
	at    int // where the stamp begins
	key   [4]byte
}

// newStamper takes a masked frame whose payload has a stamp.
func newStamper(frame []byte) *stamper {
	head := len(frame) - payloadBytes(frame)
	plain := append([]byte(nil), frame...)
	wsproto.Mask(plain[head:], mask, 0)
	s := &stamper{frame: frame, at: frames.IndexStamp(plain)}
	for i := range s.key {
		s.key[i] = mask[(s.at-head+i)%len(mask)]
	}
	return s
}

// payloadBytes is the size of the payload of a masked frame of less than 64 KiB.
func payloadBytes(frame []byte) int {
	if size := int(frame[1] & 0x7f); size < 126 {
		return size
	}
	return int(frame[2])<<8 | int(frame[3])
}

// appendFrame appends the frame with the time. It may be called by several goroutines.
func (s *stamper) appendFrame(dst []byte) []byte {
	start := len(dst) + s.at
	dst = append(dst, s.frame...)
	stamp := dst[start : start+frames.StampBytes]
	frames.PutStamp(stamp, machine.Monotonic())
	wsproto.Mask(stamp, s.key, 0)
	return dst
}

// do does one work.
func (t *turn) do(ctx context.Context, work string) (map[string]float64, error) {
	switch work {
	case workConnect:
		return t.connect(ctx)
	case workIdle:
		return t.idle(ctx)
	case workPaced:
		return t.timed(ctx, work, t.broadcasting("paced", pacedHz))
	case workFull:
		return t.timed(ctx, work, t.broadcasting("full", 1))
	case workEcho:
		return t.timed(ctx, work, t.echoing)
	}
	return nil, fmt.Errorf("no work %q", work)
}

// connect tells what it took to connect, which start has done.
func (t *turn) connect(ctx context.Context) (map[string]float64, error) {
	seconds := time.Since(t.latest).Seconds()
	var m child.Mark
	if err := t.process.Ask(ctx, &m, "mark"); err != nil {
		return nil, err
	}
	n := float64(t.options.clients)
	return map[string]float64{
		"cpu_us_per_connect": (m.CPUMicros - t.base.CPUMicros) / n,
		"connects_per_s":     n / seconds,
		"seconds":            seconds,
	}, nil
}

// idle tells what memory the clients take, when they have received a few messages.
func (t *turn) idle(ctx context.Context) (map[string]float64, error) {
	const few = 3
	for range few {
		before := t.clients.Counts().Frames
		if err := t.process.Ask(ctx, nil, "once"); err != nil {
			return nil, err
		}
		if err := t.pass(ctx, 0, before); err != nil {
			return nil, err
		}
	}
	if err := t.clients.Quiet(ctx, quietTime); err != nil {
		return nil, err
	}
	var m child.Mark
	if err := t.process.Ask(ctx, &m, "collect"); err != nil {
		return nil, err
	}
	n := float64(t.options.clients)
	figures := map[string]float64{
		"rss_bytes":            float64(m.ResidentBytes),
		"rss_bytes_per_client": float64(m.ResidentBytes-t.base.ResidentBytes) / n,
	}
	if m.HeapBytes > 0 {
		figures["heap_bytes_per_client"] = float64(m.HeapBytes-t.base.HeapBytes) / n
	}
	return figures, nil
}

// action does a work for a while, and returns how many messages should have been
// received by now, of those since it began; below 0: that isn't known.
type action func(ctx context.Context, d time.Duration) (sent int64, err error)

// broadcasting has the server broadcast.
func (t *turn) broadcasting(mode string, number int) action {
	return func(ctx context.Context, d time.Duration) (int64, error) {
		var before, after child.Mark
		if err := t.process.Ask(ctx, &before, "mark"); err != nil {
			return 0, err
		}
		frames := t.clients.Counts().Frames
		if err := t.process.Ask(ctx, nil, "run", mode, number); err != nil {
			return 0, err
		}
		if err := t.pass(ctx, d, frames); err != nil {
			return 0, errors.Join(err, t.process.Ask(ctx, nil, "stop"))
		}
		if err := t.process.Ask(ctx, &after, "stop"); err != nil {
			return 0, err
		}
		if t.subject.conflates {
			return -1, nil
		}
		return after.Sent - before.Sent, nil
	}
}

// echoing has all clients send, and whenever something comes back.
func (t *turn) echoing(ctx context.Context, d time.Duration) (int64, error) {
	next := newStamper(t.subject.requestFrame(newPayload(t.options.size)))
	t.clients.SetReplying(true)
	defer t.clients.SetReplying(false)
	before := t.clients.Counts().Frames
	for i := range t.clients.Clients() {
		frame := next.appendFrame(nil)
		if n, err := t.clients.Write(i, frame); err != nil || n < len(frame) {
			return 0, errors.Join(err, fmt.Errorf("client %d has sent %d of %d bytes", i, n, len(frame)))
		}
	}
	return -1, t.pass(ctx, d, before)
}

// pass waits for so long, and longer if by then not as many frames have come as there
// are clients, since there were so many before.
func (t *turn) pass(ctx context.Context, d time.Duration, before int64) error {
	start := time.Now()
	wait, cancel := context.WithTimeoutCause(ctx, d+drainTimeout, errors.New("the clients receive nothing, or hardly anything"))
	defer cancel()
	err := t.clients.Await(wait, func() bool {
		return time.Since(start) > d && t.clients.Counts().Frames >= before+int64(t.clients.Clients())
	})
	if err != nil && wait.Err() != nil {
		return context.Cause(wait)
	}
	return err
}

// timed warms the server up and does the work, from where nothing is on its way to where
// everything has come.
func (t *turn) timed(ctx context.Context, work string, act action) (map[string]float64, error) {
	if _, err := act(ctx, t.options.warmup); err != nil {
		return nil, fmt.Errorf("warm-up: %w", err)
	}
	if err := t.clients.Quiet(ctx, quietTime); err != nil {
		return nil, err
	}
	t.clients.TakeSamples()
	var before, after child.Mark
	if err := t.process.Ask(ctx, &before, "mark"); err != nil {
		return nil, err
	}
	own, err := machine.CPUTime()
	if err != nil {
		return nil, err
	}
	counts, start := t.clients.Counts(), time.Now()
	sent, err := act(ctx, t.options.duration)
	if err != nil {
		return nil, err
	}
	elapsed := time.Since(start)
	ownAfter, err := machine.CPUTime()
	if err != nil {
		return nil, err
	}
	if err := t.drain(ctx, counts.Frames+sent, sent >= 0); err != nil {
		return nil, err
	}
	if err := t.process.Ask(ctx, &after, "mark"); err != nil {
		return nil, err
	}
	got := t.clients.Counts()
	got.Frames, got.Bytes = got.Frames-counts.Frames, got.Bytes-counts.Bytes
	figures, err := t.figures(work, elapsed, after.Sub(before), got, sent)
	if err == nil {
		figures["receiver_cpus"] = (ownAfter - own).Seconds() / elapsed.Seconds()
	}
	return figures, err
}

// drain waits until so many frames have come, if that is known, and until none comes any
// more. That some don't come is not an error.
func (t *turn) drain(ctx context.Context, want int64, known bool) error {
	if known {
		wait, cancel := context.WithTimeout(ctx, drainTimeout)
		defer cancel()
		err := t.clients.Await(wait, func() bool { return t.clients.Counts().Frames >= want })
		if err != nil && wait.Err() == nil {
			return err
		}
	}
	return t.clients.Quiet(ctx, quietTime)
}

// figures are those of a work with messages.
func (t *turn) figures(work string, elapsed time.Duration, server child.Mark, got receiver.Counts, sent int64) (map[string]float64, error) {
	samples := t.clients.TakeSamples()
	if samples.Frames == 0 || got.Frames == 0 {
		return nil, errors.New("the sampled clients have received nothing")
	}
	deliveries := float64(got.Frames) * float64(samples.Messages) / float64(samples.Frames)
	figures := map[string]float64{
		"cpu_us_per_delivery": server.CPUMicros / deliveries,
		"deliveries":          deliveries,
		"deliveries_per_s":    deliveries / elapsed.Seconds(),
		"frame_bytes":         float64(got.Bytes) / float64(got.Frames),
		"messages_per_frame":  float64(samples.Messages) / float64(samples.Frames),
		"p50_ms":              report.Milliseconds(samples.Latency.Quantile(0.5)),
		"p99_ms":              report.Milliseconds(samples.Latency.Quantile(0.99)),
		"rss_bytes":           float64(server.ResidentBytes),
		"server_cpus":         server.CPUMicros / 1e6 / elapsed.Seconds(),
		"seconds":             elapsed.Seconds(),
		"dropped_connections": float64(got.Closed),
	}
	if sent >= 0 {
		figures["missing"] = max(float64(sent)-deliveries, 0)
	}
	if work == workPaced {
		// The last one may come just after the end.
		due := max(float64(int(elapsed.Seconds()*pacedHz))-1, 1) * float64(t.options.clients)
		figures["kept_share"] = min(deliveries/due, 1)
	}
	if server.Mallocs > 0 {
		figures["allocs_per_delivery"] = float64(server.Mallocs) / deliveries
	}
	return figures, nil
}
