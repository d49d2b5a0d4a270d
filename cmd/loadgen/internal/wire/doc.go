// Package wire is what loadgen's own server and clients say to each other: the types of
// messages, what each tells of its delivery, and the digest of the state that messages
// leave behind.
//
//	Object   server → clients   the state of one object; key "object/<id>"
//	Tick     server → clients   transient, numbered without a gap
//	Echo     client → server    and back to that client alone
//	Pointer  client → server    and on to all other clients; key "pointer/<client>"
//	Flood    client → server    counted there, and dropped
//
// Every message has a stamp ([frames.PutStamp]) at the start of its data: nanoseconds of
// CLOCK_MONOTONIC at which it was scheduled, which need not be when it was sent. So a
// server or client that falls behind shows in the latencies, instead of being spared the
// load that it couldn't take, and a foreign server that only hands bytes on is measured,
// too.
//
// It has no sockets, and reads no clock.
package wire
