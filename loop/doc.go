// Package loop moves WebSocket connections from net/http to an epoll event
// loop and owns everything that happens on their sockets: reading, writing,
// deadlines and closing. It knows frames and control frames, and nothing of the
// messages inside.
//
// # Life of a connection
//
//	net/http ── Upgrade ──▶ 101 ── hijack ──▶ nbio engine (edge-triggered epoll)
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
//	kernel           Options.SendBufferBytes, Options.ReceiveBufferBytes (the kernel doubles both)
package loop
