package messages

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/msgpscan"
	"github.com/vmihailenco/msgpack/v5"
)

func TestAppendExtends(t *testing.T) {
	r := testRegistry(t)
	alone := mustAppend(t, r, strict{ID: 1})
	got, err := r.Append([]byte{1, 2}, strict{ID: 1})
	if want := append([]byte{1, 2}, alone...); err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %x, %v; want %x", got, err, want)
	}
}

func TestAppendKeepsTypeLast(t *testing.T) {
	r := testRegistry(t)
	for _, m := range goldenMessages() {
		name, _ := r.Name(m.message)
		tail := msgpscan.AppendString([]byte("\xa4type"), name)
		if b := mustAppend(t, r, m.message); !bytes.HasSuffix(b, tail) {
			t.Errorf("%s does not end with its type: %x", m.name, b)
		}
	}
}

// TestAppendIsReadByLibrary reads with the library what is in the library's
// terms too.
func TestAppendIsReadByLibrary(t *testing.T) {
	want := pose{"/box", [3]float64{1, 2, 3}, [4]float64{1, 0, 0, 0}}
	var got pose
	if err := msgpack.Unmarshal(mustAppend(t, testRegistry(t), want), &got); err != nil || got != want {
		t.Errorf("the library read %v, %v", got, err)
	}
}

func TestAppendRefuses(t *testing.T) {
	r := testRegistry(t)
	loop := map[string]any{}
	loop["me"] = []any{loop}
	ring := &tree{}
	ring.Next = ring
	tests := []struct {
		name  string
		m     Message
		field string
		want  string
	}{
		{"a string that is not UTF-8", pose{Name: "\xff"}, "name", "UTF-8"},
		{"a map key that is not UTF-8", &nests{Labels: map[string]string{"\xff": ""}}, `labels["\xff"]`, "UTF-8"},
		{"a string deep inside", &nests{Any: []any{1, map[string]any{"k": "\xff"}}}, `any[1]["k"]`, "UTF-8"},
		{"a string in a struct of a list", lists{Structs: []inner{{}, {B: "\xff"}}}, "structs[1].b", "UTF-8"},
		{"a time in an any", &nests{Any: time.Now()}, "any", "time.Time has no wire form: send seconds"},
		{"a channel in an any", &nests{Props: map[string]any{"c": make(chan int)}}, `props["c"]`, "chan int has no wire form"},
		{"a complex number in an any", &nests{Any: []any{1i}}, "any[0]", "complex128"},
		{"a map that contains itself", &nests{Any: loop}, "", "nested too deeply"},
		{"a struct that points to itself", &nests{Tree: ring}, "", "nested too deeply"},
		{"the encoder of a type failing", &nests{Any: failing{}}, "any", "no luck"},
		{"the encoder of a type writing two values", &nests{Any: twoValues{}}, "any", "1 bytes behind the value"},
		{"the encoder of a type writing nothing", &nests{Any: noValue{}}, "any", "truncated"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dst := []byte{9}
			got, err := r.Append(dst, tt.m)
			var fe *FieldError
			if !errors.As(err, &fe) {
				t.Fatalf("error %v", err)
			}
			if !strings.Contains(fe.Error(), tt.want) || tt.field != "" && fe.Field != tt.field {
				t.Errorf("error %q of field %q; want %q of %q", fe, fe.Field, tt.want, tt.field)
			}
			if !bytes.Equal(got, []byte{9}) {
				t.Errorf("dst became %x", got)
			}
		})
	}
	if _, err := r.Append(nil, &nests{Tree: ring}); !errors.Is(err, ErrTooDeep) {
		t.Errorf("a ring is not ErrTooDeep: %v", err)
	}
}

// Types whose own encoders misbehave.
type (
	failing   struct{}
	twoValues struct{}
	noValue   struct{}
)

func (failing) EncodeMsgpack(*msgpack.Encoder) error  { return errors.New("no luck") }
func (*failing) DecodeMsgpack(*msgpack.Decoder) error { return errors.New("no luck") }

func (twoValues) MarshalMsgpack() ([]byte, error) { return []byte{1, 2}, nil }
func (*twoValues) UnmarshalMsgpack([]byte) error  { return nil }

func (noValue) MarshalMsgpack() ([]byte, error) { return nil, nil }
func (*noValue) UnmarshalMsgpack([]byte) error  { return nil }

func TestAppendDepthCountsTheMessage(t *testing.T) {
	r := testRegistry(t)
	r.SetLimits(Limits{MaxDepth: 3})
	fits := &nests{Any: []any{[]any{1}}}
	data := mustAppend(t, r, fits)
	if got, err := r.Decode(data); err != nil || len(got.(*nests).Any.([]any)) != 1 {
		t.Errorf("as deep as allowed: %v, %v", got, err)
	}
	for _, deeper := range []any{[]any{[]any{[]int8{}, []any{}}}, []any{[]any{inner{}}}, []any{map[string]any{"": map[string]any{}}}} {
		if _, err := r.Append(nil, &nests{Any: deeper}); !errors.Is(err, ErrTooDeep) {
			t.Errorf("%v: %v", deeper, err)
		}
	}
}

func TestAppendChecksDepthOfCustomTypes(t *testing.T) {
	r := NewRegistry().MustRegister(&nests{})
	r.SetLimits(Limits{MaxDepth: 2})
	mustAppend(t, r, &nests{Any: arrayMaker{}})
	if _, err := r.Append(nil, &nests{Any: []any{arrayMaker{}}}); !errors.Is(err, ErrTooDeep) {
		t.Errorf("got %v", err)
	}
	r.SetLimits(Limits{MaxDepth: 3})
	mustAppend(t, r, &nests{Any: []any{arrayMaker{}}})
}

// arrayMaker encodes itself as an array of one integer.
type arrayMaker struct{}

func (arrayMaker) MarshalMsgpack() ([]byte, error) { return []byte{0x91, 1}, nil }
func (*arrayMaker) UnmarshalMsgpack([]byte) error  { return nil }

func TestAppendRaw(t *testing.T) {
	r := NewRegistry()
	body := encodeMap(t, "type", "Foreign", "x", 1)
	m, err := NewRaw("key", body)
	if err != nil || m.Name != "Foreign" || m.RedundancyKey() != "key" {
		t.Fatalf("NewRaw: %+v, %v", m, err)
	}
	for _, raw := range []Message{m, &m} {
		if got := mustAppend(t, r, raw); !bytes.Equal(got, body) {
			t.Errorf("got %x, want %x", got, body)
		}
	}
	tests := []struct {
		name string
		raw  Raw
		err  error
	}{
		{"another name", Raw{Name: "Other", Body: body}, nil},
		{"no body", Raw{Name: "Foreign"}, ErrMalformed},
		{"cut off", Raw{Name: "Foreign", Body: body[:len(body)-1]}, ErrMalformed},
		{"trailing bytes", Raw{Name: "Foreign", Body: append(body[:len(body):len(body)], 0)}, ErrTrailing},
		{"no map", Raw{Name: "Foreign", Body: []byte{0x90}}, ErrNotMap},
		{"no type", Raw{Name: "Foreign", Body: []byte{0x80}}, ErrNoType},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := r.Append(nil, tt.raw); err == nil || tt.err != nil && !errors.Is(err, tt.err) {
				t.Errorf("error %v, want %v", err, tt.err)
			}
		})
	}
}

func TestSwapBytes(t *testing.T) {
	raw := []byte{1, 2, 3, 4, 5, 6, 7, 8}
	swapBytes(raw, 4)
	if want := []byte{4, 3, 2, 1, 8, 7, 6, 5}; !bytes.Equal(raw, want) {
		t.Errorf("got %v, want %v", raw, want)
	}
	swapBytes(raw, 1)
	if want := []byte{4, 3, 2, 1, 8, 7, 6, 5}; !bytes.Equal(raw, want) {
		t.Errorf("numbers of one byte: got %v, want %v", raw, want)
	}
}

func TestEmbeddedFieldsShadowAsInGo(t *testing.T) {
	type holder struct {
		Shared
		Name string `msgpack:"name"`
	}
	type renamed struct {
		Shared `msgpack:"shared"`
		Name   string `msgpack:"name"`
	}
	h := holder{Shared{"inner", "tag"}, "outer"}
	got, _, err := decodeAny(mustAppendAny(t, h))
	if want := map[string]any{"name": "outer", "tag": "tag"}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("flattened: %v, %v; want %v", got, err, want)
	}
	got, _, err = decodeAny(mustAppendAny(t, renamed{h.Shared, "outer"}))
	want := map[string]any{"shared": map[string]any{"name": "inner", "tag": "tag"}, "name": "outer"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("named: %v, %v; want %v", got, err, want)
	}
}

// mustAppendAny encodes a value as it would be inside an any.
func mustAppendAny(t *testing.T, x any) []byte {
	t.Helper()
	b, err := appendAny(nil, x, defaultMaxDepth)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFloat16IsExactBothWays(t *testing.T) {
	for bits := range 1 << 16 {
		half := Float16(bits)
		v := half.Float32()
		if math.IsNaN(float64(v)) {
			if back := NewFloat16(v); back&0x7c00 != 0x7c00 || back&0x3ff == 0 {
				t.Fatalf("NaN %04x came back as %04x", bits, back)
			}
			continue
		}
		if back := NewFloat16(v); back != half {
			t.Fatalf("%04x is %v, which came back as %04x", bits, v, back)
		}
	}
}

func TestNewFloat16Rounds(t *testing.T) {
	for half := Float16(0); half < 0x7bff; half++ {
		low, high := half.Float32(), (half + 1).Float32()
		middle := (low + high) / 2 // exact in a float32
		even := half + half&1
		for _, tt := range []struct {
			v    float32
			want Float16
		}{
			{math.Nextafter32(middle, low), half},
			{middle, even},
			{math.Nextafter32(middle, high), half + 1},
			{-middle, even | 0x8000},
		} {
			if got := NewFloat16(tt.v); got != tt.want {
				t.Fatalf("NewFloat16(%v) = %04x, want %04x", tt.v, got, tt.want)
			}
		}
	}
	for v, want := range map[float32]Float16{65504: 0x7bff, 65519: 0x7bff, 65520: 0x7c00, 1e30: 0x7c00, 1: 0x3c00, 1e-10: 0} {
		if got := NewFloat16(v); got != want {
			t.Errorf("NewFloat16(%v) = %04x, want %04x", v, got, want)
		}
	}
}
