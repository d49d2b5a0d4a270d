package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/record"
)

// playing runs play and returns where it serves. It is stopped, as by Ctrl-C, at the end
// of the test, and has to end well then.
func playing(t *testing.T, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var stdout, stderr wstest.Buffer
	ended := make(chan int, 1)
	a := &app{commandline.App{Name: "scenerec", Stdout: &stdout, Stderr: &stderr}}
	go func() { ended <- a.run(ctx, append([]string{"play", "--json", "--addr", "127.0.0.1:0"}, args...)) }()
	t.Cleanup(func() {
		stop()
		http.DefaultClient.CloseIdleConnections()
		select {
		case code := <-ended:
			if code != commandline.ExitDone {
				t.Errorf("it ended with %d: %s", code, stderr.String())
			}
		case <-time.After(wstest.Timeout):
			t.Error("it doesn't end")
		}
	})
	if !wstest.Eventually(func() bool { return strings.HasSuffix(stdout.String(), "}\n") }) {
		t.Fatalf("it says %q and %q", stdout.String(), stderr.String())
	}
	return fromJSON[serveReport](t, stdout.String()).URL
}

func get(t *testing.T, url string) (status int, body []byte) {
	t.Helper()
	resp, err := http.Get(url)
	must(t, err)
	defer resp.Body.Close()
	body, err = io.ReadAll(resp.Body)
	must(t, err)
	return resp.StatusCode, body
}

func TestPlayServesThePageAndTheFile(t *testing.T) {
	file := tenSeconds(t)
	data, err := os.ReadFile(file)
	must(t, err)
	url := playing(t, file)
	if status, body := get(t, url); status != http.StatusOK || !bytes.Contains(body, []byte("<!doctype html>")) {
		t.Errorf("the page is %d %.100s", status, body)
	}
	status, body := get(t, url+"recording/info.json")
	var info struct {
		Duration float64
		Gaps     []any
		Files    []string
	}
	must(t, json.Unmarshal(body, &info))
	if status != http.StatusOK || info.Duration != 10 || len(info.Gaps) != 1 || len(info.Files) != 1 {
		t.Errorf("info.json is %d %s", status, body)
	}
	_, part := get(t, url+"recording/cut.viser?from=2.5&to=3&state=1")
	rec, err := record.Read(bytes.NewReader(part), nil)
	must(t, err)
	if len(rec.Messages) != 4 {
		t.Errorf("a cut has %d messages", len(rec.Messages))
	}
	if status, got := get(t, url+"recording/"+info.Files[0]); status != http.StatusOK || !bytes.Equal(got, data) {
		t.Errorf("the file is %d, %d bytes of %d", status, len(got), len(data))
	}
}

// Of a .viser file, too, the state at a time is what counts then.
func TestPlayKnowsTheStateOfViserFiles(t *testing.T) {
	url := playing(t, viserFile("zstd"))
	_, part := get(t, url+"recording/cut.viser?from=0.7&to=0.7&state=1")
	rec, err := record.Read(bytes.NewReader(part), nil)
	must(t, err)
	old, _ := readViser(t, viserFile("zstd"))
	if n := len(rec.Messages); n == 0 || n > 4 {
		t.Errorf("the state has %d messages, of %d in all", n, len(old.Messages))
	}
}

func TestPlayInAViserClient(t *testing.T) {
	client := t.TempDir()
	must(t, os.WriteFile(filepath.Join(client, "index.html"), []byte("viser's page"), 0o666))
	for _, c := range []struct {
		file string
		args []string
		want record.Generation
	}{
		{tenSeconds(t), nil, record.GenerationZstd},
		{tenSeconds(t), []string{"--generation", "gzip"}, record.GenerationGzip},
		{viserFile("zstd"), nil, record.GenerationZstd},
		{viserFile("zstd"), []string{"--generation", "loop"}, record.GenerationLoop},
	} {
		url := playing(t, append([]string{c.file, "--client", client}, c.args...)...)
		page, path, found := strings.Cut(url, "?playbackPath=")
		if !found || path != "%2Frecording.viser" {
			t.Errorf("the address is %s", url)
		}
		if _, body := get(t, url); string(body) != "viser's page" {
			t.Errorf("the page is %q", body)
		}
		_, body := get(t, page+"recording.viser")
		rec, err := record.Read(bytes.NewReader(body), nil)
		must(t, err)
		if rec.Generation != c.want || len(rec.Messages) < 10 {
			t.Errorf("%s: got %+v with %d messages", c.file, rec.Header, len(rec.Messages))
		}
	}
}

func TestPlayErrors(t *testing.T) {
	file := tenSeconds(t)
	_, taken := serve(t)
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"no client":         {[]string{file, "--client", filepath.Join(t.TempDir(), "none")}, commandline.ExitFailed, "--client: "},
		"empty client":      {[]string{file, "--client", t.TempDir()}, commandline.ExitFailed, "In viser's Python package the client is in viser/client/build."},
		"port in use":       {[]string{file, "--addr", strings.TrimPrefix(taken, "ws://")}, commandline.ExitFailed, "--addr 127.0.0.1:0 takes a free one"},
		"speed alone":       {[]string{file, "--speed", "2"}, commandline.ExitUsage, "--speed needs --load"},
		"client and load":   {[]string{file, "--client", ".", "--load", "a"}, commandline.ExitUsage, "--client and --load can't be used together"},
		"generation":        {[]string{file, "--generation", "new"}, commandline.ExitUsage, `--generation is "new"`},
		"keys":              {[]string{file, "--keys", "new"}, commandline.ExitUsage, `--keys is "new"`},
		"no such recording": {[]string{"none.mcap"}, commandline.ExitFailed, "no such file"},
	} {
		got := scenerec(t, append([]string{"play"}, c.args...)...)
		if got.code != c.code || !strings.Contains(got.stderr, c.want) || got.stdout != "" {
			t.Errorf("%s: exit code %d, want %d:\n%s\nwant %s", name, got.code, c.code, got.stderr+got.stdout, c.want)
		}
	}
}
