// Package scenario says what load there is, and runs it.
//
// A [Scenario] is a small YAML file, or one of the [Presets], with what the command line
// changes of it:
//
//	name: slow-readers
//	clients: 500
//	ramp: 1000/s          # clients that connect
//	duration: 15s
//	produce:              # what the server broadcasts
//	  objects: 50
//	  rate: 60/s          # of each object
//	  size: 1KB
//	slow:                 # clients that don't take it as fast as it comes
//	  - clients: 10%
//	    reads: 64KB/s
//
// [Run] runs it against a server of loadgen's own, in a process of its own, or against
// any other, and returns an [Outcome]:
//
//	ramp      clients connect, at the ramp's rate
//	warm-up   the load goes on, and nothing counts
//	measure   the load goes on, storms come, and everything counts
//	settle    nothing is produced; everybody is to reach the end state
//
// Whatever comes at a rate is scheduled: its time is when it was due, also when it was
// late, so nobody is spared the load that they couldn't take (no coordinated omission).
// How late the load's own side was is in the outcome, too.
package scenario
