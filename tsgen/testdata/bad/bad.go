// Package bad has messages that have no TypeScript type. Each line with an error says so.
package bad

import (
	"time"
	"unsafe"

	"github.com/scenewire/scenewire/messages"
	"github.com/vmihailenco/msgpack/v5"
)

type key struct{}

func (key) RedundancyKey() string { return "" }

// Register registers what it can.
func Register(r *messages.Registry, more []messages.Message, name string, other messages.Message) {
	r.MustRegister(Types{}, Tags{}, Embedded{}, Twice{}, Type{}, Directives{}, Unions{})
	r.MustRegister(more...)           // want "which types a list holds can't be told"
	r.MustRegister(other)             // want "which message type this is can't be told"
	_ = r.RegisterAs(name, Types{})   // want "the wire name is not a constant"
	_ = r.Register(Generic[int]{})    // want "bad.Generic[int] has no wire name: use RegisterAs"
	_ = r.RegisterAs("Tags", Types{}) // want "the wire name \"Tags\" is that of"
	_ = r.Register(Number(1))         // want "bad.Number is not a struct"
}

// Number is a message, but no struct.
type Number int

// RedundancyKey is of a message.
func (Number) RedundancyKey() string { return "" }

// Generic needs a wire name.
type Generic[T any] struct {
	key
	V T
}

type Types struct {
	key
	Chan     chan int              // want "field Chan: chan int has no wire form"
	Func     func()                // want "field Func: func() has no wire form"
	Complex  complex128            // want "complex128 has no wire form"
	Pointer  uintptr               // want "uintptr has no wire form"
	Unsafe   unsafe.Pointer        // want "unsafe.Pointer has no wire form"
	Time     time.Time             // want "time.Time has no wire form: send seconds"
	Keys     map[int]string        // want "map[int]string has no wire form: map keys must be strings"
	Pointers **int                 // want "a nil inside a pointer"
	Err      error                 // want "of the interfaces only any can be decoded"
	Message  messages.Message      // want "of the interfaces only any can be decoded"
	Ints     []int                 // want "the size of int depends on the machine"
	Lists    []map[string]chan int // want "chan int has no wire form"
	Opaque   opaque                // want "no field of it is exported"
	Half     half                  // want "it has a msgpack encoder of its own, but no decoder"
	Own      own                   // want "bad.own has a msgpack codec of its own"
	Inside   struct {
		Chan chan int // want "field Chan: chan int has no wire form"
	}
	Named  Named
	Sorted map[own]int // want "a map's key can't have a codec of its own"
}

// Named has an error in another place than where it is used.
type Named struct {
	Bad chan string // want "field Bad: chan string has no wire form"
}

type opaque struct{ x int }

type half string

func (half) EncodeMsgpack(*msgpack.Encoder) error { return nil }

type own string

func (own) EncodeMsgpack(*msgpack.Encoder) error  { return nil }
func (*own) DecodeMsgpack(*msgpack.Decoder) error { return nil }

type Tags struct {
	key
	Unknown   int       `msgpack:"u,as_array"`                 // want "unknown option \"as_array\""
	Wire      int       `wire:"tupel"`                         // want "unknown option \"tupel\""
	Both      []int8    `wire:"tuple,bin"`                     // want "both a tuple and a binary"
	Scalar    int       `wire:"tuple"`                         // want "tuple and bin are for slices and arrays, not for int"
	Finite    string    `wire:"finite"`                        // want "finite is for floats"
	Bin       []string  `wire:"bin"`                           // want "it is not made of arrays of numbers"
	Machine   [3]int    `wire:"bin"`                           // want "the size of int depends on the machine"
	Empty     [][0]int8 `wire:"bin"`                           // want "its elements are empty"
	Required  int       `msgpack:",omitempty" wire:"required"` // want "a required field can't be omitted"
	hidden    int       `msgpack:"hidden"`                     // want "it has a msgpack tag and is not exported"
	Override  int       `ts:""`                                // want "the type is empty"
	Bracket   int       `ts:"Record<string, number"`           // want "the brackets of the type don't match"
	Semicolon int       `ts:"number; evil: string"`            // want "the type has a semicolon"
	Comment   int       `ts:"number // all"`                   // want "the type has a comment"
	String    int       `ts:"'number"`                         // want "a string without an end"
	Cycle     cycle     `wire:"bin"`                           // want "it is not made of arrays of numbers"
	Endless   endless   `wire:"bin"`                           // want "tuple and bin are for slices and arrays"
}

type (
	cycle   []cycle
	endless map[string]endless
)

type Embedded struct {
	key
	*inner // want "an embedded pointer can't be flattened"
}

type inner struct{ A int }

type Twice struct {
	key
	A int `msgpack:"x"` // want "two fields have the wire name \"x\""
	B int `msgpack:"x"` // want "two fields have the wire name \"x\""
}

type Type struct { // want "a field has the wire name \"type\""
	key
	T string `msgpack:"type"`
}

// Directives are mistaken.
//
//tsgen:tags A // want "there is no directive //tsgen:tags"
type Directives struct {
	key
	A alpha
	B beta
}

//tsgen:tag // want "can't be the name of a union"
type alpha struct{}

//tsgen:type number[ // want "the type has a comment"
type beta int

//tsgen:tag Types
type Unions struct{ key } // want "the tag Types has the name of"
