package tsgen

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// directives are what the comment of a type asks for.
type directives struct {
	tags []string
	typ  string // in TypeScript, "" if Go's type tells it
}

const directivePrefix = "//tsgen:"

// parseDirectives reads the directives in a comment. An error belongs to the position.
func parseDirectives(doc *ast.CommentGroup) (directives, token.Pos, error) {
	var d directives
	if doc == nil {
		return d, token.NoPos, nil
	}
	for _, c := range doc.List {
		text, ok := strings.CutPrefix(c.Text, directivePrefix)
		if !ok {
			continue
		}
		verb, rest, _ := strings.Cut(text, " ")
		if err := d.add(verb, strings.TrimSpace(rest)); err != nil {
			return d, c.Pos(), err
		}
	}
	return d, token.NoPos, nil
}

func (d *directives) add(verb, rest string) error {
	switch {
	case verb == "tag" && rest != "":
		for name := range strings.FieldsSeq(rest) {
			if !identifier.MatchString(name) {
				return fmt.Errorf("%q can't be the name of a union", name)
			}
			d.tags = append(d.tags, name)
		}
		return nil
	case verb == "type" && rest != "" && d.typ == "":
		d.typ = rest
		return checkVerbatim(rest)
	case verb == "tag", verb == "type":
		return fmt.Errorf("//tsgen:%s needs what it is about, once", verb)
	}
	return fmt.Errorf("there is no directive //tsgen:%s", verb)
}

// checkVerbatim refuses what would end the type, or the line that it is on.
func checkVerbatim(source string) error {
	switch {
	case strings.TrimSpace(source) == "":
		return fmt.Errorf("the type is empty")
	case strings.ContainsAny(source, "\n\r"):
		return fmt.Errorf("the type has more than one line")
	case strings.Contains(source, "//") || strings.Contains(source, "/*"):
		return fmt.Errorf("the type has a comment")
	}
	return balanced(source)
}

// balanced refuses brackets that don't match, and a semicolon outside of all. Strings
// are skipped.
func balanced(source string) error {
	const open, closing = "([{<", ")]}>"
	var stack []byte
	for i := 0; i < len(source); i++ {
		c := source[i]
		switch {
		case c == '"' || c == '\'' || c == '`':
			end := endOfString(source, i)
			if end < 0 {
				return fmt.Errorf("the type has a string without an end: %s", source)
			}
			i = end
		case c == '>' && i > 0 && source[i-1] == '=': // an arrow
		case strings.IndexByte(open, c) >= 0:
			stack = append(stack, closing[strings.IndexByte(open, c)])
		case strings.IndexByte(closing, c) >= 0:
			if len(stack) == 0 || stack[len(stack)-1] != c {
				return fmt.Errorf("the brackets of the type don't match: %s", source)
			}
			stack = stack[:len(stack)-1]
		case c == ';' && len(stack) == 0:
			return fmt.Errorf("the type has a semicolon: %s", source)
		}
	}
	if len(stack) > 0 {
		return fmt.Errorf("the brackets of the type don't match: %s", source)
	}
	return nil
}

// endOfString returns where the string that begins at start ends, or -1.
func endOfString(source string, start int) int {
	for i := start + 1; i < len(source); i++ {
		switch source[i] {
		case '\\':
			i++
		case source[start]:
			return i
		}
	}
	return -1
}
