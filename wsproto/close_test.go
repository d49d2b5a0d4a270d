package wsproto

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCloseCodeSendable(t *testing.T) {
	bad := []CloseCode{0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535}
	good := []CloseCode{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999}
	for _, c := range bad {
		if c.Sendable() {
			t.Errorf("%d is sendable", c)
		}
	}
	for _, c := range good {
		if !c.Sendable() {
			t.Errorf("%d is not sendable", c)
		}
	}
}

func TestAppendClose(t *testing.T) {
	tests := []struct {
		name   string
		code   CloseCode
		reason string
		want   string
	}{
		{"code and reason", 1000, "bye", "\x88\x05\x03\xe8bye"},
		{"code alone", 1001, "", "\x88\x02\x03\xe9"},
		{"no status is an empty payload", CloseNoStatus, "ignored", "\x88\x00"},
		{"abnormal is never sent", CloseAbnormal, "x", "\x88\x03\x03\xf3x"},
		{"bad UTF-8 is replaced", 1000, "a\xffb", "\x88\x07\x03\xe8a\uFFFDb"},
		{"reason of 123 bytes", 4000, strings.Repeat("a", 123), "\x88\x7d\x0f\xa0" + strings.Repeat("a", 123)},
		{"reason cut at 123 bytes", 4000, strings.Repeat("a", 200), "\x88\x7d\x0f\xa0" + strings.Repeat("a", 123)},
		{"reason cut before a rune", 4000, strings.Repeat("a", 121) + "水水", "\x88\x7b\x0f\xa0" + strings.Repeat("a", 121)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(AppendClose([]byte("<"), tt.code, tt.reason)); got != "<"+tt.want {
				t.Errorf("got %q", got)
			}
			var p Parser
			p.Init(Client, 0)
			if ev, _, err := p.Next([]byte(tt.want)); err != nil || ev.Opcode != OpClose {
				t.Errorf("our own parser says %v, %v", ev.Opcode, err)
			}
		})
	}
}

func TestParseClose(t *testing.T) {
	for payload, want := range map[string]CloseError{
		"":               {CloseNoStatus, ""},
		"\x03":           {CloseNoStatus, ""},
		"\x03\xe8":       {CloseNormal, ""},
		"\x0f\xa1reason": {4001, "reason"},
	} {
		if code, reason := ParseClose([]byte(payload)); code != want.Code || reason != want.Reason {
			t.Errorf("%q: got %v %q", payload, code, reason)
		}
	}
}

func TestCloseErrorText(t *testing.T) {
	for want, err := range map[string]*CloseError{
		"websocket: 1009 message too big":            {CloseMessageTooBig, ""},
		"websocket: 1002 protocol error: reserved":   {CloseProtocolError, "reserved"},
		"websocket: 4001: kicked":                    {4001, "kicked"},
		"websocket: 1012 service restart: upgrading": {CloseServiceRestart, "upgrading"},
	} {
		if err.Error() != want {
			t.Errorf("got %q, want %q", err.Error(), want)
		}
	}
}

func FuzzParseClose(f *testing.F) {
	for _, seed := range []string{"", "\x03", "\x03\xe8", "\x03\xe8bye", "\x03\xed", "\x0f\xa0\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		code, reason := ParseClose(payload)
		if len(payload) > MaxControlPayload || checkClose(payload) != nil {
			return
		}
		if again := AppendClosePayload(nil, code, reason); string(again) != string(payload) {
			t.Errorf("%q is written again as %q", payload, again)
		}
	})
}

func FuzzAppendClose(f *testing.F) {
	f.Add(uint16(1000), "bye")
	f.Add(uint16(1005), "\xff")
	f.Add(uint16(4999), strings.Repeat("水", 50))
	f.Fuzz(func(t *testing.T, code uint16, reason string) {
		payload := AppendClosePayload(nil, CloseCode(code), reason)
		if len(payload) > MaxControlPayload || checkClose(payload) != nil {
			t.Fatalf("payload %q is not valid", payload)
		}
		_, got := ParseClose(payload)
		if len(payload) > 0 && utf8.ValidString(reason) && !strings.HasPrefix(reason, got) {
			t.Errorf("reason %q became %q", reason, got)
		}
	})
}
