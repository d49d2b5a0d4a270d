// Package tsgen writes TypeScript types for message types in Go.
//
// It reads the source of the packages that register messages, and gives one file with
// an interface for each message, the union of all, and what they are made of. The
// command in cmd/tsgen is all that most programs need:
//
//	//go:generate go tool tsgen -o web/messages.gen.ts .
//
// Which types are messages is read off the calls of [messages.Registry.Register],
// MustRegister and RegisterAs in the packages. A package without such a call gives all
// its exported types that are a [messages.Message].
//
// # Types
//
// A value's TypeScript type is what a decoder of MessagePack makes of its form on the
// wire, which the documentation of package messages lists:
//
//	bool, string                     boolean, string
//	numbers of every kind            number; a 64-bit integer is warned about
//	string type with constants       union of the constants, in the order of the source
//	[3]T                             [T, T, T]
//	[]T of sized numbers             Uint8Array<ArrayBuffer> and a function to view it
//	[]T of anything else             T[]
//	map[string]T                     { [key: string]: T }
//	*T                               T | null
//	omitempty                        name?: T
//	struct                           an interface, or its fields where it has no name
//	instance of a generic type       an interface whose name has the arguments' names
//	any                              any
//
// Named types keep their names and comments. The fields of embedded structs stand in
// their place. The struct tags msgpack and wire mean what they mean to package messages.
// Anything that has no form on the wire is an error with its file and line.
//
// # Tags and directives
//
// The struct tag `ts:"..."` is a field's type in TypeScript, for what Go can't say:
//
//	Level int `msgpack:"level" ts:"1 | 2 | 3"`
//
// Two directives may stand in a type's comment:
//
//	//tsgen:tag NAME...   the message belongs to the union NAME, of which isNAME tells
//	                      whether a message belongs to it; so do structs that embed it
//	//tsgen:type TYPE     the type in TypeScript, wherever it is used; for types with a
//	                      MessagePack encoding of their own, and to end a warning
package tsgen
