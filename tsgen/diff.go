package tsgen

import (
	"fmt"
	"strings"
)

// contextLines is how many lines that are alike a diff shows around a difference.
const contextLines = 3

// Diff returns what would turn the current content of a file into what TypeScript returns,
// line by line, in the unified format with one hunk; nothing if they are alike.
func (b *Bindings) Diff(file string, current []byte) string {
	return diff(file, string(current), string(b.source))
}

func diff(file, current, wanted string) string {
	if current == wanted {
		return ""
	}
	a, b := lines(current), lines(wanted)
	before := common(a, b, func(s []string, i int) string { return s[i] })
	a, b = a[before:], b[before:]
	after := common(a, b, func(s []string, i int) string { return s[len(s)-1-i] })
	tail := a[len(a)-after:]
	edits := edit(a[:len(a)-after], b[:len(b)-after])
	head := lines(current)[max(0, before-contextLines):before]
	tail = tail[:min(len(tail), contextLines)]

	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s (generated)\n", file, file)
	start := before - len(head) + 1
	fmt.Fprintf(&out, "@@ -%d,%d +%d,%d @@\n", start, len(head)+len(a)-after+len(tail), start, len(head)+len(b)-after+len(tail))
	for _, part := range [][]string{marked(" ", head), edits, marked(" ", tail)} {
		for _, line := range part {
			out.WriteString(line + "\n")
		}
	}
	return out.String()
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(s, "\n"), "\n")
}

// common returns how many lines two texts have in common, as at counts them.
func common(a, b []string, at func(s []string, i int) string) int {
	n := 0
	for n < min(len(a), len(b)) && at(a, n) == at(b, n) {
		n++
	}
	return n
}

// maxTable bounds the table of edit: beyond it everything is shown as replaced.
const maxTable = 4 << 20

// edit returns the lines that are kept, taken out and put in, by the longest common
// subsequence.
func edit(a, b []string) []string {
	if len(a)*len(b) > maxTable {
		return append(marked("-", a), marked("+", b)...)
	}
	longest := make([][]int, len(a)+1) // of a[i:] and b[j:]
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			if a[i] == b[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			}
		}
	}
	var out []string
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			out = append(out, " "+a[i])
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			out = append(out, "-"+a[i])
			i++
		default:
			out = append(out, "+"+b[j])
			j++
		}
	}
	return append(append(out, marked("-", a[i:])...), marked("+", b[j:])...)
}

func marked(mark string, text []string) []string {
	out := make([]string, len(text))
	for i, line := range text {
		out[i] = mark + line
	}
	return out
}
