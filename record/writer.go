package record

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// timeBytes is what stands before each body: an array of two, and a float64.
const timeBytes = 1 + 9

// WriteTo writes the recording as a file of its generation. Bodies are written as they
// are, after a look at their structure: a message that isn't one map with its type is
// an error that names it. Other errors are those of w.
func (r *Recording) WriteTo(w io.Writer) (int64, error) {
	if err := r.validate(); err != nil {
		return 0, err
	}
	counted := &countingWriter{w: w}
	err := r.compress(counted)
	return counted.n, err
}

func (r *Recording) validate() error {
	if r.Generation > GenerationZstd {
		return fmt.Errorf("record: there is no %v", r.Generation)
	}
	if r.Loops && (r.LoopStart < 0 || r.LoopStart > len(r.Messages)) {
		return fmt.Errorf("record: LoopStart is %d, there are %d messages", r.LoopStart, len(r.Messages))
	}
	if len(r.ViserVersion) > maxName {
		return fmt.Errorf("record: ViserVersion has %d bytes, at most %d", len(r.ViserVersion), maxName)
	}
	lim := msgpscan.Limits{MaxDepth: -1, MaxElements: -1}
	for i, m := range r.Messages {
		name, size, err := scanBody(m.Body, lim)
		switch {
		case err != nil:
			return fmt.Errorf("record: message %d: %w", i, err)
		case size != len(m.Body):
			return fmt.Errorf("record: message %d has %d bytes behind its map", i, len(m.Body)-size)
		case string(name) != m.Type:
			return fmt.Errorf("record: message %d: Type is %q, the body says %q", i, m.Type, name)
		}
	}
	return nil
}

// compress writes the content as the generation has it.
func (r *Recording) compress(w io.Writer) error {
	if r.Generation == GenerationLoop || r.Generation == GenerationGzip {
		z := gzip.NewWriter(w)
		if err := r.writeContent(z); err != nil {
			return err
		}
		return z.Close()
	}
	size := r.contentBytes()
	if _, err := w.Write(binary.LittleEndian.AppendUint64(nil, uint64(size))); err != nil {
		return err
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(true))
	if err != nil {
		return err
	}
	z.ResetContentSize(w, size)
	if err := r.writeContent(z); err != nil {
		_ = z.Close()
		return err
	}
	return z.Close()
}

// contentBytes is the size of what writeContent writes.
func (r *Recording) contentBytes() int64 {
	size := int64(len(r.appendHead(nil)) + len(r.appendTail(nil)))
	for _, m := range r.Messages {
		size += timeBytes + int64(len(m.Body))
	}
	return size
}

func (r *Recording) writeContent(w io.Writer) error {
	const flushBytes = 32 << 10 // small messages go to the compressor together
	buf := r.appendHead(make([]byte, 0, flushBytes))
	for _, m := range r.Messages {
		if len(buf)+timeBytes+len(m.Body) > flushBytes {
			if _, err := w.Write(buf); err != nil {
				return err
			}
			buf = buf[:0]
		}
		buf = appendSeconds(msgpscan.AppendArrayHeader(buf, 2), m.Time)
		if len(m.Body) > flushBytes-timeBytes {
			if err := writeBoth(w, buf, m.Body); err != nil {
				return err
			}
			buf = buf[:0]
			continue
		}
		buf = append(buf, m.Body...)
	}
	_, err := w.Write(r.appendTail(buf))
	return err
}

func writeBoth(w io.Writer, first, second []byte) error {
	if _, err := w.Write(first); err != nil {
		return err
	}
	_, err := w.Write(second)
	return err
}

// appendHead appends the content up to the first message, with viser's order of keys.
func (r *Recording) appendHead(dst []byte) []byte {
	fields := 2
	if r.hasLoopStart() {
		fields++
	}
	if r.Generation != GenerationLoop {
		fields++
	}
	dst = msgpscan.AppendMapHeader(dst, fields)
	if r.hasLoopStart() {
		dst = msgpscan.AppendString(dst, keyLoopStart)
		if r.Loops {
			dst = msgpscan.AppendInt(dst, int64(r.LoopStart))
		} else {
			dst = msgpscan.AppendNil(dst)
		}
	}
	dst = appendSeconds(msgpscan.AppendString(dst, keyDuration), r.Duration)
	dst = msgpscan.AppendString(dst, keyMessages)
	return msgpscan.AppendArrayHeader(dst, len(r.Messages))
}

func (r *Recording) hasLoopStart() bool { return r.Loops || r.Generation == GenerationLoop }

// appendTail appends the content behind the last message.
func (r *Recording) appendTail(dst []byte) []byte {
	if r.Generation == GenerationLoop {
		return dst
	}
	return msgpscan.AppendString(msgpscan.AppendString(dst, keyVersion), r.ViserVersion)
}

// appendSeconds appends a time in seconds. It is read back exactly up to 104 days,
// beyond which a float64 doesn't hold every nanosecond.
func appendSeconds(dst []byte, t time.Duration) []byte {
	return msgpscan.AppendFloat64(dst, t.Seconds())
}

// serialize returns the recording as a file in memory.
func (r *Recording) serialize() ([]byte, error) {
	var file bytes.Buffer
	if _, err := r.WriteTo(&file); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

// countingWriter counts what it passes on.
type countingWriter struct {
	w io.Writer
	n int64
}

func (c *countingWriter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}
