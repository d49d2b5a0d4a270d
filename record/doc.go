// Package record keeps what a scene was sent, in viser's recording files.
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
// # Files
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
// # Playing
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
package record
