// Package scenewire keeps a live scene in sync with many browsers. A [Server]
// takes typed messages, holds the newest one of each redundancy key, and sends
// them over WebSockets in shared, compressed windows. HTTP and WebSocket share one
// port.
//
// # Concepts
//
//   - A message ([Message]) is a Go struct. Its redundancy key says what it
//     supersedes: a newer message with the same key takes the older one's place, for
//     clients that haven't got it yet and for those that join later.
//   - [Server.Broadcast] appends a message to the server's log. Each client reads the
//     log at its own pace and ends in the same state, however slow it is.
//   - [Client.Send] appends to one client's private queue.
//   - Atomic groups messages: they arrive together, or, if the closure fails, not at all.
//   - A window is what one WebSocket message carries: up to 128 messages, one window
//     each 1/60 s. [Server.Flush] sends the current one at once.
//
// # Ordering
//
// Broadcasts arrive in the order in which Broadcast returned. What one client is
// sent privately is in order too. Between the two no order is promised.
//
// A client's callbacks run one at a time: first OnConnect, then the handlers of its
// messages in order of arrival (the server's before the client's own), at last
// OnDisconnect, exactly once. Callbacks of different clients run in parallel. A
// callback may block, which holds back only its own client, and may call any method.
//
// # Removing and depending
//
// A message can say more about itself by optional interfaces of package messages: a
// Remover removes what has its key, with everything that follows it; a Follower is
// delivered behind the message that it follows, for every client and after every
// re-creation; a Superseder culls further keys, or all that begin with a prefix. A
// client that saw a thing is told of its removal even if it was created again
// meanwhile; a client that never saw it isn't. [Server.BroadcastTransient] is for what
// only those who are connected are to get.
//
// # Slow clients
//
// Nothing waits for a slow client. Its cursor stands still while its socket takes
// nothing, and superseded messages are skipped when it goes on: what it still has to
// read is bounded by the live state, not by time. [Server.OnLag] tells of it. A client
// whose socket takes nothing for [Options.WriteTimeout] is closed. A private queue that
// is full closes its client with 1013, and Send says so. A client that was stuck for so
// long that removals it needed are gone is closed with 1012, to connect again; one that
// knows how to begin again does so on its connection.
//
// [Client.Stats] says what one client has got, what waits for it and for how long, and its
// round trip; [Client.SetPaused] keeps it without messages for a while.
//
// When serving all clients takes longer than a window interval, windows come less often
// and hold more ([Stats].WindowRate).
//
// # Clients that come back
//
// A browser's connection breaks: a tunnel, a new network, a laptop that sleeps. A client of
// [Subprotocol] may ask to come back where it was, as the one in clients/typescript does
// (docs/protocol.md). Then it gets what has changed since and nothing else, and within
// [Options.ResumeGrace] it is the same [Client]: its id, its private queue and its handlers
// go on, what was under way to it is sent again, and neither OnDisconnect nor OnConnect is
// called. Meanwhile it is in [Server.Clients], Send queues, and [Client.Close] ends it. A
// close frame of either side ends it at once. [Options.Authorize] is asked each time; if
// what it returns isn't deeply equal, it is another client. What a client sends while its
// connection breaks may be lost.
//
// # Recording
//
// [Server.StartRecording] and [Client.StartRecording] record what is queued from then on,
// in order, a batch as one, into viser's .viser files; see package record. A recording has
// each message, also those that are superseded later. It is bounded by
// [Options.MaxRecordingBytes].
//
// [Server.StartCapture] captures what happens as it happens, with the live state at the
// start and the wall clock's times, to files or to the memory of a flight recorder. Nothing
// waits for it: where it can't follow, the file has a gap that says so.
//
// # The end of a connection
//
// docs/close-codes.md has the table of the codes that are sent, when, and what the
// browser's client does then. Among them: 1001 after [Server.Shutdown], 1002 for a version
// that isn't spoken, 1009 for a message over [Options.MaxMessageBytes], 1012 and 1013 as
// above. A connection that ends without a close frame is 1006, with what happened.
// [Client.Close] sends any other; 4000…4999 are the application's, but for 4007, 4401 and
// 4403 (docs/close-codes.md).
//
// # Who may come in
//
// By default only this machine reaches a server. A request must name it by an address,
// localhost, this machine's name or one of [Options.Hosts], or any page could reach it
// by a name that it points here. A page must come from the server itself or from one of
// [Options.AllowedOrigins]. [Options.Authorize] then decides who becomes a client, and
// [Client.Identity] is what it found out. Behind a proxy, [Options.TrustedProxies] says
// whose word on addresses, names and TLS counts. None of this guards the files: they
// are for everybody who may ask by the right name.
//
// HTTP is version 1.1. Files have ETags, ranges and compressed forms, are asked for anew
// by browsers, and come from [Options.Root] before [Options.Handler] is asked. /healthz
// says that the process lives, /readyz that it takes clients (503 once Shutdown has
// begun); both come before Root and Handler and need no name.
//
// # What clients send
//
// A message that isn't understood is ignored: it is counted by its kind
// ([Stats].BadMessages) and logged once for each kind and client, and nobody else
// notices. [Options.MaxBadMessages] closes a client that goes on. What is refused, and
// what isn't, is in the documentation of package messages: a key that comes twice is; NaN
// and infinities are for integers, and for floats that are tagged so; an integer is if
// its field can't hold it exactly. A client that breaks the WebSocket protocol is closed
// with the code for it (1002, 1007, 1009); to viser's clients 1002 means a version
// mismatch, so they get 1008 instead.
//
// A client that sends faster than its handlers, or than [Options.MaxMessagesPerSecond]
// and MaxBytesPerSecond, isn't read meanwhile: TCP holds it back, and nothing is lost.
// A panic of a handler costs only that call; it is logged with the message's type and
// counted.
//
// # Memory of one client
//
// Idle, about 2 KB; benchmarks/README.md has it measured. At most, whatever it does: its
// private queue ([Options.MaxQueueBytes]) and one window of it
// ([Options.MaxWindowBytes]), 4 MiB of it that was sent and not confirmed if the client
// may come back, 1 MiB, one read and one message ([Options.MaxMessageBytes]) of what it
// sent and nobody has handled, 4 KiB of control frames, and the kernel's two buffers,
// 512 KiB each. Windows of the log are shared.
//
// # Limits
//
// Everything that others can make a server hold has a bound, with a safe default: a
// client's messages, the clients, their handshakes, half-open connections, those who may
// come back. docs/limits.md
// lists them all, with what happens at each. [Stats] and package metrics tell of it.
//
// # Errors
//
// Broadcast and Send encode before they return and never block: a message that
// can't be encoded is the caller's error and reaches nobody. Nothing that a client
// sends can do more than close its own connection.
package scenewire
