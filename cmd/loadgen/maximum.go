//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/report"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/scenario"
	"github.com/scenewire/scenewire/internal/commandline"
)

// most bounds a search: more clients than a machine has addresses for, and more changes
// than a second has microseconds.
const most = 1 << 20

// attempt is one run of a search.
type attempt struct {
	Value  int            `json:"value"`
	Held   bool           `json:"held"`
	Missed []string       `json:"missed,omitempty"`
	Report *report.Report `json:"report,omitempty"`
}

// maximum is what a search has found.
type maximum struct {
	Of          string    `json:"max"` // "clients" or "rate"
	SLO         string    `json:"slo"`
	Best        int       `json:"best"` // 0: it isn't held at all
	Interrupted bool      `json:"interrupted"`
	Attempts    []attempt `json:"attempts"`
}

// search finds the most clients, or the highest rate, for which the SLO holds, beginning
// with the scenario's.
func (a *app) search(ctx context.Context, p *plan) error {
	m := &maximum{Of: p.maximum, SLO: p.flags.slo}
	guess := p.scenario.Clients
	if m.Of == "rate" {
		guess = int(math.Ceil(float64(rateOf(p.scenario))))
	}
	a.tell("%s: the most %s for which %s\n\n", p.scenario.Name, m.what(), m.SLO)
	best, err := scenario.Search(ctx, max(guess, 1), most, func(ctx context.Context, n int) (bool, error) {
		return a.try(ctx, p, m, n)
	})
	m.Best = best
	m.Interrupted = ctx.Err() != nil
	if len(m.Attempts) > 0 {
		err = errors.Join(a.finishSearch(p, m), err)
	}
	if m.Interrupted {
		return commandline.ErrInterrupted
	}
	return err
}

// try runs one attempt, and tells how it went.
func (a *app) try(ctx context.Context, p *plan, m *maximum, n int) (held bool, err error) {
	s := *p.scenario
	if m.Of == "rate" {
		setRate(&s, scenario.Rate(n))
	} else {
		s.Clients = n
	}
	if err := s.Validate(); err != nil {
		return false, err
	}
	o, err := a.measure(ctx, p, &s, nil)
	if err := ctx.Err(); err != nil {
		return false, err
	}
	t := attempt{Value: n}
	switch {
	case isLoadgensLimit(err):
		return false, fmt.Errorf("the search ends at %s %s, which loadgen itself can't do: %w", commandline.Number(int64(n)), m.what(), err)
	case err != nil:
		t.Missed = []string{err.Error()}
	case o.Failed != nil:
		t.Missed = []string{o.Failed.Error()}
	default:
		t.Report = a.reportOf(o)
		t.Missed = p.slo.Missed(t.Report)
	}
	t.Held = len(t.Missed) == 0
	m.Attempts = append(m.Attempts, t)
	a.tell("%s\n", t.text(m, p.slo))
	return t.Held, nil
}

// text is a line for an attempt.
func (t *attempt) text(m *maximum, slo report.SLO) string {
	line := fmt.Sprintf("  %10s %-10s ", commandline.Number(int64(t.Value)), m.what())
	if !t.Held {
		line += "missed: " + strings.Join(t.Missed, ", ")
	} else {
		line += "held: " + slo.Text(t.Report)
	}
	if t.Report != nil && len(t.Report.Remarks) > 0 {
		line += fmt.Sprintf("\n%25s! %s", "", strings.Join(t.Report.Remarks, "\n"+strings.Repeat(" ", 25)+"! "))
	}
	return line
}

// what the search is for, as people say it.
func (m *maximum) what() string {
	if m.Of == "rate" {
		return "per second"
	}
	return m.Of
}

// finishSearch tells and writes what was found. That nothing holds is an error.
func (a *app) finishSearch(p *plan, m *maximum) error {
	if m.Best > 0 {
		a.tell("\nHeld up to %s %s.\n", commandline.Number(int64(m.Best)), m.what())
	}
	var runs []*report.Report
	for i := range m.Attempts {
		if r := m.Attempts[i].Report; r != nil {
			runs = append(runs, r)
		}
	}
	err := a.writeTo(p.json, func(w io.Writer) error {
		commandline.WriteJSON(w, m)
		return nil
	})
	if p.results != "" && len(runs) > 0 {
		err = errors.Join(err, a.keepResult(p.results, runs...))
	}
	if m.Best == 0 && !m.Interrupted {
		err = errors.Join(err, fmt.Errorf("%s isn't held with %s %s either", m.SLO, commandline.Number(int64(m.Attempts[len(m.Attempts)-1].Value)), m.what()))
	}
	return err
}
