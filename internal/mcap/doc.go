// Package mcap appends and parses the records of MCAP files
// (https://mcap.dev/spec): the container that long recordings are kept in.
//
// It is the format alone: no file, no compression, no goroutine. A file is
//
//	| magic | data section: records | DataEnd | summary: records | Footer | magic |
//
// and each record, with all numbers little-endian,
//
//	| op u8 | length u64 | content of that many bytes |
//
// where a string, or a list in bytes, is a u32 length and its bytes. A [Chunk] has
// records inside it, compressed or not.
//
// An Append function extends a slice by one record. [Next] takes one record apart, and
// a Parse function its content. Nothing here trusts a length, allocates by one, or
// panics on input; what a record has behind its known fields is skipped, as the
// specification wants it. Slices that are returned are parts of the input.
//
// Why not the library github.com/foxglove/mcap/go/mcap: ARCHITECTURE.md says it. The
// tests compare with it.
package mcap
