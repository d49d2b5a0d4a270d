package record

import (
	"hash/crc32"
	"time"

	"github.com/scenewire/scenewire/internal/mcap"
)

// summary is what a file says of itself at its end.
type summary struct {
	chunks   []mcap.ChunkIndex
	counts   []uint64 // messages, by channel
	messages uint64
	metadata mcap.MetadataIndex
}

// add counts a chunk that is written.
func (s *summary) add(x mcap.ChunkIndex, b *chunkBuilder) {
	s.chunks = append(s.chunks, x)
	s.messages += uint64(b.messages)
	for _, id := range b.used {
		for len(s.counts) <= int(id) {
			s.counts = append(s.counts, 0)
		}
		s.counts[id] += uint64(len(b.places[id]))
	}
}

// appendBeginning appends what a file begins with.
func (w *Writer) appendBeginning(dst []byte) []byte {
	dst = append(dst, mcap.Magic...)
	dst = mcap.AppendHeader(dst, mcap.Header{Profile: mcapProfile, Library: mcapLibrary})
	pairs := map[string]string{"version": metadataVersion, "start": w.o.Start.UTC().Format(time.RFC3339Nano)}
	for key, value := range map[string]string{
		"name": w.o.Name, "viserVersion": w.o.ViserVersion, "continues": w.o.Continues,
	} {
		if value != "" {
			pairs[key] = value
		}
	}
	at := len(dst)
	dst = mcap.AppendMetadata(dst, mcap.Metadata{Name: metadataName, Pairs: pairs})
	w.summary.metadata = mcap.MetadataIndex{Offset: uint64(at), Length: uint64(len(dst) - at), Name: metadataName}
	return dst
}

// appendEnd appends the end of the data, the summary and the footer.
func (w *Writer) appendEnd(dst []byte) []byte {
	dst = append(dst, w.catalog.defs...)
	base := uint64(w.index.Bytes)
	dst = mcap.AppendDataEnd(dst, crc32.Update(w.crc, crc32.IEEETable, dst))
	start := len(dst)
	var groups []mcap.SummaryOffset
	group := func(op mcap.Op, add func()) {
		from := len(dst)
		if add(); len(dst) > from {
			groups = append(groups, mcap.SummaryOffset{Group: op, Offset: base + uint64(from), Length: uint64(len(dst) - from)})
		}
	}
	group(mcap.OpSchema, func() {
		for _, s := range w.catalog.schemas {
			dst = mcap.AppendSchema(dst, s)
		}
	})
	group(mcap.OpChannel, func() {
		for _, c := range w.catalog.list {
			dst = mcap.AppendChannel(dst, c)
		}
	})
	group(mcap.OpStatistics, func() { dst = mcap.AppendStatistics(dst, w.statistics()) })
	group(mcap.OpChunkIndex, func() {
		for _, x := range w.summary.chunks {
			dst = mcap.AppendChunkIndex(dst, x)
		}
	})
	group(mcap.OpMetadataIndex, func() { dst = mcap.AppendMetadataIndex(dst, w.summary.metadata) })
	offsets := len(dst)
	for _, g := range groups {
		dst = mcap.AppendSummaryOffset(dst, g)
	}
	return appendFooter(dst, start, mcap.Footer{Summary: base + uint64(start), SummaryOffsets: base + uint64(offsets)})
}

// appendFooter appends the footer of the summary that begins at start, and the magic.
func appendFooter(dst []byte, start int, f mcap.Footer) []byte {
	at := len(dst)
	dst = mcap.AppendFooter(dst, f)
	f.CRC = crc32.ChecksumIEEE(dst[start : len(dst)-4])
	return append(mcap.AppendFooter(dst[:at], f), mcap.Magic...)
}

func (w *Writer) statistics() mcap.Statistics {
	s := mcap.Statistics{
		Messages: w.summary.messages, Meta: 1, Chunks: uint32(len(w.summary.chunks)),
		Schemas: uint16(len(w.catalog.schemas)), Channels: uint32(len(w.catalog.list)),
	}
	if n := len(w.summary.chunks); n > 0 {
		s.Start, s.End = w.summary.chunks[0].Start, w.summary.chunks[n-1].End
	}
	for id, n := range w.summary.counts {
		if n > 0 {
			s.Counts = append(s.Counts, mcap.ChannelCount{Channel: uint16(id), Messages: n})
		}
	}
	return s
}
