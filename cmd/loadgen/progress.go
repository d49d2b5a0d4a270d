//go:build linux

package main

import (
	"fmt"
	"time"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/scenario"
	"github.com/scenewire/scenewire/internal/commandline"
)

// lineInterval is how often a line says how a run stands where there is no terminal.
const lineInterval = 10 * time.Second

// progress shows how a run stands: as a bar on a terminal, and elsewhere as a line now and
// then. It belongs to the goroutine of the run.
type progress struct {
	app   *app
	bar   *commandline.Progress // nil: not begun
	phase scenario.Phase
	said  time.Duration // when the last line was
}

func (a *app) newProgress() *progress { return &progress{app: a} }

// tell shows how it stands.
func (p *progress) tell(now scenario.Progress) {
	if p.app.Quiet {
		return
	}
	if !p.app.Bars {
		p.tellLine(now)
		return
	}
	if p.bar == nil {
		p.bar = p.app.Progress("connecting", int64(now.Total/time.Millisecond))
	}
	p.bar.Grow(int64(now.Total / time.Millisecond))
	p.bar.Describe(func() string { return describe(now) })
	p.bar.Set(int64(min(now.Elapsed, now.Total) / time.Millisecond))
}

// tellLine says a line at each change of the phase, and at long intervals.
func (p *progress) tellLine(now scenario.Progress) {
	if now.Phase == p.phase && now.Elapsed < p.said+lineInterval {
		return
	}
	p.phase, p.said = now.Phase, now.Elapsed
	p.app.Say("%4.0f s of %.0f  %s", now.Elapsed.Seconds(), now.Total.Seconds(), describe(now))
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar != nil {
		p.bar.End()
		p.bar = nil
	}
}

func describe(now scenario.Progress) string {
	text := fmt.Sprintf("%-7s %s", now.Phase, commandline.Count(now.Clients, "client"))
	if now.DeliveriesPerSecond > 0 {
		text += fmt.Sprintf(", %s messages/s", commandline.Number(int64(now.DeliveriesPerSecond)))
	}
	if now.P99 > 0 {
		text += fmt.Sprintf(", p99 %.1f ms", float64(now.P99)/float64(time.Millisecond))
	}
	if n := now.Gaps; n > 0 {
		text += ", " + commandline.Count(int(n), "gap")
	}
	if n := now.Errors; n > 0 {
		text += ", " + commandline.Count(int(n), "error")
	}
	return text
}
