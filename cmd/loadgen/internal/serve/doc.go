//go:build linux

// Package serve is the server of loadgen: a scenewire.Server that is open to any load,
// with producers that change objects on a schedule, handlers for what clients send, and
// the dashboard.
//
// It runs in a process of its own, so that its processor time and memory are its own:
// started and commanded by a conductor ([Start], package child), or by a user, until it is
// interrupted ([Run]), so that loadgen on another machine can be pointed at it.
//
// Such a process answers these commands:
//
//	run     nothing; the producers begin
//	begin   nothing; how late producers are, and the peak of memory, begin anew
//	stop    a Produced; the producers end
//	read    a Reading
//	digest  an EndState
//	urls    an Addresses
package serve
