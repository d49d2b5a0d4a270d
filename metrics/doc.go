// Package metrics serves the figures of servers to Prometheus.
//
//	mux := http.NewServeMux()
//	server, err := scenewire.New(&scenewire.Options{Handler: mux})
//	…
//	mux.Handle("/metrics", metrics.Handler(server))
//
// Everybody who may connect to the server can then read them; Options.Authorize of the
// server is only asked for clients.
//
// docs/metrics.md lists them all. Servers are told apart by the label server, which is
// their Options.Name. Servers of one name, such as the rooms of one kind, are added up:
// so the number of series depends on names alone, however many rooms come and go.
package metrics
