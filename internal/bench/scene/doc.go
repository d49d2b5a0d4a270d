//go:build linux

// Package scene is Scenewire as a server under test: a scenewire.Server with a loop of
// its own, in a process that a benchmark starts and commands (package child).
//
// Beside a benchmark's own commands each answers these:
//
//	mark        a child.Mark
//	collect     a child.Mark, after the garbage was collected and given back
//	reset-peak  nothing; the peak of memory begins anew
//	watch       nothing; the runtime's memory is watched
//	watched     a Peak; the watch is over
//	await 10    nothing, when so many clients are connected
package scene
