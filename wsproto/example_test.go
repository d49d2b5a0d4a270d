package wsproto_test

import (
	"fmt"

	"github.com/scenewire/scenewire/wsproto"
)

// A connection feeds what it reads, however it was cut, and acts on events.
func ExampleParser() {
	var p wsproto.Parser
	p.Init(wsproto.Server, 1<<20)
	key := [4]byte{1, 2, 3, 4}
	in := wsproto.AppendMaskedFrame(nil, wsproto.OpText, true, []byte("Hello"), key)
	in = wsproto.AppendMaskedFrame(in, wsproto.OpClose, true, wsproto.AppendClosePayload(nil, wsproto.CloseNormal, "bye"), key)

	for _, read := range [][]byte{in[:4], in[4:]} {
		for {
			ev, n, err := p.Next(read)
			read = read[n:]
			if err != nil || ev.Opcode == 0 {
				break
			}
			if ev.Opcode == wsproto.OpClose {
				code, reason := wsproto.ParseClose(ev.Payload)
				fmt.Printf("closed: %v, %s\n", code, reason)
				continue
			}
			fmt.Printf("%v: %s\n", ev.Opcode, ev.Payload)
		}
	}
	// Output:
	// text: Hello
	// closed: 1000 normal closure, bye
}

// A server checks the request and answers it.
func ExampleCheckHandshake() {
	h, err := wsproto.CheckHandshake(wsproto.HandshakeRequest{
		Method: "GET", ProtoMajor: 1, ProtoMinor: 1, Host: "localhost:8080",
		Header: map[string][]string{
			"Upgrade":                {"websocket"},
			"Connection":             {"Upgrade"},
			"Sec-Websocket-Key":      {"dGhlIHNhbXBsZSBub25jZQ=="},
			"Sec-Websocket-Version":  {"13"},
			"Sec-Websocket-Protocol": {"viser-v1.0.21"},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	answer := wsproto.AppendSwitchingProtocols(nil, h.Key, h.Subprotocols[0])
	fmt.Printf("%s, %d bytes, for %v\n", answer[:12], len(answer), h.Subprotocols)
	// Output:
	// HTTP/1.1 101, 168 bytes, for [viser-v1.0.21]
}

// A window is written once and read by every client.
func ExampleAppendWindow() {
	message := []byte("\x81\xa4type\xa5Hello") // {"type": "Hello"}
	payload, err := wsproto.AppendWindow(nil, wsproto.GenerationZstd, [][]byte{message}, 12.5, wsproto.NewCompressor())
	if err != nil {
		fmt.Println(err)
		return
	}
	window, err := wsproto.DecodeWindow(wsproto.GenerationZstd, payload, wsproto.WindowLimits{}, nil)
	fmt.Printf("%d message at %v s: %q, %v\n", len(window.Messages), window.TimestampSec, window.Messages[0], err)
	// Output:
	// 1 message at 12.5 s: "\x81\xa4type\xa5Hello", <nil>
}

// A large message is compressed once and spliced into every window with it.
func ExampleAppendSplicedWindow() {
	z := wsproto.NewCompressor()
	mesh := append([]byte("\x81\xa4data\xc5\x10\x00"), make([]byte, 4096)...) // {"data": 4096 bytes}
	frame := z.AppendFrame(nil, mesh)

	payload, err := wsproto.AppendSplicedWindow(nil, []wsproto.Part{
		{Bytes: []byte("\x81\xa4type\xa5Hello")},
		{Bytes: mesh, Zstd: frame},
	}, 12.5, z)
	if err != nil {
		fmt.Println(err)
		return
	}
	window, err := wsproto.DecodeWindow(wsproto.GenerationZstd, payload, wsproto.WindowLimits{}, nil)
	fmt.Println(len(window.Messages), len(window.Messages[1]), len(payload) < 200, err)
	// Output:
	// 2 4105 true <nil>
}
