package commandline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		Size(0): "0 B", Size(999): "999 B", Size(1000): "1.0 kB", Size(9940): "9.9 kB", Size(9960): "10 kB",
		Size(999_499): "999 kB", Size(999_500): "1.0 MB", Size(123_456_789): "123 MB", Size(1 << 62): "4.6 EB",
		Number(0): "0", Number(999): "999", Number(1000): "1,000", Number(1234567): "1,234,567", Number(-1000): "-1,000", Number(-100): "-100",
		Count(1, "chunk"): "1 chunk", Count(2000, "chunk"): "2,000 chunks", Plural(0, "%d", "%d"): "", Plural(1, "%d gap", "%d gaps"): "1 gap",
		Printable("a\x1f\x1b[2Jb"): "a··[2Jb",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// try runs a command line of a program with one command, sing, which ends with err.
func try(ctx context.Context, err error, asJSON bool, args ...string) (code int, stderr string) {
	var out, said strings.Builder
	a := &App{Name: "choir", Stdout: &out, Stderr: &said, JSON: asJSON}
	root := &cobra.Command{Use: "choir", Args: NoArguments, RunE: func(*cobra.Command, []string) error { return nil }}
	a.Root(root)
	root.AddCommand(&cobra.Command{Use: "sing SONG", Args: Arguments("the song"), RunE: func(*cobra.Command, []string) error { return err }})
	err = Execute(ctx, root, args)
	a.Finish(err)
	return ExitCode(err), said.String()
}

func TestEndOfACommand(t *testing.T) {
	failed := WithHint(errors.New("no voice"), "Drink %s.", "tea")
	for name, c := range map[string]struct {
		err  error
		json bool
		args []string
		code int
		want string
	}{
		"done":             {nil, false, []string{"sing", "a"}, ExitDone, ""},
		"failed":           {failed, false, []string{"sing", "a"}, ExitFailed, "choir: no voice\nDrink tea.\n"},
		"failed, as JSON":  {failed, true, []string{"sing", "a"}, ExitFailed, "{\n  \"error\": \"no voice\",\n  \"hint\": \"Drink tea.\"\n}\n"},
		"missing":          {nil, false, []string{"sing"}, ExitUsage, "choir: the song is missing\nSee: choir sing --help\n"},
		"too many":         {nil, false, []string{"sing", "a", "b"}, ExitUsage, "choir: unexpected argument \"b\"\nSee: choir sing --help\n"},
		"unknown flag":     {nil, false, []string{"sing", "--loud"}, ExitUsage, "choir: unknown flag: --loud\nSee: choir sing --help\n"},
		"misspelt command": {nil, false, []string{"sign"}, ExitUsage, "choir: there is no command \"sign\"\nDid you mean: choir sing\n"},
		"unknown command":  {nil, false, []string{"dance"}, ExitUsage, "choir: there is no command \"dance\"\nSee: choir --help\n"},
	} {
		if code, said := try(t.Context(), c.err, c.json, c.args...); code != c.code || said != c.want {
			t.Errorf("%s: exit code %d, %q; want %d, %q", name, code, said, c.code, c.want)
		}
	}
}

func TestInterruptedCommand(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	code, said := try(ctx, fmt.Errorf("singing: %w", context.Canceled), false, "sing", "a")
	if code != ExitInterrupted || said != "choir: interrupted\n" {
		t.Errorf("exit code %d, %q", code, said)
	}
}

func TestOutputIsWholeOrNotThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.txt")
	write := func(force bool, end func(*Output) error) {
		t.Helper()
		o, err := CreateOutput(path, force)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = o.WriteString("text")
		if _, err := os.Stat(path); err == nil && !force {
			t.Error("the file is there before it is whole")
		}
		if err := end(o); err != nil {
			t.Fatal(err)
		}
	}
	write(false, func(o *Output) error { o.Discard(); return nil })
	write(false, (*Output).Commit)
	write(true, (*Output).Commit)
	if names, _ := os.ReadDir(dir); len(names) != 1 {
		t.Errorf("the directory has %v", names)
	}
	for _, c := range []struct{ path, want string }{
		{path, "exists"}, {dir, "is a directory"}, {filepath.Join(dir, "no", "a.txt"), "there is no directory"},
	} {
		if _, err := CreateOutput(c.path, false); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.path, err)
		}
	}
}

func TestDevicesAndPipesAreNotReplaced(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	path := filepath.Join(t.TempDir(), "stream")
	if err := os.Symlink(fmt.Sprint("/proc/self/fd/", w.Fd()), path); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skip("no /proc here: ", err)
	}
	if out, err := CreateOutput(path, true); err == nil {
		out.Discard()
		t.Error("a pipe would be replaced")
	}
	if err := errors.Join(MayWrite(path), WriteFile(path, []byte("text")), w.Close()); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); string(got) != "text" {
		t.Errorf("the pipe got %q, %v", got, err)
	}
}
