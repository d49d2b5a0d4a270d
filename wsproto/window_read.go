package wsproto

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// The two ways in which DecodeWindow fails. What is wrong is in the text, and
// for MessagePack also in the chain of errors.
var (
	ErrWindowTooLarge = errors.New("wsproto: window over its limit")
	ErrWindowInvalid  = errors.New("wsproto: window is malformed")
)

// Envelope is the content of one window.
type Envelope struct {
	Messages [][]byte // each a MessagePack map
	Head              // zero before GenerationPlain
}

// WindowLimits bounds what DecodeWindow takes. For each field 0 means the
// default, and a negative number means no limit.
type WindowLimits struct {
	// MaxBytes is the size of a window when decompressed. Default 256 MiB.
	MaxBytes int
	// MaxMessages is the number of messages. Default 1,048,576.
	MaxMessages int
	// MaxDepth is how deep arrays and maps may be nested inside a message, the
	// message itself counted. Default 64, never above 10,000.
	MaxDepth int
	// MaxElements is how many elements all arrays and maps of one message may
	// hold together. Default 16,777,216.
	MaxElements int
}

const (
	defaultWindowBytes    = 256 << 20
	defaultWindowMessages = 1 << 20
)

func (l WindowLimits) withDefaults() WindowLimits {
	l.MaxBytes = limitOr(l.MaxBytes, defaultWindowBytes)
	l.MaxMessages = limitOr(l.MaxMessages, defaultWindowMessages)
	return l
}

func limitOr(limit, def int) int {
	switch {
	case limit == 0:
		return def
	case limit < 0:
		return math.MaxInt
	}
	return limit
}

func (l WindowLimits) scan() msgpscan.Limits {
	return msgpscan.Limits{MaxDepth: l.MaxDepth, MaxElements: l.MaxElements}
}

// DecodeWindow reads the payload of a WebSocket message. The keys of an envelope
// may come in any order; unknown ones are ignored, and of repeated ones the last
// counts. Both known ones must be there. Nothing may follow.
//
// The messages are slices of payload, or for GenerationZstd of d's memory: they
// and the Messages slice are then valid until d is used again. d may be nil,
// which makes everything anew, a decoder included. For GenerationZstd the
// declared size is checked against lim before anything is decompressed or
// allocated, and must be what comes out.
//
// The error is ErrWindowTooLarge or ErrWindowInvalid.
func DecodeWindow(g Generation, payload []byte, lim WindowLimits, d *Decompressor) (Envelope, error) {
	lim = lim.withDefaults()
	if d == nil {
		d = &Decompressor{}
	}
	if g == GenerationZstd {
		plain, err := decompressWindow(payload, lim, d)
		if err != nil {
			return Envelope{}, err
		}
		payload = plain
	}
	if len(payload) > lim.MaxBytes {
		return Envelope{}, fmt.Errorf("%w: %d bytes", ErrWindowTooLarge, len(payload))
	}
	r := windowReader{rest: payload, lim: lim, messages: d.messages[:0]}
	err := r.read(g)
	if err == nil && len(r.rest) > 0 {
		err = fmt.Errorf("%d bytes after its end", len(r.rest))
	}
	if cap(r.messages) <= keptMessages {
		d.messages = r.messages
	}
	if err != nil {
		return Envelope{}, windowError(err)
	}
	return Envelope{r.messages, r.head}, nil
}

// windowError wraps what went wrong on the walk in one of the two errors.
func windowError(err error) error {
	switch {
	case errors.Is(err, ErrWindowTooLarge):
		return err
	case errors.Is(err, msgpscan.ErrDepth), errors.Is(err, msgpscan.ErrElements):
		return fmt.Errorf("%w: %w", ErrWindowTooLarge, err)
	}
	return fmt.Errorf("%w: %w", ErrWindowInvalid, err)
}

// keptMessages caps the slice that a Decompressor keeps: 1 MiB.
const keptMessages = keptScratch / 24

// maxZstdRatio is the most that zstd can shrink: a block of 4 bytes repeats one
// byte 128 Ki times (RFC 8878 section 3.1.1.2.2).
const maxZstdRatio = maxZstdBlock / 4

// decompressWindow returns the plain window inside a zstd window.
func decompressWindow(payload []byte, lim WindowLimits, d *Decompressor) ([]byte, error) {
	if len(payload) < sizeBytes {
		return nil, fmt.Errorf("%w: %d bytes can't hold its size", ErrWindowInvalid, len(payload))
	}
	size := binary.LittleEndian.Uint64(payload)
	frames := payload[sizeBytes:]
	switch {
	case size > uint64(lim.MaxBytes):
		return nil, fmt.Errorf("%w: %d bytes when decompressed", ErrWindowTooLarge, size)
	case size/maxZstdRatio > uint64(len(frames)):
		return nil, fmt.Errorf("%w: %d bytes can't hold %d", ErrWindowInvalid, len(frames), size)
	}
	if d.dec == nil {
		d.dec = NewDecompressor().dec
	}
	plain, err := d.decompress(frames, int(size))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWindowInvalid, err)
	}
	if uint64(len(plain)) != size {
		return nil, fmt.Errorf("%w: %d bytes when decompressed, not the declared %d", ErrWindowInvalid, len(plain), size)
	}
	return plain, nil
}

// windowReader walks over a plain window. rest is what is not read yet.
type windowReader struct {
	rest     []byte
	lim      WindowLimits
	messages [][]byte
	head     Head
}

func (r *windowReader) read(g Generation) error {
	switch g {
	case GenerationMap:
		return r.readMessage()
	case GenerationArray:
		return r.readMessages()
	case GenerationPlain, GenerationZstd:
		return r.readEnvelope()
	}
	return fmt.Errorf("unknown generation %d", g)
}

// readEnvelope reads {timestampSec, messages} and what else there is.
func (r *windowReader) readEnvelope() error {
	var seen struct{ timestamp, messages bool }
	err := r.readMap(func(key []byte) error {
		if string(key) == keyMessages {
			seen.messages = true
			return r.readMessages()
		}
		seen.timestamp = seen.timestamp || string(key) == keyTimestamp
		return r.readField(key)
	})
	if err == nil && !(seen.timestamp && seen.messages) {
		err = errors.New("timestampSec or messages is missing")
	}
	return err
}

// readMap has the value of each key read; that of a key that isn't text has the key nil.
func (r *windowReader) readMap(readValueOf func(key []byte) error) error {
	pairs, n, err := msgpscan.ReadMap(r.rest)
	if err != nil {
		return err
	}
	r.rest = r.rest[n:]
	for range pairs {
		key, err := r.readKey()
		if err != nil {
			return err
		}
		if err := readValueOf(key); err != nil {
			return err
		}
	}
	return nil
}

// readKey returns the next key, nil if it is not a string.
func (r *windowReader) readKey() ([]byte, error) {
	key, err := r.skip()
	if err != nil || msgpscan.KindOf(key) != msgpscan.String {
		return nil, err
	}
	key, _, err = msgpscan.ReadString(key)
	return key, err
}

// readMessages reads an array of messages.
func (r *windowReader) readMessages() error {
	count, n, err := msgpscan.ReadArray(r.rest)
	if err != nil {
		return fmt.Errorf("messages: %w", err)
	}
	if count > r.lim.MaxMessages {
		return fmt.Errorf("%w: %d messages", ErrWindowTooLarge, count)
	}
	r.rest = r.rest[n:]
	r.messages = r.messages[:0]
	for i := range count {
		if err := r.readMessage(); err != nil {
			return fmt.Errorf("message %d: %w", i, err)
		}
	}
	return nil
}

var errNotMap = errors.New("not a map")

func (r *windowReader) readMessage() error {
	m, err := r.skip()
	if err != nil {
		return err
	}
	if msgpscan.KindOf(m) != msgpscan.Map {
		return errNotMap
	}
	r.messages = append(r.messages, m)
	return nil
}

// skip passes over a value of any kind and returns it.
func (r *windowReader) skip() ([]byte, error) {
	n, err := msgpscan.Size(r.rest, r.lim.scan())
	if err != nil {
		return nil, err
	}
	v := r.rest[:n:n]
	r.rest = r.rest[n:]
	return v, nil
}
