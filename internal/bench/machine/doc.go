//go:build linux

// Package machine is what the benchmarks ask of Linux: a clock that all processes
// share, limits on open files, processors to run on, CPU time and memory.
//
// All functions are safe for concurrent use.
package machine
