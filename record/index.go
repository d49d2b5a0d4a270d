package record

import "time"

// Index says where the chunks of a long recording stand in its file. Slices are shared
// and read-only.
type Index struct {
	// Chunks are in the order of the file, which is that of time.
	Chunks []Chunk
	// Bytes is the file up to the end of the last chunk, with what belongs to it: so
	// much of it is whole.
	Bytes int64

	channels channels // that the messages in it have
	counts   []uint64 // messages, by channel
}

// Chunk is steps that are stored together: one write, one compression, one checksum.
type Chunk struct {
	// Offset is where its record begins in the file, and Length what that takes.
	Offset, Length int64
	// Start and End are when its first and its last step happened.
	Start, End time.Time
	// Keyframe says that it holds a keyframe and nothing else, Gap that a gap is in it.
	Keyframe, Gap bool
	// Messages is how many messages it has, the heads of steps among them, and Size
	// how many bytes these take without compression.
	Messages int
	Size     int64
}
