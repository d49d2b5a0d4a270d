//go:build linux

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/internal/commandline"
)

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{}, {"serve"}, {"scenarios"}, {"scenarios", "show"}} {
		got := loadgen(t, append(args, "--help")...)
		if got.code != commandline.ExitDone || got.stderr != "" {
			t.Errorf("%v: %+v", args, got)
		}
		golden(t, strings.Join(append([]string{"help"}, args...), "-")+".txt", got.stdout)
	}
}

// What is wrong and what to do about it is said before anything is done.
func TestUsageErrors(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.yaml")
	must(t, os.WriteFile(bad, []byte("clients: many\nclint: 3\n"), 0o666))
	const wrong, failed = commandline.ExitUsage, commandline.ExitFailed
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"serv", wrong, "there is no command \"serv\"\nDid you mean: loadgen serve\n"},
		{"--clints 3", wrong, "unknown flag: --clints\nSee: loadgen --help\n"},
		{"--clients 0", wrong, "--clients must be 1 at least"},
		{"--rate fast", wrong, `"fast" is no rate such as 60/s`},
		{"--duration long", wrong, `"long" is no time such as 15s`},
		{"--scenario fanout", wrong, "did you mean \"fan-out\"?\nTo see them all: loadgen scenarios."},
		{"--scenario no.yaml", wrong, "no.yaml: no such file"},
		{"--scenario " + bad, wrong, bad + ":1:10: clients: \"many\" is no whole number\n" + bad + ":2:1: clint: there is no such key: did you mean \"clients\"?"},
		{"--objects 0", wrong, "produce.rate: nothing changes 60/s without objects"},
		{"--target ftp://a", wrong, "has the scheme \"ftp\", not ws or wss\nAn address is like ws://127.0.0.1:8080/path\n"},
		{"--target ws://", wrong, "names no host"},
		{"--target wss://127.0.0.1/", wrong, "wss isn't supported"},
		{"--target ws://192.0.2.1/", wrong, "192.0.2.1, which isn't this machine\nloadgen can bring a server down. If this one is yours to test: --allow-remote\n"},
		{"--target ws://127.0.0.1:1 --keep", wrong, "--keep is for loadgen's own server"},
		{"--target ws://127.0.0.1:1 --addr :1", wrong, "--addr is for loadgen's own server"},
		{"--subprotocol none", wrong, "--subprotocol needs a --target"},
		{"--max size", wrong, `--max is "size", not clients or rate`},
		{"--max rate", wrong, "--max needs --slo"},
		{"--slo p98<=1ms", wrong, `--slo: "p98<=1ms": there is no figure "p98"; there are deliveries_per_s,`},
		{"--threshold some", wrong, `"some" is no share`},
		{"--json - --csv -", wrong, "can't both have standard output"},
		{"--json /no/where.json", failed, "there is no directory /no"},
		{"--compare /no/old.json", failed, "--compare: open /no/old.json: no such file or directory"},
		{"--compare " + bad, failed, "not JSON"},
		{"scenarios show fanout", wrong, "did you mean \"fan-out\"?\nTo see them all: loadgen scenarios\n"},
		{"scenarios show", wrong, "the scenario's name is missing"},
		{"serve now", wrong, `unexpected argument "now"`},
	} {
		got := loadgen(t, strings.Fields(c.args)...)
		if got.code != c.code || !strings.Contains(got.stderr, c.want) || got.stdout != "" {
			t.Errorf("%s: exit code %d, want %d:\n%s\nwant %s", c.args, got.code, c.code, got.stderr+got.stdout, c.want)
		}
	}
}

func TestScenarios(t *testing.T) {
	list := loadgen(t, "scenarios")
	if list.code != commandline.ExitDone || !strings.HasPrefix(list.stdout, "fan-out  ") || strings.Count(list.stdout, "\n") < 12 {
		t.Errorf("got %+v", list)
	}
	shown := loadgen(t, "scenarios", "show", "mixed")
	if shown.code != commandline.ExitDone || !strings.Contains(shown.stdout, "\nname: mixed\n") {
		t.Errorf("got %+v", shown)
	}
}

func TestShellCompletion(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if got := loadgen(t, "completion", shell); got.code != commandline.ExitDone || !strings.Contains(got.stdout, "loadgen") {
			t.Errorf("%s: exit code %d\n%s", shell, got.code, got.stderr)
		}
	}
	const none, files, directories = ":4\n", ":0\n", ":16\n"
	for _, c := range []struct{ args, want, directive string }{
		{"--scenario ", "fan-out\t20 objects change 60 times a second", files},
		{"scenarios show ", "fan-out\t20 objects", none},
		{"scenarios show mixed ", "", none},
		{"--max ", "clients\nrate\n", none},
		{"--subprotocol ", "scenewire.v1\nviser-v1.1.1\nnone\n", none},
		{"--clients ", "", none},
		{"--hdr ", "", directories},
		{"--compare ", "json\n", ":8\n"},
		{"serve --scenario ", "fan-out\t", files},
		{"sc", "scenarios\tList the scenarios", none},
		{"wor", "", none},
	} {
		got := loadgen(t, append([]string{"__complete"}, strings.Split(c.args, " ")...)...)
		if !strings.HasPrefix(got.stdout, c.want) || !strings.HasSuffix(got.stdout, c.directive) {
			t.Errorf("%q: got\n%s\nwant\n%s…%s", c.args, got.stdout, c.want, c.directive)
		}
	}
}
