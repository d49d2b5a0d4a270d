// Command loadgen puts load on a server of this wire: Scenewire's own, viser's, or any
// other that speaks it, and says what came of it.
//
//	go run ./cmd/loadgen
//	go run ./cmd/loadgen --help
//
// Where to look: app.go has the commands, flags.go what the command line asks for, run.go
// one run from its beginning to its report, maximum.go the search for the largest load,
// outcome.go how a run's outcome becomes a report. What the load is, is in
// internal/scenario; the clients are in internal/swarm, the server is in internal/serve,
// and the forms of a report are in internal/report.
package main
