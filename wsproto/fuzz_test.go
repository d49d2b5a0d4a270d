package wsproto

import (
	"slices"
	"testing"
)

// addStreams adds byte streams as seeds: valid ones, broken ones, and one with
// each way to give a length.
func addStreams(add func(role uint8, in []byte)) {
	for _, v := range frameVectors() {
		add(uint8(v.role), v.input)
	}
}

// FuzzParser compares one call with everything against the reference parser.
func FuzzParser(f *testing.F) {
	addStreams(func(role uint8, in []byte) { f.Add(role, 1000, in) })
	f.Fuzz(func(t *testing.T, role uint8, limit int, in []byte) {
		limit = 1 + int(uint(limit)%100_000)
		want, wantCode := referenceParse(Role(role%2), limit, in)
		got, err := parseSplit(t, Role(role%2), limit, in, oneShot)
		if code := closeCode(t, err); !slices.Equal(got, want) || code != wantCode {
			t.Fatalf("got %v %v\nwant %v %v", got, code, want, wantCode)
		}
	})
}

// FuzzSplit compares one call against calls with pieces, whose sizes are the
// bytes of cuts, over and over.
func FuzzSplit(f *testing.F) {
	addStreams(func(role uint8, in []byte) { f.Add(role, in, []byte{1}) })
	addStreams(func(role uint8, in []byte) { f.Add(role, in, []byte{3, 0, 7, 130}) })
	f.Fuzz(func(t *testing.T, role uint8, in, cuts []byte) {
		i := 0
		next := func(int) int {
			i++
			if len(cuts) == 0 || i > 10*len(in)+100 { // zeros alone make no progress
				return 1
			}
			return int(cuts[i%len(cuts)])
		}
		want, wantErr := parseSplit(t, Role(role%2), 5000, in, oneShot)
		got, err := parseSplit(t, Role(role%2), 5000, in, next)
		if !slices.Equal(got, want) || closeCode(t, err) != closeCode(t, wantErr) {
			t.Fatalf("in pieces %v, %v\nwhole %v, %v", got, err, want, wantErr)
		}
	})
}

// FuzzFrame writes a message in fragments and reads it back.
func FuzzFrame(f *testing.F) {
	f.Add([]byte("Hello"), 3, uint32(0x37fa213d))
	f.Add([]byte{}, 0, uint32(0))
	f.Add(make([]byte, 70_000), 65_540, uint32(1))
	f.Fuzz(func(t *testing.T, payload []byte, cut int, key uint32) {
		cut = int(uint(cut) % uint(len(payload)+1))
		mask := [4]byte{byte(key), byte(key >> 8), byte(key >> 16), byte(key >> 24)}
		in := AppendMaskedFrame(nil, OpBinary, false, payload[:cut], mask)
		in = AppendMaskedFrame(in, OpPing, true, nil, mask)
		in = AppendMaskedFrame(in, OpContinuation, true, payload[cut:], mask)
		got, err := parseSplit(t, Server, 0, in, oneShot)
		if err != nil || !slices.Equal(got, []referenceEvent{{OpPing, ""}, {OpBinary, string(payload)}}) {
			t.Fatalf("%d events, %v", len(got), err)
		}
	})
}
