//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/report"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/scenario"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/serve"
	"github.com/scenewire/scenewire/internal/bench/result"
	"github.com/scenewire/scenewire/internal/commandline"
)

// load is the command without a name: it runs a scenario, or searches with many.
func (a *app) load(cmd *cobra.Command, f *flags) error {
	p, err := f.plan(cmd)
	if err != nil {
		return err
	}
	// With JSON or CSV on standard output there is nothing else.
	a.silent = f.json == "-" || f.csv == "-"
	ctx := cmd.Context()
	if err := a.checkTarget(ctx, p); err != nil {
		return err
	}
	if p.maximum != "" {
		return a.search(ctx, p)
	}
	return a.once(ctx, p)
}

// once runs the scenario and reports.
func (a *app) once(ctx context.Context, p *plan) error {
	var r *report.Report
	told := func(o *scenario.Outcome) error {
		r = a.reportOf(o)
		return errors.Join(a.write(p, r), a.show(r))
	}
	var err error
	hold := func(o *scenario.Outcome) {
		if err = told(o); err == nil && ctx.Err() == nil {
			a.Say("\nThe server stays until Ctrl-C: %s", r.Dashboard)
			<-ctx.Done()
		}
	}
	if !p.keep {
		hold = nil
	}
	outcome, runErr := a.measure(ctx, p, p.scenario, hold)
	if runErr != nil {
		return runErr
	}
	if r == nil {
		err = told(outcome)
	}
	switch {
	case err != nil:
		return err
	case r.Interrupted:
		return commandline.ErrInterrupted
	}
	return a.judge(p, outcome, r)
}

// measure runs a scenario. finished, unless it is nil, is called while the server is still
// there.
func (a *app) measure(ctx context.Context, p *plan, s *scenario.Scenario, finished func(*scenario.Outcome)) (*scenario.Outcome, error) {
	bar := a.newProgress()
	defer bar.end()
	env := p.env
	env.Worker = a.worker
	env.Progress = bar.tell
	env.Started = func(at serve.Addresses) {
		if p.maximum == "" {
			a.Say("%s", places(at))
		}
	}
	if finished != nil {
		env.Finished = func(o *scenario.Outcome) {
			bar.end()
			finished(o)
		}
	}
	return a.runScenario(ctx, s, env)
}

// places says where a server is found.
func places(at serve.Addresses) string {
	text := "Server:    " + at.WebSocket
	if at.Dashboard != "" {
		text += "\nDashboard: " + at.Dashboard
	}
	if at.Profiles != "" {
		text += "\nProfiles:  " + at.Profiles
	}
	return text
}

// reportOf makes the report of an outcome.
func (a *app) reportOf(o *scenario.Outcome) *report.Report {
	r := reportOf(o)
	r.Command = a.commandText()
	r.Machine, r.Commit = result.ThisMachine(), result.Commit()
	return r
}

// commandText is the command line, as it can be repeated.
func (a *app) commandText() string {
	words := []string{"go run ./cmd/loadgen"}
	for _, arg := range a.commandLine {
		if strings.ContainsAny(arg, " '\"<>&|;$*?()") {
			arg = "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
		}
		words = append(words, arg)
	}
	return strings.Join(words, " ")
}

// show prints the report for people.
func (a *app) show(r *report.Report) error {
	if a.silent {
		return nil
	}
	return r.Text(a.Stdout)
}

// write writes the files that were asked for.
func (a *app) write(p *plan, r *report.Report) error {
	err := errors.Join(
		a.writeTo(p.json, r.WriteJSON),
		a.writeTo(p.csv, r.WriteCSV),
	)
	if p.hdr != "" {
		_, hdrErr := r.WriteHDR(p.hdr)
		err = errors.Join(err, hdrErr)
	}
	if p.results != "" {
		err = errors.Join(err, a.keepResult(p.results, r))
	}
	return err
}

// keepResult keeps runs in a directory of results.
func (a *app) keepResult(dir string, runs ...*report.Report) error {
	file, err := report.File(runs...)
	if err != nil {
		return err
	}
	path, err := file.WriteTo(dir)
	if err == nil {
		a.Say("Kept as %s", path)
	}
	return err
}

// judge compares, and says what isn't as it should be.
func (a *app) judge(p *plan, o *scenario.Outcome, r *report.Report) error {
	return errors.Join(faults(o, r), missed(p.slo, r), a.compareWith(p, r))
}

// faults is what was wrong with the run.
func faults(o *scenario.Outcome, r *report.Report) error {
	if o.Failed != nil {
		return o.Failed
	}
	if r.Faults() == 0 {
		return nil
	}
	err := fmt.Errorf("the run isn't clean: %s", r.FaultText())
	for _, remark := range r.Remarks {
		if version := otherVersion.FindStringSubmatch(remark); version != nil {
			return commandline.WithHint(err, "This server wants: --subprotocol viser-v%s", version[1])
		}
	}
	return err
}

// otherVersion is what viser's servers say to clients of another version than theirs.
var otherVersion = regexp.MustCompile(`Version mismatch\. Client: \S+, Server: ([0-9.]*[0-9])`)

func missed(slo report.SLO, r *report.Report) error {
	if missed := slo.Missed(r); len(missed) > 0 {
		return fmt.Errorf("the SLO isn't held: %s", strings.Join(missed, ", "))
	}
	return nil
}

// compareWith compares with the run of --compare that had the same load.
func (a *app) compareWith(p *plan, r *report.Report) error {
	if p.old == nil {
		return nil
	}
	old, err := report.Choose(p.old, r)
	if err != nil {
		return commandline.WithHint(fmt.Errorf("--compare %s: %w", p.compare, err), "Repeat the old load: %s", p.old[len(p.old)-1].Command)
	}
	c, err := report.Compare(old, r, p.threshold)
	if err != nil {
		return err
	}
	c.Old = p.compare
	if !a.silent {
		commandline.Writef(a.Stdout, "\n")
		if err := c.Text(a.Stdout); err != nil {
			return err
		}
	}
	if worse := c.Regressions(); len(worse) > 0 {
		return fmt.Errorf("worse than in %s by more than %s: %s", p.compare, p.flags.threshold, strings.Join(worse, ", "))
	}
	return nil
}
