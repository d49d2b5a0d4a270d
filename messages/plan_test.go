package messages

import (
	"reflect"
	"testing"
)

// Messages of the shapes that interfaces hold in different ways.
type (
	onePointer struct{ P *int }
	oneMap     struct{ M map[string]int }
	oneOfOne   struct{ A [1]*int }
	padded     struct {
		_ struct{}
		P *int
	}
	nothing struct{}
	oneByte struct{ B byte }
)

func (onePointer) RedundancyKey() string { return "" }
func (oneMap) RedundancyKey() string     { return "" }
func (oneOfOne) RedundancyKey() string   { return "" }
func (padded) RedundancyKey() string     { return "" }
func (nothing) RedundancyKey() string    { return "" }
func (*oneByte) RedundancyKey() string   { return "" }

// TestMessagesOfEveryShapeAreBoxed is about the trick of withData.
func TestMessagesOfEveryShapeAreBoxed(t *testing.T) {
	seven := 7
	all := []Message{
		onePointer{&seven},
		onePointer{},
		oneMap{map[string]int{"a": 1}},
		oneOfOne{[1]*int{&seven}},
		padded{P: &seven},
		nothing{},
		&oneByte{200},
		pose{Name: "x"},
	}
	r := NewRegistry().MustRegister(
		onePointer{}, oneMap{}, oneOfOne{}, padded{}, nothing{}, (*oneByte)(nil), pose{})
	for _, m := range all {
		first, second := roundTrip(t, r, m), roundTrip(t, r, m)
		if !reflect.DeepEqual(first, m) || !reflect.DeepEqual(second, m) {
			t.Errorf("%#v came back as %#v and %#v", m, first, second)
		}
		if reflect.TypeOf(m).Kind() == reflect.Pointer && first == second {
			t.Errorf("%T: two messages are one", m)
		}
	}
}

// wide has more fields than fit a word of bits.
type wide struct {
	keyless
	A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X, Y, Z           int
	A1, B1, C1, D1, E1, F1, G1, H1, I1, J1, K1, L1, M1, N1, O1, P1, Q1, R1, S1, T1, U1, V1 int
	A2, B2, C2, D2, E2, F2, G2, H2, I2, J2, K2, L2, M2, N2, O2, P2, Q2, R2, S2, T2, U2, V2 int
	Last                                                                                   int `wire:"required"`
}

func TestStructsMayHaveManyFields(t *testing.T) {
	r := NewRegistry().MustRegister(wide{})
	m := wide{A: 1, V2: 2, Last: 3}
	if got := roundTrip(t, r, m); got != Message(m) {
		t.Errorf("got %v", got)
	}
	for want, in := range map[Fault][]byte{
		FaultDuplicate: encodeMap(t, "Last", 1, "Last", 1, "type", "wide"),
		FaultField:     encodeMap(t, "A", 1, "type", "wide"),
	} {
		if _, err := r.Decode(in); err == nil || FaultOf(err) != want {
			t.Errorf("%v, want %v", err, want)
		}
	}
}

// Types that hold nothing but themselves.
type (
	endlessMap  map[string]endlessMap
	endlessList []endlessList
	endlessPtr  *endlessPtr

	withEndless struct {
		keyless
		Map  endlessMap
		List endlessList
	}
	finiteEndlessMap struct {
		keyless
		A endlessMap `wire:"finite"`
	}
	finiteEndlessList struct {
		keyless
		A endlessList `wire:"finite"`
	}
	tupleOfEndlessMap struct {
		keyless
		A endlessMap `wire:"tuple"`
	}
	binOfEndlessPointer struct {
		keyless
		A endlessPtr `wire:"bin"`
	}
)

func TestTypesThatHoldThemselves(t *testing.T) {
	r := NewRegistry().MustRegister(withEndless{})
	m := withEndless{Map: endlessMap{"a": {"b": {}}}, List: endlessList{{}, {{}}}}
	if got := roundTrip(t, r, m); !reflect.DeepEqual(got, m) {
		t.Errorf("%#v came back as %#v", m, got)
	}
	for _, m := range []Message{finiteEndlessMap{}, finiteEndlessList{}, tupleOfEndlessMap{}, binOfEndlessPointer{}} {
		if err := NewRegistry().Register(m); err == nil {
			t.Errorf("%T was registered", m)
		}
	}
}
