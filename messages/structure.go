package messages

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// typeKey is the key of the wire name in every message.
const typeKey = "type"

// typeKeyMarker is the byte before the key in its shortest form.
const typeKeyMarker = 0xa0 | byte(len(typeKey))

// findType checks that data is exactly one map within the limits, and returns
// the wire name in it, which is a slice of data.
//
// The whole structure is checked before anything is allocated, so that what
// decodes values later meets no truncation, depth or count of a peer's making.
func findType(data []byte, lim Limits) (name []byte, err error) {
	if lim.MaxBytes >= 0 && len(data) > lim.MaxBytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, len(data), lim.MaxBytes)
	}
	walker := msgpscan.NewWalker(msgpscan.Limits{MaxDepth: lim.MaxDepth, MaxElements: lim.MaxElements})
	pairs, pos, err := walker.EnterMap(data)
	if errors.Is(err, msgpscan.ErrKind) {
		return nil, fmt.Errorf("%w: %s", ErrNotMap, describe(data))
	}
	if err != nil {
		return nil, structureError(err)
	}
	for range pairs {
		keySize, err := walker.Skip(data[pos:])
		if err != nil {
			return nil, structureError(err)
		}
		key, value := data[pos:pos+keySize], data[pos+keySize:]
		valueSize, err := walker.Skip(value)
		if err != nil {
			return nil, structureError(err)
		}
		if isTypeKey(key) {
			if name != nil {
				return nil, fmt.Errorf("messages: %q: %w", typeKey, ErrDuplicate)
			}
			name = value[:valueSize]
		}
		pos += keySize + valueSize
	}
	if pos != len(data) {
		return nil, fmt.Errorf("%w: %d bytes", ErrTrailing, len(data)-pos)
	}
	return readType(name)
}

// readType returns the text of the value of the key "type", nil if there was
// none.
func readType(value []byte) ([]byte, error) {
	if value == nil {
		return nil, ErrNoType
	}
	name, _, err := msgpscan.ReadString(value)
	if err != nil || !utf8.Valid(name) {
		return nil, fmt.Errorf("%w: its type is %s", ErrNoType, describe(value))
	}
	return name, nil
}

// isTypeKey reports whether an encoded key is the string "type".
func isTypeKey(key []byte) bool {
	if len(key) == 1+len(typeKey) {
		return string(key[1:]) == typeKey && key[0] == typeKeyMarker
	}
	s, _, err := msgpscan.ReadString(key)
	return err == nil && string(s) == typeKey
}
