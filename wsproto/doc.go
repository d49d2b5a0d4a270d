// Package wsproto is what goes over the wire, as bytes: RFC 6455 framing and
// handshake of both sides, and the scene envelope inside a WebSocket message.
//
// It knows no sockets, clocks or goroutines. A caller reads bytes and gives
// them to a [Parser] or to [CheckHandshake]; what has to be written is appended
// to a slice by the Append functions. Nothing that a peer sends may panic or
// make memory grow beyond twice what it has sent, except decompression, which
// has a stated limit ([WindowLimits]).
//
// # Frames
//
// RFC 6455 section 5.2. All numbers are big-endian.
//
//	byte 0   F R R R O O O O    F: last frame of its message; R: reserved, 0
//	                            O: opcode, 0 continuation, 1 text, 2 binary,
//	                               8 close, 9 ping, 10 pong
//	byte 1   M L L L L L L L    M: masked, exactly when the client sends
//	                            L: 0..125 the length of the payload
//	                               126: it is in the next 2 bytes (126..65535)
//	                               127: it is in the next 8 bytes (65536..2^63-1)
//	2 or 8 bytes                the length, if L says so; the shortest form only
//	4 bytes                     the masking key, if M; byte i of the payload is
//	                            XORed with byte i mod 4 of the key
//	payload
//
// A message is one frame, or a text or binary frame without F, continuations
// without F, and one continuation with F. Control frames (8, 9, 10) have F and
// at most 125 bytes, and may stand between the frames of a message. The payload
// of a close frame is empty, or a code of 2 bytes and a reason in UTF-8.
//
// # Scene envelope
//
// One WebSocket message carries one window: some scene messages, each a
// MessagePack map. There are four generations of it ([Generation]).
//
//	map     message                          one message per window
//	array   [message, ...]
//	plain   {timestampSec: float64, messages: [message, ...]}
//	zstd    u64 little-endian, size of what follows when decompressed
//	        zstd frames, which together hold the bytes of a plain window
//
// A plain window written by this package begins with the timestamp, so that it
// ends with its last message and nothing needs to follow:
//
//	82                                       map of 2
//	ac 'timestampSec'  cb f64                monotonic seconds
//	a8 'messages'      9n | dc u16 | dd u32  array of n
//	message ...
//
// A window for clients of scenewire.v1 says more than viser's clients know ([Head]):
//
//	8n                                       map of 2 to 10
//	ac 'timestampSec'  cb f64
//	a5 'epoch'  uint   a3 'seq'  uint        both or none: where the log is behind this
//	a3 'own'  uint                           how much of the client's queue was sent
//	a5 'reset'  c3
//	a6 'resync' c3
//	a4 'pong'  uint                          the number of a ping
//	a5 'hello'  83 | 84                      map of client, session, graceSec, resumed
//	a8 'messages'  9n | dc u16 | dd u32
//	message ...
//	a6 'except'  9n | dc u16 | dd u32        pairs: index of a message, and whose it is
//
// A zstd window may hold several zstd frames (RFC 8878 section 3), which makes
// it possible to compress a large message once and to splice it into every
// window that carries it ([AppendSplicedWindow]):
//
//	u64 size
//	zstd frame: head of the plain window and small messages
//	zstd frame: a large message, compressed earlier (or stored raw)
//	zstd frame: small messages
//	...
//	zstd frame: 'except' and its pairs, if there are any
//
// From the client to the server a window is always a bare map, uncompressed. Clients of
// scenewire.v1 send JSON in text messages beside these (docs/protocol.md).
//
// # Concurrency
//
// Functions are pure and safe for concurrent use. A [Parser], [Compressor] or
// [Decompressor] belongs to one goroutine at a time.
package wsproto
