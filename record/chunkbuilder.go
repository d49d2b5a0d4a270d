package record

import (
	"hash/crc32"

	"github.com/klauspost/compress/zstd"

	"github.com/scenewire/scenewire/internal/mcap"
)

// chunkBuilder gathers the messages of one chunk after another.
type chunkBuilder struct {
	records     []byte         // messages
	places      [][]mcap.Place // of the messages, by channel
	used        []uint16       // channels that have some, in order
	first, last uint64         // log times
	messages    int
}

// appendStep appends a step with its payloads.
func (b *chunkBuilder) appendStep(s *Step, at uint64, c *catalog) {
	head := uint16(channelStep)
	switch s.Kind {
	case KindKeyframe:
		head = channelKeyframe
	case KindGap:
		head = channelGap
	}
	b.note(head, at)
	dst, start := mcap.BeginMessage(b.records, head, uint32(s.Seq), at)
	b.records = mcap.EndMessage(appendHead(dst, s), start)
	if s.Kind == KindReceive {
		b.append(c.received(s.Message.Type), 0, at, s.Message.Body)
		return
	}
	for i, seq := range s.seqs() {
		payload := s.Entries[i].Payload
		id := uint16(channelState)
		if s.Kind != KindKeyframe {
			id = c.pushed(wireName(payload))
		}
		b.append(id, uint32(seq), at, payload)
	}
}

func (b *chunkBuilder) append(id uint16, sequence uint32, at uint64, payload []byte) {
	b.note(id, at)
	b.records = mcap.AppendMessage(b.records, id, sequence, at, payload)
}

// note notes the place of the message that comes next.
func (b *chunkBuilder) note(id uint16, at uint64) {
	for len(b.places) <= int(id) {
		b.places = append(b.places, nil)
	}
	if len(b.places[id]) == 0 {
		b.used = append(b.used, id)
	}
	b.places[id] = append(b.places[id], mcap.Place{Time: at, Offset: uint64(len(b.records))})
	if b.messages == 0 {
		b.first = at
	}
	b.last = at
	b.messages++
}

// build appends the chunk and its message indexes to what is going to stand at base in
// the file, and returns the chunk's index.
func (b *chunkBuilder) build(dst []byte, base uint64, z *zstd.Encoder) ([]byte, mcap.ChunkIndex) {
	x := mcap.ChunkIndex{
		Start: b.first, End: b.last, Size: uint64(len(b.records)), Offset: base + uint64(len(dst)),
		Indexes: make([]mcap.IndexPlace, len(b.used)),
	}
	dst = b.appendChunk(dst, &x, z)
	end := len(dst)
	x.Length = base + uint64(end) - x.Offset
	for i, id := range b.used {
		x.Indexes[i] = mcap.IndexPlace{Channel: id, Offset: base + uint64(len(dst))}
		dst = mcap.AppendMessageIndex(dst, id, b.places[id])
	}
	x.IndexBytes = uint64(len(dst) - end)
	return dst, x
}

// appendChunk appends the chunk's record. If its messages don't get smaller by a 16th
// they are stored as they are, which is faster to read.
func (b *chunkBuilder) appendChunk(dst []byte, x *mcap.ChunkIndex, z *zstd.Encoder) []byte {
	c := mcap.Chunk{Start: x.Start, End: x.End, Size: x.Size, CRC: crc32.ChecksumIEEE(b.records)}
	if z != nil {
		c.Compression = mcap.CompressionZstd
		packed, at := mcap.BeginChunk(dst, c)
		head := len(packed)
		packed = z.EncodeAll(b.records, packed)
		if size := len(packed) - head; size < len(b.records)-len(b.records)/16 {
			x.Compression, x.Stored = c.Compression, uint64(size)
			return mcap.EndChunk(packed, at, c.Compression)
		}
		dst = packed[:len(dst)] // it may have grown
	}
	c.Compression, c.Records = mcap.CompressionNone, b.records
	x.Stored = x.Size
	return mcap.AppendChunk(dst, c)
}

// clear makes room for the next chunk, in the same memory unless it is very much.
func (b *chunkBuilder) clear() {
	for _, id := range b.used {
		b.places[id] = b.places[id][:0]
	}
	b.records, b.used, b.messages = kept(b.records), b.used[:0], 0
}

// keptBytes is up to which size memory is kept for the next chunk.
const keptBytes = 8 << 20

// kept returns no bytes, with the memory of b if that isn't too much to keep.
func kept(b []byte) []byte {
	if cap(b) > keptBytes {
		return nil
	}
	return b[:0]
}
