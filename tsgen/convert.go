package tsgen

import (
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"slices"
)

// form is how lists travel: it follows the tag wire of package messages.
type form uint8

const (
	formDefault form = iota // slices of numbers as binaries, other lists as arrays
	formTuple
	formBin
)

// longTuple is the length from which on a tuple is written as a list.
const longTuple = 33

// converter turns the types of messages into declarations.
type converter struct {
	src       *sources
	messages  map[string]*declaration // by wire name
	ofType    map[string]*declaration // the first message of a Go type
	decls     map[string]*declaration // types that are no messages
	missing   map[string]bool         // packages that have to be read, too
	failures  []Problem
	warnings  []Problem
	warnedFor map[token.Pos]bool
}

func newConverter(src *sources) *converter {
	return &converter{
		src:       src,
		messages:  map[string]*declaration{},
		ofType:    map[string]*declaration{},
		decls:     map[string]*declaration{},
		missing:   map[string]bool{},
		warnedFor: map[token.Pos]bool{},
	}
}

// fail notes why there can be no output.
func (c *converter) fail(pos token.Pos, err error) {
	c.failures = append(c.failures, c.problem(pos, err))
}

func (c *converter) warn(pos token.Pos, text string) {
	if !c.warnedFor[pos] {
		c.warnedFor[pos] = true
		c.warnings = append(c.warnings, c.problem(pos, errors.New(text)))
	}
}

func (c *converter) problem(pos token.Pos, err error) Problem {
	at := c.src.position(pos)
	return Problem{File: at.Filename, Line: at.Line, Column: at.Column, Text: err.Error()}
}

// failOnce is fail for what is come across several times.
func (c *converter) failOnce(pos token.Pos, err error) {
	if p := c.problem(pos, err); !slices.Contains(c.failures, p) {
		c.failures = append(c.failures, p)
	}
}

// convert returns the TypeScript type of a Go type. notes collects what it doesn't say.
func (c *converter) convert(t types.Type, f form, notes *notes) (tsType, error) {
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return c.convertNamed(named, f, notes)
	}
	if err := checkCustom(t); err != nil {
		return nil, err
	}
	return c.convertUnnamed(types.Unalias(t), f, notes)
}

// convertUnnamed is convert for what a type is made of: a flat switch over the kinds.
func (c *converter) convertUnnamed(t types.Type, f form, notes *notes) (tsType, error) {
	if f == formBin {
		if elem, ok := listElem(t); ok {
			return c.convertBinary(t, elem, notes)
		}
	}
	switch t := t.(type) {
	case *types.Basic:
		return c.convertBasic(t, notes)
	case *types.Pointer:
		return c.convertPointer(t, f, notes)
	case *types.Slice:
		if f == formDefault && isNumeric(t.Elem()) {
			return c.convertBinary(t, t.Elem(), notes)
		}
		elem, err := c.convert(t.Elem(), f, notes)
		return list{elem}, err
	case *types.Array:
		return c.convertArray(t, f, notes)
	case *types.Map:
		return c.convertMap(t, f, notes)
	case *types.Struct:
		if err := checkOpaque(t); err != nil {
			return nil, err
		}
		return c.fields(t), nil
	case *types.Interface:
		if t.NumMethods() == 0 && !t.IsComparable() {
			return keyword("any"), nil
		}
		return nil, noForm(t, onlyAny)
	}
	return nil, noForm(t, "")
}

func (c *converter) convertBasic(t *types.Basic, notes *notes) (tsType, error) {
	switch info := t.Info(); {
	case t.Kind() == types.UnsafePointer || t.Kind() == types.Uintptr || t.Kind() == types.Invalid:
	case info&types.IsBoolean != 0:
		return keyword("boolean"), nil
	case info&types.IsString != 0:
		return keyword("string"), nil
	case info&(types.IsInteger|types.IsFloat) != 0:
		if t.Kind() == types.Int64 || t.Kind() == types.Uint64 {
			notes.wide = t.Name()
		}
		return keyword("number"), nil
	}
	return nil, noForm(t, "")
}

func (c *converter) convertPointer(t *types.Pointer, f form, notes *notes) (tsType, error) {
	if _, ok := types.Unalias(t.Elem()).Underlying().(*types.Pointer); ok {
		return nil, noForm(t, "a nil inside a pointer can't be told from a nil")
	}
	elem, err := c.convert(t.Elem(), f, notes)
	return nullable{elem}, err
}

func (c *converter) convertArray(t *types.Array, f form, notes *notes) (tsType, error) {
	elem, err := c.convert(t.Elem(), f, notes)
	if err != nil {
		return nil, err
	}
	if t.Len() >= longTuple {
		notes.add(fmt.Sprintf("Exactly %d elements.", t.Len()))
		return list{elem}, nil
	}
	return tuple(slices.Repeat([]tsType{elem}, int(t.Len()))), nil
}

func (c *converter) convertMap(t *types.Map, f form, notes *notes) (tsType, error) {
	if b, ok := t.Key().Underlying().(*types.Basic); !ok || b.Info()&types.IsString == 0 {
		return nil, noForm(t, "map keys must be strings")
	}
	if custom, _ := customForm(t.Key()); custom {
		return nil, noForm(t, "a map's key can't have a codec of its own")
	}
	elem, err := c.convert(t.Elem(), f, notes)
	if err != nil {
		return nil, err
	}
	key, err := c.convert(t.Key(), formDefault, notes)
	if r, ok := key.(ref); ok {
		if _, ok := r.to.body.(literals); ok {
			return dictionary{key, elem}, nil
		}
	}
	return dictionary{nil, elem}, err
}

// convertBinary returns the type of a list of numbers that travels as a binary.
func (c *converter) convertBinary(t, elem types.Type, notes *notes) (tsType, error) {
	number := elem
	for {
		array, ok := types.Unalias(number).Underlying().(*types.Array)
		if !ok {
			break
		}
		if array.Len() == 0 {
			return nil, noForm(t, "as a binary: its elements are empty")
		}
		number = array.Elem()
	}
	if !isNumeric(number) {
		return nil, noForm(t, "as a binary: it is not made of arrays of numbers")
	}
	kind := number.Underlying().(*types.Basic)
	if kind.Kind() == types.Int || kind.Kind() == types.Uint {
		return nil, noForm(t, fmt.Sprintf("as a binary: the size of %s depends on the machine; "+
			`use a sized type, or wire:"tuple"`, kind))
	}
	e := element(types.Typ[kind.Kind()].Name()) // byte is uint8
	if isFloat16(number) {
		e = "float16"
	}
	notes.add(noteOf(e))
	return binary{e}, nil
}

// convertNamed returns the use of a named type, and declares it where that is new.
func (c *converter) convertNamed(t *types.Named, f form, notes *notes) (tsType, error) {
	key := keyOf(t)
	if t.Obj().Pkg() == nil { // error
		return nil, checkNamed(t)
	}
	directives := c.directivesOf(t)
	if d, ok := c.ofType[key]; ok && directives.typ == "" {
		return ref{to: d, plain: true}, nil
	}
	if directives.typ == "" {
		if err := checkNamed(t); err != nil {
			return nil, err
		}
		if isFloat16(t) {
			return keyword("number"), nil
		}
		if f != formDefault && formMatters(t, f, map[types.Type]bool{}) {
			return c.convertUnnamed(t.Underlying(), f, notes)
		}
	}
	if d, ok := c.decls[key]; ok {
		return ref{to: d}, nil
	}
	d := c.declare(t)
	c.decls[key] = d
	return ref{to: d}, c.define(d, t, directives)
}

// formMatters reports whether a form that isn't the default changes a named type. For
// structs, whose fields have tags of their own, and for what is no list it doesn't; nor
// is an array ever a binary by itself.
func formMatters(t types.Type, f form, begun map[types.Type]bool) bool {
	if begun[t] {
		return false
	}
	begun[t] = true
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return f == formBin || isNumeric(u.Elem()) || formMatters(u.Elem(), f, begun)
	case *types.Array:
		return f == formBin || formMatters(u.Elem(), f, begun)
	case *types.Pointer:
		return formMatters(u.Elem(), f, begun)
	case *types.Map:
		return formMatters(u.Elem(), f, begun)
	}
	return false
}

// notes is what a type in TypeScript doesn't say of the one in Go.
type notes struct {
	texts []string
	wide  string // the integer of 64 bits in it
}

func (n *notes) add(text string) {
	if text != "" && !slices.Contains(n.texts, text) {
		n.texts = append(n.texts, text)
	}
}

const wideNote = "Integers beyond 2^53 lose precision."

func wideWarning(what, kind string) string {
	return fmt.Sprintf("%s: beyond 2^53 a number loses precision in JavaScript, and this is %s", what, kind)
}

// textAt returns the comment of a field.
func (c *converter) textAt(v *types.Var) string {
	docs := c.src.commentsOf(v.Pkg())
	if docs == nil {
		c.missing[v.Pkg().Path()] = true
		return ""
	}
	return docs.text[v.Pos()]
}
