package mcap

import (
	"bytes"
	"reflect"
	"testing"

	library "github.com/foxglove/mcap/go/mcap"
)

// records are one of each kind: as appended here, the same as the library's writer has
// it, and what parsing it gives.
var records = []struct {
	name    string
	ours    []byte
	library func(w *library.Writer) error
	parse   func(content []byte) (any, error)
	want    any
}{
	{
		"header", AppendHeader(nil, Header{"profile", "library"}),
		func(w *library.Writer) error {
			return w.WriteHeader(&library.Header{Profile: "profile", Library: "library"})
		},
		parser(ParseHeader),
		Header{"profile", "library"},
	},
	{
		"schema", AppendSchema(nil, Schema{ID: 7, Name: "name", Encoding: "json", Data: []byte("{}")}),
		func(w *library.Writer) error {
			return w.WriteSchema(&library.Schema{ID: 7, Name: "name", Encoding: "json", Data: []byte("{}")})
		},
		parser(ParseSchema),
		Schema{ID: 7, Name: "name", Encoding: "json", Data: []byte("{}")},
	},
	{
		"channel", AppendChannel(nil, Channel{ID: 7, Topic: "topic", Encoding: "msgpack", Metadata: pairs}),
		func(w *library.Writer) error {
			return w.WriteChannel(&library.Channel{ID: 7, Topic: "topic", MessageEncoding: "msgpack", Metadata: pairs})
		},
		parser(ParseChannel),
		Channel{ID: 7, Topic: "topic", Encoding: "msgpack", Metadata: pairs},
	},
	{
		"metadata", AppendMetadata(nil, Metadata{"name", pairs}),
		func(w *library.Writer) error {
			return w.WriteMetadata(&library.Metadata{Name: "name", Metadata: pairs})
		},
		parser(ParseMetadata),
		Metadata{"name", pairs},
	},
	{
		"message index", AppendMessageIndex(nil, 7, []Place{{1, 2}, {3, 4}}),
		func(w *library.Writer) error {
			x := library.MessageIndex{ChannelID: 7}
			x.Add(1, 2)
			x.Add(3, 4)
			return w.WriteMessageIndex(&x)
		},
		parser(ParseMessageIndex),
		MessageIndex{Channel: 7, places: appendUint64(nil, 1, 2, 3, 4)},
	},
	{
		"chunk index", AppendChunkIndex(nil, chunkIndex),
		func(w *library.Writer) error {
			return w.WriteChunkIndex(&library.ChunkIndex{
				MessageStartTime: 1, MessageEndTime: 2, ChunkStartOffset: 3, ChunkLength: 4,
				MessageIndexOffsets: map[uint16]uint64{7: 6}, MessageIndexLength: 8,
				Compression: "zstd", CompressedSize: 9, UncompressedSize: 10,
			})
		},
		parser(ParseChunkIndex), chunkIndex,
	},
	{
		"statistics", AppendStatistics(nil, statistics),
		func(w *library.Writer) error {
			return w.WriteStatistics(&library.Statistics{
				MessageCount: 1, SchemaCount: 2, ChannelCount: 3, AttachmentCount: 4, MetadataCount: 5, ChunkCount: 6,
				MessageStartTime: 7, MessageEndTime: 8, ChannelMessageCounts: map[uint16]uint64{7: 9},
			})
		},
		parser(ParseStatistics), statistics,
	},
	{
		"metadata index", AppendMetadataIndex(nil, MetadataIndex{1, 2, "name"}),
		func(w *library.Writer) error {
			return w.WriteMetadataIndex(&library.MetadataIndex{Offset: 1, Length: 2, Name: "name"})
		},
		parser(ParseMetadataIndex),
		MetadataIndex{1, 2, "name"},
	},
	{
		"summary offset", AppendSummaryOffset(nil, SummaryOffset{OpChannel, 1, 2}),
		func(w *library.Writer) error {
			return w.WriteSummaryOffset(&library.SummaryOffset{GroupOpcode: library.OpChannel, GroupStart: 1, GroupLength: 2})
		},
		parser(ParseSummaryOffset),
		SummaryOffset{OpChannel, 1, 2},
	},
	{
		"data end", AppendDataEnd(nil, 1234),
		func(w *library.Writer) error { return w.WriteDataEnd(&library.DataEnd{DataSectionCRC: 1234}) },
		parser(ParseDataEnd), uint32(1234),
	},
	{
		"footer", AppendFooter(nil, Footer{Summary: 1, SummaryOffsets: 2}),
		func(w *library.Writer) error {
			return w.WriteFooter(&library.Footer{SummaryStart: 1, SummaryOffsetStart: 2})
		},
		parser(ParseFooter),
		Footer{Summary: 1, SummaryOffsets: 2},
	},
}

var (
	pairs      = map[string]string{"b": "2", "a": "1", "": ""}
	chunkIndex = ChunkIndex{
		Start: 1, End: 2, Offset: 3, Length: 4, Indexes: []IndexPlace{{7, 6}}, IndexBytes: 8,
		Compression: CompressionZstd, Stored: 9, Size: 10,
	}
	statistics = Statistics{
		Messages: 1, Schemas: 2, Channels: 3, Attachments: 4, Meta: 5, Chunks: 6, Start: 7, End: 8,
		Counts: []ChannelCount{{7, 9}},
	}
)

func parser[T any](parse func([]byte) (T, error)) func([]byte) (any, error) {
	return func(content []byte) (any, error) { return parse(content) }
}

func TestRecordsAreThoseOfTheLibrary(t *testing.T) {
	for _, r := range records {
		t.Run(r.name, func(t *testing.T) {
			var file bytes.Buffer
			w, err := library.NewWriter(&file, &library.WriterOptions{SkipMagic: true, OverrideLibrary: true})
			if err != nil {
				t.Fatal(err)
			}
			// The statistics and chunk indexes count channels that the writer knows.
			if err := w.WriteChannel(&library.Channel{ID: 7}); err != nil {
				t.Fatal(err)
			}
			file.Reset()
			if err := r.library(w); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(r.ours, file.Bytes()) {
				t.Errorf("is   % x\nwant % x", r.ours, file.Bytes())
			}
			checkParsed(t, r.ours, r.parse, r.want)
		})
	}
}

func checkParsed(t *testing.T, record []byte, parse func([]byte) (any, error), want any) {
	t.Helper()
	_, content, n, err := Next(record)
	if err != nil || n != len(record) {
		t.Fatalf("the record takes %d bytes of %d: %v", n, len(record), err)
	}
	if got, err := parse(content); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("parsed %+v, want %+v (%v)", got, want, err)
	}
	if got, err := parse(append(bytes.Clone(content), 0)); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("with a field more: parsed %+v, want %+v (%v)", got, want, err)
	}
	for size := range content {
		if _, err := parse(content[:size]); err == nil {
			t.Errorf("%d of %d bytes of content are taken", size, len(content))
		}
	}
}

// TestChunkIsTheLibrarys has the library take a chunk and its message apart.
func TestChunkIsTheLibrarys(t *testing.T) {
	message := AppendMessage(nil, 7, 8, 9, []byte("data"))
	for _, compression := range []string{CompressionNone, CompressionZstd, "other"} {
		c := Chunk{Start: 1, End: 2, Size: 3, CRC: 4, Compression: compression, Records: message}
		chunk := AppendChunk([]byte("before"), c)[len("before"):]
		got, err := library.ParseChunk(chunk[HeadBytes:])
		if err != nil {
			t.Fatal(err)
		}
		want := &library.Chunk{
			MessageStartTime: 1, MessageEndTime: 2, UncompressedSize: 3, UncompressedCRC: 4,
			Compression: compression, Records: message,
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("the library reads %+v, want %+v", got, want)
		}
		checkChunkHead(t, chunk, c)
	}
	m, err := library.ParseMessage(message[HeadBytes:])
	if want := (&library.Message{ChannelID: 7, Sequence: 8, LogTime: 9, PublishTime: 9, Data: []byte("data")}); err != nil || !reflect.DeepEqual(m, want) {
		t.Errorf("the library reads %+v, want %+v (%v)", m, want, err)
	}
}

func checkChunkHead(t *testing.T, chunk []byte, want Chunk) {
	t.Helper()
	_, content, _, err := Next(chunk)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := ParseChunk(content); err != nil || !reflect.DeepEqual(c, want) {
		t.Errorf("parsed %+v, want %+v (%v)", c, want, err)
	}
	size := len(want.Records)
	c, stored, err := ParseChunkHead(content[:len(content)-size])
	want.Records = nil
	if err != nil || stored != uint64(size) || !reflect.DeepEqual(c, want) {
		t.Errorf("the head is %+v with %d bytes behind it, want %+v with %d (%v)", c, stored, want, size, err)
	}
	if _, err := ParseChunk(content[:len(content)-1]); err == nil {
		t.Error("a chunk that isn't whole is taken")
	}
}

func TestOpsHaveTheLibrarysNames(t *testing.T) {
	for op := OpHeader; op <= OpDataEnd; op++ {
		if got, want := op.String(), library.OpCode(op).String(); got != want {
			t.Errorf("record %d is %q, the library says %q", op, got, want)
		}
	}
	if Magic != string(library.Magic) {
		t.Errorf("the magic is %q, the library's %q", Magic, library.Magic)
	}
}
