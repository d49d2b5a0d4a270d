//go:build unix

package scenewire

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

const (
	// fewFilesEnv makes the test binary a server that may open as few files as it says.
	fewFilesEnv = "SCENEWIRE_TEST_FILES"
	fewFiles    = 64
)

// fewFilesReport is what the server says at its end.
type fewFilesReport struct {
	Stats Stats
	Logs  []string
}

func init() {
	children[fewFilesEnv] = func() error {
		core, logs := observer.New(zap.InfoLevel)
		limit := syscall.Rlimit{Cur: fewFiles, Max: fewFiles}
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
			return err
		}
		s, err := New(&Options{Addr: "127.0.0.1:0", Registry: testRegistry(), Logger: zap.New(core), MaxClients: -1, MaxHTTPConns: -1})
		if err != nil {
			return err
		}
		Handle(s, func(_ *Client, m note) { _ = s.Broadcast(m) })
		addr, err := s.Listen()
		if err != nil {
			return err
		}
		fmt.Println(addr)
		served := make(chan error, 1)
		go func() { served <- s.ListenAndServe() }()
		_, _ = io.Copy(io.Discard, os.Stdin) // until the test has seen enough
		report := fewFilesReport{Stats: s.Stats()}
		if err := s.Close(); err != nil {
			return err
		}
		for _, line := range logs.All() {
			report.Logs = append(report.Logs, line.Message)
		}
		return errors.Join(json.NewEncoder(os.Stdout).Encode(report), exceptClosed(<-served))
	}
}

func exceptClosed(err error) error {
	if errors.Is(err, ErrServerClosed) {
		return nil
	}
	return err
}

// startFewFiles starts the server. end stops it and returns its report.
func startFewFiles(t *testing.T) (addr string, end func() fewFilesReport) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), fewFilesEnv+"=1")
	child.Stderr = os.Stderr
	in, err := child.StdinPipe()
	must(t, err)
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	reader := bufio.NewReader(out)
	addr, err = reader.ReadString('\n')
	must(t, err)
	return strings.TrimSpace(addr), func() (report fewFilesReport) {
		t.Helper()
		must(t, in.Close())
		must(t, json.NewDecoder(reader).Decode(&report))
		must(t, child.Wait())
		return report
	}
}

// dialViewer connects to a server in another process.
func dialViewer(t *testing.T, addr string) (*viewer, error) {
	t.Helper()
	c, err := wstest.Dial(addr, wstest.Options{Subprotocols: []string{Subprotocol}})
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { _ = c.Conn.Close() })
	return &viewer{Client: c, t: t, generation: wsproto.GenerationZstd, registry: testRegistry(), unzip: wsproto.NewDecompressor()}, nil
}

// connectWithin connects a client that is served: a ping of it is answered.
func connectWithin(addr string, timeout time.Duration) (net.Conn, error) {
	a, conn, err := tryShake(addr, "", timeout)
	if err != nil {
		return nil, err
	}
	if a.status != http.StatusSwitchingProtocols {
		_ = conn.Close()
		return nil, fmt.Errorf("answered %+v", a)
	}
	if _, err := conn.Write(wsproto.AppendMaskedFrame(nil, wsproto.OpPing, true, nil, [4]byte{})); err != nil {
		_ = conn.Close()
		return nil, err
	}
	if _, err := conn.Read(make([]byte, 2)); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

func TestServerOutOfDescriptorsGoesOnAndRecovers(t *testing.T) {
	addr, end := startFewFiles(t)
	v, err := dialViewer(t, addr)
	must(t, err)
	sent := 0
	echo := func() {
		t.Helper()
		sent++
		v.send(note{N: sent})
		v.expect(note{N: sent})
	}
	echo()

	// Connections that never send a request take all descriptors.
	halfOpen(t, addr, fewFiles)
	for began := time.Now(); time.Since(began) < 200*time.Millisecond; {
		echo()
	}
	// They lose them to a client that comes later.
	letsIn(t, addr, "")
	echo()

	// Clients don't lose theirs: newcomers have to come again.
	var clients []net.Conn
	patience := wstest.Timeout // half-open connections are still in the way of the first
	for len(clients) < fewFiles {
		c, err := connectWithin(addr, patience)
		if err != nil {
			break
		}
		defer func() { _ = c.Close() }()
		clients = append(clients, c)
		patience = 2 * time.Second
		echo()
	}
	if n := len(clients); n == 0 || n == fewFiles {
		t.Fatalf("%d clients connected with %d descriptors", n, fewFiles)
	}
	echo()
	for _, c := range clients {
		_ = c.Close()
	}
	eventually(t, "new clients get in", func() bool {
		c, err := connectWithin(addr, 2*time.Second)
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	})
	echo()

	report := end()
	lines := 0
	for _, line := range report.Logs {
		if strings.HasPrefix(line, "can't accept") || strings.HasPrefix(line, "http: Accept error") {
			lines++
		}
	}
	if lines < 1 || lines > 2 {
		t.Errorf("%d lines about %d failures to accept: %q", lines, report.Stats.AcceptFailures, report.Logs)
	}
	if report.Stats.AcceptFailures < 5 || report.Stats.HTTPConnsEvicted == 0 {
		t.Errorf("%d failures to accept, %d connections closed for others", report.Stats.AcceptFailures, report.Stats.HTTPConnsEvicted)
	}
}
