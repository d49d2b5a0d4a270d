//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/scenewire/scenewire/internal/bench/command"
	"github.com/scenewire/scenewire/internal/bench/machine"
)

// run measures, and tells the results; after an interrupt those that there are.
func run(ctx context.Context, o *options) error {
	begin := time.Now()
	dir, err := os.MkdirTemp("", "rivals")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	o.dir = dir
	if o.setupPython {
		_, err := setupPython(ctx, setupTimeout)
		return err
	}
	b := newBench(o)
	if err := b.prepare(ctx); err != nil {
		return err
	}
	if len(o.receiverCPUs) > 0 {
		if err := machine.PinProcess(o.receiverCPUs); err != nil {
			return err
		}
	}
	return b.measure(ctx, begin)
}

// measure runs the rounds and tells what they gave. A run that is interrupted isn't kept.
func (b *bench) measure(ctx context.Context, begin time.Time) error {
	o := b.options
	o.out.Title = fmt.Sprintf("WebSocket servers under the same work: %d clients, %d B", o.clients, o.size)
	o.out.Versions = b.versions()
	out, err := o.out.Open()
	if err != nil {
		return err
	}
	if err := b.rounds(ctx, begin); err != nil {
		return errors.Join(err, b.tell(out))
	}
	return errors.Join(b.tell(out), out.Close())
}

var errTimeOver = errors.New("the time is over")

// bench is one run of the program.
type bench struct {
	options  *options
	subjects []*subject          // that can run here
	cannot   []string            // what is left out, and why
	trials   map[string][]*trial // by trialKey, one for each round
	done     int                 // rounds
}

func newBench(o *options) *bench { return &bench{options: o, trials: map[string][]*trial{}} }

// prepare finds out which subjects can run.
func (b *bench) prepare(ctx context.Context) error {
	for _, name := range b.options.subjects.Chosen {
		s, err := subjectNamed(name)
		if err != nil {
			return err
		}
		if err := b.try(ctx, s); err != nil {
			if ctx.Err() != nil {
				return err
			}
			b.leaveOut("%s is left out: %v", name, err)
			continue
		}
		b.subjects = append(b.subjects, s)
		for _, work := range b.options.works.Chosen {
			if why, cannot := s.without[work]; cannot {
				b.leaveOut("%s can't do %s: %s", name, work, why)
			}
		}
	}
	if len(b.subjects) == 0 {
		return errors.New("no subject is left to measure")
	}
	return nil
}

func (b *bench) leaveOut(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	command.Progress("%s", line)
	b.cannot = append(b.cannot, line)
}

// try starts the server and ends it.
func (b *bench) try(ctx context.Context, s *subject) error {
	if s.prepare != nil {
		if err := s.prepare(ctx, b.options); err != nil {
			return err
		}
	}
	counter, err := b.newCounter()
	if err != nil {
		return err
	}
	p, err := s.launch(ctx, b.options, counter)
	if err != nil {
		return err
	}
	return p.Close()
}

// rounds runs all rounds, or as many as there is time for. Each begins with another
// subject.
func (b *bench) rounds(ctx context.Context, begin time.Time) error {
	o := b.options
	if o.budget > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadlineCause(ctx, begin.Add(o.budget+o.overtime), errTimeOver)
		defer cancel()
	}
	longest := time.Duration(0)
	for round := range o.rounds {
		if left := o.budget - time.Since(begin); o.budget > 0 && round > 0 && left < longest {
			b.leaveOut("only %d of %d rounds: %v are left, and a round takes %v",
				round, o.rounds, left.Round(time.Second), longest.Round(time.Second))
			return nil
		}
		started := time.Now()
		for turn := range b.subjects {
			s := b.subjects[(round+turn)%len(b.subjects)]
			command.Progress("round %d of %d: %s", round+1, o.rounds, s.name)
			for _, t := range b.turn(ctx, s) {
				t.round = round + 1
				key := trialKey(t.work, s.name)
				b.trials[key] = append(b.trials[key], t)
			}
			if err := context.Cause(ctx); errors.Is(err, errTimeOver) {
				b.leaveOut("the time is over in round %d of %d, at %s", round+1, o.rounds, s.name)
				return nil
			} else if err != nil {
				return err
			}
		}
		b.done++
		longest = max(longest, time.Since(started))
	}
	return nil
}

func trialKey(work, subject string) string { return work + " " + subject }
