// Package record keeps what a scene was sent: in viser's recording files, which are
// written as a whole, and in long recordings, which grow chunk by chunk as things
// happen.
//
// A [Handle] collects the messages that a server or a client queues while it runs;
// scenewire.Server.StartRecording and scenewire.Client.StartRecording make one. Its
// time doesn't pass by itself: it is the sum of its sleeps, so that a scene can be
// recorded faster or slower than it is to be played.
//
// A [Recording] is one in memory. It is written by [Recording.WriteTo], and read by
// [Read] or, message by message, by a [Reader]. A message stays the bytes that it was
// sent as: nothing is decoded to a Go type, or encoded again.
//
// A long recording is a sequence of [Step]s with the wall clock's times. A [Writer]
// writes it; [State] is what its steps lead to. A [Capture] makes one of what happens in
// a log: in files that are rotated and deleted, or in memory as a flight recorder. A
// [File] reads one at any time of it, also while it is written, and viser's files in the
// same way. A [Player] plays it into a [Target] such as a server; [NewHandler] serves it
// to browsers.
//
// # Viser's files
//
// Each [Generation] of viser has its own .viser file. What is read is told apart by
// content, never by name. The content is one MessagePack map; the keys may stand in
// any order, and those that aren't known are skipped.
//
//	GenerationLoop, viser up to 0.2.20
//
//	1f 8b …   gzip of
//	          { "loopStartIndex":  nil, or the index of a message,
//	            "durationSeconds": float64,
//	            "messages":        [[float64 seconds, {…, "type": "Name"}], …] }
//
//	GenerationGzip, viser 0.2.21 … 1.0.16
//
//	1f 8b …   gzip of
//	          { "durationSeconds": float64,
//	            "messages":        as above,
//	            "viserVersion":    "1.0.16" }
//
//	GenerationZstd, viser 1.0.17 and later
//
//	0         8              12
//	| size u64 | 28 b5 2f fd | …   zstd of the map of GenerationGzip; size is that
//	| little-  | zstd's      |     of the map, little-endian. Several zstd frames
//	| endian   | magic       |     and skippable ones may follow each other.
//
// The two newer ones have no place for the start of the loop. Where there is one,
// they are written with a further key "loopStartIndex", which viser's players ignore
// and [Read] doesn't.
//
// # Long recordings
//
// They are MCAP files (https://mcap.dev/spec), which other tools open too:
//
//	| magic | Header | Metadata | chunk | chunk | … | DataEnd | summary | Footer | magic |
//
//	Header      profile "scenewire"
//	Metadata    "scenewire": version "1", start (RFC 3339), and as far as known name,
//	            viserVersion, continues (the file before this one)
//	chunk       the Schema and Channel records that are new; the Chunk, with messages
//	            and nothing else in it; a MessageIndex for each channel in it
//	summary     Schemas, Channels, Statistics, ChunkIndexes, MetadataIndex
//
// Each chunk is written at once, so a file that breaks off is whole up to the chunk
// before. It has what at most a second has brought, or 1 MiB, and is compressed as zstd
// if that makes it smaller. Its checksum is that of its messages.
//
//	topic               channel's metadata    its messages
//	Name                                      what was pushed, of one wire name
//	in/Name             role: in              what clients sent, of one wire name
//	scenewire.step      role: step            heads of steps, except
//	scenewire.keyframe  role: keyframe        the heads of keyframes, and
//	scenewire.gap       role: gap             the heads of gaps
//	scenewire.state     role: state           the live messages of keyframes
//
// The schema has the wire name as its name, and tells nothing more; where a wire name
// can't be told the topic is "?" and there is none. Messages are MessagePack, those
// with a wire name the bytes that were sent. logTime and publishTime are the time of
// the step, in nanoseconds since 1970; sequence is the low 32 bits of the log's.
//
// A step is its head and the messages that belong to it, in a row, in one chunk, and
// with one time. Times rise from step to step, so messages with one time are one step.
//
//	| head | payload | payload | …      the head is a map:
//
//	"kind"        "push", "remove", "keyframe", "gap", "connect", "receive",
//	              "disconnect"
//	"entries"     how many payloads follow
//	"seq"         the log's sequence of the first entry; of a keyframe: of the next push
//	"seqs"        [how far each entry's sequence is above the least it can have, …]:
//	              of the first that is seq (of a keyframe: 0), of the others one more
//	              than the sequence before
//	"keys"        [redundancy key of each entry, …]
//	"except"      {index of an entry: the client that doesn't get it, …}
//	"follows"     {index: the key that it follows, …}
//	"supersedes"  {index: [prefix, key, …], …}
//	"removal"     {index: true, …}
//	"transient"   {index: true, …}
//	"removed"     [sequence that was removed by hand, …]
//	"lost"        [batches, entries, bytes, nanoseconds since 1970 when it goes on]
//	"client"      id of the client that connected, sent or left
//	"address"     where it came from
//	"reason"      why it left
//
// The first two stand first, and in this order; what would be empty is left out, and
// unknown keys are skipped.
//
// A keyframe is a chunk of its own, and holds the live state before the steps behind it.
// The index of a chunk lists its channels, so it tells whether it is a keyframe, and
// whether it has a gap. There is a keyframe at the start, behind every gap, and then when
// 10 s have passed since the last one and as much was written as the live state takes,
// at least 1 MiB. So keyframes at most double a file, and to seek takes reading one of
// them and what came since.
//
// # Playing viser's files
//
// Messages are played in the order of the file, each when its time has come, or at
// once if an earlier one had a later time. A duration of 0 is a scene that stands
// still. At the end viser's old player goes back to the message at loopStartIndex and
// stops without one; the newer one goes back to the first. The newer one also hides
// every node when it begins again: a recording for it shows each node by a message
// after creating it, as viser does.
//
// # Bad files
//
// Reading never panics and takes no more memory than [Limits] says, whatever a file
// declares. Where the content breaks off or is damaged, the messages before that
// place have been returned as they were recorded, and the error is a [*CorruptError]
// that tells the place. Files that are written here have checksums; those that
// viser writes as zstd have none.
//
// A long recording that breaks off has all its whole chunks. Of a chunk that is damaged
// nothing is returned; [File.Skip] goes on behind it, and [Recover] makes a whole file
// of what is left.
package record
