package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const handmade = "../../testdata/handmade"

// command runs the command and returns what it did.
func command(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(args, &out, &errs)
	return status, out.String(), errs.String()
}

func TestFileIsWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "messages.gen.ts")
	if status, stdout, stderr := command("-o", file, handmade); status != 0 || stdout != "" || stderr != "" {
		t.Fatalf("exit %d\n%s%s", status, stdout, stderr)
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(handmade + ".gen.ts")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the file is not the golden one")
	}
	if _, stdout, _ := command(handmade); stdout != string(want) {
		t.Error("without -o, standard output is not the golden file")
	}
}

func TestCheckTellsAStaleFile(t *testing.T) {
	if status, stdout, stderr := command("-o", handmade+".gen.ts", "--check", handmade); status != 0 || stdout+stderr != "" {
		t.Errorf("of a file that is right: exit %d\n%s%s", status, stdout, stderr)
	}
	source, err := os.ReadFile(handmade + ".gen.ts")
	if err != nil {
		t.Fatal(err)
	}
	stale := bytes.Replace(source, []byte("  more: boolean;"), []byte("  more: number;"), 1)
	file := filepath.Join(t.TempDir(), "stale.ts")
	if err := os.WriteFile(file, stale, 0o666); err != nil {
		t.Fatal(err)
	}
	status, stdout, stderr := command("-check", "-o", file, handmade)
	if status != 1 || !strings.Contains(stdout, "\n-  more: number;\n+  more: boolean;\n") || !strings.Contains(stderr, "is stale") {
		t.Errorf("of a stale file: exit %d\n%s%s", status, stdout, stderr)
	}
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(after, stale) {
		t.Errorf("the check changed the file: %v", err)
	}
	missing := filepath.Join(t.TempDir(), "missing.ts")
	if status, stdout, _ := command("-check", "-o", missing, handmade); status != 1 || !strings.Contains(stdout, "+export interface TagBOnly {") {
		t.Errorf("of a file that isn't there: exit %d\n%s", status, stdout)
	}
}

func TestErrorsAndWarningsGoToStandardError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bad.ts")
	status, stdout, stderr := command("-o", file, "../../testdata/bad")
	if status != 1 || stdout != "" || !strings.Contains(stderr, "bad.go:41:2: field Chan: chan int has no wire form\n") {
		t.Errorf("exit %d\n%s%s", status, stdout, stderr)
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("a file was written in spite of errors: %v", err)
	}
	if status, _, stderr := command("../../testdata/odd"); status != 0 || !strings.Contains(stderr, "odd.go:92:2: field Wide: beyond 2^53") {
		t.Errorf("exit %d, warnings %s", status, stderr)
	}
}

func TestWrongUsage(t *testing.T) {
	for _, c := range []struct {
		args   string
		status int
		want   string
	}{
		{"--help", 0, "Usage: tsgen"},
		{"--output x", 2, "flag provided but not defined"},
		{"--check .", 2, "--check needs -o FILE"},
		{"./nowhere", 1, "nowhere"},
	} {
		if status, stdout, stderr := command(strings.Fields(c.args)...); status != c.status || stdout != "" || !strings.Contains(stderr, c.want) {
			t.Errorf("tsgen %s: exit %d, want %d\n%s%s", c.args, status, c.status, stdout, stderr)
		}
	}
}
