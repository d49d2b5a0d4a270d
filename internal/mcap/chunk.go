package mcap

// The compressions of chunks that the specification names.
const (
	CompressionNone = ""
	CompressionZstd = "zstd"
	CompressionLZ4  = "lz4"
)

// Chunk is records together, compressed or not. Start and End are the least and the
// greatest log time of the messages in it, Size and CRC (IEEE; 0 is none) are of its
// records without compression.
type Chunk struct {
	Start, End  uint64
	Size        uint64
	CRC         uint32
	Compression string
	Records     []byte
}

// AppendChunk appends a chunk.
func AppendChunk(dst []byte, c Chunk) []byte {
	dst, at := BeginChunk(dst, c)
	return EndChunk(append(dst, c.Records...), at, c.Compression)
}

// BeginChunk appends a chunk without its records, which the caller appends next, as
// stored. EndChunk wants at, and the same compression.
func BeginChunk(dst []byte, c Chunk) (extended []byte, at int) {
	dst, at = begin(dst, OpChunk)
	dst = appendUint32(appendUint64(dst, c.Start, c.End, c.Size), c.CRC)
	return appendUint64(appendText(dst, c.Compression), 0), at
}

// EndChunk ends the chunk that was begun at, now that dst ends with its records.
func EndChunk(dst []byte, at int, compression string) []byte {
	records := at + 3*8 + 4 + 4 + len(compression) + 8
	appendUint64(dst[:records-8], uint64(len(dst)-records))
	return end(dst, at)
}

// ParseChunk parses the content of a chunk.
func ParseChunk(content []byte) (c Chunk, err error) {
	f := fields{b: content}
	length := f.chunkHead(&c)
	c.Records = f.take(length)
	return c, f.err(OpChunk)
}

// ParseChunkHead parses what stands before a chunk's records, from at least the first
// 64 bytes of its content, and returns how many bytes these take as stored.
func ParseChunkHead(content []byte) (c Chunk, stored uint64, err error) {
	f := fields{b: content}
	stored = f.chunkHead(&c)
	return c, stored, f.err(OpChunk)
}

func (f *fields) chunkHead(c *Chunk) (stored uint64) {
	c.Start, c.End, c.Size, c.CRC = f.uint64(), f.uint64(), f.uint64(), f.uint32()
	c.Compression = compression(f.sized())
	return f.uint64()
}

// compression is the name without memory of its own if it is known.
func compression(name []byte) string {
	switch string(name) {
	case CompressionNone:
		return CompressionNone
	case CompressionZstd:
		return CompressionZstd
	}
	return string(name)
}

// Place is where a message stands: its log time, and its offset in the records of the
// chunk without compression.
type Place struct{ Time, Offset uint64 }

// AppendMessageIndex appends the index of a channel's messages in the chunk before it.
func AppendMessageIndex(dst []byte, channel uint16, places []Place) []byte {
	dst, at := begin(dst, OpMessageIndex)
	dst = appendUint32(appendUint16(dst, channel), uint32(len(places)*placeBytes))
	for _, p := range places {
		dst = appendUint64(dst, p.Time, p.Offset)
	}
	return end(dst, at)
}

const placeBytes = 16

// MessageIndex says where the messages of a channel stand in the chunk before it.
type MessageIndex struct {
	Channel uint16
	places  []byte
}

// ParseMessageIndex parses the content of a message index.
func ParseMessageIndex(content []byte) (x MessageIndex, err error) {
	f := fields{b: content}
	x.Channel, x.places = f.uint16(), f.sized()
	f.bad = f.bad || len(x.places)%placeBytes != 0
	return x, f.err(OpMessageIndex)
}

// Len is the number of messages.
func (x MessageIndex) Len() int { return len(x.places) / placeBytes }

// At is the place of message i, 0 … Len()-1.
func (x MessageIndex) At(i int) Place {
	f := fields{b: x.places[i*placeBytes:]}
	return Place{Time: f.uint64(), Offset: f.uint64()}
}

// ChunkIndex says where a chunk stands, and what is in it.
type ChunkIndex struct {
	Start, End     uint64 // log times
	Offset, Length uint64 // of the chunk's record, with its head
	// Indexes are where the message indexes behind the chunk stand in the file, and
	// IndexBytes is what they take together.
	Indexes      []IndexPlace
	IndexBytes   uint64
	Compression  string
	Stored, Size uint64 // of the records: as stored, and without compression
}

// IndexPlace is where the message index of a channel stands in the file.
type IndexPlace struct {
	Channel uint16
	Offset  uint64
}

// AppendChunkIndex appends the index of a chunk.
func AppendChunkIndex(dst []byte, x ChunkIndex) []byte {
	dst, at := begin(dst, OpChunkIndex)
	dst = appendUint64(dst, x.Start, x.End, x.Offset, x.Length)
	dst = appendUint32(dst, uint32(len(x.Indexes)*indexPlaceBytes))
	for _, p := range x.Indexes {
		dst = appendUint64(appendUint16(dst, p.Channel), p.Offset)
	}
	dst = appendText(appendUint64(dst, x.IndexBytes), x.Compression)
	return end(appendUint64(dst, x.Stored, x.Size), at)
}

const indexPlaceBytes = 2 + 8

// ParseChunkIndex parses the content of a chunk index.
func ParseChunkIndex(content []byte) (x ChunkIndex, err error) {
	f := fields{b: content}
	x.Start, x.End, x.Offset, x.Length = f.uint64(), f.uint64(), f.uint64(), f.uint64()
	list := fields{b: f.sized(), bad: f.bad}
	x.Indexes = make([]IndexPlace, 0, len(list.b)/indexPlaceBytes)
	for len(list.b) > 0 && !list.bad {
		x.Indexes = append(x.Indexes, IndexPlace{Channel: list.uint16(), Offset: list.uint64()})
	}
	f.bad = f.bad || list.bad
	x.IndexBytes, x.Compression = f.uint64(), compression(f.sized())
	x.Stored, x.Size = f.uint64(), f.uint64()
	return x, f.err(OpChunkIndex)
}
