package msgpscan

import (
	"bytes"
	"math"
	"testing"

	"github.com/vmihailenco/msgpack/v5"
)

// TestAppendAgreesWithLibrary compares with the library's compact forms.
func TestAppendAgreesWithLibrary(t *testing.T) {
	var want bytes.Buffer
	enc := msgpack.NewEncoder(&want)
	check := func(got []byte, err error, what any) {
		t.Helper()
		if err != nil || !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%v: got % x, want % x (%v)", what, got, want.Bytes(), err)
		}
		want.Reset()
	}
	for _, v := range []int64{0, 127, 128, 255, 256, 65535, 65536, math.MaxUint32, math.MaxUint32 + 1, math.MaxInt64} {
		check(AppendInt(nil, v), enc.EncodeUint(uint64(v)), v)
		check(AppendUint(nil, uint64(v)), enc.EncodeUint(uint64(v)), v)
		if v > 0 {
			check(AppendInt(nil, -v), enc.EncodeInt(-v), -v)
		}
	}
	check(AppendInt(nil, math.MinInt64), enc.EncodeInt(math.MinInt64), "minimum")
	check(AppendFloat64(nil, -1.25), enc.EncodeFloat64(-1.25), -1.25)
	check(AppendBool(nil, true), enc.EncodeBool(true), true)
	check(AppendBool(nil, false), enc.EncodeBool(false), false)
	check(AppendNil(nil), enc.EncodeNil(), nil)
	for _, n := range []int{0, 15, 16, 31, 32, 255, 256, 65535, 65536} {
		check(AppendArrayHeader(nil, n), enc.EncodeArrayLen(n), n)
		check(AppendMapHeader(nil, n), enc.EncodeMapLen(n), n)
		check(AppendBinHeader(nil, n), enc.EncodeBytesLen(n), n)
		check(AppendString(nil, string(make([]byte, n))), enc.EncodeString(string(make([]byte, n))), n)
	}
}

func TestAppendExtends(t *testing.T) {
	got := AppendNil(AppendArrayHeader([]byte{1}, 1))
	if want := []byte{1, 0x91, 0xc0}; !bytes.Equal(got, want) {
		t.Errorf("got % x, want % x", got, want)
	}
}
