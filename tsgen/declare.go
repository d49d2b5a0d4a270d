package tsgen

import (
	"fmt"
	"go/constant"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// addMessage declares a message, and what its fields are made of.
func (c *converter) addMessage(r registration) {
	wire := r.wire
	switch {
	case wire == "" && r.named.TypeArgs().Len() > 0:
		c.fail(r.at, fmt.Errorf("%s has no wire name: use RegisterAs", shortName(r.named)))
		return
	case wire == "":
		wire = r.named.Obj().Name()
	}
	t, ok := r.named.Underlying().(*types.Struct)
	if !ok {
		c.fail(r.at, fmt.Errorf("%s is not a struct", shortName(r.named)))
		return
	}
	key := keyOf(r.named)
	if known, ok := c.messages[wire]; ok {
		if known.goName != key {
			c.fail(r.at, fmt.Errorf("the wire name %q is that of %s, too", wire, known.goName))
		}
		return
	}
	d := c.declare(r.named)
	d.wire, d.goName = wire, key
	if identifier.MatchString(wire) {
		d.names = append([]string{wire}, d.names...)
	}
	c.messages[wire] = d
	if c.ofType[key] == nil {
		c.ofType[key] = d
	}
	d.tags = c.tagsOf(r.named, t)
	fields := c.fields(t)
	for _, f := range fields {
		if f.name == "type" {
			c.fail(r.named.Obj().Pos(), fmt.Errorf("%s: a field has the wire name \"type\", which is the message's own", shortName(r.named)))
		}
	}
	d.body = fields
}

// declare makes a declaration of a named type, without its body.
func (c *converter) declare(t *types.Named) *declaration {
	obj := t.Obj()
	base := obj.Name() + c.argumentNames(t)
	d := &declaration{base: base, names: []string{base}, goName: keyOf(t), at: c.src.position(obj.Pos()), rank: c.src.rank[obj.Pkg()]}
	if pkg := obj.Pkg(); pkg != nil {
		d.names = append(d.names, capitalised(pkg.Name())+capitalised(base))
		if docs := c.src.commentsOf(pkg); docs != nil {
			d.doc = docs.text[obj.Pos()]
		} else {
			c.missing[pkg.Path()] = true
		}
	}
	return d
}

// argumentNames returns the names of a generic type's arguments, as part of a name.
func (c *converter) argumentNames(t *types.Named) string {
	var out strings.Builder
	for arg := range t.TypeArgs().Types() {
		for word := range strings.FieldsFuncSeq(types.TypeString(arg, noQualifier), notLetter) {
			out.WriteString(capitalised(word))
		}
	}
	return out.String()
}

func noQualifier(*types.Package) string { return "" }

func notLetter(r rune) bool {
	return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}

// shortName returns a type's name as an error has it.
func shortName(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string { return p.Name() })
}

// directivesOf returns the directives of a named type.
func (c *converter) directivesOf(t *types.Named) directives {
	pkg := t.Obj().Pkg()
	if pkg == nil {
		return directives{}
	}
	docs := c.src.commentsOf(pkg)
	if docs == nil {
		c.missing[pkg.Path()] = true
		return directives{}
	}
	d, pos, err := parseDirectives(docs.types[t.Obj().Pos()])
	if err != nil {
		c.failOnce(pos, err)
	}
	return d
}

// tagsOf returns the tags of a struct and of those that are embedded in it, each once.
func (c *converter) tagsOf(named *types.Named, t *types.Struct) []string {
	tags := slices.Clone(c.directivesOf(named).tags)
	for f := range t.Fields() {
		inner, ok := types.Unalias(f.Type()).(*types.Named)
		if !ok || !f.Embedded() {
			continue
		}
		if s, ok := inner.Underlying().(*types.Struct); ok {
			tags = append(tags, c.tagsOf(inner, s)...)
		}
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// define gives a declaration its body.
func (c *converter) define(d *declaration, t *types.Named, directives directives) error {
	if directives.typ != "" {
		d.body = verbatim(directives.typ)
		return nil
	}
	if t, ok := t.Underlying().(*types.Struct); ok {
		if err := checkOpaque(t); err != nil {
			return err
		}
		d.body = object{} // it may contain itself
		d.body = c.fields(t)
		return nil
	}
	if values := c.literals(t); len(values) > 0 {
		d.body = values
		return nil
	}
	var notes notes
	body, err := c.convertUnnamed(t.Underlying(), formDefault, &notes)
	if err != nil {
		return err
	}
	if notes.wide != "" {
		c.warn(t.Obj().Pos(), wideWarning(t.Obj().Name(), notes.wide))
		notes.add(wideNote)
	}
	d.body, d.notes = body, notes.texts
	return nil
}

// literals returns the constants of a string type, in the order of the source.
func (c *converter) literals(t *types.Named) literals {
	b, ok := t.Underlying().(*types.Basic)
	if !ok || b.Info()&types.IsString == 0 {
		return nil
	}
	docs := c.src.commentsOf(t.Obj().Pkg())
	if docs == nil {
		return nil // it will be read in the next round
	}
	var values literals
	for _, k := range docs.constants[keyOf(t)] {
		value := constant.StringVal(k.object.Val())
		if !slices.ContainsFunc(values, func(l literal) bool { return l.value == value }) {
			values = append(values, literal{value, k.doc})
		}
	}
	return values
}

// declarations returns everything that was declared, by package and place in the source.
func (c *converter) declarations() []*declaration {
	all := slices.Concat(slices.Collect(maps.Values(c.messages)), slices.Collect(maps.Values(c.decls)))
	slices.SortFunc(all, func(a, b *declaration) int {
		return compareAll(
			a.rank-b.rank,
			strings.Compare(a.at.Filename, b.at.Filename),
			a.at.Offset-b.at.Offset,
			strings.Compare(a.goName, b.goName),
			strings.Compare(a.wire, b.wire),
		)
	})
	return all
}

// compareAll returns the first result that isn't 0.
func compareAll(results ...int) int {
	for _, r := range results {
		if r != 0 {
			return r
		}
	}
	return 0
}
