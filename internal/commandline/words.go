package commandline

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// Size writes a number of bytes: "1.5 MB".
func Size(n int64) string {
	const units = "kMGTPE"
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	value, unit := float64(n)/1000, 0
	for value >= 999.5 && unit < len(units)-1 {
		value /= 1000
		unit++
	}
	if value < 9.95 {
		return fmt.Sprintf("%.1f %cB", value, units[unit])
	}
	return fmt.Sprintf("%.0f %cB", value, units[unit])
}

// Number writes an integer with a comma every three digits.
func Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	first := len(digits) % 3
	var out []byte
	for i, c := range []byte(digits) {
		if i > 0 && i%3 == first && digits[i-1] != '-' {
			out = append(out, ',')
		}
		out = append(out, c)
	}
	return string(out)
}

// Plural writes nothing for 0, and otherwise one of two formats.
func Plural[T int | int64](n T, one, more string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(one, n)
	}
	return fmt.Sprintf(more, n)
}

// Count writes how many there are of something: "1 chunk", "2 chunks".
func Count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return Number(int64(n)) + " " + what
}

// Printable replaces what a terminal might take for a command.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '·'
		}
		return r
	}, s)
}

// Writef writes to where nobody could be told that it failed.
func Writef(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }
