package wsproto

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// Keys of the envelope.
const (
	keyTimestamp = "timestampSec"
	keyMessages  = "messages"
)

// sizeBytes is the length of the u64 in front of a zstd window.
const sizeBytes = 8

// AppendWindow appends the payload of a WebSocket message that carries these
// messages, each one MessagePack map, which is not checked again. GenerationMap
// takes exactly one. timestampSec is monotonic time in seconds, used from
// GenerationPlain on. A zstd window is one zstd frame, which every decoder
// reads; z may be nil, and the frame is then stored raw. messages is borrowed
// until return. The error is a wrong number of messages or an unknown
// generation, and leaves dst as it was.
func AppendWindow(dst []byte, g Generation, messages [][]byte, timestampSec float64, z *Compressor) ([]byte, error) {
	switch g {
	case GenerationMap:
		if len(messages) != 1 {
			return dst, fmt.Errorf("wsproto: a bare map takes one message, not %d", len(messages))
		}
		return append(dst, messages[0]...), nil
	case GenerationArray:
		return appendAll(msgpscan.AppendArrayHeader(dst, len(messages)), messages), nil
	case GenerationPlain:
		return appendPlain(dst, messages, timestampSec), nil
	case GenerationZstd:
		plain := appendPlain(z.scratch(plainSize(messages)), messages, timestampSec)
		dst = binary.LittleEndian.AppendUint64(dst, uint64(len(plain)))
		dst = z.AppendFrame(dst, plain)
		z.keep(plain)
		return dst, nil
	}
	return dst, fmt.Errorf("wsproto: unknown generation %d", g)
}

// Part is one message of a spliced window.
type Part struct {
	Bytes []byte // the message, a MessagePack map
	Zstd  []byte // its finished zstd frame (Compressor.AppendFrame); nil = none
}

var errPartWithoutBytes = errors.New("wsproto: a part with a zstd frame but no message")

// AppendSplicedWindow appends the payload of a GenerationZstd window as a
// sequence of zstd frames: finished frames are copied as they are, and the runs
// of messages between them are compressed together, since small messages in
// frames of their own would double in size. Without finished frames the result
// is that of AppendWindow.
//
// Decoders that stop after the first frame (node's zlib) can't read it; viser's
// client, libzstd and DecodeWindow can. That Zstd holds the same as Bytes is not
// checked. parts is borrowed until return.
func AppendSplicedWindow(dst []byte, parts []Part, timestampSec float64, z *Compressor) ([]byte, error) {
	start := len(dst)
	dst = append(dst, make([]byte, sizeBytes)...)
	run := appendPlainHead(z.scratch(longestRun(parts)), len(parts), timestampSec)
	size := 0
	for _, part := range parts {
		if len(part.Zstd) == 0 {
			run = append(run, part.Bytes...)
			continue
		}
		if len(part.Bytes) == 0 {
			return dst[:start], errPartWithoutBytes
		}
		size += len(run) + len(part.Bytes)
		dst = append(appendRun(dst, run, z), part.Zstd...)
		run = run[:0]
	}
	size += len(run)
	dst = appendRun(dst, run, z)
	z.keep(run)
	binary.LittleEndian.PutUint64(dst[start:], uint64(size))
	return dst, nil
}

// appendRun appends a frame for what stands between two finished frames.
func appendRun(dst, run []byte, z *Compressor) []byte {
	if len(run) == 0 {
		return dst
	}
	return z.AppendFrame(dst, run)
}

// longestRun is enough for any run of messages without a finished frame.
func longestRun(parts []Part) int {
	longest, run := 0, maxPlainHead
	for _, part := range parts {
		if len(part.Zstd) > 0 {
			run = 0
			continue
		}
		run += len(part.Bytes)
		longest = max(longest, run)
	}
	return max(longest, maxPlainHead)
}

// maxPlainHead is the most that appendPlainHead appends.
const maxPlainHead = 1 + 1 + len(keyTimestamp) + 9 + 1 + len(keyMessages) + 5

// plainSize is enough for a plain window of these messages.
func plainSize(messages [][]byte) int {
	size := maxPlainHead
	for _, m := range messages {
		size += len(m)
	}
	return size
}

func appendPlain(dst []byte, messages [][]byte, timestampSec float64) []byte {
	return appendAll(appendPlainHead(dst, len(messages), timestampSec), messages)
}

// appendPlainHead appends a plain window up to its first message. The timestamp
// stands before the messages, so that they end the window.
func appendPlainHead(dst []byte, count int, timestampSec float64) []byte {
	dst = msgpscan.AppendMapHeader(dst, 2)
	dst = msgpscan.AppendString(dst, keyTimestamp)
	dst = msgpscan.AppendFloat64(dst, timestampSec)
	dst = msgpscan.AppendString(dst, keyMessages)
	return msgpscan.AppendArrayHeader(dst, count)
}

func appendAll(dst []byte, messages [][]byte) []byte {
	for _, m := range messages {
		dst = append(dst, m...)
	}
	return dst
}
