package wsproto

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The files under testdata/vectors are read by the tests of other languages
// too. Byte strings are in hex. What they expect comes from the tables below
// and from the reference parser, never from the code under test; only the bytes
// that the Append functions write are recorded as they are.
var update = flag.Bool("update", false, "rewrite testdata/vectors")

// hexBytes is a byte string that is written in hex.
type hexBytes []byte

func (b hexBytes) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, b), nil }

func (b *hexBytes) UnmarshalText(text []byte) (err error) {
	*b, err = hex.AppendDecode(nil, text)
	return err
}

type eventVector struct {
	Opcode  string   `json:"opcode"`
	Payload hexBytes `json:"payload"`
}

// readVector is a stream and what a parser makes of it.
type readVector struct {
	Name            string        `json:"name"`
	Reader          string        `json:"reader"` // who parses it: server or client
	MaxMessageBytes int           `json:"maxMessageBytes"`
	Input           hexBytes      `json:"input"`
	Events          []eventVector `json:"events"`
	CloseCode       CloseCode     `json:"closeCode"` // of the failure, 0 = none
}

// writeVector is a frame as written. Key is empty if it is not masked.
type writeVector struct {
	Opcode  Opcode   `json:"opcode"`
	Fin     bool     `json:"fin"`
	Key     hexBytes `json:"key"`
	Payload hexBytes `json:"payload"`
	Frame   hexBytes `json:"frame"`
}

// headerVector is an unmasked header for a payload of that length.
type headerVector struct {
	Opcode Opcode   `json:"opcode"`
	Fin    bool     `json:"fin"`
	Length int      `json:"length"`
	Header hexBytes `json:"header"`
}

type frameFile struct {
	Read    []readVector   `json:"read"`
	Write   []writeVector  `json:"write"`
	Headers []headerVector `json:"headers"`
}

// closeVector is the payload of a close frame. With Failure 0 it is valid.
type closeVector struct {
	Name    string    `json:"name"`
	Payload hexBytes  `json:"payload"`
	Code    CloseCode `json:"code"`
	Reason  string    `json:"reason"`
	Failure CloseCode `json:"failure"`
}

// compareVectors compares v as JSON with the file, or writes it.
func compareVectors(t *testing.T, file string, v any) {
	t.Helper()
	got, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	path := filepath.Join("testdata", "vectors", file)
	if *update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, got, 0o666)); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what the tables and the code give; if that is meant: go test ./wsproto -run Vectors -update", path)
	}
}

// stream is the input of a readVector, with limit 1000.
type stream struct {
	name  string
	role  Role
	input []byte
}

const vectorMessageBytes = 1000

// frameVectors is a flat table.
func frameVectors() []stream {
	key := testKey
	text, ping := masked(OpText, "κ\xe1\xbd\xb9σμε 🐟"), masked(OpPing, "ping")
	unmasked := func(op Opcode, payload string) []byte { return AppendFrame(nil, op, []byte(payload)) }
	header := func(b string) []byte { return append([]byte(b), key[:]...) }
	return []stream{
		{"text to server", Server, text},
		{"text to client", Client, unmasked(OpText, "κ\xe1\xbd\xb9σμε 🐟")},
		{"empty text", Server, masked(OpText, "")},
		{"binary of 125 bytes", Server, masked(OpBinary, strings.Repeat("a", 125))},
		{"binary of 126 bytes", Server, masked(OpBinary, strings.Repeat("a", 126))},
		{"binary of 1000 bytes", Client, unmasked(OpBinary, strings.Repeat("b", 1000))},
		{"several messages", Server, join(text, ping, masked(OpBinary, "\x00\xff"), masked(OpPong, ""))},
		{"fragments", Server, join(fragment(OpText, false, "Hel"), fragment(0, false, ""), fragment(0, true, "lo"))},
		{"rune across fragments", Server, join(fragment(OpText, false, "\xe6\xb0"), fragment(0, true, "\xb4"))},
		{"control frames between fragments", Server, join(fragment(OpBinary, false, "a"), ping, masked(OpPong, "x"), fragment(0, true, "b"))},
		{"close, then more", Server, join(masked(OpClose, "\x03\xe8bye"), ping)},
		{"close inside a message", Server, join(fragment(OpText, false, "a"), masked(OpClose, ""))},
		{"message cut by the end", Server, text[:len(text)-2]},
		{"header cut by the end", Server, masked(OpBinary, strings.Repeat("a", 200))[:5]},
		{"unmasked frame to server", Server, unmasked(OpText, "a")},
		{"masked frame to client", Client, text},
		{"reserved bit", Server, header("\xc1\x80")},
		{"reserved data opcode", Server, header("\x83\x80")},
		{"reserved control opcode", Server, header("\x8b\x80")},
		{"fragmented ping", Server, header("\x09\x80")},
		{"ping of 126 bytes", Server, header("\x89\xfe\x00\x7e")},
		{"lone continuation", Server, header("\x80\x80")},
		{"message inside a message", Server, join(fragment(OpText, false, "a"), text)},
		{"16-bit length below 126", Server, header("\x82\xfe\x00\x7d")},
		{"64-bit length below 65536", Client, []byte("\x82\x7f\x00\x00\x00\x00\x00\x00\xff\xff")},
		{"length of 64 bits", Server, header("\x82\xff\x80\x00\x00\x00\x00\x00\x00\x01")},
		{"length over the limit", Server, header("\x82\xfe\x03\xe9")},
		{"fragments over the limit", Server, join(fragment(OpBinary, false, strings.Repeat("a", 999)), fragment(0, true, "ab"))},
		{"text not UTF-8", Server, masked(OpText, "a\xffb")},
		{"text ends inside a rune", Server, masked(OpText, "\xe6\xb0")},
		{"surrogate in text", Server, fragment(OpText, false, "\xed\xa0\x80")},
		{"text fails before the frame's end", Server, masked(OpText, "\xf4\x90"+strings.Repeat("a", 90))[:8]},
		{"close with half a code", Server, masked(OpClose, "\x03")},
		{"close with code 1005", Server, masked(OpClose, "\x03\xed")},
		{"close reason not UTF-8", Server, masked(OpClose, "\x03\xe8\xff")},
	}
}

func TestFrameVectors(t *testing.T) {
	var file frameFile
	for _, s := range frameVectors() {
		events, code := referenceParse(s.role, vectorMessageBytes, s.input)
		v := readVector{s.name, s.role.String(), vectorMessageBytes, s.input, []eventVector{}, code}
		for _, ev := range events {
			v.Events = append(v.Events, eventVector{ev.op.String(), hexBytes(ev.payload)})
		}
		file.Read = append(file.Read, v)
		compareToReference(t, s.role, vectorMessageBytes, s.input, byteByByte)
	}
	for _, size := range []int{0, 5, 125, 126} {
		payload := bytes.Repeat([]byte{0xa5}, size)
		file.Write = append(
			file.Write,
			writeVector{OpBinary, true, nil, payload, AppendFrame(nil, OpBinary, payload)},
			writeVector{OpPing, true, testKey[:], payload[:min(size, 125)], AppendMaskedFrame(nil, OpPing, true, payload[:min(size, 125)], testKey)},
			writeVector{OpText, false, testKey[:], payload, AppendMaskedFrame(nil, OpText, false, payload, testKey)},
		)
	}
	for _, size := range []int{125, 126, 65535, 65536, 1 << 30} {
		file.Headers = append(file.Headers, headerVector{OpBinary, true, size, AppendHeader(nil, OpBinary, true, size)})
	}
	compareVectors(t, "frames.json", file)
}

func TestCloseVectors(t *testing.T) {
	payload := func(code CloseCode, reason string) []byte {
		return append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...)
	}
	vectors := []closeVector{
		{"empty", nil, CloseNoStatus, "", 0},
		{"reason", payload(1000, "bye"), 1000, "bye", 0},
		{"longest reason", payload(4000, strings.Repeat("a", 123)), 4000, strings.Repeat("a", 123), 0},
		{"half a code", []byte{3}, 0, "", CloseProtocolError},
		{"reason not UTF-8", payload(1000, "a\xff"), 0, "", CloseInvalidPayload},
	}
	for _, code := range []CloseCode{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999} {
		vectors = append(vectors, closeVector{"valid code", payload(code, ""), code, "", 0})
	}
	for _, code := range []CloseCode{0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535} {
		vectors = append(vectors, closeVector{"invalid code", payload(code, ""), 0, "", CloseProtocolError})
	}
	for _, v := range vectors {
		var p Parser
		p.Init(Client, 0)
		ev, _, err := p.Next(AppendFrame(nil, OpClose, v.Payload))
		if code := closeCode(t, err); code != v.Failure {
			t.Errorf("%s %x: failure %v, want %v", v.Name, v.Payload, code, v.Failure)
		}
		if v.Failure != 0 {
			continue
		}
		if code, reason := ParseClose(ev.Payload); code != v.Code || reason != v.Reason {
			t.Errorf("%s %x: got %v %q", v.Name, v.Payload, code, reason)
		}
		if again := AppendClosePayload(nil, v.Code, v.Reason); !bytes.Equal(again, v.Payload) {
			t.Errorf("%s: written as %x, want %x", v.Name, again, v.Payload)
		}
	}
	compareVectors(t, "close.json", vectors)
}
