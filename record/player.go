package record

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// Source is a recording that a [Player] plays; a [*File] is one.
type Source interface {
	// Info says from when to when the recording goes.
	Info() Info
	// State returns the live state at t as a keyframe, with what happened at t itself.
	State(t time.Time) (Step, error)
	// Seek has Next go on with the first step behind t.
	Seek(t time.Time)
	// Next returns the next step, or io.EOF behind the last one.
	Next() (Step, error)
}

var _ Source = (*File)(nil)

// Target is where a [Player] plays to; a *scenewire.Server is one. The player calls it
// from one goroutine.
type Target interface {
	// BroadcastEntries queues a batch. The slice is borrowed until return.
	BroadcastEntries(entries []buffers.Entry) error
	// ReplaceEntries makes entries the live state, in their order. The slice is
	// borrowed until return.
	ReplaceEntries(entries []buffers.Entry) error
	// RemoveEntries takes the live entries out that match, which is asked once for
	// each, in order.
	RemoveEntries(match func(*buffers.Entry) bool) int
}

// The slowest and the fastest [Player.SetSpeed].
const (
	MinSpeed = 0.01
	MaxSpeed = 1000
)

// Errors of a player, for errors.Is.
var (
	// ErrSpeed is returned for a speed outside MinSpeed … MaxSpeed.
	ErrSpeed = fmt.Errorf("record: a speed is between %v and %v", MinSpeed, MaxSpeed)
	// ErrRange is returned for a part of a recording that isn't there.
	ErrRange = errors.New("record: no such part of the recording")
	// ErrPlaying is returned by [Player.Play] while the player plays already.
	ErrPlaying = errors.New("record: the player plays already")
)

// PlayerOptions configures a [Player]. The zero value of each field means its default.
// Times are those of the recording, from its start.
type PlayerOptions struct {
	// Speed is how much faster than it was recorded it is played, 0.01 … 1000.
	// Default 1.
	Speed float64
	// From and To are the part that is played. Default: all of it. What happens at To
	// is played, too.
	From, To time.Duration
	// Loop goes back to From at the end. A part that lasts no time is played once.
	Loop bool
	// Hold waits at the end for a seek, or for Loop to be set, instead of ending Play.
	Hold bool
	// Paused waits at From for [Player.Resume].
	Paused bool
	// OnGap is told of what the recording doesn't have, when it is due. The state that
	// it led to is played at the gap's end. Default: nothing.
	OnGap func(gap Step)
	// OnInbound is told of clients that connect, send and leave, when it is due.
	// Default: nothing.
	OnInbound func(Step)
}

func (o *PlayerOptions) withDefaults() PlayerOptions {
	var out PlayerOptions
	if o != nil {
		out = *o
	}
	if out.Speed == 0 {
		out.Speed = 1
	}
	return out
}

// Player plays a recording into a [Target] with the timing it was recorded with, or a
// multiple of it. Each batch is played as one, in the recorded order; a target that
// nobody else feeds has the recorded live state after each step, in the recorded order.
// What comes late, because reading or the target took longer, is played as soon as it can
// be: nothing is left out.
//
// Whom an entry excluded gets it: clients have other ids here, and none has it from
// elsewhere.
//
// [Player.Play] plays on its caller's goroutine, which calls the source, the target and
// the callbacks. The other methods may be called from any goroutine at any time, from
// callbacks too, and don't wait; what they change happens with the next step.
type Player struct {
	source  Source // of Play's goroutine, while it runs
	o       PlayerOptions
	start   time.Time     // of the recording; immutable like the next two
	from    time.Duration // where the part begins
	to      time.Duration // where it ends
	changed chan struct{} // capacity 1: something below has changed

	mu      sync.Mutex // guards all below
	playing bool
	clock   clock
	due     time.Duration // of the next step: the position is never behind it
	seeks   bool          // Play is to go to the clock's position
	loop    bool
	loops   int
	steps   uint64
}

// NewPlayer makes a player of a source, which belongs to Play while it plays. nil options
// mean the defaults. The error is [ErrSpeed] or [ErrRange].
func NewPlayer(source Source, o *PlayerOptions) (*Player, error) {
	opts := o.withDefaults()
	info := source.Info()
	to := info.Duration()
	if opts.To != 0 {
		to = opts.To
	}
	switch {
	case !validSpeed(opts.Speed):
		return nil, ErrSpeed
	case opts.From < 0 || opts.From > to || to > info.Duration():
		return nil, fmt.Errorf("%w: %v to %v of %v", ErrRange, opts.From, to, info.Duration())
	}
	return &Player{
		source: source, o: opts, start: info.Start, from: opts.From, to: to,
		changed: make(chan struct{}, 1), loop: opts.Loop, due: opts.From,
		clock: clock{at: opts.From, speed: opts.Speed, paused: opts.Paused},
	}, nil
}

// validSpeed is false for NaN, too.
func validSpeed(x float64) bool { return x >= MinSpeed && x <= MaxSpeed }

// Play plays into target, from where the player stands: From, where a seek has put it, or
// where the last Play was ended by its ctx. It begins with [Target.ReplaceEntries] of the
// live state there. nil: what is played goes nowhere, which is for the callbacks.
//
// It returns nil at the end, ctx's error, [ErrPlaying] while another Play runs, or the
// error of the source or the target. A recording that isn't whole is played as far as it
// goes, and its error comes at the end.
func (p *Player) Play(ctx context.Context, target Target) error {
	if err := p.begin(); err != nil {
		return err
	}
	defer p.end()
	if target == nil {
		target = nowhere{}
	}
	return (&playback{Player: p, target: target}).run(ctx)
}

func (p *Player) begin() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.playing {
		return ErrPlaying
	}
	at := p.clock.at
	if at >= p.to && !p.seeks {
		at = p.from
	}
	p.playing, p.seeks = true, true
	p.clock.running, p.due = true, at
	p.turnLocked(at)
	return nil
}

func (p *Player) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.turnLocked(p.positionLocked())
	p.playing, p.clock.running = false, false
}

// positionLocked is where the player stands. It waits for a step that is late.
func (p *Player) positionLocked() time.Duration { return min(p.clock.position(time.Now()), p.due) }

// turnLocked has the clock go on from a position.
func (p *Player) turnLocked(at time.Duration) {
	p.clock.turn(time.Now(), at)
	p.due = max(p.due, at)
}

// change changes something, and has Play look at it.
func (p *Player) change(what func()) {
	p.mu.Lock()
	what()
	p.mu.Unlock()
	select {
	case p.changed <- struct{}{}:
	default:
	}
}

// SetSpeed sets how much faster than it was recorded it is played from here on. The error
// is [ErrSpeed].
func (p *Player) SetSpeed(speed float64) error {
	if !validSpeed(speed) {
		return ErrSpeed
	}
	p.change(func() {
		p.turnLocked(p.positionLocked())
		p.clock.speed = speed
	})
	return nil
}

// Pause stops the clock.
func (p *Player) Pause() {
	p.change(func() {
		p.turnLocked(p.positionLocked())
		p.clock.paused = true
	})
}

// Resume has the clock go on from where it was paused.
func (p *Player) Resume() {
	p.change(func() {
		p.turnLocked(p.positionLocked())
		p.clock.paused = false
	})
}

// Seek goes to a time between From and To, forwards or back; a player that is paused
// stays so, and shows the state there. Up to 10 s forwards all steps in between are
// played at once but for what is transient; else the live state is replaced. The callbacks
// aren't told of what lies in between. The error is [ErrRange].
func (p *Player) Seek(to time.Duration) error {
	if to < p.from || to > p.to {
		return fmt.Errorf("%w: %v isn't from %v to %v", ErrRange, to, p.from, p.to)
	}
	p.change(func() {
		p.seeks, p.due = true, to
		p.turnLocked(to)
	})
	return nil
}

// SetLoop sets whether it goes back to From at the end.
func (p *Player) SetLoop(loop bool) { p.change(func() { p.loop = loop }) }

// Progress is where a [Player] stands.
type Progress struct {
	// Position is between From and To, the part that is played. All three are times of
	// the recording, from its start.
	Position, From, To time.Duration
	Speed              float64
	// Playing says that Play runs; it may be Paused.
	Playing, Paused bool
	// Loops is how often it went back to From at the end, and Steps how many steps were
	// played, over all.
	Loops int
	Steps uint64
}

// Progress returns where the player stands. While a seek is carried out that is where it
// goes to.
func (p *Player) Progress() Progress {
	p.mu.Lock()
	defer p.mu.Unlock()
	return Progress{
		Position: p.positionLocked(), From: p.from, To: p.to,
		Speed: p.clock.speed, Playing: p.playing, Paused: p.clock.paused, Loops: p.loops, Steps: p.steps,
	}
}
