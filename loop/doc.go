// Package loop moves WebSocket connections from net/http to an event loop
// (epoll for plain TCP on Linux, goroutines for anything else) and owns everything that happens on their sockets: reading, writing,
// deadlines and closing. It knows frames and control frames, and nothing of the
// messages inside.
//
// # Life of a connection
//
//	net/http ── Upgrade ──▶ 101 ── hijack ──▶ nbio engine (edge-triggered epoll), or a goroutine
//	                                              │
//	      poller goroutine: read → wsproto.Parser → Inbox (bounded)
//	                                              │
//	      worker pool: Endpoint.Open, Receive…, Closed   (one at a time, in order)
//
//	      shard goroutine: Endpoint.Pull → ring of frames → write
//
// A connection belongs to one [Conn] and one shard for life. Its [Endpoint] is
// the application's half: the loop calls it, and the endpoint calls the Conn.
//
// # Goroutines
//
//   - One poller goroutine of nbio for each Options.Pollers: it reads and parses.
//   - One goroutine for each shard: it alone pulls frames and writes them, so the
//     write path takes no lock that another shard wants; and one that waits for
//     the shard's sockets to become writable.
//   - For each connection that isn't on epoll ([TransportAuto] says which are), one that
//     reads, and while there is something to write one that writes what the shard has
//     pulled. The pollers and the io_uring aren't used for them.
//   - Up to Options.Workers goroutines that run endpoints' callbacks. They exist
//     only while there is something to run.
//
// # Backpressure
//
// Outwards nothing is pushed: Pull is called when the socket has taken all that
// was pulled before. Inwards a connection whose inbox is full isn't read, so that
// TCP holds its peer back; reading resumes when half of the inbox is free. So is one
// whose peer sends faster than Conn.LimitInbound allows, until its time has come.
// Nothing is dropped. A ping is answered when it is read, behind what came before it;
// a peer that isn't read isn't taken for dead.
//
// # Bounds for one connection
//
//	inbox            Options.InboxMessages, Options.InboxBytes (one message may exceed it),
//	                 and what one read brings (16 KiB)
//	messages, bytes  Conn.LimitInbound, per second
//	message size     Options.MaxMessageBytes, checked at the frame header (close 1009)
//	frames to write  what one Pull returns, at most ring size (4)
//	control frames   4 KiB; beyond it only the newest ping is answered (RFC 6455 section 5.5.3)
//	not on epoll     a goroutine, 512 bytes to read into, 16 KiB while more comes, and 17 KiB
//	                 while it writes; idle 6.5 KB in all, with TLS 14 KB (on epoll: 1.2 KB)
//	kernel           Options.SendBufferBytes, Options.ReceiveBufferBytes (the kernel doubles both)
package loop
