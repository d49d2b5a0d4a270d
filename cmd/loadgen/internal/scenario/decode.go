package scenario

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Fault is one thing that is wrong with a scenario.
type Fault struct {
	Line, Column int    // in the YAML, from 1 on; 0: not from there
	Field        string // its path, such as "storms[1].every"; "" is the whole
	Text         string // what is wrong, and what would be right
}

// FaultsError is everything that is wrong with a scenario.
type FaultsError struct {
	Name   string // of the file; "" if there is none
	Faults []Fault
}

// Error returns the faults, each on a line of its own: "load.yaml:3:9: ramp: …".
func (e *FaultsError) Error() string {
	lines := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		var at []string
		if e.Name != "" {
			at = append(at, e.Name)
		}
		if f.Line > 0 {
			at = append(at, strconv.Itoa(f.Line), strconv.Itoa(f.Column))
		}
		if len(at) > 0 {
			lines[i] = strings.Join(at, ":") + ": "
		}
		if f.Field != "" {
			lines[i] += f.Field + ": "
		}
		lines[i] += f.Text
	}
	return strings.Join(lines, "\n")
}

// setter is a field that parses its own text.
type setter interface{ Set(text string) error }

// decoder fills a scenario from YAML nodes, and collects what is wrong on the way.
type decoder struct {
	faults []Fault
	at     map[string]*yaml.Node // where each field was said
}

// Parse reads a scenario from YAML. name is the file's, for errors. Nothing is taken that
// isn't known: keys, units, impossible combinations. The error is a [*FaultsError] with
// all faults, in the order of lines.
func Parse(name string, text []byte) (*Scenario, error) {
	s, d := decode(text)
	for _, f := range s.faults() {
		if !slices.ContainsFunc(d.faults, func(g Fault) bool { return within(f.Field, g.Field) || within(g.Field, f.Field) }) {
			d.add(d.node(f.Field), f.Field, "%s", f.Text)
		}
	}
	return s, d.result(name)
}

// within reports whether a field is another one, or a part of it.
func within(field, other string) bool {
	rest, ok := strings.CutPrefix(field, other)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// decode reads a scenario, without asking whether it can be run.
func decode(text []byte) (*Scenario, *decoder) {
	s, d := newScenario(), &decoder{at: map[string]*yaml.Node{}}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		d.faults = []Fault{syntaxFault(err)}
	} else if len(doc.Content) > 0 {
		d.value(reflect.ValueOf(s).Elem(), doc.Content[0], "")
	}
	return s, d
}

// result returns the faults in the order of lines.
func (d *decoder) result(name string) error {
	if len(d.faults) == 0 {
		return nil
	}
	slices.SortStableFunc(d.faults, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	return &FaultsError{Name: name, Faults: d.faults}
}

// syntaxFault makes a fault of an error of package yaml: "yaml: line 3: …".
func syntaxFault(err error) Fault {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	f := Fault{Text: "not YAML: " + text}
	if rest, ok := strings.CutPrefix(text, "line "); ok {
		line, what, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(line); err == nil {
			f = Fault{Line: n, Column: 1, Text: "not YAML: " + what}
		}
	}
	return f
}

// node returns where a field was said, or what is around it.
func (d *decoder) node(field string) *yaml.Node {
	for ; field != ""; field = field[:max(strings.LastIndexAny(field, ".["), 0)] {
		if n := d.at[field]; n != nil {
			return n
		}
	}
	return nil
}

func (d *decoder) add(n *yaml.Node, field, format string, args ...any) {
	f := Fault{Field: field, Text: fmt.Sprintf(format, args...)}
	if n != nil {
		f.Line, f.Column = n.Line, n.Column
	}
	d.faults = append(d.faults, f)
}

func (d *decoder) value(v reflect.Value, n *yaml.Node, path string) {
	d.at[path] = n
	s, own := v.Addr().Interface().(setter)
	switch {
	case n.Kind == yaml.AliasNode:
		d.add(n, path, "aliases aren't taken: write it out")
	case own:
		d.scalar(n, path, s.Set)
	case v.Kind() == reflect.Struct:
		d.mapping(v, n, path)
	case v.Kind() == reflect.Slice:
		d.list(v, n, path)
	default:
		d.scalar(n, path, func(text string) error { return setBasic(v, text) })
	}
}

func (d *decoder) scalar(n *yaml.Node, path string, set func(string) error) {
	if n.Kind != yaml.ScalarNode {
		d.add(n, path, "a single value is wanted here")
		return
	}
	if err := set(n.Value); err != nil {
		d.add(n, path, "%v", err)
	}
}

// setBasic sets a field of one of Go's own kinds.
func setBasic(v reflect.Value, text string) error {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		if text != "true" && text != "false" {
			return fmt.Errorf("%q is neither true nor false", text)
		}
		v.SetBool(text == "true")
	case reflect.Int:
		i, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("%q is no whole number", text)
		}
		v.SetInt(int64(i))
	case reflect.Uint64:
		i, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			return fmt.Errorf("%q is no whole number from 0 on", text)
		}
		v.SetUint(i)
	case reflect.Float64:
		f, err := parseNumber(text)
		if err != nil {
			return fmt.Errorf("%q is no number", text)
		}
		v.SetFloat(f)
	default:
		panic("scenario: a field of kind " + v.Kind().String())
	}
	return nil
}

func (d *decoder) list(v reflect.Value, n *yaml.Node, path string) {
	if n.Kind != yaml.SequenceNode {
		d.add(n, path, "a list is wanted here: lines that begin with a dash")
		return
	}
	list := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, item := range n.Content {
		d.value(list.Index(i), item, fmt.Sprintf("%s[%d]", path, i))
	}
	v.Set(list)
}

func (d *decoder) mapping(v reflect.Value, n *yaml.Node, path string) {
	if n.Kind != yaml.MappingNode {
		d.add(n, path, "a map is wanted here: lines such as %q", keysOf(v.Type())[0]+": …")
		return
	}
	seen := map[string]int{}
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		field, ok := fieldOf(v, key.Value)
		inner := strings.TrimPrefix(path+"."+key.Value, ".")
		switch {
		case !ok:
			d.add(key, inner, "there is no such key%s", suggest(key.Value, keysOf(v.Type())))
		case seen[key.Value] > 0:
			d.add(key, inner, "was said in line %d already", seen[key.Value])
		default:
			d.value(field, n.Content[i+1], inner)
		}
		seen[key.Value] = key.Line
	}
}

func fieldOf(v reflect.Value, key string) (reflect.Value, bool) {
	if i := slices.Index(keysOf(v.Type()), key); i >= 0 {
		return v.Field(i), true
	}
	return reflect.Value{}, false
}

// keysOf returns the names of a struct's fields, in order.
func keysOf(t reflect.Type) []string {
	keys := make([]string, t.NumField())
	for i := range keys {
		keys[i] = t.Field(i).Tag.Get("yaml")
	}
	return keys
}

// suggest names the key that was probably meant, or all.
func suggest(got string, keys []string) string {
	best, least := "", 3
	for _, key := range keys {
		if n := distance(got, key); n < least {
			best, least = key, n
		}
	}
	if best != "" {
		return fmt.Sprintf(": did you mean %q?", best)
	}
	return "; there are " + strings.Join(keys, ", ")
}

// distance is Levenshtein's: how many letters to change, put in or take out.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
