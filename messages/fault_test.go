package messages

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
)

// measured has fields that take finite numbers only.
type measured struct {
	keyless
	Wide   float64            `msgpack:"wide" wire:"finite"`
	Narrow *float32           `msgpack:"narrow" wire:"finite"`
	Half   Float16            `msgpack:"half" wire:"finite"`
	Tuple  [2]float64         `msgpack:"tuple" wire:"finite"`
	Raw    []float32          `msgpack:"raw" wire:"finite"`
	Wides  []float64          `msgpack:"wides" wire:"finite"`
	Points [][2]float64       `msgpack:"points" wire:"bin,finite"`
	Halves []Float16          `msgpack:"halves" wire:"finite"`
	Named  map[string]float64 `msgpack:"named" wire:"finite"`
}

func TestFaultsAreToldApart(t *testing.T) {
	r := testRegistry(t)
	if err := r.Register(measured{}); err != nil {
		t.Fatal(err)
	}
	r.SetLimits(Limits{MaxBytes: 500, MaxDepth: 4, MaxElements: 20})
	deep := strings.Repeat("\x91", 10) + "\xc0"
	nan32 := []byte{0, 0, 0xc0, 0x7f}
	tests := []struct {
		name string
		in   []byte
		want Fault
	}{
		{"no bytes", nil, FaultMalformed},
		{"the never used marker", []byte{0xc1}, FaultMalformed},
		{"2^32-1 declared pairs", []byte("\xdf\xff\xff\xff\xff"), FaultMalformed},
		{"2^32-1 declared bytes", []byte("\x81\xa1a\xc6\xff\xff\xff\xff"), FaultMalformed},
		{"too many bytes", encodeMap(t, "a", make([]byte, 500), "type", "pose"), FaultTooLarge},
		{"too many elements", encodeMap(t, "a", make([]any, 30), "type", "pose"), FaultTooLarge},
		{"a depth bomb", []byte("\x82\xa1a" + deep + "\xa4type\xa4pose"), FaultTooDeep},
		{"an array", []byte{0x90}, FaultNoMessage},
		{"JSON", []byte(`{"type":"pose"}`), FaultNoMessage},
		{"no type", encodeMap(t, "name", "x"), FaultNoMessage},
		{"bytes behind it", append(encodeMap(t, "type", "pose"), 0), FaultTrailing},
		{"an unknown type", encodeMap(t, "type", "nope"), FaultUnknownType},
		{"a string for a number", encodeMap(t, "int", "1", "type", "scalars"), FaultField},
		{"a tuple too short", encodeMap(t, "position", []int{1}, "type", "pose"), FaultField},
		{"a missing field", encodeMap(t, "type", "strict"), FaultField},
		{"NaN for an integer", encodeMap(t, "int", math.NaN(), "type", "scalars"), FaultNumber},
		{"infinity for an integer", encodeMap(t, "uint64", math.Inf(1), "type", "scalars"), FaultNumber},
		{"a fraction for an integer", encodeMap(t, "int", 0.5, "type", "scalars"), FaultNumber},
		{"2^64-1 for an int64", encodeMap(t, "int64", uint64(math.MaxUint64), "type", "scalars"), FaultNumber},
		{"2^64-1 for a float64", encodeMap(t, "float64", uint64(math.MaxUint64), "type", "scalars"), FaultNumber},
		{"1e300 for a float32", encodeMap(t, "float32", 1e300, "type", "scalars"), FaultNumber},
		{"NaN where it must be finite", encodeMap(t, "wide", math.NaN(), "type", "measured"), FaultNumber},
		{"infinity where it must be finite", encodeMap(t, "narrow", math.Inf(-1), "type", "measured"), FaultNumber},
		{"an infinite half", encodeMap(t, "half", math.Inf(1), "type", "measured"), FaultNumber},
		{"NaN in a tuple", encodeMap(t, "tuple", []float64{1, math.NaN()}, "type", "measured"), FaultNumber},
		{"NaN in raw numbers", encodeMap(t, "raw", append(make([]byte, 4), nan32...), "type", "measured"), FaultNumber},
		{"NaN in an array for raw numbers", encodeMap(t, "raw", []float64{math.NaN()}, "type", "measured"), FaultNumber},
		{"infinity in wide raw numbers", encodeMap(t, "wides", []byte{0, 0, 0, 0, 0, 0, 0xf0, 0x7f}, "type", "measured"), FaultNumber},
		{"infinity in raw tuples", encodeMap(t, "points", append(make([]byte, 8), 0, 0, 0, 0, 0, 0, 0xf0, 0x7f), "type", "measured"), FaultNumber},
		{"infinity in raw halves", encodeMap(t, "halves", []byte{0, 0x7c}, "type", "measured"), FaultNumber},
		{"NaN in a map", encodeMap(t, "named", map[string]float64{"a": math.NaN()}, "type", "measured"), FaultNumber},
		{"a string that is not UTF-8", encodeMap(t, "name", "\xff", "type", "pose"), FaultUTF8},
		{"the type twice", encodeMap(t, "type", "pose", "type", "pose"), FaultDuplicate},
		{"a field twice", encodeMap(t, "name", "a", "name", "a", "type", "pose"), FaultDuplicate},
	}
	met := map[Fault]bool{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := r.Decode(tt.in)
			if err == nil || m != nil {
				t.Fatalf("got %v, %v", m, err)
			}
			got := FaultOf(err)
			met[got] = true
			if got != tt.want {
				t.Errorf("%v is taken for %v, not %v", err, got, tt.want)
			}
			if wrapped := FaultOf(fmt.Errorf("client 7: %w", err)); wrapped != got {
				t.Errorf("wrapped it is %v", wrapped)
			}
		})
	}
	if len(met) != Faults {
		t.Errorf("%d kinds of %d were met", len(met), Faults)
	}
}

func TestFiniteFieldsHoldForEncodingToo(t *testing.T) {
	r := NewRegistry().MustRegister(measured{})
	half := float32(0.5)
	roundTrip(t, r, measured{
		Wide: 1, Narrow: &half, Half: 0x3c00, Tuple: [2]float64{1, 2}, Raw: []float32{1},
		Wides: []float64{1}, Points: [][2]float64{{1, 2}}, Halves: []Float16{0x3c00}, Named: map[string]float64{"a": 1},
	})
	for _, m := range []measured{
		{Wide: math.NaN()},
		{Half: 0x7c00},
		{Raw: []float32{0, float32(math.Inf(1))}},
		{Tuple: [2]float64{0, math.Inf(-1)}},
	} {
		_, err := r.Append(nil, m)
		if !errors.Is(err, errNotFinite) {
			t.Errorf("%v: %v", m, err)
		}
	}
	_, err := r.Append(nil, measured{Raw: []float32{0, float32(math.Inf(1))}})
	if err == nil || !strings.Contains(err.Error(), "measured.raw[1]: ") || !strings.Contains(err.Error(), "+Inf") {
		t.Errorf("it doesn't name the element: %v", err)
	}
}

func TestFaultsHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for f := range Fault(Faults) {
		if name := f.String(); name == "" || seen[name] {
			t.Errorf("fault %d is called %q", f, name)
		}
		seen[f.String()] = true
	}
	if got := Fault(200).String(); got != "unknown_fault" {
		t.Error(got)
	}
}
