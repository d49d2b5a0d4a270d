package record

import (
	"hash/crc32"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/scenewire/scenewire/internal/mcap"
)

// structure checks what a file says about itself, and the library of the format's
// authors doesn't check: checksums of the sections, offsets of all kinds, and counts.
type structure struct {
	t      testing.TB
	file   []byte
	at     map[uint64]mcap.Op // records by their offsets
	chunks map[uint64]*chunkSeen
	last   *chunkSeen
	total  uint64 // messages
}

// chunkSeen is a chunk, with the message indexes behind it.
type chunkSeen struct {
	mcap.Chunk
	records []byte
	length  uint64
	indexes map[uint64]mcap.MessageIndex // by their offsets
	bytes   uint64                       // of the indexes
}

func checkStructure(t testing.TB, file []byte) {
	t.Helper()
	s := structure{t: t, file: file, at: map[uint64]mcap.Op{}, chunks: map[uint64]*chunkSeen{}}
	for off := uint64(len(mcap.Magic)); off < uint64(len(file)-len(mcap.Magic)); {
		op, content, n, err := mcap.Next(file[off:])
		if err != nil {
			t.Fatal(err)
		}
		s.at[off] = op
		s.record(off, op, content)
		off += uint64(n)
	}
}

func (s *structure) record(off uint64, op mcap.Op, content []byte) {
	switch op {
	case mcap.OpChunk:
		s.chunk(off, content)
	case mcap.OpMessageIndex:
		s.messageIndex(off, content)
	case mcap.OpDataEnd:
		if crc, _ := mcap.ParseDataEnd(content); crc != crc32.ChecksumIEEE(s.file[:off]) {
			s.t.Error("the checksum of the data is wrong")
		}
	case mcap.OpChunkIndex:
		s.chunkIndex(content)
	case mcap.OpStatistics:
		x, _ := mcap.ParseStatistics(content)
		if x.Messages != s.total || int(x.Chunks) != len(s.chunks) {
			s.t.Errorf("the statistics are %+v; there are %d messages in %d chunks", x, s.total, len(s.chunks))
		}
	case mcap.OpMetadataIndex:
		x, _ := mcap.ParseMetadataIndex(content)
		if s.at[x.Offset] != mcap.OpMetadata || s.at[x.Offset+x.Length] == 0 {
			s.t.Errorf("the metadata isn't at %+v", x)
		}
	case mcap.OpSummaryOffset:
		x, _ := mcap.ParseSummaryOffset(content)
		if s.at[x.Offset] != x.Group || s.at[x.Offset+x.Length] == 0 {
			s.t.Errorf("the group isn't at %+v", x)
		}
	case mcap.OpFooter:
		x, _ := mcap.ParseFooter(content)
		end := int(off) + mcap.FooterBytes - 4
		if x.CRC != crc32.ChecksumIEEE(s.file[x.Summary:end]) || s.at[x.SummaryOffsets] != mcap.OpSummaryOffset {
			s.t.Errorf("the footer is %+v", x)
		}
	}
}

func (s *structure) chunk(off uint64, content []byte) {
	c, err := mcap.ParseChunk(content)
	if err != nil {
		s.t.Fatal(err)
	}
	seen := &chunkSeen{Chunk: c, records: c.Records, length: uint64(len(content)) + mcap.HeadBytes, indexes: map[uint64]mcap.MessageIndex{}}
	if c.Compression == mcap.CompressionZstd {
		z, _ := zstd.NewReader(nil)
		defer z.Close()
		if seen.records, err = z.DecodeAll(c.Records, nil); err != nil {
			s.t.Fatal(err)
		}
	}
	if c.Size != uint64(len(seen.records)) || c.CRC != crc32.ChecksumIEEE(seen.records) {
		s.t.Errorf("the chunk at %d has another size or checksum", off)
	}
	s.chunks[off], s.last = seen, seen
}

// messageIndex looks up every place of an index.
func (s *structure) messageIndex(off uint64, content []byte) {
	x, err := mcap.ParseMessageIndex(content)
	if err != nil {
		s.t.Fatal(err)
	}
	s.last.indexes[off] = x
	s.last.bytes += uint64(len(content)) + mcap.HeadBytes
	for i := range x.Len() {
		place := x.At(i)
		_, content, _, err := mcap.Next(s.last.records[place.Offset:])
		m, parseErr := mcap.ParseMessage(content)
		if err != nil || parseErr != nil || m.Channel != x.Channel || m.LogTime != place.Time ||
			m.LogTime < s.last.Start || m.LogTime > s.last.End {
			s.t.Errorf("at %+v stands %+v, want a message of channel %d", place, m, x.Channel)
		}
		s.total++
	}
}

func (s *structure) chunkIndex(content []byte) {
	x, err := mcap.ParseChunkIndex(content)
	if err != nil {
		s.t.Fatal(err)
	}
	c := s.chunks[x.Offset]
	if c == nil {
		s.t.Fatalf("there is no chunk at %d", x.Offset)
	}
	if x.Length != c.length || x.Start != c.Start || x.End != c.End || x.Size != c.Size ||
		x.Stored != uint64(len(c.Records)) || x.Compression != c.Compression || x.IndexBytes != c.bytes || len(x.Indexes) != len(c.indexes) {
		s.t.Errorf("the index of a chunk is %+v, the chunk %+v", x, c.Chunk)
	}
	for _, p := range x.Indexes {
		if index, ok := c.indexes[p.Offset]; !ok || index.Channel != p.Channel {
			s.t.Errorf("the index of channel %d isn't at %d", p.Channel, p.Offset)
		}
	}
}

func TestWriterFilesSayWhatIsInThem(t *testing.T) {
	for name, compression := range map[string]Compression{"compressed": CompressFast, "not compressed": CompressNone} {
		t.Run(name, func(t *testing.T) {
			checkStructure(t, write(t, WriterOptions{Compression: compression, ChunkBytes: 2000}, goldenSteps()...))
		})
	}
}
