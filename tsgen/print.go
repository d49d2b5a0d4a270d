package tsgen

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

const indentStep = "  "

func (t keyword) source(string) string  { return string(t) }
func (t verbatim) source(string) string { return string(t) }
func (t binary) source(string) string   { return "Uint8Array<ArrayBuffer>" }

func (t literals) source(indent string) string {
	documented := slices.ContainsFunc(t, func(l literal) bool { return l.doc != "" })
	if len(t) == 0 {
		return "never"
	}
	var out strings.Builder
	for i, l := range t {
		switch {
		case documented:
			inner := indent + indentStep
			out.WriteString("\n" + comment(l.doc, inner) + inner + "| ")
		case i > 0:
			out.WriteString(" | ")
		}
		out.WriteString(quote(l.value))
	}
	return out.String()
}

func (t tuple) source(indent string) string {
	var elems []string
	for _, elem := range t {
		elems = append(elems, elem.source(indent))
	}
	return "[" + strings.Join(elems, ", ") + "]"
}

func (t list) source(indent string) string {
	elem := t.elem.source(indent)
	if isUnion(t.elem) {
		return "(" + elem + ")[]"
	}
	return elem + "[]"
}

func (t dictionary) source(indent string) string {
	if t.key == nil {
		return "{ [key: string]: " + t.elem.source(indent) + " }"
	}
	return "{ [key in " + t.key.source(indent) + "]?: " + t.elem.source(indent) + " }"
}

func (t nullable) source(indent string) string { return t.elem.source(indent) + " | null" }

func (t object) source(indent string) string {
	if len(t) == 0 {
		return "{ [key: string]: never }"
	}
	inner := indent + indentStep
	return "{\n" + t.properties(inner) + indent + "}"
}

// properties returns a line for each field, with its documentation.
func (t object) properties(indent string) string {
	var out strings.Builder
	for _, f := range t {
		mark := ""
		if f.optional {
			mark = "?"
		}
		out.WriteString(comment(withNotes(f.doc, f.notes), indent))
		fmt.Fprintf(&out, "%s%s%s: %s;\n", indent, property(f.name), mark, f.typ.source(indent))
	}
	return out.String()
}

func (t ref) source(string) string {
	if t.plain {
		return "Omit<" + t.to.name + `, "type">`
	}
	return t.to.name
}

// isUnion reports whether a type must be put in brackets to be an element.
func isUnion(t tsType) bool {
	switch t := t.(type) {
	case nullable:
		return true
	case literals:
		return len(t) != 1
	case verbatim:
		return !identifier.MatchString(string(t))
	}
	return false
}

// source returns the declaration with its documentation.
func (d *declaration) source() string {
	head := comment(withNotes(d.doc, d.notes), "")
	body, ok := d.body.(object)
	if !ok {
		text := d.body.source("")
		if !strings.HasPrefix(text, "\n") {
			text = " " + text
		}
		return head + "export type " + d.name + " =" + text + ";\n"
	}
	head += "export interface " + d.name + " {\n"
	if d.wire != "" {
		head += indentStep + "type: " + quote(d.wire) + ";\n"
	}
	return head + body.properties(indentStep) + "}\n"
}

// withNotes returns a documentation with the notes in a paragraph of their own.
func withNotes(doc string, notes []string) string {
	if len(notes) == 0 {
		return doc
	}
	added := strings.Join(notes, "\n")
	if doc == "" {
		return added
	}
	return doc + "\n\n" + added
}

// comment returns a documentation comment, nothing if there is none to write.
func comment(doc, indent string) string {
	doc = strings.NewReplacer("*/", `*\/`, "\t", "    ").Replace(doc)
	lines := strings.Split(strings.TrimSpace(doc), "\n")
	if len(lines) == 1 {
		if lines[0] == "" {
			return ""
		}
		return indent + "/** " + lines[0] + " */\n"
	}
	var out strings.Builder
	out.WriteString(indent + "/**\n")
	for _, line := range lines {
		out.WriteString(strings.TrimRight(indent+" * "+line, " \t\r") + "\n")
	}
	out.WriteString(indent + " */\n")
	return out.String()
}

// union returns the union of declarations.
func union(doc, name string, members []*declaration) string {
	var out strings.Builder
	out.WriteString("\n" + comment(doc, "") + "export type " + name + " =")
	if len(members) == 0 {
		out.WriteString(" never")
	}
	for _, d := range members {
		out.WriteString("\n" + indentStep + "| " + d.name)
	}
	out.WriteString(";\n")
	return out.String()
}

// guard returns the function that tells the members of a union from other messages. It
// is a switch, so that the compiler checks the names and a bundler can leave it out.
func guard(name string, members []*declaration) string {
	var out strings.Builder
	fmt.Fprintf(&out, "\n/** Tells whether a message is one of {@link %[1]s}. */\n"+
		"export function is%[1]s(message: Message): message is %[1]s {\n  switch (message.type) {\n", name)
	for _, d := range members {
		out.WriteString("    case " + quote(d.wire) + ":\n")
	}
	out.WriteString("      return true;\n    default:\n      return false;\n  }\n}\n")
	return out.String()
}

// goLink matches a link in a Go comment to a type of the same package.
var goLink = regexp.MustCompile(`\[(\*?)([A-Z]\w*)\]`)

// linked returns a documentation with the links to declarations as TypeScript has them.
func linked(doc string, names map[string]string) string {
	return goLink.ReplaceAllStringFunc(doc, func(link string) string {
		if name, ok := names[strings.Trim(link, "[*]")]; ok {
			return "{@link " + name + "}"
		}
		return link
	})
}
