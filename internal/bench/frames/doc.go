// Package frames is what the benchmarks read from a server's stream of WebSocket
// frames: where each ends, as cheaply as possible, and, for the few that are looked
// at closely, the time stamp and the messages inside.
//
// It has no sockets and no clock. Types belong to one goroutine.
package frames
