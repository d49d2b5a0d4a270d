//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/report"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/scenario"
	"github.com/scenewire/scenewire/internal/commandline"
)

// flags are what the command line says of a run.
type flags struct {
	scenario     string
	target       string
	subprotocols []string
	allowRemote  bool
	addr         string
	profiling    bool
	processes    int
	threads      int

	// Of the scenario. Only those that were set count.
	clients, objects        int
	duration, warmup        scenario.Duration
	ramp, rate              scenario.Rate
	size                    scenario.Size
	replay                  string
	json, csv, hdr, results string
	compare                 string
	threshold               string
	slo                     string
	maximum                 string
	keep                    bool
	isSet                   func(flag string) bool
}

func newFlags() *flags { return &flags{} }

// addLoad adds the flags that say what the server's side of the load is.
func (f *flags) addLoad(cmd *cobra.Command) {
	set := cmd.Flags()
	f.isSet = set.Changed
	set.SortFlags = false
	set.StringVarP(&f.scenario, "scenario", "s", scenario.DefaultPreset, "the load: a `name` of \"loadgen scenarios\", or a YAML file")
	set.Var(&f.rate, "rate", "changes of each object per second; of a scenario in which clients send, messages of each client")
	set.Var(&f.size, "size", "of a message, such as 64B or 16KB")
	set.IntVar(&f.objects, "objects", 0, "how many `objects` the server has")
	set.StringVar(&f.replay, "replay", "", "play this recording, a .viser or .mcap `file`, as load")
	noDefault(set, "rate", "size")
	_ = cmd.RegisterFlagCompletionFunc("scenario", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return scenarioWords(), cobra.ShellCompDirectiveDefault // or a file
	})
	for _, name := range []string{"rate", "size", "objects"} {
		commandline.Complete(cmd, name)
	}
	_ = cmd.MarkFlagFilename("replay", "viser", "mcap")
}

// add adds all flags.
func (f *flags) add(cmd *cobra.Command) {
	f.addLoad(cmd)
	set := cmd.Flags()
	set.IntVarP(&f.clients, "clients", "n", 0, "how many `clients`")
	set.VarP(&f.duration, "duration", "d", "how long is measured, behind ramp and warm-up")
	set.Var(&f.ramp, "ramp", "how many clients connect per second")
	set.Var(&f.warmup, "warmup", "load before anything counts")
	noDefault(set, "duration", "ramp", "warmup")

	set.StringVarP(&f.target, "target", "t", "", "the server's `URL`, ws://host:port/path (default: a server of loadgen's own)")
	set.StringSliceVar(&f.subprotocols, "subprotocol", nil, "what clients offer to a --target: scenewire.v1, viser-v1.1.1, … or none; of several `names`, what the server takes (default scenewire.v1)")
	set.BoolVar(&f.allowRemote, "allow-remote", false, "let --target be another machine")
	set.StringVar(&f.addr, "addr", "", "`address` of loadgen's own server (default: a free port of 127.0.0.1)")
	set.BoolVar(&f.profiling, "profiling", false, "serve /debug/pprof/ on loadgen's own server")
	set.IntVar(&f.threads, "threads", 0, "`threads` that read for the clients (default: one for two processors)")
	set.IntVar(&f.processes, "processes", 0, "`processes` that have the clients (default: as the limit on open files asks for)")

	set.StringVar(&f.json, "json", "", "write the report as JSON to this `file`; - is standard output")
	set.StringVar(&f.csv, "csv", "", "write a line for each second to this `file`; - is standard output")
	set.StringVar(&f.hdr, "hdr", "", "write HdrHistogram's percentiles and interval logs to this `directory`")
	set.StringVar(&f.results, "results", "", "keep the run in this `directory`, with machine and commit")
	set.StringVar(&f.compare, "compare", "", "compare with an older run: a `file` of --json or --results")
	set.StringVar(&f.threshold, "threshold", "5%", "by what `share` a figure may be worse than in --compare")
	set.StringVar(&f.slo, "slo", "", "what must hold, such as `'p99<=50ms,gaps=0'`")
	set.StringVar(&f.maximum, "max", "", "find the most `clients or rate` for which --slo holds")
	set.BoolVar(&f.keep, "keep", false, "keep the server and its dashboard after the run, until Ctrl-C")
	f.complete(cmd)
}

// noDefault keeps help from naming a default that is the scenario's.
func noDefault(set *pflag.FlagSet, names ...string) {
	for _, name := range names {
		set.Lookup(name).DefValue = ""
	}
}

// complete tells the shell what the flags may be.
func (f *flags) complete(cmd *cobra.Command) {
	commandline.Complete(cmd, "subprotocol", "scenewire.v1", "viser-v1.1.1", scenario.NoSubprotocol)
	commandline.Complete(cmd, "max", "clients", "rate")
	commandline.Complete(cmd, "slo", "p99<=50ms", "p99<=50ms,gaps=0", "window_hz>=58,gaps=0")
	commandline.Complete(cmd, "threshold", "5%", "10%")
	for _, name := range []string{
		"clients", "duration", "ramp", "warmup", "target", "addr", "threads", "processes",
	} {
		commandline.Complete(cmd, name)
	}
	for _, name := range []string{"hdr", "results"} {
		_ = cmd.MarkFlagDirname(name)
	}
	_ = cmd.MarkFlagFilename("compare", "json")
}

// plan is a command line that was understood.
type plan struct {
	*flags
	scenario  *scenario.Scenario
	slo       report.SLO
	threshold float64
	old       []*report.Report // of --compare
	env       scenario.Env
}

// plan reads everything that flags name and reports what is wrong before anything starts.
func (f *flags) plan(cmd *cobra.Command) (*plan, error) {
	p := &plan{flags: f}
	if err := f.conflicts(); err != nil {
		return nil, commandline.Usage(cmd, err)
	}
	var err error
	if p.scenario, err = f.read(cmd); err != nil {
		return nil, err
	}
	if p.threshold, err = parseShare(f.threshold); err != nil {
		return nil, commandline.Usage(cmd, fmt.Errorf("--threshold: %w", err))
	}
	if f.slo != "" {
		if p.slo, err = report.ParseSLO(f.slo); err != nil {
			return nil, commandline.Usage(cmd, fmt.Errorf("--slo: %w", err))
		}
	}
	if err := f.mayWrite(); err != nil {
		return nil, err
	}
	if f.compare != "" {
		if p.old, err = report.Read(f.compare); err != nil {
			return nil, fmt.Errorf("--compare: %w", err)
		}
	}
	p.env = scenario.Env{Target: f.target, Addr: f.addr, Profiling: f.profiling, Processes: f.processes, Threads: f.threads}
	return p, nil
}

// conflicts finds flags that don't go together.
func (f *flags) conflicts() error {
	foreign := f.target != ""
	for _, c := range []struct {
		is   bool
		text string
	}{
		{f.json == "-" && f.csv == "-", "--json - and --csv - can't both have standard output"},
		{f.maximum != "" && f.maximum != "clients" && f.maximum != "rate", fmt.Sprintf("--max is %q, not clients or rate", f.maximum)},
		{f.maximum != "" && f.slo == "", "--max needs --slo, which says what must hold, such as --slo 'p99<=50ms,gaps=0'"},
		{f.maximum != "" && f.compare != "", "--max and --compare can't be used together"},
		{f.maximum != "" && f.keep, "--max and --keep can't be used together"},
		{foreign && f.keep, "--keep is for loadgen's own server, and --target is another"},
		{foreign && f.addr != "", "--addr is for loadgen's own server, and --target is another"},
		{foreign && f.profiling, "--profiling is for loadgen's own server, and --target is another"},
		{!foreign && len(f.subprotocols) > 0, "--subprotocol needs a --target: loadgen's own server is spoken to in scenewire.v1"},
		{f.isSet("clients") && f.clients < 1, "--clients must be 1 at least"},
		{f.threads < 0, "--threads can't be negative"},
		{f.processes < 0, "--processes can't be negative"},
	} {
		if c.is {
			return errors.New(c.text)
		}
	}
	return nil
}

// read reads the scenario and puts into it what the other flags say.
func (f *flags) read(cmd *cobra.Command) (*scenario.Scenario, error) {
	s, err := f.load()
	if err != nil {
		return nil, &commandline.UsageError{Err: err}
	}
	f.change(s)
	if err := s.Validate(); err != nil {
		return nil, commandline.Usage(cmd, err)
	}
	return s, nil
}

// load reads the scenario.
func (f *flags) load() (*scenario.Scenario, error) {
	s, err := scenario.Load(f.scenario)
	if err != nil && !strings.ContainsAny(f.scenario, "./\\") {
		err = commandline.WithHint(err, "To see them all: loadgen scenarios. A file's name has a dot or a slash in it.")
	}
	return s, err
}

// change puts what flags say into the scenario.
func (f *flags) change(s *scenario.Scenario) {
	for flag, apply := range map[string]func(){
		"clients":  func() { s.Clients = f.clients },
		"duration": func() { s.SetDuration(f.duration) },
		"warmup":   func() { s.Warmup = f.warmup },
		"ramp":     func() { s.Ramp = f.ramp },
		"objects":  func() { s.Produce.Objects = f.objects },
		"replay":   func() { s.Replay.File = f.replay },
		"rate":     func() { setRate(s, f.rate) },
		"size":     func() { setSize(s, f.size) },
	} {
		if f.isSet(flag) {
			apply()
		}
	}
}

// sent is the one kind of message that clients send in a scenario, nil if they send none,
// or several.
func sent(s *scenario.Scenario) *scenario.Rate {
	var only *scenario.Rate
	for _, rate := range []*scenario.Rate{&s.Send.Echo, &s.Send.Pointer, &s.Send.Flood} {
		switch {
		case *rate == 0:
		case only != nil:
			return nil
		default:
			only = rate
		}
	}
	return only
}

// setRate sets the rate that a scenario is about.
func setRate(s *scenario.Scenario, rate scenario.Rate) {
	switch only := sent(s); {
	case only != nil:
		*only = rate
	case s.Produce.Burst.Messages > 0 && s.Produce.Rate == 0 && rate > 0:
		s.Produce.Burst.Every = scenario.Duration(1e9 / float64(rate))
	default:
		s.Produce.Rate = rate
	}
}

// rateOf is the rate that setRate sets.
func rateOf(s *scenario.Scenario) scenario.Rate {
	switch only := sent(s); {
	case only != nil:
		return *only
	case s.Produce.Burst.Messages > 0 && s.Produce.Rate == 0:
		return scenario.Rate(1e9 / float64(s.Produce.Burst.Every))
	}
	return s.Produce.Rate
}

// setSize sets the size of the messages that a scenario is about.
func setSize(s *scenario.Scenario, size scenario.Size) {
	if sent(s) != nil {
		s.Send.Size = size
		return
	}
	s.Produce.Size = size
}

// mayWrite says early what writing the reports would say at the end.
func (f *flags) mayWrite() error {
	for _, path := range []string{f.json, f.csv} {
		if path == "" || path == "-" {
			continue
		}
		if err := commandline.MayWrite(path); err != nil {
			return err
		}
	}
	for _, dir := range []string{f.hdr, f.results} {
		if dir == "" {
			continue
		}
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
	}
	return nil
}

// parseShare reads "5%" or "0.05".
func parseShare(text string) (float64, error) {
	digits, isPercent := strings.CutSuffix(strings.TrimSpace(text), "%")
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil || v < 0 {
		return 0, fmt.Errorf("%q is no share such as 5%% or 0.05", text)
	}
	if isPercent {
		v /= 100
	}
	return v, nil
}
