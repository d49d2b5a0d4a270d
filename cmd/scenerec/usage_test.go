package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/internal/commandline"
)

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{}, {"record"}, {"play"}, {"info"}, {"convert"}, {"cut"}, {"export"}, {"recover"}} {
		name := "help" + strings.Join(append([]string{""}, args...), "-") + ".txt"
		got := scenerec(t, append(args, "--help")...)
		if got.code != commandline.ExitDone || got.stderr != "" {
			t.Errorf("%s: %+v", name, got)
		}
		golden(t, name, got.stdout)
	}
}

// What is wrong and what to do about it is said before anything is done.
func TestUsageErrors(t *testing.T) {
	dir := t.TempDir()
	there := filepath.Join(dir, "there.mcap")
	must(t, os.WriteFile(there, nil, 0o666))
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"recrd"}, commandline.ExitUsage, "scenerec: there is no command \"recrd\"\nDid you mean: scenerec record\n"},
		{[]string{"sing"}, commandline.ExitUsage, "scenerec: there is no command \"sing\"\nSee: scenerec --help\n"},
		{[]string{there}, commandline.ExitUsage, "To look at the file: scenerec info " + there},
		{[]string{"record"}, commandline.ExitUsage, "scenerec: the server's address is missing\nSee: scenerec record --help\n"},
		{[]string{"record", "a", "b.mcap", "c"}, commandline.ExitUsage, `unexpected argument "c"`},
		{[]string{"record", "a", "--speed"}, commandline.ExitUsage, "unknown flag: --speed\nSee: scenerec record --help\n"},
		{[]string{"record", "a", "b.txt"}, commandline.ExitUsage, `"b.txt" ends in neither .mcap nor .viser`},
		{[]string{"record", "a", "--key", "Pose"}, commandline.ExitUsage, `--key: "Pose" is no rule like Type=field,field`},
		{[]string{"record", "a", "--keys", "all"}, commandline.ExitUsage, `--keys is "all", not auto, viser or none`},
		{[]string{"record", "a", "--header", "x"}, commandline.ExitUsage, `--header "x" is not like 'Name: value'`},
		{[]string{"record", "a", "--only", "A", "--skip", "B"}, commandline.ExitUsage, "--only and --skip can't be used together"},
		{[]string{"record", "ftp://a"}, commandline.ExitFailed, "An address is like ws://localhost:8080"},
		{[]string{"record", "a", there}, commandline.ExitFailed, there + " exists\nChoose another name, or replace it with --force.\n"},
		{[]string{"record", "a", dir + ".mcap/b.mcap"}, commandline.ExitFailed, "there is no directory " + dir + ".mcap"},
	} {
		got := scenerec(t, c.args...)
		if got.code != c.code || !strings.Contains(got.stderr, c.want) || got.stdout != "" {
			t.Errorf("%q: exit code %d, want %d:\n%s\nwant %s", c.args, got.code, c.code, got.stderr+got.stdout, c.want)
		}
	}
}

func TestErrorsAsJSON(t *testing.T) {
	got := scenerec(t, "record", "ftp://a", "--json")
	e := fromJSON[struct{ Error, Hint string }](t, got.stderr)
	if got.code != commandline.ExitFailed || !strings.Contains(e.Error, "ftp") || !strings.Contains(e.Hint, "ws://") {
		t.Errorf("got %+v", got)
	}
}

func TestShellCompletion(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if got := scenerec(t, "completion", shell); got.code != commandline.ExitDone || !strings.Contains(got.stdout, "scenerec") {
			t.Errorf("%s: exit code %d\n%s", shell, got.code, got.stderr)
		}
	}
	const files, none, words = ":8\n", ":4\n", ":4\n"
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"rec"}, "record\tRecord a scene from its server\nrecover\tMake a whole"},
		{[]string{"record", ""}, none},
		{[]string{"record", "ws://a", ""}, "mcap\nviser\n" + files},
		{[]string{"play", ""}, "mcap\nviser\n" + files},
		{[]string{"cut", "a.mcap", "b.mcap", ""}, none},
		{[]string{"convert", "--generation", ""}, "zstd\tviser 1.0.17 and later\ngzip\tviser 0.2.21 to 1.0.16\nloop\tviser up to 0.2.20\n" + words},
		{[]string{"record", "--keys", ""}, "auto\tviser's for servers and files of viser\nviser\tviser's own keys\nnone\tevery message is news\n" + words},
	} {
		got := scenerec(t, append([]string{"__complete"}, c.args...)...)
		if !strings.HasPrefix(got.stdout, c.want) {
			t.Errorf("%q: got\n%s\nwant\n%s", c.args, got.stdout, c.want)
		}
	}
}
