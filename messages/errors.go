package messages

import (
	"errors"
	"fmt"
	"strings"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// Conditions of a message as a whole, for errors.Is.
var (
	// ErrTooLarge: the message has more bytes than Limits.MaxBytes, or, when
	// encoding, a value has more than MessagePack can express (2^32-1).
	ErrTooLarge = errors.New("messages: too large")
	// ErrTooDeep: maps and arrays are nested deeper than Limits.MaxDepth. When
	// encoding, a value that contains itself is too.
	ErrTooDeep = errors.New("messages: nested too deeply")
	// ErrTooMany: the message has more elements than Limits.MaxElements.
	ErrTooMany = errors.New("messages: too many elements")
	// ErrMalformed: the bytes are not MessagePack, or end too early.
	ErrMalformed = errors.New("messages: malformed MessagePack")
	// ErrNotMap: the bytes are a MessagePack value, but not a map.
	ErrNotMap = errors.New("messages: not a map")
	// ErrNoType: the map has no "type", or it is not a string of UTF-8.
	ErrNoType = errors.New("messages: no type")
	// ErrDuplicate: a key that means something comes twice: the type, a field, or a
	// key of a map. It comes in a *FieldError, unless it is the type.
	ErrDuplicate = errors.New("the key comes twice")
	// ErrTrailing: something follows the map.
	ErrTrailing = errors.New("messages: bytes after the message")
	// ErrMissing: a required field did not arrive. It comes in a *FieldError.
	ErrMissing = errors.New("required, and missing")
)

// UnknownTypeError reports a message whose type is not registered.
type UnknownTypeError struct {
	// Name is the wire name that arrived, cut to 100 bytes, or the Go type
	// that was to be encoded.
	Name string
}

// Error names the type.
func (e *UnknownTypeError) Error() string {
	return fmt.Sprintf("messages: type %q is not registered", e.Name)
}

// FieldError reports a field whose value can't be decoded or encoded.
type FieldError struct {
	// Message is the message's wire name.
	Message string
	// Field is the path of wire names to the value, such as
	// `points[3]`, `props.color` or `labels["en"]`.
	Field string
	// Err says what was wanted and what was there instead. Where a peer's
	// text appears in it, it is quoted and cut.
	Err error
}

// Error names the message and the field.
func (e *FieldError) Error() string {
	return fmt.Sprintf("messages: %s.%s: %v", e.Message, e.Field, e.Err)
}

// Unwrap returns Err.
func (e *FieldError) Unwrap() error { return e.Err }

// pathError collects the path to a faulty value on the way out of it.
type pathError struct {
	path string
	err  error
}

// Error puts the path in front of what is wrong.
func (e *pathError) Error() string { return e.path + ": " + e.err.Error() }

// at puts a step in front of the path to where err arose.
func at(step string, err error) error {
	var inner *pathError
	if !errors.As(err, &inner) {
		return &pathError{path: step, err: err}
	}
	if !strings.HasPrefix(inner.path, "[") {
		step += "."
	}
	inner.path = step + inner.path
	return inner
}

// atIndex is at for an element of a list.
func atIndex(i int, err error) error { return at(fmt.Sprintf("[%d]", i), err) }

// atKey is at for a value of a map.
func atKey(key string, err error) error { return at(fmt.Sprintf("[%q]", clip(key)), err) }

// fieldError turns an error with a path into the one that callers see.
func fieldError(message string, err error) error {
	var inner *pathError
	if !errors.As(err, &inner) {
		return fmt.Errorf("messages: %s: %w", message, err)
	}
	return &FieldError{Message: message, Field: inner.path, Err: inner.err}
}

// structureError translates the scanner's conditions into this package's.
func structureError(err error) error {
	switch {
	case errors.Is(err, msgpscan.ErrDepth):
		return ErrTooDeep
	case errors.Is(err, msgpscan.ErrElements):
		return ErrTooMany
	}
	return fmt.Errorf("%w: %w", ErrMalformed, err)
}

// mismatch is the error for the value at the start of b where the reader,
// which failed with err, wanted something else.
func mismatch(want string, b []byte, err error) error {
	switch {
	case errors.Is(err, msgpscan.ErrKind):
		return fmt.Errorf("want %s, got %s", want, describe(b))
	case errors.Is(err, msgpscan.ErrRange):
		return faultError{FaultNumber, fmt.Errorf("want %s, which %s does not fit exactly", want, describe(b))}
	}
	return structureError(err)
}

// describe says in a few words what value b begins with.
func describe(b []byte) string {
	switch kind := msgpscan.KindOf(b); kind {
	case msgpscan.Int:
		if v, _, err := msgpscan.ReadUint64(b); err == nil {
			return fmt.Sprintf("integer %d", v)
		}
		v, _, _ := msgpscan.ReadInt64(b)
		return fmt.Sprintf("integer %d", v)
	case msgpscan.Float:
		v, _, _ := msgpscan.ReadFloat64(b)
		return fmt.Sprintf("float %v", v)
	case msgpscan.String:
		s, _, _ := msgpscan.ReadString(b)
		return fmt.Sprintf("string %q", clip(string(s[:min(len(s), 2*maxClip)])))
	case msgpscan.Bin:
		p, _, _ := msgpscan.ReadBin(b)
		return fmt.Sprintf("binary of %d bytes", len(p))
	default:
		return kind.String()
	}
}

// maxClip is how many bytes of a peer's text an error repeats.
const maxClip = 100

// clip cuts text from a peer to what may appear in an error or a log. The copy
// does not keep the rest alive.
func clip(s string) string {
	if len(s) <= maxClip {
		return s
	}
	return strings.ToValidUTF8(strings.Clone(s[:maxClip]), "") + "…"
}
