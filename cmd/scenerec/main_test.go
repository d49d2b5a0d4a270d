package main

import (
	"context"
	"encoding/json"
	"flag"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/messages"
)

var update = flag.Bool("update", false, "write the expected outputs in testdata anew")

func TestMain(m *testing.M) {
	time.Local = time.UTC // so outputs are the same everywhere
	before := wstest.OpenDescriptors()
	code := m.Run()
	http.DefaultClient.CloseIdleConnections()
	os.Exit(wstest.CheckLeaks(code, before, 3, wstest.Timeout))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// result is what a command line came to.
type result struct {
	code           int
	stdout, stderr string
}

// scenerec runs a command line to its end.
func scenerec(t *testing.T, args ...string) result {
	t.Helper()
	return scenerecUntil(t.Context(), t, args...)
}

// scenerecUntil runs a command line whose Ctrl-C is the end of ctx.
func scenerecUntil(ctx context.Context, t *testing.T, args ...string) result {
	t.Helper()
	var stdout, stderr wstest.Buffer
	a := &app{commandline.App{Name: "scenerec", Stdout: &stdout, Stderr: &stderr}}
	code := a.run(ctx, args)
	return result{code, stdout.String(), stderr.String()}
}

// golden compares an output with that in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	goldenIn(t, "testdata", name, got)
}

// goldenIn is for tests that are in another directory.
func goldenIn(t *testing.T, dir, name, got string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if *update {
		must(t, os.MkdirAll(dir, 0o777))
		must(t, os.WriteFile(path, []byte(got), 0o666))
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v\nrun: go test ./cmd/scenerec -update", err)
	}
	if got != string(want) {
		t.Errorf("the output of %s changed:\n%s\nwant:\n%s\nif that is meant: go test ./cmd/scenerec -update", name, got, want)
	}
}

// fromJSON reads a command's JSON.
func fromJSON[T any](t *testing.T, text string) (v T) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	return v
}

type setPose struct {
	Name string  `msgpack:"name"`
	X    float64 `msgpack:"x"`
}

func (m setPose) RedundancyKey() string { return "pose " + m.Name }

type said struct {
	Text string `msgpack:"text"`
}

func (said) RedundancyKey() string { return "" }

// serve starts a server on loopback and returns its address.
func serve(t *testing.T, change ...func(*scenewire.Options)) (*scenewire.Server, string) {
	t.Helper()
	o := scenewire.Options{
		Addr: "127.0.0.1:0", Logger: zap.NewNop(),
		Registry: messages.NewRegistry().MustRegister(setPose{}, said{}),
	}
	for _, f := range change {
		f(&o)
	}
	s, err := scenewire.New(&o)
	must(t, err)
	ln, err := net.Listen("tcp", o.Addr)
	must(t, err)
	served := make(chan error, 1)
	go func() { served <- s.Serve(ln) }()
	t.Cleanup(func() {
		_ = s.Close()
		<-served
	})
	return s, "ws://" + ln.Addr().String()
}
