package swarm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/wsproto"
)

func TestConnectErrorsTellTheirCause(t *testing.T) {
	answers := func(text string) func(testing.TB) string {
		return func(t testing.TB) string {
			return raw(t, func(conn net.Conn, _ *http.Request) {
				_, _ = io.WriteString(conn, text)
				_ = conn.Close()
			})
		}
	}
	for name, c := range map[string]struct {
		server func(testing.TB) string
		cause  Cause
		status int
		text   string
		remedy string
	}{
		"nobody listens": {func(t testing.TB) string {
			ln, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer ln.Close()
			return ln.Addr().String()
		}, CauseRefused, 0, "connection refused", "Nobody listens"},
		"refused": {
			answers("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 12\r\n\r\ntoo\nmany now"),
			CauseHandshake, 503, "too many now", "full",
		},
		"refused without a body": {answers("HTTP/1.1 403 Forbidden\r\n\r\n"), CauseHandshake, 403, "answered 403", "let loadgen in"},
		"refused, cut body":      {answers("HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\nno such room"), CauseHandshake, 404, "no such room", "path"},
		"no HTTP":                {answers("SSH-2.0-OpenSSH_9.2\r\n\r\n"), CauseHandshake, 0, "not HTTP", ""},
		"wrong accept key": {func(t testing.TB) string {
			return raw(t, func(conn net.Conn, _ *http.Request) {
				_, _ = conn.Write(wsproto.AppendSwitchingProtocols(nil, "another key", ""))
			})
		}, CauseHandshake, 101, "Sec-WebSocket-Accept", ""},
		"no subprotocol": {func(t testing.TB) string {
			return raw(t, func(conn net.Conn, r *http.Request) {
				_, _ = conn.Write(wsproto.AppendSwitchingProtocols(nil, r.Header.Get("Sec-Websocket-Key"), ""))
			})
		}, CauseSubprotocol, 101, `chose the subprotocol ""`, "viser-v1.1.1"},
		"foreign subprotocol": {func(t testing.TB) string {
			return raw(t, func(conn net.Conn, r *http.Request) {
				_, _ = conn.Write(wsproto.AppendSwitchingProtocols(nil, r.Header.Get("Sec-Websocket-Key"), "chat"))
			})
		}, CauseSubprotocol, 101, "not offered", "viser-v1.1.1"},
		"end in the handshake": {answers("HTTP/1.1 101"), CauseReset, 0, "ended in the handshake", ""},
		"no answer": {func(t testing.TB) string {
			return raw(t, func(net.Conn, *http.Request) {})
		}, CauseTimeout, 0, "no answer within", "more slowly"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFleet(t, Options{URL: c.server(t), HandshakeTimeout: 100 * time.Millisecond})
			g := Group{Name: "all", Clients: 3, Subprotocol: SubprotocolScenewire}
			err := f.Add(t.Context(), g)
			var failed *ConnectError
			if !errors.As(err, &failed) {
				t.Fatalf("%v", err)
			}
			if failed.Cause != c.cause || failed.Status != c.status || !strings.Contains(err.Error(), c.text) {
				t.Errorf("%+v: %v", failed, err)
			}
			if failed.Wanted != 3 || failed.Reached != 0 || failed.Group != "all" {
				t.Errorf("%+v", failed)
			}
			if remedy := failed.Remedy(); !strings.Contains(remedy, c.remedy) || c.remedy == "" && remedy != "" {
				t.Errorf("remedy: %q", remedy)
			}
			g.Tolerant = true
			if err := f.Add(t.Context(), g); err != nil {
				t.Errorf("tolerant: %v", err)
			}
			await(t, f, "all to fail", func(s *Stats) bool {
				all := s.Groups["all"]
				return all.Failed[c.cause] >= 4 && all.Away == 6 && all.Connecting == 0
			})
		})
	}
}

func TestAddressesAreChecked(t *testing.T) {
	for url, want := range map[string]error{
		"wss://127.0.0.1:1":  ErrTLS,
		"https://localhost":  ErrTLS,
		"ftp://127.0.0.1":    ErrAddress,
		"ws://":              ErrAddress,
		"ws://127.0.0.1:0":   ErrAddress,
		"ws://127.0.0.1:abc": ErrAddress,
	} {
		if f, err := New(Options{URL: url}); !errors.Is(err, want) {
			t.Errorf("%s: %v, %v", url, f, err)
		}
	}
}

// TestCausesOfTheSystem has errors that a test can't bring about without harm.
func TestCausesOfTheSystem(t *testing.T) {
	for errno, want := range map[syscall.Errno]Cause{
		syscall.EADDRNOTAVAIL: CausePorts, syscall.EMFILE: CauseFiles, syscall.ENFILE: CauseFiles,
		syscall.ENETUNREACH: CauseUnreachable, syscall.ETIMEDOUT: CauseTimeout, syscall.EPERM: CauseOther,
	} {
		if got := causeOf(fmt.Errorf("connect: %w", errno)); got != want {
			t.Errorf("%v: %s", errno, got)
		}
	}
	for _, cause := range []Cause{CausePorts, CauseFiles} {
		if e := (&ConnectError{Cause: cause}); e.Remedy() == "" {
			t.Errorf("%s has no remedy", cause)
		}
	}
}

// TestRunsOutOfFiles lowers the limit to what the test has open, and some.
func TestRunsOutOfFiles(t *testing.T) {
	s := newScene(t, nil)
	f := newFleet(t, Options{URL: s.url})
	if err := f.Add(t.Context(), Group{Name: "all", Clients: ClientsPerProcess() + 1}); !isCause(err, CauseFiles) {
		t.Errorf("%v", err)
	}
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &was); err != nil {
		t.Fatal(err)
	}
	low := was
	low.Cur = 100
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &low); err != nil {
		t.Fatal(err)
	}
	err := f.Add(t.Context(), Group{Name: "some", Clients: 200, Tolerant: true})
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &was); err != nil {
		t.Fatal(err)
	}
	if !isCause(err, CauseFiles) {
		t.Errorf("%v", err)
	}
}

func isCause(err error, cause Cause) bool {
	var failed *ConnectError
	return errors.As(err, &failed) && failed.Cause == cause && failed.Remedy() != ""
}

func TestClosedFleet(t *testing.T) {
	s := newScene(t, nil)
	f := newFleet(t, Options{URL: s.url})
	add(t, f, Group{Name: "all", Clients: 3})
	if _, err := f.Drop(Drop{Group: "other"}); !errors.Is(err, ErrGroup) {
		t.Errorf("%v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	_, snapshotErr := f.Snapshot()
	_, statesErr := f.States()
	_, dropErr := f.Drop(Drop{})
	_, returnErr := f.Return(context.Background(), Return{})
	_, streamErr := f.Stream(Stream{Group: "all", Kind: 3, Rate: 1})
	for _, err := range []error{
		snapshotErr, statesErr, dropErr, returnErr, streamErr, f.SetPace("all", Pace{}),
		f.Add(context.Background(), Group{Name: "all", Clients: 1}),
	} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%v", err)
		}
	}
}

func TestVersionThatIsNotSpoken(t *testing.T) {
	s := newScene(t, func(o *scenewire.Options) { o.Protocol.ViserVersion = "1.0.21" })
	f := newFleet(t, Options{URL: s.url})
	add(t, f, Group{Name: "all", Clients: 1, Subprotocol: SubprotocolViser})
	got := await(t, f, "the close frame", func(s *Stats) bool { return s.Groups["all"].Closed[1002] == 1 })
	if len(got.Faults) != 1 || !strings.Contains(got.Faults[0].What, "Version mismatch") {
		t.Errorf("%+v", got.Faults)
	}
}
