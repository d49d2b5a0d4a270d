// Package swarm is the client side of loadgen: thousands of WebSocket clients of one
// server, on a few threads, that check what they get and measure how late it is.
//
//	Fleet                      what the conductor sees: one process or several
//	├─ Swarm ─ thread ─ client ...   epoll; each client belongs to one thread
//	└─ Processes ─ Serve ─ Swarm     the same in worker processes, over their pipes
//
// # What is checked
//
// Of every client: that the sequence in the heads of windows rises, that ticks are
// contiguous, that the count of its own messages is that of those that came, that the
// server's time doesn't go back, that an object's version never does, and that it isn't
// sent its own pointers. A window that many clients get is held and decoded once for each
// thread: what comes for a client is compared with the bytes that another client got,
// so that a client costs little more than its system call, and has no buffer. An object's
// version is checked against all windows of one sequence: together with rising sequences
// that holds for every client, whichever of the windows it gets.
//
// A window of 64 small objects takes some 6 µs of processor time for each client, most of
// it in the kernel, and an idle client 2 KB of resident memory (BenchmarkSwarmReceive,
// BenchmarkSwarmIdle).
//
// Of the watched clients, as many as fit a bound of memory, the whole state is kept: it
// gives the digests at the end, and how long each object went without an update.
//
// What a server's wire doesn't tell, such as a sequence of viser's windows, isn't judged,
// and is counted as not checked. Messages of servers that speak neither are counted, and
// their stamps are looked for.
//
// # Time
//
// A latency runs from when a message was scheduled, which stands in the message, to the
// return of the system call that read the end of its window. A connect's runs from when
// it was scheduled, too. Both are in [Histogram]s of nanoseconds. Of clients of one thread
// that get the same window within 16 µs, or 1/256 of its latency, the first one's time is
// recorded for all.
//
// # Limits
//
// Clients are IPv4 or IPv6, and without TLS. On a loopback target they connect from
// 127.0.0.2, 127.0.0.3 and so on, 8,000 from each. Linux only.
package swarm
