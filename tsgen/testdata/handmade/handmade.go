// Package handmade has messages that need every kind of type which viser's generator of
// TypeScript knows, as Go has them.
package handmade

import "github.com/scenewire/scenewire/messages"

// Registry has all of them.
var Registry = messages.NewRegistry().MustRegister(
	PrimsMessage{}, NoDocMessage{}, ContainersMessage{}, LiteralsMessage{}, UnionsMessage{}, StructsMessage{},
	AnnotatedMessage{}, ChildOfHidden{}, GrandChild{}, TagBOnly{}, EmptyMessage{},
)

// one makes a message of what embeds it.
type one struct{}

// RedundancyKey says that all supersede each other.
func (one) RedundancyKey() string { return "one" }

// One-line documentation.
type PrimsMessage struct {
	one
	B     bool      `msgpack:"b"`
	F     float64   `msgpack:"f"`
	I     int       `msgpack:"i"`
	S     string    `msgpack:"s"`
	By    []byte    `msgpack:"by"`
	Arr   []float64 `msgpack:"arr"`
	ArrT  []float32 `msgpack:"arr_t"`
	Any   any       `msgpack:"any_"`
	None  any       `msgpack:"none" ts:"null"`
	Never any       `msgpack:"never" ts:"never"`
}

type NoDocMessage struct {
	one
	X int        `msgpack:"x"`
	Y [2]float64 `msgpack:"y"`
}

// Documentation of several lines.
//
// Second paragraph with  two spaces and trailing line.
//
//	Indented line.
type ContainersMessage struct {
	one
	TFixed  [3]float64                `msgpack:"t_fixed"`
	TVar    []int                     `msgpack:"t_var" wire:"tuple"`
	TEmpty  [0]int                    `msgpack:"t_empty"`
	TNested []any                     `msgpack:"t_nested" ts:"[string[], [number, string]]"`
	TPEP585 []int                     `msgpack:"t_pep585" wire:"tuple"`
	L       []string                  `msgpack:"l"`
	L585    [][2]int                  `msgpack:"l585"`
	D       map[string]float64        `msgpack:"d"`
	D585    map[string]map[string]int `msgpack:"d585"`
	LUnion  []*int                    `msgpack:"l_union"`
	TUnion  []any                     `msgpack:"t_union" ts:"(number | string)[]"`
}

// Letter is one of two.
type Letter string

// The letters.
const (
	A Letter = "a"
	B Letter = "b"
)

// Quoted needs quotes.
type Quoted string

const (
	Apostrophe Quoted = "it's"
	Quotes     Quoted = `say "x"`
	Backslash  Quoted = `back\slash`
	Snowman    Quoted = "snow☃"
	Newline    Quoted = "nl\n"
)

// Nested has its constants in two groups.
type Nested string

const (
	X, Y Nested = "x", "y"
)

const Z Nested = "z"

type LiteralsMessage struct {
	one
	S      Letter `msgpack:"s"`
	Quote  Quoted `msgpack:"quote"`
	I      int    `msgpack:"i" ts:"1 | 2 | -3"`
	B      bool   `msgpack:"b" ts:"true | false"`
	Mixed  any    `msgpack:"mixed" ts:"'a' | 1 | true"`
	None   *OnlyA `msgpack:"none"`
	Nested Nested `msgpack:"nested"`
	By     []byte `msgpack:"by"`
}

// OnlyA is always the same.
type OnlyA string

const TheA OnlyA = "a"

type UnionsMessage struct {
	one
	O       *int    `msgpack:"o"`
	U       any     `msgpack:"u" ts:"number | string | null"`
	UDedupe float64 `msgpack:"u_dedupe"`
	U604    any     `msgpack:"u604" ts:"number | string | null"`
	ULit    any     `msgpack:"u_lit" ts:"'a' | 'b' | number"`
	OLit    *OnlyA  `msgpack:"o_lit"`
	UTuple  any     `msgpack:"u_tuple" ts:"[number, number] | number[]"`
	UArr    *[]byte `msgpack:"u_arr"`
}

// TD has a field that may be missing.
type TD struct {
	X int    `msgpack:"x"`
	Y string `msgpack:"y,omitempty"`
}

// Switch is a field of its own kind.
type Switch string

const (
	On  Switch = "on"
	Off Switch = "off"
)

type TDPartial struct {
	P *[2]int `msgpack:"p,omitempty"`
	Q Switch  `msgpack:"q" wire:"required"`
}

// Inner is inside of others.
type Inner struct {
	A int       `msgpack:"a"`
	B []float64 `msgpack:"b" wire:"tuple"`
	C *string   `msgpack:"c"`
}

type StructsMessage struct {
	one
	TD       TD               `msgpack:"td"`
	TDP      TDPartial        `msgpack:"tdp"`
	Inner    Inner            `msgpack:"inner"`
	InnerOpt *Inner           `msgpack:"inner_opt"`
	Inners   []Inner          `msgpack:"inners"`
	DInner   map[string]Inner `msgpack:"d_inner"`
}

type AnnotatedMessage struct {
	one
	Ov       []int `msgpack:"ov" wire:"tuple" ts:"number[] | 'custom'"`
	OvSecond int   `msgpack:"ov_second" ts:"unknown"`
	Plain    int   `msgpack:"plain"`
}

// hidden is no message itself, but what embeds it is.
type hidden struct {
	one
	Base int `msgpack:"base"`
}

// Inherits a field; tagged.
//
//tsgen:tag TagA TagB
type ChildOfHidden struct {
	hidden
	Own string `msgpack:"own"`
}

// Tags are inherited by embedding.
type GrandChild struct {
	ChildOfHidden
	More bool `msgpack:"more"`
}

// Second tag only.
//
//tsgen:tag TagB
type TagBOnly struct {
	one
	X float64 `msgpack:"x"`
}

// No fields.
type EmptyMessage struct{ one }
