//go:build linux

package cepoll

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/machine"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

func start(t *testing.T, payload int) *child.Process {
	t.Helper()
	program, err := Build(t.TempDir())
	if errors.Is(err, ErrNoCompiler) {
		t.Skip("NOT TESTED: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	counter := filepath.Join(t.TempDir(), "received")
	if _, err := machine.OpenCounter(counter); err != nil {
		t.Fatal(err)
	}
	p, err := program.Start(t.Context(), payload, counter, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// nonce is the one that the server has an answer to.
var nonce = [16]byte([]byte("the sample nonce"))

func dial(t *testing.T, p *child.Process) *wstest.Client {
	t.Helper()
	c, err := wstest.Dial(p.Addr(), wstest.Options{Nonce: nonce})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Conn.Close() })
	return c
}

func ask(t *testing.T, p *child.Process, command ...any) (m child.Mark) {
	t.Helper()
	if err := p.Ask(t.Context(), &m, command...); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestEchoOfMessagesInPieces(t *testing.T) {
	p := start(t, 100)
	c := dial(t, p)
	var stream []byte
	var want [][]byte
	for _, size := range []int{0, 1, 2, 7, 125, 126, 1000, 60000} {
		payload := bytes.Repeat([]byte{byte(size), 0xa5}, size/2+1)[:size]
		want = append(want, payload)
		stream = wsproto.AppendMaskedFrame(stream, wsproto.OpBinary, true, payload, [4]byte{9, 8, 7, 6})
	}
	for len(stream) > 0 {
		n := min(len(stream), 1+len(stream)/7)
		if err := c.WriteRaw(stream[:n]); err != nil {
			t.Fatal(err)
		}
		stream = stream[n:]
	}
	for i, payload := range want {
		op, got, err := c.Message()
		if err != nil || op != wsproto.OpBinary || !bytes.Equal(got, payload) {
			t.Fatalf("message %d of %d bytes came back as %v of %d bytes, %v", i, len(payload), op, len(got), err)
		}
	}
	if m := ask(t, p, "mark"); m.Sent != int64(len(want)) {
		t.Errorf("%d frames were sent, want %d", m.Sent, len(want))
	}
}

func TestOnceGoesToAll(t *testing.T) {
	p := start(t, 1000)
	clients := []*wstest.Client{dial(t, p), dial(t, p), dial(t, p)}
	ask(t, p, "await", len(clients))
	ask(t, p, "once")
	for _, c := range clients {
		if op, payload, err := c.Message(); err != nil || op != wsproto.OpBinary || len(payload) != 1000 {
			t.Errorf("%v of %d bytes, %v", op, len(payload), err)
		}
	}
	_ = clients[0].Conn.Close()
	ask(t, p, "await", 2)
	if m := ask(t, p, "collect"); m.Sent != 3 || m.ResidentBytes <= 0 || m.CPUMicros <= 0 {
		t.Errorf("%+v", m)
	}
}

func TestClientThatBreaksTheProtocolIsDropped(t *testing.T) {
	p := start(t, 100)
	for name, bad := range map[string][]byte{
		"unmasked":  wsproto.AppendFrame(nil, wsproto.OpBinary, []byte("12345678")),
		"too large": wsproto.AppendMaskedFrame(nil, wsproto.OpBinary, true, make([]byte, 70000), [4]byte{}),
		"closing":   wsproto.AppendMaskedFrame(nil, wsproto.OpClose, true, []byte{3, 232}, [4]byte{}),
	} {
		t.Run(name, func(t *testing.T) {
			c := dial(t, p)
			ask(t, p, "await", 1)
			if err := c.WriteRaw(bad); err != nil {
				t.Fatal(err)
			}
			ask(t, p, "await", 0)
		})
	}
}
