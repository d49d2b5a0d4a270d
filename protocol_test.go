package scenewire

import (
	"errors"
	"testing"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

func TestEveryGenerationIsSpoken(t *testing.T) {
	zero, one := 0, 1
	for _, tt := range []struct {
		name       string
		protocol   Protocol
		offers     []string
		chosen     string
		generation wsproto.Generation
	}{
		{"our own", Protocol{}, []string{"scenewire.v1"}, "scenewire.v1", wsproto.GenerationZstd},
		{"viser 1.0.17", Protocol{}, []string{"viser-v1.0.17"}, "viser-v1.0.17", wsproto.GenerationZstd},
		{"viser 1.1.1", Protocol{}, []string{"viser-v1.1.1"}, "viser-v1.1.1", wsproto.GenerationZstd},
		{"viser 1.0.16", Protocol{}, []string{"viser-v1.0.16"}, "viser-v1.0.16", wsproto.GenerationPlain},
		{"viser 1.0.0", Protocol{}, []string{"viser-v1.0.0"}, "viser-v1.0.0", wsproto.GenerationPlain},
		{"the first known of several", Protocol{}, []string{"mqtt", "viser-v1.0.21", "scenewire.v1"}, "viser-v1.0.21", wsproto.GenerationZstd},
		{"the version asked for", Protocol{ViserVersion: "1.0.21"}, []string{"viser-v1.0.21"}, "viser-v1.0.21", wsproto.GenerationZstd},
		{"viser 0.2.23", Protocol{}, nil, "", wsproto.GenerationArray},
		{"client_api_version 1", Protocol{APIVersion: &one}, nil, "", wsproto.GenerationArray},
		{"client_api_version 0", Protocol{APIVersion: &zero}, nil, "", wsproto.GenerationMap},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, func(o *Options) { o.Protocol = tt.protocol })
			for i := range 3 {
				must(t, s.Broadcast(note{N: i}))
			}
			v := joinAs(t, s, tt.generation, wstest.Options{Subprotocols: tt.offers})
			if v.Subprotocol != tt.chosen {
				t.Errorf("chose %q, want %q", v.Subprotocol, tt.chosen)
			}
			v.expect(note{N: 0}, note{N: 1}, note{N: 2})
			must(t, s.Broadcast(note{N: 3}))
			v.expect(note{N: 3})
		})
	}
}

func TestAnotherVersionOfViserIsToldSo(t *testing.T) {
	s := serve(t, func(o *Options) { o.Protocol.ViserVersion = "1.0.21" })
	called := false
	s.OnConnect(func(*Client) { called = true })
	must(t, s.Broadcast(note{N: 1}))
	v := joinAs(t, s, wsproto.GenerationZstd, wstest.Options{Subprotocols: []string{"viser-v1.0.20"}})
	if v.Subprotocol != "viser-v1.0.20" {
		t.Errorf("the handshake chose %q", v.Subprotocol)
	}
	_, err := v.next()
	var closed *wsproto.CloseError
	if !errors.As(err, &closed) || closed.Code != 1002 || closed.Reason != "Version mismatch. Client: 1.0.20, Server: 1.0.21" {
		t.Errorf("got %v", err)
	}
	if called {
		t.Error("OnConnect was called")
	}
}
