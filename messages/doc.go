// Package messages turns typed application values into MessagePack and back.
//
// A Message is a struct that says under which redundancy key a newer one
// supersedes it. A Registry knows the message types of an application by their
// wire names: Append encodes a message, Decode finds the type and makes the
// message anew. Delivery is not this package's matter.
//
//	map of n+1 pairs
//	  "name"      "/box"                  the fields, in the order of declaration
//	  "position"  [1.0, -0.5, 0.0]
//	  ...
//	  "type"      "Pose"                  the wire name, last
//
// # Fields
//
// An exported field travels under its Go name, or that of its tag
// `msgpack:"name"`; "-" keeps it at home, and ",omitempty" does when it is
// empty. Fields of embedded structs stand in their place, unless the struct has
// a name in its tag or ",noinline". Each value has one form:
//
//	bool, string, named ones too     as such; strings must be UTF-8
//	int, uint of every size          the shortest integer format
//	float32, float64, Float16        float64, always
//	[N]T                             array ("tuple") of N elements; [3]uint8 too
//	[]T of sized numbers, []Float16  binary of the raw numbers, little-endian
//	[]T of anything else             array
//	*T                               nil, or the value
//	map[string]T                     map, its keys sorted
//	struct                           map of its fields, without a type
//	any                              the form of what is in it
//
// The tag `wire:"..."` changes that, for the field and the lists in it:
//
//	tuple     []T of numbers is an array of numbers ([]int and []uint must be)
//	bin       [][3]float32 and the like, which is an array of tuples, is one
//	          binary of all numbers; so is an array
//	required  Decode fails if the field doesn't arrive
//	finite    NaN and the infinities are refused: of floats, and lists of floats
//
// A nil slice or map is encoded as an empty one. Types that implement the
// interfaces of github.com/vmihailenco/msgpack/v5 (CustomEncoder and
// CustomDecoder, or Marshaler and Unmarshaler) have the form they choose.
// Whatever has no form, such as a channel or a time.Time, fails at
// registration, or inside an any when it is encoded.
//
// # What decoding takes
//
// Numbers are converted by the field's type where that is exact: JavaScript
// writes the float 1000.0 as an integer. A float32 gets the nearest value, an
// integer takes no fraction, NaN or infinity, a float takes all of them unless it
// is tagged finite. A field of raw numbers also takes an array of numbers, a slice or map takes nil,
// and stays nil. In an any arrive nil, bool, int64 (uint64 beyond its range),
// float64, string, []byte, []any and map[string]any. A map's pairs with keys
// that are not strings are ignored, extensions are refused. An integer above
// 2^53 is exact here, but not in JavaScript.
//
// A key that means something may come once: the type, a field, or a key of a map.
// Of two values each reader might take another one, and what one of them has
// checked another wouldn't see.
//
// Anything a peer may send gives an error at worst: see Registry.Decode, and
// Limits for what bounds its memory. FaultOf tells the kinds of errors apart.
//
// # How
//
// A type's fields are looked at once, at registration, which makes a codec for
// each of them. The codecs read and write bytes directly, and set fields by their
// place in the struct, so that decoding a message needs no reflection: for a pose, a
// string and seven floats, encoding takes 0.4 of the time of the library's Encoder and
// decoding 0.45 of that of its Decoder (BenchmarkLibrary), all checks included. What
// decoding allocates is the message: the struct, its strings and its lists. The library's
// own forms also differ: it writes [3]uint8 as a binary and a float32 in 32
// bits, takes strings that are not UTF-8, and reads a binary in an any as a
// string. It encodes and decodes the types that have a form of their own.
package messages
