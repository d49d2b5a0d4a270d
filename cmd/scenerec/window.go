package main

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/scenewire/scenewire/wsproto"
)

// windows decodes what a server sends. It belongs to one goroutine.
type windows struct {
	known      bool
	generation wsproto.Generation
	dec        *wsproto.Decompressor
}

// decode returns the messages of a window, valid until the next call. The first window
// of a connection tells the generation of the rest: servers without a subprotocol don't.
func (w *windows) decode(payload []byte) ([][]byte, error) {
	const maxWindow = 1 << 30
	if w.dec == nil {
		w.dec = wsproto.NewDecompressor()
	}
	candidates := []wsproto.Generation{w.generation}
	if !w.known {
		candidates = generationsOf(payload)
	}
	var first error
	for _, g := range candidates {
		window, err := wsproto.DecodeWindow(g, payload, wsproto.WindowLimits{MaxBytes: maxWindow}, w.dec)
		if err == nil {
			w.known, w.generation = true, g
			return window.Messages, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// generationsOf lists the generations that a window may be of, the likeliest first.
func generationsOf(payload []byte) []wsproto.Generation {
	const head = 8
	if len(payload) >= head+4 {
		magic := binary.LittleEndian.Uint32(payload[head:])
		if magic == 0xFD2FB528 || magic&0xFFFFFFF0 == 0x184D2A50 { // RFC 8878 section 3.1
			return []wsproto.Generation{wsproto.GenerationZstd}
		}
	}
	return []wsproto.Generation{wsproto.GenerationPlain, wsproto.GenerationArray, wsproto.GenerationMap}
}

// viserPrefix begins the subprotocol of viser's clients; their version follows.
const viserPrefix = "viser-v"

// viserVersion is the version of viser that a subprotocol names, "" if none.
func viserVersion(subprotocol string) string {
	version, ok := strings.CutPrefix(subprotocol, viserPrefix)
	if !ok {
		return ""
	}
	return version
}

// wantedVersion is the version that a server of viser's asks for when it closes.
func wantedVersion(closed *wsproto.CloseError) string {
	if closed.Code != wsproto.CloseProtocolError {
		return ""
	}
	_, version, found := strings.Cut(closed.Reason, "Server: ")
	if !found || version == "" || strings.ContainsAny(version, " ,;\"\r\n") {
		return ""
	}
	return version
}

// own returns a copy that belongs to nobody else.
func own(message []byte) []byte { return slices.Clip(bytes.Clone(message)) }
