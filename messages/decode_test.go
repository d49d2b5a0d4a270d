package messages

import (
	"errors"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// ping has no fields.
type ping struct{ keyless }

// roundTrip returns m after encoding and decoding.
func roundTrip(t *testing.T, r *Registry, m Message) Message {
	t.Helper()
	got, err := r.Decode(mustAppend(t, r, m))
	if err != nil {
		t.Fatalf("decode %T: %v", m, err)
	}
	return got
}

func TestRoundTripKeepsValues(t *testing.T) {
	r := testRegistry(t)
	if err := r.Register(ping{}); err != nil {
		t.Fatal(err)
	}
	three := 3
	for _, m := range []Message{
		ping{},
		pose{"/box", [3]float64{1, -0.5, math.Inf(1)}, [4]float64{1, 0, 0, 0}},
		scalars{keyless{}, true, -7, -128, math.MinInt64, 255, math.MaxUint64, 1.5, math.Pi, 0x3c01, "höhe", "orbit", -3},
		lists{
			Color: [3]uint8{255, 128, 0}, Matrix: [2][2]float32{{1, 2}, {3, 4}}, FloatTuple: []float32{0.5},
			ByteTuple: []byte{1, 200}, IntTuple: []int{-1, 300}, Floats: []float32{1, -2}, Bytes: []byte{0, 255},
			Indices: []uint32{1, 1 << 31}, Int64s: []int64{-2}, Halves: []Float16{0x3c00}, Levels: []level{-1},
			Points: [][3]float32{{1, 2, 3}}, PointsBin: [][3]float32{{1, 2, 3}, {4, 5, 6}},
			MatrixBin: [2][2]float32{{1, 2}, {3, 4}}, Strings: []string{"a", ""}, Bools: []bool{true, false},
			Nested: [][]float64{{1}, {}}, NestedTup: [][]float64{{1}, {}}, Anys: []any{nil, int64(1), "x"},
			Structs: []inner{{1, "b"}, {}}, Pointers: []*inner{nil, {A: 2}}, Optional: &[]float32{2},
			Map: map[mode][]int{"z": {1}, "a": {}},
		},
		&nests{
			base: base{"n", true}, Inner: inner{-1, ""}, Pointer: &inner{2, "two"},
			Labels: map[string]string{"de": "Kiste"}, Props: map[string]any{"b": []any{true, 1.5, []byte{1}}},
			Any: map[string]any{"x": uint64(math.MaxUint64)}, OptInt: &three, Own: point{1, 2}, OwnOpt: &packed{200},
			Tree: &tree{Leaf: 1, Children: []tree{{Leaf: 2}}, Next: &tree{}, Named: map[string]tree{"q": {Leaf: 3}}},
		},
	} {
		if got := roundTrip(t, r, m); !reflect.DeepEqual(got, m) {
			t.Errorf("came back as\n%#v\nnot\n%#v", got, m)
		}
	}
}

func TestNilListsComeBackEmpty(t *testing.T) {
	got := roundTrip(t, testRegistry(t), lists{}).(lists)
	if got.Floats == nil || got.Strings == nil || got.Map == nil || len(got.Floats)+len(got.Strings)+len(got.Map) != 0 {
		t.Errorf("got %#v", got)
	}
}

func TestDecodeConverts(t *testing.T) {
	r := testRegistry(t)
	tests := []struct {
		name string
		in   []any // pairs
		want Message
	}{
		{"whole floats that arrive as integers", []any{"position", []any{1, uint8(2), int64(-3)}, "type", "pose"}, pose{Position: [3]float64{1, 2, -3}}},
		{"float32 for float64", []any{"float64", float32(0.5), "type", "scalars"}, scalars{Float64: 0.5}},
		{"whole floats for integers", []any{"int", 3.0, "uint8", 255.0, "type", "scalars"}, scalars{Int: 3, Uint8: 255}},
		{"integers in wide formats", []any{"int8", int64(-1), "uint64", int64(1), "type", "scalars"}, scalars{Int8: -1, Uint64: 1}},
		{"the nearest float32", []any{"float32", 16777217, "type", "scalars"}, scalars{Float32: 16777216}},
		{"the nearest float16", []any{"half", 1.0001, "type", "scalars"}, scalars{Half: 0x3c00}},
		{"infinity for a float16", []any{"half", math.Inf(1), "type", "scalars"}, scalars{Half: 0x7c00}},
		{"the type first", []any{"type", "strict", "size", 1, "id", 2}, strict{ID: 2, Size: 1}},
		{"the type in the middle", []any{"size", 1, "type", "strict", "id", 2}, strict{ID: 2, Size: 1}},
		{"unknown fields", []any{"zz", map[string]any{"a": []any{1}}, "name", "x", "yy", nil, "type", "pose"}, pose{Name: "x"}},
		{"missing fields", []any{"type", "pose"}, pose{}},
		{"keys that are not strings", []any{1, 2, nil, "x", "name", "x", []any{}, 1, "type", "pose"}, pose{Name: "x"}},
		{"nil for lists", []any{"floats", nil, "strings", nil, "map", nil, "byte_tuple", nil, "type", "lists"}, lists{}},
		{"an array for raw numbers", []any{"floats", []any{1, 2.5}, "bytes", []any{1}, "points_bin", []any{[]any{1, 2, 3}}, "matrix_bin", []any{[]any{1, 2}, []any{3, 4}}, "type", "lists"}, lists{Floats: []float32{1, 2.5}, Bytes: []byte{1}, PointsBin: [][3]float32{{1, 2, 3}}, MatrixBin: [2][2]float32{{1, 2}, {3, 4}}}},
		{"every kind in an any", []any{"any", []any{nil, true, 1, uint64(math.MaxUint64), int8(-1), float32(0.5), "s", []byte{1}, []byte{}, []any{}, map[string]any{"k": 1}}, "type", "nests"}, &nests{Any: []any{nil, true, int64(1), uint64(math.MaxUint64), int64(-1), 0.5, "s", []byte{1}, []byte{}, []any{}, map[string]any{"k": int64(1)}}}},
		{"a map with other keys in an any", []any{"any", map[any]any{1: 2, "a": 3}, "type", "nests"}, &nests{Any: map[string]any{"a": int64(3)}}},
		{"a map with other keys", []any{"labels", map[any]any{1: 2, "a": "3"}, "type", "nests"}, &nests{Labels: map[string]string{"a": "3"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := r.Decode(encodeMap(t, tt.in...))
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %#v, %v\nwant %#v", got, err, tt.want)
			}
		})
	}
}

func TestDecodeRefusesFields(t *testing.T) {
	r := testRegistry(t)
	tests := []struct {
		name  string
		in    []any
		error string
	}{
		{"a string for a float", []any{"position", []any{1, "two", 3}, "type", "pose"}, `messages: pose.position[1]: want a float64, got string "two"`},
		{"a fraction for an integer", []any{"int", 1.5, "type", "scalars"}, "scalars.int: want an int, which float 1.5 does not fit exactly"},
		{"NaN for an integer", []any{"int", math.NaN(), "type", "scalars"}, "which float NaN does not fit"},
		{"an integer too large", []any{"int8", 128, "type", "scalars"}, "scalars.int8: want an int8, which integer 128 does not"},
		{"an integer too large for every integer", []any{"int64", uint64(math.MaxUint64), "type", "scalars"}, "which integer 18446744073709551615 does not"},
		{"a negative number for an unsigned integer", []any{"uint8", -1, "type", "scalars"}, "want a uint8, which integer -1 does not"},
		{"an integer that no float64 holds", []any{"float64", int64(1<<53 + 1), "type", "scalars"}, "want a float64, which integer 9007199254740993 does not"},
		{"a float too large", []any{"float32", 1e300, "type", "scalars"}, "want a float32, which float 1e+300 does not"},
		{"a float too large for a half", []any{"half", 65520, "type", "scalars"}, "want a half-precision float, which integer 65520 does not"},
		{"nil for a number", []any{"int", nil, "type", "scalars"}, "want an int, got nil"},
		{"a number for a boolean", []any{"bool", 1, "type", "scalars"}, "want a boolean, got integer 1"},
		{"a binary for a string", []any{"string", []byte{1}, "type", "scalars"}, "want a string, got binary of 1 bytes"},
		{"a string that is not UTF-8", []any{"string", "\xff", "type", "scalars"}, "scalars.string: the string is not valid UTF-8"},
		{"a string that is not UTF-8 in an any", []any{"any", []any{"\xff"}, "type", "nests"}, "nests.any[0]: the string is not valid UTF-8"},
		{"a key that is not UTF-8 in an any", []any{"any", map[string]any{"\xff": 1}, "type", "nests"}, "nests.any: the string is not valid UTF-8"},
		{"a key that is not UTF-8 in a map", []any{"labels", map[string]any{"\xff": 1}, "type", "nests"}, "nests.labels: the string is not valid UTF-8"},
		{"a value of a map", []any{"labels", map[string]any{"a": 1}, "type", "nests"}, `nests.labels["a"]: want a string, got integer 1`},
		{"a value of a map in an any", []any{"any", map[string]any{"a": map[string]any{"b": "\xff"}}, "type", "nests"}, `nests.any["a"]["b"]: the string`},
		{"a field of a struct in a list", []any{"structs", []any{map[string]any{"a": "x"}}, "type", "lists"}, `lists.structs[0].a: want an int, got string "x"`},
		{"an array for a struct", []any{"inner", []any{}, "type", "nests"}, "nests.inner: want a map, got array"},
		{"a tuple too short", []any{"position", []any{1, 2}, "type", "pose"}, "pose.position: want 3 elements, got 2"},
		{"a tuple too long", []any{"color", []any{1, 2, 3, 4}, "type", "lists"}, "lists.color: want 3 elements, got 4"},
		{"nil for a tuple", []any{"color", nil, "type", "lists"}, "lists.color: want an array, got nil"},
		{"a binary for a tuple", []any{"color", []byte{1, 2, 3}, "type", "lists"}, "lists.color: want an array, got binary of 3 bytes"},
		{"a number for raw numbers", []any{"floats", 1, "type", "lists"}, "lists.floats: want a binary, got integer 1"},
		{"raw numbers of another size", []any{"floats", []byte{1, 2, 3}, "type", "lists"}, "lists.floats: want a binary of whole elements of 4 bytes, got 3 bytes"},
		{"raw tuples of another size", []any{"points_bin", make([]byte, 13), "type", "lists"}, "lists.points_bin: want a binary of whole elements of 12 bytes, got 13 bytes"},
		{"a raw array of another size", []any{"matrix_bin", make([]byte, 12), "type", "lists"}, "lists.matrix_bin: want a binary of 16 bytes, got 12"},
		{"nil for a raw array", []any{"matrix_bin", nil, "type", "lists"}, "lists.matrix_bin: want a binary, got nil"},
		{"a missing required field", []any{"id", 1, "type", "strict"}, "messages: strict.size: required, and missing"},
		{"two missing required fields", []any{"type", "strict"}, "strict.id: required, and missing"},
		{"a key twice", []any{"name", "x", "name", "x", "type", "pose"}, "pose.name: the key comes twice"},
		{"a key twice with others between", []any{"wxyz", []any{1, 2, 3, 4}, "a", 1, "a", 2, "name", "x", "wxyz", nil, "type", "pose"}, "pose.wxyz: the key comes twice"},
		{"a key of a struct in a list twice", []any{"structs", []any{rawMap{"a", 1, "a", 1}}, "type", "lists"}, "lists.structs[0].a: the key comes twice"},
		{"a key of a map twice", []any{"labels", rawMap{"a", "1", "a", "1"}, "type", "nests"}, `nests.labels["a"]: the key comes twice`},
		{"a key of an any twice", []any{"any", []any{rawMap{"a", nil, "a", nil}}, "type", "nests"}, `nests.any[0]["a"]: the key comes twice`},
		{"the decoder of a type failing", []any{"own", 1, "type", "nests"}, "nests.own: msgpack: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := r.Decode(encodeMap(t, tt.in...))
			var fe *FieldError
			if !errors.As(err, &fe) || !strings.Contains(err.Error(), tt.error) || m != nil {
				t.Errorf("got %v, error %v; want %q", m, err, tt.error)
			}
		})
	}
	if _, err := r.Decode(encodeMap(t, "name", "x", "name", "y", "type", "pose")); !errors.Is(err, ErrDuplicate) {
		t.Errorf("not ErrDuplicate: %v", err)
	}
	if _, err := r.Decode(encodeMap(t, "type", "strict")); !errors.Is(err, ErrMissing) {
		t.Errorf("not ErrMissing: %v", err)
	}
}

func TestDecodeRefusesExtensions(t *testing.T) {
	body := msgpscan.AppendString(append([]byte{0x82, 0xa3}, "any\xd4\x05\x01\xa4type"...), "nests")
	_, err := testRegistry(t).Decode(body)
	if err == nil || !strings.Contains(err.Error(), "nests.any: want any value but an extension, got extension") {
		t.Errorf("got %v", err)
	}
}

func TestDecodeRefusesMessages(t *testing.T) {
	r := testRegistry(t)
	whole := encodeMap(t, "name", "x", "type", "pose")
	tests := []struct {
		name string
		in   []byte
		err  error
	}{
		{"no bytes", nil, ErrMalformed},
		{"the never used marker", []byte{0xc1}, ErrMalformed},
		{"the never used marker inside", []byte{0x81, 0xa1, 'a', 0xc1}, ErrMalformed},
		{"cut off", whole[:len(whole)-1], ErrMalformed},
		{"cut off behind the header", whole[:1], ErrMalformed},
		{"one byte more", append(whole[:len(whole):len(whole)], 0xc0), ErrTrailing},
		{"an array", []byte{0x90}, ErrNotMap},
		{"text", []byte("{}"), ErrNotMap},
		{"nil", []byte{0xc0}, ErrNotMap},
		{"an empty map", []byte{0x80}, ErrNoType},
		{"the type twice", encodeMap(t, "type", "pose", "type", "pose"), ErrDuplicate},
		{"the type twice, once in a long form", append([]byte("\x82\xd9\x04type\xa4pose"), "\xa4type\xa4pose"...), ErrDuplicate},
		{"a type that is a number", encodeMap(t, "type", 1), ErrNoType},
		{"a type that is not UTF-8", encodeMap(t, "type", "\xff"), ErrNoType},
		{"a map of 2^32-1 pairs", []byte{0xdf, 0xff, 0xff, 0xff, 0xff}, ErrMalformed},
		{"an array of 2^32-1 elements", fromHex(t, "82a6666c6f617473ddffffffffa474797065a56c69737473"), ErrMalformed},
		{"a binary of 2^32-1 bytes", fromHex(t, "82a6666c6f617473c6ffffffffa474797065a56c69737473"), ErrMalformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if m, err := r.Decode(tt.in); !errors.Is(err, tt.err) || m != nil {
				t.Errorf("got %v, error %v; want %v", m, err, tt.err)
			}
		})
	}
}

func TestDecodeUnknownType(t *testing.T) {
	r := testRegistry(t)
	for name, want := range map[string]string{
		"nope":                    "nope",
		"":                        "",
		strings.Repeat("é", 1000): strings.Repeat("é", 50) + "…",
	} {
		_, err := r.Decode(encodeMap(t, "a", 1, "type", name))
		var unknown *UnknownTypeError
		if !errors.As(err, &unknown) || unknown.Name != want {
			t.Errorf("%.10q: %v", name, err)
		}
	}
}

func TestErrorsClipText(t *testing.T) {
	_, err := testRegistry(t).Decode(encodeMap(t, "int", strings.Repeat("x", 1<<20), "type", "scalars"))
	if err == nil || len(err.Error()) > 250 {
		t.Errorf("error of %d bytes", len(err.Error()))
	}
}

func TestDecodeLimits(t *testing.T) {
	r := testRegistry(t)
	data := encodeMap(t, "any", []any{[]any{1, 2}}, "type", "nests") // 3 levels, 4+1+2 elements
	tests := []struct {
		name string
		lim  Limits
		err  error
	}{
		{"the defaults", Limits{}, nil},
		{"no limits", Limits{-1, -1, -1}, nil},
		{"as large as allowed", Limits{MaxBytes: len(data)}, nil},
		{"too large", Limits{MaxBytes: len(data) - 1}, ErrTooLarge},
		{"as deep as allowed", Limits{MaxDepth: 3}, nil},
		{"too deep", Limits{MaxDepth: 2}, ErrTooDeep},
		{"as many elements as allowed", Limits{MaxElements: 7}, nil},
		{"too many elements", Limits{MaxElements: 6}, ErrTooMany},
		{"too many pairs", Limits{MaxElements: 3}, ErrTooMany},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r.SetLimits(tt.lim)
			if _, err := r.Decode(data); !errors.Is(err, tt.err) {
				t.Errorf("error %v, want %v", err, tt.err)
			}
		})
	}
}

func TestDeepNestingIsAnError(t *testing.T) {
	r := testRegistry(t)
	data := append([]byte{0x82, 0xa3}, "any"...)
	data = append(data, strings.Repeat("\x91", 1<<20)...)
	data = append(data, "\xc0\xa4type\xa5nests"...)
	if _, err := r.Decode(data); !errors.Is(err, ErrTooDeep) {
		t.Errorf("default limit: %v", err)
	}
	r.SetLimits(Limits{MaxDepth: -1})
	if _, err := r.Decode(data); !errors.Is(err, ErrTooDeep) {
		t.Errorf("no limit: %v", err)
	}
}

// TestHostileHeadersAllocateNothing measures the promise that what is declared
// and not there costs nothing: only the error is made.
func TestHostileHeadersAllocateNothing(t *testing.T) {
	const rounds = 100
	r := testRegistry(t)
	for _, in := range []string{
		"\xdf\xff\xff\xff\xff", "\xdd\xff\xff\xff\xff", "\xc6\xff\xff\xff\xff", "\xdb\xff\xff\xff\xff", "\xc9\xff\xff\xff\xff",
		"\x82\xa3any\xdd\xff\xff\xff\xff\xa4type\xa5nests", "\x82\xa6floats\xc6\xff\xff\xff\xff\xa4type\xa5lists",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range rounds {
			if _, err := r.Decode([]byte(in)); err == nil {
				t.Errorf("% x decoded", in)
			}
		}
		runtime.ReadMemStats(&after)
		if n := (after.TotalAlloc - before.TotalAlloc) / rounds; n > 2000 {
			t.Errorf("% x allocated %d bytes", in, n)
		}
	}
}

func TestDecodeOwnsItsMemory(t *testing.T) {
	r := testRegistry(t)
	m := &nests{base: base{Name: "abc"}, Any: []any{[]byte("abc"), "abc"}, Labels: map[string]string{"abc": "abc"}}
	l := lists{Bytes: []byte("abc"), Floats: []float32{1}}
	for _, m := range []Message{m, l, pose{Name: "abc"}} {
		data := mustAppend(t, r, m)
		got, err := r.Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		before := mustAppend(t, r, got)
		clear(data)
		if after := mustAppend(t, r, got); string(after) != string(before) {
			t.Errorf("%T changed with the bytes it was decoded from", m)
		}
	}
}

// TestDecodedValuesAreApart is about the memory in which values are decoded.
func TestDecodedValuesAreApart(t *testing.T) {
	r := testRegistry(t)
	first := roundTrip(t, r, cloud{Name: "1", Points: []float32{1}})
	if _, err := r.Decode(encodeMap(t, "name", "bad", "points", 1, "type", "cloud")); err == nil {
		t.Fatal("decoded")
	}
	second := roundTrip(t, r, cloud{Name: "2", Points: []float32{2}})
	if a := first.(cloud); a.Name != "1" || a.Points[0] != 1 {
		t.Errorf("the first is %v after the second, %v", a, second)
	}
	third, err := r.Decode(encodeMap(t, "type", "cloud"))
	if err != nil || third.(cloud).Name != "" || third.(cloud).Points != nil {
		t.Errorf("the third is %v, %v", third, err)
	}
}

func TestSmallMessagesAllocateOnlyThemselves(t *testing.T) {
	r := testRegistry(t)
	var m Message = pose{Name: "/robot/arm"}
	data := mustAppend(t, r, m)
	if n := testing.AllocsPerRun(100, func() { data, _ = r.Append(data[:0], m) }); n != 0 {
		t.Errorf("Append allocates %v times", n)
	}
	if n := testing.AllocsPerRun(100, func() { _, _ = r.Decode(data) }); n > 2 {
		t.Errorf("Decode allocates %v times; the message and its string are 2", n)
	}
}
