package messages

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Types that can't be registered, or not together.
type (
	withChannel struct {
		keyless
		Deep struct{ Wires []chan int }
	}
	withTime struct {
		keyless
		At time.Time
	}
	withIntKeys struct {
		keyless
		M map[int]string
	}
	withInts struct {
		keyless
		Faces []int
	}
	withError struct {
		keyless
		Err error
	}
	withPointers struct {
		keyless
		P **int
	}
	withType struct {
		keyless
		T string `msgpack:"type"`
	}
	withTwins struct {
		keyless
		A int `msgpack:"x"`
		B int `msgpack:"x"`
	}
	withUnknownOption struct {
		keyless
		A int `msgpack:"a,as_array"`
	}
	withUnknownWire struct {
		keyless
		A int `wire:"tupel"`
	}
	withTupleScalar struct {
		keyless
		A int `wire:"tuple"`
	}
	withBinStrings struct {
		keyless
		A []string `wire:"bin"`
	}
	withRaggedBin struct {
		keyless
		A [][]float32 `wire:"bin"`
	}
	withBoth struct {
		keyless
		A []float32 `wire:"bin,tuple"`
	}
	withFiniteInts struct {
		keyless
		A []int32 `wire:"finite"`
	}
	withHiddenTag struct {
		keyless
		_ int `msgpack:"a"`
	}
	withOmittedRequired struct {
		keyless
		A int `msgpack:",omitempty" wire:"required"`
	}
	withEmbeddedPointer struct {
		keyless
		*inner
	}
	withOpaque struct {
		keyless
		L sync.Mutex
	}
	withOneWay struct {
		keyless
		O oneWay
	}
	withCustom struct {
		point
		keyless
	}
	oneWay         struct{ A int }
	notStruct      int
	generic[T any] struct {
		keyless
		Value T
	}
)

func (oneWay) MarshalMsgpack() ([]byte, error) { return nil, nil }

func (notStruct) RedundancyKey() string { return "" }

func TestRegisterRefuses(t *testing.T) {
	tests := []struct {
		name      string
		prototype Message
		want      []string // parts of the error
	}{
		{"nil", nil, []string{"nil"}},
		{"no struct", notStruct(0), []string{"messages.notStruct is not a struct"}},
		{"a Raw", Raw{}, []string{"Raw needs no registration"}},
		{"a generic type without a name", generic[int]{}, []string{"generic[int] needs a wire name"}},
		{"a channel deep inside", withChannel{}, []string{"withChannel", "Deep.Wires", "chan int has no wire form"}},
		{"finite integers", withFiniteInts{}, []string{"A", "finite is for floats", "[]int32"}},
		{"a time", withTime{}, []string{"At", "time.Time has no wire form: send seconds"}},
		{"a map with integer keys", withIntKeys{}, []string{"M", "keys must be strings"}},
		{"a slice of machine-sized integers", withInts{}, []string{"Faces", "depends on the machine", "tuple"}},
		{"an interface", withError{}, []string{"Err", "error has no wire form"}},
		{"a pointer to a pointer", withPointers{}, []string{"P: **int"}},
		{"a field that is named type", withType{}, []string{`wire name "type"`}},
		{"two fields of one name", withTwins{}, []string{`two fields have the wire name "x"`}},
		{"an unknown msgpack option", withUnknownOption{}, []string{"A", `option "as_array"`}},
		{"an unknown wire option", withUnknownWire{}, []string{"A", `option "tupel"`}},
		{"a tuple of a scalar", withTupleScalar{}, []string{"A", "slices and arrays"}},
		{"a binary of strings", withBinStrings{}, []string{"A", "[]string", "numbers"}},
		{"a binary of slices", withRaggedBin{}, []string{"A", "[][]float32", "numbers"}},
		{"a tuple that is a binary", withBoth{}, []string{"A", "both"}},
		{"a tag on a hidden field", withHiddenTag{}, []string{"_: it has a msgpack tag and is not exported"}},
		{"a required field that may be omitted", withOmittedRequired{}, []string{"A", "omitted"}},
		{"an embedded pointer", withEmbeddedPointer{}, []string{"inner", "embedded pointer"}},
		{"a struct without exported fields", withOpaque{}, []string{"L: sync.Mutex", "exported"}},
		{"an encoder without a decoder", withOneWay{}, []string{"O", "no decoder"}},
		{"a message with a codec of its own", withCustom{}, []string{"withCustom has a msgpack codec of its own"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := NewRegistry()
			err := r.Register(pose{}, tt.prototype)
			if err == nil {
				t.Fatal("registered")
			}
			for _, part := range tt.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error %q does not say %q", err, part)
				}
			}
			if names := r.Names(); len(names) != 0 {
				t.Errorf("after the error %v are registered", names)
			}
		})
	}
}

func TestRegisterTwice(t *testing.T) {
	r := NewRegistry().MustRegister(pose{})
	tests := []struct {
		name      string
		wireName  string
		prototype Message
		want      []string
	}{
		{"one name for two types", "pose", cloud{}, []string{`"pose"`, "messages.pose", "messages.cloud"}},
		{"one name for a struct and its pointer", "pose", &pose{}, []string{"messages.pose", "*messages.pose"}},
		{"two names for one type", "pose2", pose{}, []string{"messages.pose", `"pose"`, `"pose2"`}},
		{"no name", "", cloud{}, []string{"messages.cloud", "1 to 255 bytes"}},
		{"a name too long", strings.Repeat("x", 256), cloud{}, []string{"1 to 255 bytes"}},
		{"a name that is not UTF-8", "\xff", cloud{}, []string{"UTF-8"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := r.RegisterAs(tt.wireName, tt.prototype)
			if err == nil {
				t.Fatal("registered")
			}
			for _, part := range tt.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error %q does not say %q", err, part)
				}
			}
		})
	}
	if got := r.Names(); !slices.Equal(got, []string{"pose"}) {
		t.Errorf("Names() = %v", got)
	}
}

func TestRegisterReportsAllMistakes(t *testing.T) {
	err := NewRegistry().Register(withTime{}, withIntKeys{})
	if err == nil || !strings.Contains(err.Error(), "withTime") || !strings.Contains(err.Error(), "withIntKeys") {
		t.Errorf("got %v", err)
	}
}

func TestMustRegisterPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a mistake did not panic")
		}
	}()
	NewRegistry().MustRegister(pose{}, pose{})
}

func TestRegistryLooksUp(t *testing.T) {
	r := NewRegistry().MustRegister(pose{}, &nests{})
	if err := r.RegisterAs("Range", generic[float64]{}); err != nil {
		t.Fatal(err)
	}
	for _, m := range []Message{pose{}, &pose{}} {
		if name, ok := r.Name(m); name != "pose" || !ok {
			t.Errorf("Name(%T) = %q, %v", m, name, ok)
		}
	}
	if name, ok := r.Name(generic[float64]{}); name != "Range" || !ok {
		t.Errorf("Name of the generic type = %q, %v", name, ok)
	}
	if name, ok := r.Name(strict{}); ok {
		t.Errorf("Name of an unknown type = %q", name)
	}
	if name, ok := r.Name(Raw{Name: "x"}); name != "x" || !ok {
		t.Errorf("Name of a Raw = %q, %v", name, ok)
	}
	if typ, ok := r.Type("nests"); typ != reflect.TypeFor[*nests]() || !ok {
		t.Errorf("Type(nests) = %v, %v", typ, ok)
	}
	if typ, ok := r.Type("nope"); ok {
		t.Errorf("Type(nope) = %v", typ)
	}
	if got, want := r.Names(), []string{"Range", "nests", "pose"}; !slices.Equal(got, want) {
		t.Errorf("Names() = %v, want %v", got, want)
	}
}

func TestStructAndPointerEncodeAlike(t *testing.T) {
	r := NewRegistry().MustRegister(pose{})
	p := pose{Name: "x"}
	if byValue, byPointer := mustAppend(t, r, p), mustAppend(t, r, &p); !bytes.Equal(byValue, byPointer) {
		t.Errorf("by value %x, by pointer %x", byValue, byPointer)
	}
}

func TestStructAndPointerUnderTwoNames(t *testing.T) {
	r := NewRegistry().MustRegister(pose{})
	if err := r.RegisterAs("posePointer", &pose{}); err != nil {
		t.Fatal(err)
	}
	for _, m := range []Message{pose{Name: "x"}, &pose{Name: "x"}} {
		got, err := r.Decode(mustAppend(t, r, m))
		if err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("%T came back as %T %v, %v", m, got, got, err)
		}
	}
}

// TestRegistryIsSafeForConcurrentUse is for the race detector.
func TestRegistryIsSafeForConcurrentUse(t *testing.T) {
	r := testRegistry(t)
	data := mustAppend(t, r, pose{Name: "x"})
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for range 200 {
				if m, err := r.Decode(data); err != nil || m.(pose).Name != "x" {
					t.Errorf("decoded %v, %v", m, err)
				}
				if _, err := r.Append(nil, &nests{Any: []any{i, map[string]int{"a": 1}}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	if err := r.RegisterAs("late", generic[int]{}); err != nil {
		t.Error(err)
	}
	r.SetLimits(Limits{MaxDepth: 5})
	wg.Wait()
	if lim := r.Limits(); lim.MaxDepth != 5 || lim.MaxBytes != 50<<20 {
		t.Errorf("limits %+v", lim)
	}
}

func TestAppendNilPointer(t *testing.T) {
	r := testRegistry(t)
	if _, err := r.Append(nil, (*pose)(nil)); err == nil || !strings.Contains(err.Error(), "pose: the pointer is nil") {
		t.Errorf("got %v", err)
	}
	var unknown *UnknownTypeError
	for _, m := range []Message{nil, (*Raw)(nil), generic[int]{}} {
		if _, err := r.Append(nil, m); !errors.As(err, &unknown) {
			t.Errorf("%T: %v", m, err)
		}
	}
}
