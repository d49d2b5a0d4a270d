package wsproto

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/scenewire/scenewire/internal/msgpscan"
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
		return appendPlain(dst, messages, &Head{TimestampSec: timestampSec}), nil
	case GenerationZstd:
		return AppendSceneWindow(dst, messages, &Head{TimestampSec: timestampSec}, z), nil
	}
	return dst, fmt.Errorf("wsproto: unknown generation %d", g)
}

// AppendSceneWindow appends a window of GenerationZstd as [AppendWindow] does, with all
// that head says. The messages and head are borrowed until return.
func AppendSceneWindow(dst []byte, messages [][]byte, head *Head, z *Compressor) []byte {
	plain := appendPlain(z.scratch(plainSize(messages)), messages, head)
	dst = binary.LittleEndian.AppendUint64(dst, uint64(len(plain)))
	dst = z.AppendFrame(dst, plain)
	z.keep(plain)
	return dst
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
	head := Head{TimestampSec: timestampSec}
	run := head.append(z.scratch(longestRun(parts)), len(parts))
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

// plainSize is enough for a plain window of these messages, unless it has a hello or a
// tail.
func plainSize(messages [][]byte) int {
	size := maxHead
	for _, m := range messages {
		size += len(m)
	}
	return size
}

func appendPlain(dst []byte, messages [][]byte, head *Head) []byte {
	return head.appendTail(appendAll(head.append(dst, len(messages)), messages))
}

func appendAll(dst []byte, messages [][]byte) []byte {
	for _, m := range messages {
		dst = append(dst, m...)
	}
	return dst
}
