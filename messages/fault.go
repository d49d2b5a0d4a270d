package messages

import "errors"

// Fault is a kind of thing that can be wrong with a message, for those who count
// and tell apart what peers send.
type Fault uint8

// The kinds of faults that Decode finds, in the order in which it looks for them.
const (
	// FaultMalformed: no MessagePack, or cut off, or with more declared than is there.
	FaultMalformed Fault = iota
	// FaultTooLarge: more bytes or elements than the limits allow.
	FaultTooLarge
	// FaultTooDeep: maps and arrays nested deeper than the limits allow.
	FaultTooDeep
	// FaultNoMessage: a MessagePack value that is no message: no map, or without a type.
	FaultNoMessage
	// FaultTrailing: something behind the message.
	FaultTrailing
	// FaultUnknownType: the type isn't registered.
	FaultUnknownType
	// FaultField: a field's value is of another kind or length than the field, or a
	// required field is missing.
	FaultField
	// FaultNumber: a number that its field can't hold: NaN, an infinity, a fraction or
	// something too large for an integer; an integer that no float64 holds exactly; a
	// float beyond the range of a float32; what isn't finite in a field that is
	// tagged so.
	FaultNumber
	// FaultUTF8: a string that is not UTF-8.
	FaultUTF8
	// FaultDuplicate: the type, a field, or a key of a map comes twice.
	FaultDuplicate

	// Faults is how many kinds there are.
	Faults = int(FaultDuplicate) + 1
)

var faultNames = [Faults]string{
	"malformed", "too_large", "too_deep", "no_message", "trailing_bytes",
	"unknown_type", "wrong_field", "number", "invalid_utf8", "duplicate_key",
}

// String returns the fault's name as metrics and logs use it: "wrong_field".
func (f Fault) String() string {
	if int(f) < Faults {
		return faultNames[f]
	}
	return "unknown_fault"
}

// FaultOf returns the kind of an error of Registry.Decode.
func FaultOf(err error) Fault {
	var fault faultError
	if errors.As(err, &fault) {
		return fault.kind
	}
	for _, known := range faultsByError {
		if errors.Is(err, known.err) {
			return known.fault
		}
	}
	var unknown *UnknownTypeError
	var field *FieldError
	switch {
	case errors.As(err, &unknown):
		return FaultUnknownType
	case errors.As(err, &field):
		return FaultField
	}
	return FaultMalformed
}

var faultsByError = []struct {
	err   error
	fault Fault
}{
	{ErrTooLarge, FaultTooLarge},
	{ErrTooMany, FaultTooLarge},
	{ErrTooDeep, FaultTooDeep},
	{ErrNotMap, FaultNoMessage},
	{ErrNoType, FaultNoMessage},
	{ErrTrailing, FaultTrailing},
	{ErrDuplicate, FaultDuplicate},
}

// faultError is an error whose kind can't be told from its conditions.
type faultError struct {
	kind Fault
	err  error
}

// Error returns the error's own text.
func (e faultError) Error() string { return e.err.Error() }

// Unwrap returns the error.
func (e faultError) Unwrap() error { return e.err }

var errUTF8 = faultError{FaultUTF8, errors.New("the string is not valid UTF-8")}
