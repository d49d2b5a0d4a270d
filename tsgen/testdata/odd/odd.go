// Package odd has messages with everything that is easily got wrong.
package odd

import (
	"time"

	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/tsgen/testdata/odd/shapes"
	"github.com/vmihailenco/msgpack/v5"
)

// Registry is made step by step.
var Registry = func() *messages.Registry {
	r := messages.NewRegistry()
	if err := r.Register(&Comments{}, Names{}, (*Numbers)(nil)); err != nil {
		panic(err)
	}
	for _, err := range []error{
		r.RegisterAs("weird/name \"1\"", Weird{}),
		r.RegisterAs("RangeMessage", Range[float32]{}),
		r.RegisterAs("Numbers64", Range[shapes.Box]{}),
		r.RegisterAs("Message", Reserved{}),
	} {
		if err != nil {
			panic(err)
		}
	}
	return r.MustRegister(class{}, Forms{}, Tree{}, Embeds{}, Optional{}, Own{})
}()

type key struct{}

func (key) RedundancyKey() string { return "" }

// Comments ends a comment: */ and goes on; [Names] is a link, [Nobody] is none.
//
// A list:
//   - one
//   - two
//
//go:generate true
type Comments struct {
	key

	// Above it.
	Both int // and behind it
	// Two names share it.
	P, Q  bool
	Plain string

	// Inline is a struct without a name.
	Inline struct {
		X int `msgpack:"x"` // inside
		// Deep goes on.
		Deep []struct {
			Y *bool `msgpack:"y"`
		} `msgpack:"deep"`
		None struct{} `msgpack:"none"`
	}
}

// Names are odd on the wire.
type Names struct {
	key
	Dash    int `msgpack:"a-b"`
	Quote   int `msgpack:"say 'hi'"`
	Digit   int `msgpack:"1st"`
	Keyword int `msgpack:"class"`
	Ünï     int
	Home    int `msgpack:"-"`
	hidden  int
}

// Hide uses it.
func (n Names) Hide() int { return n.hidden }

// Numbers has every number, and every list of numbers.
type Numbers struct {
	key
	I8    []int8
	U8    []uint8
	I16   []int16
	U16   []uint16
	I32   []rune
	U32   []uint32
	I64   []int64
	U64   []uint64
	F32   []float32
	F64   []float64
	F16   []messages.Float16
	Half  messages.Float16
	Wide  int64
	Sizes map[string][]float32
	Level shapes.Level
	For   time.Duration
	Long  [100]float32
	Bool  []bool
}

// Weird has a wire name that is no name in TypeScript.
type Weird struct {
	key
	Box    Box
	Theirs shapes.Box
	Mode   shapes.Mode
	Counts map[shapes.Mode]int
}

// Box has the name of a type in shapes.
type Box struct{ Colors Palette }

// Palette is a list with a name.
type Palette []Color

// Color is red, green, blue.
type Color [3]uint8

// Range is generic.
type Range[T any] struct {
	key
	Min, Max T
	Near     *Pair[string, []T]
}

// Pair is generic with two arguments.
type Pair[K ~string, V any] struct {
	Key   K
	Value V
}

// Reserved has the wire name of the union of all messages.
type Reserved struct {
	key
	String string2
	Typ    Uint8Array
}

type string2 = Promise

// Promise and Uint8Array have the names of types that every page knows.
type (
	Promise    struct{ Done bool }
	Uint8Array struct{ Length int }
)

// class is a reserved word.
type class struct{ key }

// Forms are lists in other forms than their own.
type Forms struct {
	key
	Vectors  [][3]float32
	Raw      [][3]float32 `wire:"bin"`
	Matrix   [4][4]float64
	RawFixed [16]float64        `wire:"bin"`
	Tuple    Samples            `wire:"tuple"`
	Samples  Samples            // raw
	Maybe    *Samples           `wire:"tuple,finite"`
	ByName   map[string]Samples `wire:"tuple"`
	Strings  []string           `wire:"tuple"`
	Counts   []int              `wire:"tuple"`
}

// Samples are raw numbers.
type Samples []float32

// Tree contains itself.
//
//tsgen:tag Recursive
type Tree struct {
	key
	Children []Tree
	Lists    Lists `wire:"tuple"`
	Parent   *Node
	Others   []Comments `msgpack:"others,omitempty"` // messages inside a message
}

// Node contains itself.
type Node struct {
	Next *Node `msgpack:"next,omitempty"`
}

// Lists are lists of lists.
type Lists []Lists

// Base is embedded.
//
//tsgen:tag Recursive Flat
type Base struct {
	// Name is what the outer one hides.
	Name string
	ID   int // from the base
}

// Embeds has fields of others.
type Embeds struct {
	key
	Base
	Name   bool // hides the other
	Named  `msgpack:"named"`
	*Extra `msgpack:",noinline"`
	Mode2
}

// Named is embedded with a name.
type Named struct{ A int }

// Extra is embedded as a pointer, with a name.
type Extra struct{ B int }

// Mode2 is embedded, but no struct.
type Mode2 string

// Optional has fields that may be missing.
type Optional struct {
	key
	Count  int            `msgpack:"count,omitempty"`
	Ptr    *int           `msgpack:"ptr,omitempty"`
	Struct *Node          `msgpack:"struct"`
	Map    map[string]any `msgpack:"map,omitempty"`
	Inline *struct {
		X int
	}
	Slices []*[]*int `wire:"tuple"`
}

// Own has fields that encode themselves.
type Own struct {
	key
	When  Time
	Maybe *Time
	Field Secret `ts:"{ year: number; zone?: string }"`
	Raw   any    `ts:"Record<'a;b' | \"c\", (x: number) => void>"`
}

// Time encodes itself.
//
//tsgen:type string | number
type Time struct{ at time.Time }

// EncodeMsgpack writes it.
func (t Time) EncodeMsgpack(enc *msgpack.Encoder) error { return enc.EncodeString(t.at.String()) }

// DecodeMsgpack reads it.
func (t *Time) DecodeMsgpack(dec *msgpack.Decoder) error { return dec.Skip() }

// Secret encodes itself, too.
type Secret struct{ Time }
