// Package chaos has a test and nothing else: hundreds of clients that connect, stall,
// flood, reset, half-close, send garbage and come back, against a real server whose
// limits are small, and among them some that stay and must not notice.
//
//	go test -race ./internal/chaos                                  # a few seconds
//	SCENEWIRE_CHAOS=5m go test -race -timeout 20m ./internal/chaos  # as long as that
//
// What each client does follows from a seed, which a failure prints, and which
// SCENEWIRE_CHAOS_SEED sets; when they come to it doesn't.
package chaos
