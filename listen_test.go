package scenewire

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// socketPath is short: the path of a unix socket has 108 bytes at most, and the
// directory of a test has the test's name.
func socketPath(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "scene") //nolint:usetesting // see above
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "s")
}

// unserved makes a server for an address and only has it listen.
func unserved(t *testing.T, addr string) (*Server, error) {
	t.Helper()
	s, err := New(&Options{Addr: addr, Logger: zap.NewNop()})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	_, err = s.Listen()
	return s, err
}

func TestUnixSocketIsServedAndRemoved(t *testing.T) {
	path := socketPath(t)
	s := serve(t, func(o *Options) {
		o.Addr, o.Root, o.SocketMode = "unix:"+path, testSite(), 0o660
	})
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o660 {
		t.Errorf("the socket's mode is %v", info.Mode())
	}
	if r := ask(t, s, "GET", "/"); r.StatusCode != 200 || bodyOf(t, r) != "<!doctype html><p>home" {
		t.Errorf("status %d", r.StatusCode)
	}
	if r := ask(t, s, "GET", "/", "Host: evil.example"); r.StatusCode != 421 {
		t.Errorf("status %d for a foreign name", r.StatusCode)
	}
	c, err := wstest.Dial(path, wstest.Options{Network: "unix", Subprotocols: []string{Subprotocol}})
	must(t, err)
	defer func() { _ = c.Conn.Close() }()
	must(t, s.Broadcast(note{N: 1}))
	v := &viewer{Client: c, t: t, generation: wsproto.GenerationZstd, registry: s.opts.Registry, unzip: wsproto.NewDecompressor()}
	v.expect(note{N: 1})
	if from := clientOf(t, s, 0).RemoteAddr(); from == nil || from.Network() != "unix" {
		t.Errorf("the client's address is %v", from)
	}
	must(t, c.CloseNormally())
	must(t, s.Shutdown(t.Context()))
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the socket is left behind:", err)
	}
}

func TestSocketOfADeadServerIsReplaced(t *testing.T) {
	path := socketPath(t)
	dead, err := net.Listen("unix", path)
	must(t, err)
	dead.(*net.UnixListener).SetUnlinkOnClose(false)
	must(t, dead.Close())
	s := serve(t, func(o *Options) { o.Addr, o.Root = "unix:"+path, testSite() })
	if r := ask(t, s, "GET", "/"); r.StatusCode != 200 {
		t.Errorf("status %d", r.StatusCode)
	}
}

func TestWhatIsNoDeadSocketIsLeftAlone(t *testing.T) {
	dir := filepath.Dir(socketPath(t))
	live, file := filepath.Join(dir, "live"), filepath.Join(dir, "file")
	ln, err := net.Listen("unix", live)
	must(t, err)
	defer func() { _ = ln.Close() }()
	must(t, os.WriteFile(file, []byte("precious"), 0o600))
	for path, reason := range map[string]string{
		live:                            "another process serves there",
		file:                            "is no socket",
		dir:                             "is no socket",
		filepath.Join(dir, "none", "s"): "no such file",
	} {
		if _, err := unserved(t, "unix:"+path); err == nil || !strings.Contains(err.Error(), reason) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if content, err := os.ReadFile(file); err != nil || string(content) != "precious" {
		t.Errorf("the file has %q, %v", content, err)
	}
	if conn, err := net.Dial("unix", live); err != nil {
		t.Error("the live socket is gone:", err)
	} else {
		_ = conn.Close()
	}
}

func TestSocketThatWasNeverServedIsRemoved(t *testing.T) {
	path := socketPath(t)
	s, err := unserved(t, "unix:"+path)
	must(t, err)
	must(t, s.Close())
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the socket is left behind:", err)
	}
}

func TestWhereTheServerIsFoundIsLogged(t *testing.T) {
	path := socketPath(t)
	for _, tt := range []struct {
		addr, base, want string
	}{
		{"127.0.0.1:0", "", "listening on http://127.0.0.1:PORT/"},
		{"127.0.0.1:0", "/viewer", "listening on http://127.0.0.1:PORT/viewer/"},
		{":0", "", "listening on http://localhost:PORT/, and for every network"},
		{"unix:" + path, "", "listening on unix:" + path},
	} {
		t.Run(tt.addr+tt.base, func(t *testing.T) {
			core, logged := observer.New(zapcore.InfoLevel)
			s := serve(t, func(o *Options) { o.Addr, o.BasePath, o.Logger = tt.addr, tt.base, zap.New(core) })
			_, port, _ := net.SplitHostPort(s.Addr().String())
			want := strings.ReplaceAll(tt.want, "PORT", port)
			eventually(t, want, func() bool { return logged.FilterMessage(want).Len() == 1 })
		})
	}
}
