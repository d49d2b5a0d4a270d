//go:build linux

package main

import "encoding/binary"

// appendMap appends a message of this module's wire, and of viser's: the MessagePack map
// {"type": name, field: payload}, the payload as a bin 32.
func appendMap(dst []byte, name, field string, payload []byte) []byte {
	dst = append(dst, 0x82) // a map of two
	dst = appendText(dst, "type")
	dst = appendText(dst, name)
	dst = appendText(dst, field)
	dst = binary.BigEndian.AppendUint32(append(dst, 0xc6), uint32(len(payload)))
	return append(dst, payload...)
}

// appendText appends a string of at most 31 bytes.
func appendText(dst []byte, s string) []byte {
	return append(append(dst, 0xa0|byte(len(s))), s...)
}
