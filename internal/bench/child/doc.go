//go:build linux

// Package child runs a server under test in a process of its own, so that its
// processor time and memory are its own, and talks to it: commands are lines on its
// standard input, and each is answered by one JSON object on a line of its standard
// output. The first line, unasked, has the server's address. A server ends when its
// standard input does, so none outlives its benchmark.
package child
