package tsgen

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// identifier matches the names that need no quotes as a property. TypeScript takes more
// letters than these; a quoted name is right in any case.
var identifier = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]*$`)

// reserved are the names that a type can't have in TypeScript, and those of the types
// that the generated code uses.
var reserved = setOf(`any as asserts async await bigint boolean break case catch class const
continue debugger declare default delete do else enum export extends false finally for
function get if implements import in infer instanceof interface intrinsic is keyof let
module namespace never new null number object of out override package private protected public
readonly require return satisfies set static string super switch symbol this throw true try
type typeof undefined unique unknown using var void while with yield
ArrayBuffer Uint8Array Int8Array Int16Array Uint16Array Int32Array Uint32Array BigInt64Array
BigUint64Array Float32Array Float64Array DataView Math Omit Message`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// namer gives each declaration a name of its own.
type namer struct{ taken map[string]string }

func newNamer() *namer {
	n := &namer{taken: map[string]string{}}
	for name := range reserved {
		n.taken[name] = "TypeScript"
	}
	return n
}

// take takes a name that nobody has, and reports whether there was none: then owner has
// it from now on.
func (n *namer) take(name, owner string) (holder string, ok bool) {
	if holder, taken := n.taken[name]; taken {
		return holder, false
	}
	n.taken[name] = owner
	return owner, true
}

// choose takes the first name that nobody has, or the first one with underscores behind
// it.
func (n *namer) choose(names []string, owner string) string {
	for _, name := range names {
		if _, ok := n.take(name, owner); ok {
			return name
		}
	}
	name := names[0] + "_"
	for {
		if _, ok := n.take(name, owner); ok {
			return name
		}
		name += "_"
	}
}

// quote returns s as a string in TypeScript.
func quote(s string) string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string can always be encoded
	return strings.TrimSuffix(out.String(), "\n")
}

// property returns a wire name as the name of a property.
func property(name string) string {
	if identifier.MatchString(name) {
		return name
	}
	return quote(name)
}

// capitalised returns s with its first letter in upper case.
func capitalised(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
