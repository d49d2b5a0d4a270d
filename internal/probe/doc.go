// Package probe attacks a real server over real sockets, and holds nothing but its
// tests. Each case is a row: a name that says the behaviour, the bytes that are sent,
// and what must come back, down to the last byte and whether the connection lives on.
//
// While a group of cases runs, a well-behaved client receives a broadcast every 10 ms
// and must miss none, and the memory that is live after a garbage collection must stay
// within the group's budget. Afterwards goroutines and descriptors must be as many as
// before.
//
// The files are named after what they attack: http_… what net/http and the façade answer,
// ws_… the handshake, the parser and the connection's life.
package probe
