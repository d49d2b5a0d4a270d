// Package dashboard serves a page that shows live what a [scenewire.Server] does: what
// it delivers and what that costs, its clients and its hot keys, and the runs that are
// kept in benchmarks/results.
//
// It is an [http.Handler] for any path of any mux:
//
//	mux.Handle("/dashboard/", http.StripPrefix("/dashboard", dashboard.Handler(srv)))
//
// The page gets its figures over a scenewire server of the dashboard's own, which shares
// the loop of the one that is watched. messages.go has what travels between them. Nothing
// is collected while nobody watches.
//
// Everything is read-only unless [Options].AdminToken is set and a page, or a load
// generator, has shown it. docs/dashboard.md shows what there is to see.
package dashboard
