//go:build linux

package main

import (
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/bench/scene"
	"github.com/scenewire/scenewire/messages"
)

// object is the scene's only message.
type object struct {
	ID    uint32 `msgpack:"id"`
	Data  []byte `msgpack:"data"`
	Stamp []byte `msgpack:"stamp,omitempty"`
}

// RedundancyKey is one for each object.
func (m object) RedundancyKey() string { return "object/" + strconv.FormatUint(uint64(m.ID), 10) }

// serve is one of the two processes beside this one: a server, or with "receive" in front
// its clients.
func serve(args []string) error {
	if len(args) > 0 && args[0] == receiveArgument {
		return receive(args[1:])
	}
	s, err := scene.Listen(scene.Options{Registry: messages.NewRegistry().MustRegister(object{})})
	if err != nil {
		return err
	}
	p := &producer{server: s}
	return s.Run(map[string]child.Command{
		"prepare": p.prepare,
		"run":     p.run,
		"settle":  func([]string) (any, error) { return nil, p.settle() },
		"totals":  func([]string) (any, error) { return p.totals(), nil },
	})
}

// totals are a server's own counts since its start, and the size of its scene.
type totals struct {
	Changes  int64 `json:"changes"` // of all objects together
	Built    int64 `json:"built"`   // frames that were made
	LogBytes int64 `json:"log_bytes"`

	BuiltBefore int64 `json:"-"` // of a difference: Built of the earlier
}

func (p *producer) totals() totals {
	stats := p.server.Stats()
	return totals{Changes: p.changes, Built: int64(stats.FramesBuilt), LogBytes: stats.LogBytes}
}

// sliding is by how many bytes the data of one change may lie behind that of another, in
// the buffer that all is cut from.
const sliding = 4 << 10

// producer changes all objects of the scene. Its methods are called one at a time.
type producer struct {
	server  *scene.Server
	objects int
	size    int
	data    []byte
	changes int64
}

// prepare <objects> <size> makes the data, so that a run only cuts it.
func (p *producer) prepare(args []string) (any, error) {
	numbers, err := scene.Numbers(args, 2)
	if err != nil {
		return nil, err
	}
	p.objects, p.size = numbers[0], numbers[1]
	p.data = numbersOf(p.objects*p.size + sliding)
	return nil, nil
}

// numbersOf makes normally distributed float32, rounded to 1/256: like the vertices and
// poses of a scene they are no text, and not noise either. They compress to about half.
func numbersOf(bytes int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, 0, bytes+4)
	for len(b) < bytes {
		v := float32(math.Round(random.NormFloat64()*256) / 256)
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b[:bytes]
}

// ran is the answer to "run".
type ran struct {
	Nanoseconds int64 `json:"nanoseconds"`
	Due         int64 `json:"due"` // changes that should have been
}

// run <hz> <milliseconds> changes all objects as often. What it is too late for by more
// than a period is left out, as the next change supersedes it.
func (p *producer) run(args []string) (any, error) {
	numbers, err := scene.Numbers(args, 2)
	if err != nil {
		return nil, err
	}
	hz, length := numbers[0], time.Duration(numbers[1])*time.Millisecond
	start := machine.Monotonic()
	if hz == 0 {
		time.Sleep(length)
		return ran{Nanoseconds: machine.Monotonic() - start}, nil
	}
	period := int64(time.Second) / int64(hz)
	due := max(int64(length)/period, 1)
	for i := int64(0); i < due; i++ {
		time.Sleep(time.Duration(start + i*period - machine.Monotonic()))
		i = max(i, min((machine.Monotonic()-start)/period, due-1))
		if err := p.change(start + i*period); err != nil {
			return nil, err
		}
	}
	time.Sleep(time.Duration(start + due*period - machine.Monotonic()))
	return ran{Nanoseconds: machine.Monotonic() - start, Due: due}, nil
}

// change broadcasts all objects anew. It was due at that time.
func (p *producer) change(due int64) error {
	shift := int(p.changes*64) % sliding
	p.changes++
	stamp := make([]byte, frames.StampBytes)
	frames.PutStamp(stamp, due)
	return p.server.Atomic(func(b *scenewire.Batch) error {
		for i := range p.objects {
			begin := i*p.size + shift
			m := object{ID: uint32(i), Data: p.data[begin : begin+p.size]}
			if i == 0 {
				m.Stamp = stamp
			}
			if err := b.Broadcast(m); err != nil {
				return err
			}
		}
		return nil
	})
}

// settle waits until every client was sent everything.
func (p *producer) settle() error {
	const timeout = time.Minute
	through := func() bool {
		lag := p.server.Stats().MaxLag
		return lag.Sequences == 0 && lag.Pending == 0
	}
	if !scene.Wait(through, timeout) {
		return errors.New("clients still lag a minute after the last change")
	}
	return nil
}
