package main

import (
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/record"
	"github.com/scenewire/scenewire/wsproto"
)

// witness notes what clients of a server do.
type witness struct {
	mu    sync.Mutex
	lines []string
}

func (w *witness) note(line string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines = append(w.lines, line)
}

// of returns what one client did.
func (w *witness) of(client string) (list []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, line := range w.lines {
		if rest, is := strings.CutPrefix(line, client+" "); is {
			list = append(list, rest)
		}
	}
	return list
}

// Each client that was recorded is one again, and sends what it sent, in its order and
// with its pauses.
func TestLoadPlaysWhatClientsSent(t *testing.T) {
	connect := func(at time.Duration, client uint64, kind record.Kind) record.Step {
		return record.Step{Kind: kind, Time: start.Add(at), Client: client, Address: "10.0.0.1:1"}
	}
	ms := time.Millisecond
	file := writeMCAP(
		t,
		push(t, 0, said{"not sent"}),
		connect(1*ms, 7, record.KindConnect),
		received(t, 2*ms, 7, said{"a1"}),
		connect(3*ms, 8, record.KindConnect),
		received(t, 4*ms, 8, said{"b1"}),
		received(t, 5*ms, 7, said{"a2"}),
		connect(6*ms, 7, record.KindDisconnect),
		received(t, 200*ms, 8, said{"b2"}),
		received(t, 201*ms, 9, said{"c1"}), // who came before the recording
	)
	s, address := serve(t)
	var seen witness
	names := map[scenewire.ClientID]string{} // by what they say first
	var mu sync.Mutex
	left := make(chan struct{}, 3)
	scenewire.Handle(s, func(c *scenewire.Client, m said) {
		mu.Lock()
		if names[c.ID()] == "" {
			names[c.ID()] = m.Text[:1]
		}
		name := names[c.ID()]
		mu.Unlock()
		seen.note(name + " " + m.Text)
	})
	s.OnDisconnect(func(*scenewire.Client, error) { left <- struct{}{} })
	got := scenerec(t, "play", file, "--load", address, "--json")
	if got.code != commandline.ExitDone {
		t.Fatalf("%+v", got)
	}
	for range 3 {
		<-left
	}
	for client, want := range map[string][]string{"a": {"a1", "a2"}, "b": {"b1", "b2"}, "c": {"c1"}} {
		if list := seen.of(client); !slices.Equal(list, want) {
			t.Errorf("client %s sent %q, want %q", client, list, want)
		}
	}
	r := fromJSON[loadReport](t, got.stdout)
	if r.Clients != 3 || r.Messages != 5 || r.Refused+r.Lost != 0 || r.Seconds < 0.2 {
		t.Errorf("reported %+v", r)
	}
	if fast := scenerec(t, "play", file, "--load", address, "--speed", "1000", "--from", "50%"); fast.code != commandline.ExitDone ||
		!strings.HasPrefix(fast.stdout, "2 clients in ") {
		t.Errorf("with --from and --speed: %+v", fast)
	}
}

// What a server captures of its clients is a load for another one.
func TestLoadOfACapture(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scene.mcap")
	s, address := serve(t)
	capture, err := s.StartCapture(record.CaptureOptions{Path: path, Inbound: true})
	must(t, err)
	handled := make(chan struct{}, 3)
	scenewire.Handle(s, func(*scenewire.Client, said) { handled <- struct{}{} })
	for _, client := range []string{"a", "b", "c"} {
		conn, err := wsclient.Dial(t.Context(), address, wsclient.Options{Subprotocols: []string{scenewire.Subprotocol}})
		must(t, err)
		must(t, conn.Write(wsproto.OpBinary, body(t, said{client})))
		<-handled
		must(t, conn.Close(wsproto.CloseNormal))
	}
	must(t, s.Shutdown(t.Context()))
	must(t, capture.Close())

	other, address := serve(t)
	heard := make(chan string, 3)
	scenewire.Handle(other, func(_ *scenewire.Client, m said) { heard <- m.Text })
	got := scenerec(t, "play", path, "--load", address)
	if got.code != commandline.ExitDone || !strings.HasPrefix(got.stdout, "3 clients in ") {
		t.Fatalf("%+v", got)
	}
	all := []string{<-heard, <-heard, <-heard}
	slices.Sort(all)
	if strings.Join(all, "") != "abc" {
		t.Errorf("the other server heard %q", all)
	}
}

func TestLoadThatDoesntWorkOut(t *testing.T) {
	file := writeMCAP(t, received(t, 0, 1, said{"a"}))
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"nobody there":      {[]string{file, "--load", "127.0.0.1:1"}, commandline.ExitFailed, "1 client refused, 0 clients lost"},
		"nothing to send":   {[]string{tenSeconds(t), "--load", "127.0.0.1:1", "--speed", "1000"}, commandline.ExitFailed, "has nothing that clients sent"},
		"no address":        {[]string{file, "--load", "ftp://a"}, commandline.ExitUsage, "--load: not a WebSocket's address"},
		"no speed":          {[]string{file, "--load", "a", "--speed", "0"}, commandline.ExitUsage, "--speed is 0, not 0.01 to 1000"},
		"outside":           {[]string{file, "--load", "a", "--from", "5s"}, commandline.ExitUsage, "--from 5s is outside of the recording, which is 0:00.000 long"},
		"no time":           {[]string{file, "--load", "a", "--from", "soon"}, commandline.ExitUsage, `"soon" is no time like 90s`},
		"backwards":         {[]string{tenSeconds(t), "--load", "a", "--from", "-1s", "--to", "1s"}, commandline.ExitUsage, "--to 1s comes before --from -1s"},
		"no recording":      {[]string{"main.go", "--load", "a"}, commandline.ExitFailed, "A recording is a .viser or .mcap file"},
		"one too many":      {[]string{file, file, "--load", "a"}, commandline.ExitUsage, "unexpected argument"},
		"no such recording": {[]string{"none.mcap", "--load", "a"}, commandline.ExitFailed, "no such file"},
	} {
		got := scenerec(t, append([]string{"play"}, c.args...)...)
		if got.code != c.code || !strings.Contains(got.stderr, c.want) {
			t.Errorf("%s: exit code %d, want %d:\n%s\nwant %s", name, got.code, c.code, got.stderr, c.want)
		}
	}
}
