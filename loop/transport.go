package loop

// transport is a connection's socket as the rest of the loop sees it: what reads it and
// what ends it. The shard writes, and knows for each transport how.
//
// A transport posts postClosed once, when its socket is closed and nothing touches the
// connection's frames any more; it has set the reason before.
type transport interface {
	// start begins the connection's life with Conn.enter, parses what came behind the
	// handshake, and reads on from there. An error means that the socket is closed, and
	// that postClosed is the caller's to post.
	start(buffered []byte) error

	// resume reads on where a full inbox has stopped. It runs on a worker.
	resume()

	// shutWrite tells the peer that nothing comes behind what was written. It runs on
	// the shard.
	shutWrite()

	// hangUp ends both directions. forget has the kernel drop what the peer hasn't taken,
	// and tell it by a reset. It is called once at most, from any goroutine, and
	// doesn't block.
	hangUp(forget bool)
}
