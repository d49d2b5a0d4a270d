package arch

import (
	"cmp"
	"fmt"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// exportedNames returns a package's exported package-level names, sorted.
func exportedNames(p *types.Package) []string {
	var names []string
	for _, name := range p.Scope().Names() {
		if p.Scope().Lookup(name).Exported() {
			names = append(names, name)
		}
	}
	return names
}

// describe writes a package's exported API, one line for each name, field and
// method, in an order that depends on names alone. Every line is complete by
// itself, so that a difference reads well.
func describe(p *types.Package) string {
	var b strings.Builder
	qualify := func(other *types.Package) string {
		if other == p {
			return ""
		}
		return other.Path()
	}
	for _, name := range exportedNames(p) {
		for _, line := range describeObject(p.Scope().Lookup(name), qualify) {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func describeObject(obj types.Object, q types.Qualifier) []string {
	switch obj := obj.(type) {
	case *types.Const:
		return []string{fmt.Sprintf("const %s %s = %s", obj.Name(), types.TypeString(obj.Type(), q), obj.Val().ExactString())}
	case *types.TypeName:
		return describeType(obj, q)
	default:
		return []string{types.ObjectString(obj, q)}
	}
}

func describeType(obj *types.TypeName, q types.Qualifier) []string {
	name := obj.Name()
	if alias, ok := obj.Type().(*types.Alias); ok {
		return []string{fmt.Sprintf("type %s = %s", name, types.TypeString(alias.Rhs(), q))}
	}
	named := obj.Type().(*types.Named)
	head := "type " + types.TypeString(named, q)
	if params := named.TypeParams(); params.Len() > 0 {
		head = "type " + name + typeParams(params, q)
	}
	lines := describeUnderlying(head, name, named.Underlying(), q)
	for method := range named.Methods() {
		if method.Exported() {
			lines = append(lines, types.ObjectString(method, q))
		}
	}
	slices.SortStableFunc(lines[1:], cmp.Compare)
	return lines
}

func typeParams(list *types.TypeParamList, q types.Qualifier) string {
	var parts []string
	for param := range list.TypeParams() {
		parts = append(parts, param.Obj().Name()+" "+types.TypeString(param.Constraint(), q))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// describeUnderlying shows a struct's exported fields and an interface's
// methods as lines of their own, other types whole.
func describeUnderlying(head, name string, under types.Type, q types.Qualifier) []string {
	switch u := under.(type) {
	case *types.Struct:
		lines := []string{head + " struct"}
		for field := range u.Fields() {
			if field.Exported() {
				lines = append(lines, fmt.Sprintf("field %s.%s %s", name, field.Name(), types.TypeString(field.Type(), q)))
			}
		}
		return lines
	case *types.Interface:
		if !u.IsMethodSet() {
			return []string{head + " " + types.TypeString(u, q)}
		}
		lines := []string{head + " interface"}
		for method := range u.Methods() {
			signature := strings.TrimPrefix(types.TypeString(method.Type(), q), "func")
			lines = append(lines, fmt.Sprintf("method %s.%s%s", name, method.Name(), signature))
		}
		return lines
	default:
		return []string{head + " " + types.TypeString(under, q)}
	}
}

func TestDescribeShowsWhatUsersSee(t *testing.T) {
	lines := strings.Join(describeObject(types.Universe.Lookup("error"), nil), "\n")
	const want = "type error interface\nmethod error.Error() string"
	if lines != want {
		t.Errorf("got\n%s\nwant\n%s", lines, want)
	}
}
