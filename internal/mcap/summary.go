package mcap

// Statistics counts what a file has. There are no attachments.
type Statistics struct {
	Messages                            uint64
	Schemas                             uint16
	Channels, Attachments, Meta, Chunks uint32
	Start, End                          uint64 // log times
	Counts                              []ChannelCount
}

// ChannelCount is how many messages a channel has.
type ChannelCount struct {
	Channel  uint16
	Messages uint64
}

const countBytes = 2 + 8

// AppendStatistics appends statistics.
func AppendStatistics(dst []byte, s Statistics) []byte {
	dst, at := begin(dst, OpStatistics)
	dst = appendUint16(appendUint64(dst, s.Messages), s.Schemas)
	for _, n := range []uint32{s.Channels, s.Attachments, s.Meta, s.Chunks} {
		dst = appendUint32(dst, n)
	}
	dst = appendUint32(appendUint64(dst, s.Start, s.End), uint32(len(s.Counts)*countBytes))
	for _, c := range s.Counts {
		dst = appendUint64(appendUint16(dst, c.Channel), c.Messages)
	}
	return end(dst, at)
}

// ParseStatistics parses the content of statistics.
func ParseStatistics(content []byte) (s Statistics, err error) {
	f := fields{b: content}
	s.Messages, s.Schemas = f.uint64(), f.uint16()
	s.Channels, s.Attachments, s.Meta, s.Chunks = f.uint32(), f.uint32(), f.uint32(), f.uint32()
	s.Start, s.End = f.uint64(), f.uint64()
	list := fields{b: f.sized(), bad: f.bad}
	s.Counts = make([]ChannelCount, 0, len(list.b)/countBytes)
	for len(list.b) > 0 && !list.bad {
		s.Counts = append(s.Counts, ChannelCount{Channel: list.uint16(), Messages: list.uint64()})
	}
	f.bad = f.bad || list.bad
	return s, f.err(OpStatistics)
}

// MetadataIndex says where a metadata record stands, with its head.
type MetadataIndex struct {
	Offset, Length uint64
	Name           string
}

// AppendMetadataIndex appends the index of a metadata record.
func AppendMetadataIndex(dst []byte, x MetadataIndex) []byte {
	dst, at := begin(dst, OpMetadataIndex)
	return end(appendText(appendUint64(dst, x.Offset, x.Length), x.Name), at)
}

// ParseMetadataIndex parses the content of a metadata index.
func ParseMetadataIndex(content []byte) (x MetadataIndex, err error) {
	f := fields{b: content}
	x.Offset, x.Length, x.Name = f.uint64(), f.uint64(), f.text()
	return x, f.err(OpMetadataIndex)
}

// SummaryOffset says where the records of one kind stand in the summary.
type SummaryOffset struct {
	Group          Op
	Offset, Length uint64
}

// AppendSummaryOffset appends a summary offset.
func AppendSummaryOffset(dst []byte, x SummaryOffset) []byte {
	dst, at := begin(dst, OpSummaryOffset)
	return end(appendUint64(append(dst, byte(x.Group)), x.Offset, x.Length), at)
}

// ParseSummaryOffset parses the content of a summary offset.
func ParseSummaryOffset(content []byte) (x SummaryOffset, err error) {
	f := fields{b: content}
	x.Group, x.Offset, x.Length = Op(f.uint8()), f.uint64(), f.uint64()
	return x, f.err(OpSummaryOffset)
}

// AppendDataEnd appends the end of the data section. crc (IEEE; 0 is none) is that of
// the file before it.
func AppendDataEnd(dst []byte, crc uint32) []byte {
	dst, at := begin(dst, OpDataEnd)
	return end(appendUint32(dst, crc), at)
}

// ParseDataEnd parses the content of the data section's end.
func ParseDataEnd(content []byte) (crc uint32, err error) {
	f := fields{b: content}
	return f.uint32(), f.err(OpDataEnd)
}

// Footer ends a file, together with the magic behind it. CRC (IEEE; 0 is none) is that
// of the summary and of the footer up to itself.
type Footer struct {
	Summary, SummaryOffsets uint64 // offsets in the file; 0: there is none
	CRC                     uint32
}

// FooterBytes is what a footer takes, with its head.
const FooterBytes = HeadBytes + 8 + 8 + 4

// AppendFooter appends a footer.
func AppendFooter(dst []byte, x Footer) []byte {
	dst, at := begin(dst, OpFooter)
	return end(appendUint32(appendUint64(dst, x.Summary, x.SummaryOffsets), x.CRC), at)
}

// ParseFooter parses the content of a footer.
func ParseFooter(content []byte) (x Footer, err error) {
	f := fields{b: content}
	x.Summary, x.SummaryOffsets, x.CRC = f.uint64(), f.uint64(), f.uint32()
	return x, f.err(OpFooter)
}
