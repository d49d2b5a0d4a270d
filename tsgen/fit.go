package tsgen

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// fitting is one comparison of encoded messages with their TypeScript types. It notes
// which fields have been met.
type fitting struct{ seen map[*field]bool }

// size returns the bytes of the value at the start of b.
func size(b []byte) (int, error) {
	return msgpscan.Size(b, msgpscan.Limits{MaxDepth: -1, MaxElements: -1})
}

// expect returns the size of the value at the start of b, which must be of one of the
// kinds.
func expect(b []byte, kinds ...msgpscan.Kind) (int, error) {
	if kind := msgpscan.KindOf(b); !slices.Contains(kinds, kind) {
		return 0, fmt.Errorf("%v is on the wire", kind)
	}
	return size(b)
}

func (t keyword) fit(b []byte, _ *fitting) (int, error) {
	switch t {
	case "boolean":
		return expect(b, msgpscan.Bool)
	case "number":
		return expect(b, msgpscan.Int, msgpscan.Float)
	case "string":
		return expect(b, msgpscan.String)
	}
	return size(b)
}

func (t verbatim) fit(b []byte, _ *fitting) (int, error) { return size(b) }

// fit takes any string: in Go, nothing keeps other values out.
func (t literals) fit(b []byte, _ *fitting) (int, error) { return expect(b, msgpscan.String) }

func (t binary) fit(b []byte, _ *fitting) (int, error) { return expect(b, msgpscan.Bin) }

func (t tuple) fit(b []byte, f *fitting) (int, error) {
	count, pos, err := msgpscan.ReadArray(b)
	if err == nil && count != len(t) {
		err = fmt.Errorf("%d elements are on the wire", count)
	}
	if err != nil {
		return 0, err
	}
	for _, elem := range t {
		n, err := elem.fit(b[pos:], f)
		if err != nil {
			return 0, err
		}
		pos += n
	}
	return pos, nil
}

func (t list) fit(b []byte, f *fitting) (int, error) {
	count, pos, err := msgpscan.ReadArray(b)
	for i := 0; i < count && err == nil; i++ {
		var n int
		n, err = t.elem.fit(b[pos:], f)
		pos += n
	}
	return pos, err
}

func (t dictionary) fit(b []byte, f *fitting) (int, error) {
	return eachPair(b, func(_ string, value []byte) (int, error) { return t.elem.fit(value, f) })
}

func (t nullable) fit(b []byte, f *fitting) (int, error) {
	if msgpscan.IsNil(b) {
		return 1, nil
	}
	return t.elem.fit(b, f)
}

func (t ref) fit(b []byte, f *fitting) (int, error) { return t.to.body.fit(b, f) }

func (t object) fit(b []byte, f *fitting) (int, error) {
	present := map[string]bool{}
	n, err := eachPair(b, func(name string, value []byte) (int, error) {
		i := slices.IndexFunc(t, func(f field) bool { return f.name == name })
		if i < 0 {
			return 0, fmt.Errorf("the field %q is on the wire only", name)
		}
		present[name] = true
		f.seen[&t[i]] = true
		n, err := t[i].typ.fit(value, f)
		if err != nil {
			return 0, fmt.Errorf("%s: %s: %w", name, t[i].typ.source(""), err)
		}
		return n, nil
	})
	for _, f := range t {
		if err == nil && !f.optional && !present[f.name] {
			err = fmt.Errorf("the field %q is not on the wire", f.name)
		}
	}
	return n, err
}

// eachPair calls value for every pair of the map at the start of b; value returns the
// size of what it is given. It returns the size of the map.
func eachPair(b []byte, value func(key string, value []byte) (int, error)) (int, error) {
	pairs, pos, err := msgpscan.ReadMap(b)
	if err != nil {
		return 0, err
	}
	for range pairs {
		key, n, err := msgpscan.ReadString(b[pos:])
		if err != nil {
			return 0, err
		}
		pos += n
		if n, err = value(string(key), b[pos:]); err != nil {
			return 0, err
		}
		pos += n
	}
	return pos, nil
}

// fitMessage compares an encoded message with its declaration.
func (d *declaration) fitMessage(b []byte, f *fitting) error {
	typ := field{name: "type", typ: literals{{value: d.wire}}}
	fields := d.body.(object)
	message := append(slices.Clone(fields), typ)
	inner := &fitting{seen: map[*field]bool{}}
	_, err := message.fit(b, inner)
	for i := range fields {
		if inner.seen[&message[i]] {
			f.seen[&fields[i]] = true
		}
	}
	maps.Copy(f.seen, inner.seen)
	return err
}

// unseen returns the fields below t that were never met, each with the path to it.
func (f *fitting) unseen(t tsType, path string, begun map[*declaration]bool) []error {
	switch t := t.(type) {
	case tuple:
		if len(t) > 0 {
			return f.unseen(t[0], path, begun)
		}
	case list:
		return f.unseen(t.elem, path, begun)
	case dictionary:
		return f.unseen(t.elem, path, begun)
	case nullable:
		return f.unseen(t.elem, path, begun)
	case ref:
		if !begun[t.to] {
			begun[t.to] = true
			return f.unseen(t.to.body, path, begun)
		}
	case object:
		var errs []error
		for i := range t {
			inner := path + "." + t[i].name
			if !f.seen[&t[i]] {
				errs = append(errs, errors.New(inner+" is in TypeScript only"))
				continue
			}
			errs = append(errs, f.unseen(t[i].typ, inner, begun)...)
		}
		return errs
	}
	return nil
}
