package command

import (
	"errors"
	"flag"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestInts(t *testing.T) {
	v := Ints{7}
	for text, want := range map[string]Ints{"5": {5}, "100,1000": {100, 1000}, "1, 2": {1, 2}} {
		if err := v.Set(text); err != nil || !slices.Equal(v, want) {
			t.Errorf("%q: %v, %v", text, v, err)
		}
	}
	for _, text := range []string{"", "x", "1,", "0", "-1", "1.5"} {
		if err := v.Set(text); err == nil {
			t.Errorf("%q is taken: %v", text, v)
		}
	}
	v = Ints{1, 20}
	if v.String() != "1,20" {
		t.Errorf("printed %q", v.String())
	}
}

func TestWords(t *testing.T) {
	v := Words{Allowed: []string{"full", "60hz"}}
	if err := v.Set("60hz, full,60hz"); err != nil || v.String() != "60hz,full" {
		t.Errorf("%q, %v", v.String(), err)
	}
	if !v.Has("full") || v.Has("burst") {
		t.Errorf("chosen: %q", v.Chosen)
	}
	if err := v.Set("fast"); err == nil || !strings.Contains(err.Error(), "full, 60hz") {
		t.Errorf("an unknown word: %v", err)
	}
}

func TestParse(t *testing.T) {
	flags := flag.NewFlagSet("x", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	Usage(flags, "Text.")
	n := flags.Int("n", 1, "number")
	if err := Parse(flags, []string{"--n", "2"}); err != nil || *n != 2 {
		t.Errorf("%d, %v", *n, err)
	}
	if err := Parse(flags, []string{"more"}); err == nil || !strings.Contains(err.Error(), `"more"`) {
		t.Errorf("an argument: %v", err)
	}
	var help strings.Builder
	flags.SetOutput(&help)
	if err := Parse(flags, []string{"--help"}); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("--help: %v", err)
	}
	if !strings.HasPrefix(help.String(), "Text.\n\nFlags:\n") {
		t.Errorf("help: %q", help.String())
	}
}

func TestSeconds(t *testing.T) {
	for text, want := range map[string]time.Duration{"": 3 * time.Second, "0.5": time.Second / 2, "-1": -time.Second} {
		var d time.Duration
		flags := flag.NewFlagSet("", flag.ContinueOnError)
		Seconds(flags, &d, "seconds", 3, "length")
		var args []string
		if text != "" {
			args = []string{"--seconds", text}
		}
		if err := flags.Parse(args); err != nil || d != want {
			t.Errorf("%q: %v, %v", text, d, err)
		}
	}
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	Seconds(flags, new(time.Duration), "seconds", 3, "length")
	if flags.Parse([]string{"--seconds", "soon"}) == nil {
		t.Error("a word is taken")
	}
}
