// Package plain registers nothing: what is exported and a message is taken.
package plain

// SetA is a message by its pointer.
type SetA struct{ A int }

// RedundancyKey is of a message.
func (*SetA) RedundancyKey() string { return "a" }

// SetB is a message.
type SetB struct{ B string }

// RedundancyKey is of a message.
func (SetB) RedundancyKey() string { return "b" }

// hidden is a message, but not exported.
type hidden struct{ C bool }

func (hidden) RedundancyKey() string { return "c" }

// Name is a message, but no struct.
type Name string

// RedundancyKey is of a message.
func (Name) RedundancyKey() string { return "n" }

// Generic is a message once it has its argument.
type Generic[T any] struct{ V T }

// RedundancyKey is of a message.
func (Generic[T]) RedundancyKey() string { return "g" }

var _ = hidden{}
