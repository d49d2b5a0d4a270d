package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
	"github.com/scenewire/scenewire/wsproto"
)

// story collects steps as text. Any goroutine may read it.
type story struct {
	mu      sync.Mutex
	lines   []string
	flushed int // steps
	last    time.Time
	fail    error
}

func (s *story) WriteStep(step record.Step) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return s.fail
	}
	if !step.Time.After(s.last) {
		return errors.New("a step that is not later than the one before it")
	}
	s.last = step.Time
	line := step.Kind.String()
	for _, e := range step.Entries {
		raw, err := messages.NewRaw("", e.Payload)
		if err != nil {
			return err
		}
		line += " " + raw.Name + "(" + e.Key + ")"
	}
	s.lines = append(s.lines, line)
	return nil
}

func (s *story) Flush() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flushed = len(s.lines)
	return s.fail
}

// tells waits until the story has these lines.
func (s *story) tells(t *testing.T, want ...string) {
	t.Helper()
	var got []string
	if !wstest.Eventually(func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		got = slices.Clone(s.lines)
		return slices.Equal(got, want)
	}) {
		t.Fatalf("the story is %q\nwant %q", got, want)
	}
}

// tape is a capture that runs.
type tape struct {
	*story
	c    *capture
	said wstest.Buffer
	stop context.CancelFunc
	end  chan error
}

// runTape starts to record.
func runTape(t *testing.T, address string, change ...func(*capture)) *tape {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	p := &tape{story: &story{}, stop: stop, end: make(chan error, 1)}
	rules, err := record.NewKeyRules(record.KeyRule{Type: "setPose", Key: "pose {name}"})
	must(t, err)
	p.c = &capture{
		address:  address,
		options:  wsclient.Options{Silence: time.Minute},
		say:      func(format string, args ...any) { fmt.Fprintf(&p.said, format+"\n", args...) },
		progress: func(c *capture) { _ = c.line() },
		open: func(string) (*scene, error) {
			return newScene(p.story, rules, (&typeFilter{skip: []string{"no*"}}).wants), nil
		},
	}
	for _, f := range change {
		f(p.c)
	}
	go func() { p.end <- p.c.run(ctx) }()
	t.Cleanup(func() {
		stop()
		p.wait(t)
	})
	return p
}

// wait returns how it ended.
func (p *tape) wait(t *testing.T) error {
	t.Helper()
	select {
	case err := <-p.end:
		p.end <- err
		return err
	case <-time.After(wstest.Timeout):
		t.Fatal("recording doesn't end")
		return nil
	}
}

func again(c *capture) { c.reconnect = true }

func broadcast(t *testing.T, s *scenewire.Server, ms ...scenewire.Message) {
	t.Helper()
	must(t, s.Atomic(func(b *scenewire.Batch) error {
		for _, m := range ms {
			if err := b.Broadcast(m); err != nil {
				return err
			}
		}
		return nil
	}))
}

func TestWindowsBecomeBatches(t *testing.T) {
	s, address := serve(t)
	broadcast(t, s, setPose{"a", 1}, said{"hello"})
	left := make(chan error, 1)
	s.OnDisconnect(func(_ *scenewire.Client, reason error) { left <- reason })
	p := runTape(t, address)
	p.tells(t, "keyframe", "push setPose(pose a) said()")
	broadcast(t, s, setPose{"b", 1}, setPose{"a", 2})
	p.tells(t, "keyframe", "push setPose(pose a) said()", "push setPose(pose b) setPose(pose a)")
	p.stop()
	if err := p.wait(t); err != nil {
		t.Errorf("Ctrl-C is the error %v", err)
	}
	var closed *wsproto.CloseError
	if err := <-left; !errors.As(err, &closed) || closed.Code != wsproto.CloseNormal {
		t.Errorf("the server saw the end %v", err)
	}
	n := p.c.scene.count
	if n.batches != 2 || n.messages != 4 || n.types["setPose"] != 3 || n.types["said"] != 1 || p.c.received == 0 {
		t.Errorf("counted %+v, %d bytes", n, p.c.received)
	}
}

// What came is written a second later, also if nothing more comes.
func TestQuietSceneIsFlushed(t *testing.T) {
	t.Parallel()
	s, address := serve(t)
	broadcast(t, s, said{"hello"})
	p := runTape(t, address)
	if !wstest.Eventually(func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.flushed == 2
	}) {
		t.Errorf("%d steps are flushed", p.flushed)
	}
}

func TestEmptySceneIsRecorded(t *testing.T) {
	t.Parallel()
	_, address := serve(t)
	runTape(t, address).tells(t, "keyframe")
}

// After a loss the recording says what is missing, and begins anew.
func TestConnectionIsMadeAgain(t *testing.T) {
	s, address := serve(t)
	broadcast(t, s, setPose{"a", 1})
	p := runTape(t, address, again)
	p.tells(t, "keyframe", "push setPose(pose a)")
	broadcast(t, s, setPose{"b", 1})
	p.tells(t, "keyframe", "push setPose(pose a)", "push setPose(pose b)")
	s.Clients()[0].Close(wsproto.CloseServiceRestart, "again")
	p.tells(t, "keyframe", "push setPose(pose a)", "push setPose(pose b)", "gap", "keyframe", "push setPose(pose a) setPose(pose b)")
	p.stop()
	must(t, p.wait(t))
	if p.c.connections != 2 || p.c.scene.count.gaps != 1 {
		t.Errorf("%d connections, %d gaps", p.c.connections, p.c.scene.count.gaps)
	}
	if said := p.said.String(); !strings.Contains(said, "1012 service restart: again; connecting again in ") {
		t.Errorf("it said %q", said)
	}
}

// before serves a server behind a handler that may answer itself, and then returns true.
func before(t *testing.T, s *scenewire.Server, answer func(w http.ResponseWriter, r *http.Request) bool) string {
	t.Helper()
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !answer(w, r) {
			s.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(front.Close)
	return front.URL
}

func TestServerIsWaitedFor(t *testing.T) {
	s, _ := serve(t)
	broadcast(t, s, said{"hello"})
	asked := 0
	address := before(t, s, func(w http.ResponseWriter, _ *http.Request) bool {
		asked++
		if asked == 1 {
			http.Error(w, "full", http.StatusServiceUnavailable)
		}
		return asked == 1
	})
	p := runTape(t, address, again)
	p.tells(t, "keyframe", "push said()")
	if said := p.said.String(); !strings.Contains(said, "503 Service Unavailable: full; connecting again") {
		t.Errorf("it said %q", said)
	}
	p.stop()
	must(t, p.wait(t))
}

func TestEndsOfARecording(t *testing.T) {
	closeWith := func(code wsproto.CloseCode, reason string) func(*scenewire.Server) {
		return func(s *scenewire.Server) { s.Clients()[0].Close(code, reason) }
	}
	for name, c := range map[string]struct {
		change func(*capture)
		do     func(s *scenewire.Server)
		want   string
	}{
		"the server shuts down": {
			nil, func(s *scenewire.Server) { _ = s.Shutdown(context.Background()) },
			"the server closed the connection: 1001 going away: server shutting down",
		},
		"the server closes": {nil, closeWith(4000, "enough"), "the server closed the connection: 4000: enough"},
		"for good":          {again, closeWith(wsproto.ClosePolicyViolation, ""), "the server closed the connection: 1008 policy violation"},
	} {
		t.Run(name, func(t *testing.T) {
			s, address := serve(t)
			broadcast(t, s, said{"hello"})
			p := runTape(t, address, func(p *capture) {
				if c.change != nil {
					c.change(p)
				}
			})
			p.tells(t, "keyframe", "push said()")
			c.do(s)
			if err := p.wait(t); err == nil || err.Error() != c.want {
				t.Errorf("it ended with %v, want %s", err, c.want)
			}
		})
	}
}

func TestErrorOfTheFileEndsTheRecording(t *testing.T) {
	s, address := serve(t)
	broadcast(t, s, said{"hello"})
	p := runTape(t, address, again)
	p.tells(t, "keyframe", "push said()")
	p.mu.Lock()
	p.fail = errors.New("disk full")
	p.mu.Unlock()
	broadcast(t, s, said{"more"})
	if err := p.wait(t); err == nil || err.Error() != "disk full" {
		t.Errorf("it ended with %v", err)
	}
}

// A viser server says which version it wants, and gets it.
func TestViserVersionIsFoundOut(t *testing.T) {
	s, _ := serve(t, func(o *scenewire.Options) { o.Protocol.ViserVersion = "1.0.16" })
	broadcast(t, s, said{"hello"})
	address := before(t, s, func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.Header.Get("Sec-Websocket-Protocol"), "viser-v") {
			return false
		}
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return true
		}
		defer conn.Close()
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n%s",
			wsproto.AcceptKey(r.Header.Get("Sec-Websocket-Key")),
			wsproto.AppendClose(nil, wsproto.CloseProtocolError, "Version mismatch. Client: unknown, Server: 1.0.16"))
		return true
	})
	p := runTape(t, address)
	p.tells(t, "keyframe", "push said()")
	p.stop()
	must(t, p.wait(t))
	if p.c.subprotocol != "viser-v1.0.16" || p.c.connections != 1 {
		t.Errorf("%d connections as %q", p.c.connections, p.c.subprotocol)
	}
	p = runTape(t, address, again, func(c *capture) { c.offers = []string{"viser-v1.0.21"} })
	if err := p.wait(t); err == nil || !strings.Contains(commandline.Hint(err), "--subprotocol viser-v1.0.16") {
		t.Errorf("it ended with %v, and says %q", err, commandline.Hint(err))
	}
}

func TestWindowsOfEveryGeneration(t *testing.T) {
	for offer, want := range map[string]wsproto.Generation{
		"scenewire.v1": wsproto.GenerationZstd, "viser-v1.0.21": wsproto.GenerationZstd,
		"viser-v1.0.3": wsproto.GenerationPlain, "other": wsproto.GenerationArray, "other, one by one": wsproto.GenerationMap,
	} {
		t.Run(offer, func(t *testing.T) {
			zero := 0
			s, address := serve(t, func(o *scenewire.Options) {
				if want == wsproto.GenerationMap {
					o.Protocol.APIVersion = &zero
				}
			})
			broadcast(t, s, said{strings.Repeat("hello", 200)})
			broadcast(t, s, said{"short"})
			conn, err := wsclient.Dial(t.Context(), address, wsclient.Options{Subprotocols: []string{strings.Split(offer, ",")[0]}})
			must(t, err)
			defer conn.Close(wsproto.CloseNormal)
			var w windows
			for messages := 0; messages < 2; {
				_, payload, err := conn.Read(t.Context())
				must(t, err)
				window, err := w.decode(payload)
				must(t, err)
				messages += len(window)
			}
			if w.generation != want {
				t.Errorf("the generation is %v, want %v", w.generation, want)
			}
		})
	}
	for _, bad := range [][]byte{nil, {0xc1}, []byte("text"), {8, 0, 0, 0, 0, 0, 0, 0, 0x28, 0xb5, 0x2f, 0xfd}} {
		if messages, err := new(windows).decode(bad); err == nil {
			t.Errorf("% x is a window of %d messages", bad, len(messages))
		}
	}
}

func TestWindowThatIsNoneEndsTheConnection(t *testing.T) {
	s, _ := serve(t)
	broadcast(t, s, said{"hello"})
	code := make(chan wsproto.CloseCode, 1)
	first := true
	address := before(t, s, func(w http.ResponseWriter, r *http.Request) bool {
		if !first {
			return false
		}
		first = false
		conn, buf, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return true
		}
		defer conn.Close()
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n%s",
			wsproto.AcceptKey(r.Header.Get("Sec-Websocket-Key")), wsproto.AppendFrame(nil, wsproto.OpBinary, []byte("garbage")))
		var p wsproto.Parser
		p.Init(wsproto.Server, 0)
		in := make([]byte, 100)
		n, _ := buf.Read(in)
		ev, _, _ := p.Next(in[:n])
		got, _ := wsproto.ParseClose(ev.Payload)
		code <- got
		return true
	})
	p := runTape(t, address, again)
	p.tells(t, "keyframe", "push said()")
	if got := <-code; got != closeCorrupt {
		t.Errorf("the server saw the code %d", got)
	}
}

func TestBackoffGrows(t *testing.T) {
	var b backoff
	for _, most := range []time.Duration{250 * time.Millisecond, 500 * time.Millisecond, time.Second} {
		if d := b.next(); d < 0 || d >= most || b.most != most {
			t.Errorf("waits %v of up to %v, want up to %v", d, b.most, most)
		}
	}
	for range 10 {
		b.next()
	}
	if b.most != mostBackoff {
		t.Errorf("waits up to %v in the end", b.most)
	}
}

func TestCaptureThatIsNotLetInSaysWhatToDo(t *testing.T) {
	for _, refusal := range []error{scenewire.ErrUnauthorized, errors.New("not you")} {
		_, address := serve(t, func(o *scenewire.Options) {
			o.Authorize = func(*http.Request) (any, error) { return nil, refusal }
		})
		err := runTape(t, address, again).wait(t)
		if err == nil || !strings.Contains(err.Error(), refusal.Error()) || !strings.Contains(commandline.Hint(err), "--header") {
			t.Errorf("it ended with %v, and says %q", err, commandline.Hint(err))
		}
	}
}
