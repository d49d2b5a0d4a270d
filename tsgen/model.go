package tsgen

import "go/token"

// tsType is a type in TypeScript.
type tsType interface {
	// source returns the type as it is written behind indent on its first line.
	source(indent string) string
	// fit returns the size of the MessagePack value at the start of b, or an error
	// if that is not of the type.
	fit(b []byte, f *fitting) (n int, err error)
}

// keyword is boolean, number, string or any.
type keyword string

// verbatim is what the author of a struct tag or directive wrote.
type verbatim string

// literals is a union of strings.
type literals []literal

type literal struct {
	value string
	doc   string
}

// binary is a Uint8Array of raw numbers.
type binary struct{ element element }

// tuple is a list of fixed length.
type tuple []tsType

// list is a list of any length, or of a fixed one that is too long to be written out.
type list struct{ elem tsType }

// dictionary is an object of equal things. key is nil for any string, and else a union
// of the keys that there may be.
type dictionary struct{ key, elem tsType }

// nullable is a type or null.
type nullable struct{ elem tsType }

// object is a struct without a name.
type object []field

// ref is the use of a declaration.
type ref struct {
	to *declaration
	// plain is a message's struct inside another one, where it has no type.
	plain bool
}

// field is a property of an object.
type field struct {
	name     string
	typ      tsType
	optional bool
	doc      string
	notes    []string // what the type doesn't say, for the documentation
}

// declaration is a type that has a name: an interface if body is an object.
type declaration struct {
	base   string   // in Go
	names  []string // for TypeScript, in order of preference
	name   string   // the one it got
	doc    string
	body   tsType
	notes  []string
	wire   string // of a message: its wire name
	tags   []string
	at     token.Position
	rank   int // of the package among those read
	goName string
}

// element is the Go type of the raw numbers in a binary.
type element string

// noteOf returns what a binary's documentation says of its content.
func noteOf(e element) string {
	v, ok := views[e]
	if !ok {
		return ""
	}
	return "Raw " + string(e) + ", little-endian: see {@link " + v.function + "}."
}
