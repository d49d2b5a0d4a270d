package record

import (
	"fmt"
	"time"
)

// Message is one message of a recording.
type Message struct {
	// Time is when it is to be played, from the beginning.
	Time time.Duration
	// Type is the wire name inside Body.
	Type string
	// Body is the message as it is sent: one MessagePack map with a "type". Shared,
	// read-only.
	Body []byte
}

// Header is what a recording says about itself.
type Header struct {
	// Generation is the layout that it was read in, or is to be written in. 0 is
	// written as GenerationZstd.
	Generation Generation
	// Duration is how long it plays; 0: it stands still.
	Duration time.Duration
	// Loops says that a player of GenerationLoop goes back to the message with the
	// index LoopStart, 0 … the number of messages, at the end.
	Loops     bool
	LoopStart int
	// ViserVersion is the version of viser whose messages these are, "" if it isn't
	// known. GenerationLoop doesn't keep it.
	ViserVersion string
}

// Recording is one in memory. It belongs to one goroutine at a time.
type Recording struct {
	Header
	Messages []Message
}

// Generation is a layout of .viser files.
type Generation uint8

// The layouts, by the versions of viser that write them; the package documentation
// draws them.
const (
	GenerationLoop Generation = iota + 1 // up to 0.2.20: gzip, with the start of the loop
	GenerationGzip                       // 0.2.21 … 1.0.16: gzip, with the version
	GenerationZstd                       // from 1.0.17 on: zstd behind its size, with the version
)

// String returns the generation's name: "loop", "gzip" or "zstd".
func (g Generation) String() string {
	switch g {
	case GenerationLoop:
		return "loop"
	case GenerationGzip:
		return "gzip"
	case GenerationZstd:
		return "zstd"
	}
	return fmt.Sprintf("Generation(%d)", uint8(g))
}
