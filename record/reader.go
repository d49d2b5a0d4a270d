package record

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"time"
	"unicode/utf8"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// The keys of the outermost map.
const (
	keyDuration  = "durationSeconds"
	keyMessages  = "messages"
	keyVersion   = "viserVersion"
	keyLoopStart = "loopStartIndex"
)

// Reader reads a file message by message, in memory for a few of them. It belongs to
// one goroutine at a time.
type Reader struct {
	content content
	lim     Limits
	header  Header
	names   map[string]string // types that came, each once in memory
	seen    map[string]bool   // keys that came
	fields  uint64            // of the outermost map, that are left
	left    uint64            // messages of the array
	count   uint64            // messages that the array declares
	err     error
}

// NewReader begins to read a file of any generation, up to its first message. nil
// limits are the defaults. Nothing needs to be closed. The error is that of r, or a
// [*CorruptError], for which errors.Is may say [ErrFormat], [ErrTruncated] or
// [ErrLimit].
func NewReader(r io.Reader, lim *Limits) (*Reader, error) {
	d := newReader(lim)
	c := &d.content
	c.packed.r = bufio.NewReader(r)
	var err error
	if c.plain, err = c.packed.open(d.lim.MaxBytes); err != nil {
		return nil, err
	}
	if err := d.begin(); err != nil {
		d.fail(err)
		return nil, err
	}
	return d, nil
}

// newReader returns a reader that has nothing to read yet.
func newReader(lim *Limits) *Reader {
	d := &Reader{names: map[string]string{}, seen: map[string]bool{}}
	if lim != nil {
		d.lim = *lim
	}
	d.lim = d.lim.withDefaults()
	d.content.max = d.lim.MaxBytes
	return d
}

// Read reads a whole file. If it is damaged, the recording has what could be read of
// it, and there is an error too, like that of [NewReader].
func Read(r io.Reader, lim *Limits) (*Recording, error) {
	d, err := NewReader(r, lim)
	if err != nil {
		return &Recording{}, err
	}
	rec := &Recording{}
	for {
		m, err := d.Next()
		if err != nil {
			rec.Header = d.Header()
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return rec, err
		}
		rec.Messages = append(rec.Messages, m)
	}
}

// Next returns the next message, or io.EOF behind the last one, when the file has been
// found sound to its end. Its body is handed over; it shares memory with its neighbours,
// so who keeps few of many messages copies them. Every error is final.
func (d *Reader) Next() (Message, error) {
	if d.err != nil {
		return Message{}, d.err
	}
	m, err := d.next()
	if err != nil {
		d.fail(err)
	}
	return m, err
}

// fail ends the reading, with io.EOF too.
func (d *Reader) fail(err error) {
	d.err = err
	d.content.plain.close()
}

// Header returns what was read of it so far. Viser writes its version behind the
// messages, so it is complete when Next has returned io.EOF.
func (d *Reader) Header() Header {
	h := d.header
	switch {
	case d.content.plain.zstd:
		h.Generation = GenerationZstd
	case d.seen[keyVersion]:
		h.Generation = GenerationGzip
	default:
		h.Generation = GenerationLoop
	}
	return h
}

// begin reads up to the first message.
func (d *Reader) begin() (err error) {
	if d.fields, err = d.takeCount(msgpscan.Map, maxFields); err != nil {
		return err
	}
	return d.readFields()
}

// readFields reads fields up to the first message.
func (d *Reader) readFields() error {
	for d.fields > 0 && d.left == 0 {
		d.fields--
		if err := d.readField(); err != nil {
			return err
		}
	}
	return nil
}

func (d *Reader) next() (Message, error) {
	if d.left == 0 {
		if err := d.readFields(); err != nil {
			return Message{}, err
		}
	}
	if d.left == 0 {
		return Message{}, d.end()
	}
	d.left--
	return d.readMessage()
}

func (d *Reader) end() error {
	for _, key := range []string{keyDuration, keyMessages} {
		if !d.seen[key] {
			return d.content.corrupt(0, fmt.Errorf("there is no %q", key))
		}
	}
	if d.header.Loops && uint64(d.header.LoopStart) > d.count {
		return d.content.corrupt(0, fmt.Errorf("%s is %d, there are %d messages", keyLoopStart, d.header.LoopStart, d.count))
	}
	return d.content.end()
}

func (d *Reader) readField() error {
	key, err := d.takeString("a key")
	if err != nil {
		return err
	}
	if d.seen[key] {
		return d.content.corrupt(0, fmt.Errorf("the key %q comes twice", key))
	}
	d.seen[key] = true
	switch key {
	case keyDuration:
		d.header.Duration, err = d.takeSeconds()
	case keyVersion:
		d.header.ViserVersion, err = d.takeString(key)
	case keyLoopStart:
		err = d.readLoopStart()
	case keyMessages:
		d.count, err = d.takeCount(msgpscan.Array, uint64(d.lim.MaxMessages))
		d.left = d.count
	default:
		_, err = d.content.take(func(b []byte) (int, error) { return msgpscan.Size(b, d.lim.value()) })
	}
	return err
}

func (d *Reader) readLoopStart() error {
	_, err := d.content.take(func(b []byte) (n int, err error) {
		if msgpscan.IsNil(b) {
			return 1, nil
		}
		index, n, err := msgpscan.ReadUint64(b)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", keyLoopStart, err)
		}
		if index > math.MaxInt32 {
			return 0, fmt.Errorf("%s is %d", keyLoopStart, index)
		}
		d.header.Loops, d.header.LoopStart = true, int(index)
		return n, nil
	})
	return err
}

// takeCount takes the header of the outermost map, or of the messages.
func (d *Reader) takeCount(kind msgpscan.Kind, most uint64) (count uint64, err error) {
	_, err = d.content.take(func(b []byte) (n int, err error) {
		count, n, err = readCount(b, kind)
		if err == nil && count > most {
			return 0, fmt.Errorf("%w: the %v declares %d elements, at most %d", ErrLimit, kind, count, most)
		}
		return n, err
	})
	return count, err
}

func (d *Reader) takeString(what string) (s string, err error) {
	_, err = d.content.take(func(b []byte) (int, error) {
		text, n, err := msgpscan.ReadString(b)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", what, err)
		}
		if len(text) > maxName || !utf8.Valid(text) {
			return 0, fmt.Errorf("%s is no text of at most %d bytes", what, maxName)
		}
		s = string(text)
		return n, nil
	})
	return s, err
}

func (d *Reader) takeSeconds() (t time.Duration, err error) {
	_, err = d.content.take(func(b []byte) (n int, err error) {
		t, n, err = readSeconds(b)
		return n, err
	})
	return t, err
}

// readSeconds reads a number of seconds and rounds it to nanoseconds.
func readSeconds(b []byte) (time.Duration, int, error) {
	seconds, n, err := msgpscan.ReadFloat64(b)
	if err != nil {
		return 0, 0, fmt.Errorf("a time: %w", err)
	}
	const most = 9.2e9 // 290 years
	if !(seconds > -most && seconds < most) {
		return 0, 0, fmt.Errorf("%v is no time in seconds", seconds)
	}
	return time.Duration(math.Round(seconds * 1e9)), n, nil
}

// readMessage takes one element of the messages: [seconds, {…}].
func (d *Reader) readMessage() (m Message, err error) {
	var name []byte
	start := 0
	bytes, err := d.content.take(func(b []byte) (n int, err error) {
		count, n, err := readCount(b, msgpscan.Array)
		if err != nil {
			return 0, err
		}
		if count != 2 {
			return 0, fmt.Errorf("a message of %d elements instead of a time and a map", count)
		}
		var size int
		if m.Time, size, err = readSeconds(b[n:]); err != nil {
			return n, err
		}
		start = n + size
		name, size, err = scanBody(b[start:], d.lim.value())
		return start + size, err
	})
	if err != nil {
		return Message{}, err
	}
	m.Body = bytes[start:]
	m.Type = intern(d.names, name)
	return m, nil
}

// intern returns the name as a string that is in memory once.
func intern(names map[string]string, name []byte) string {
	if known, ok := names[string(name)]; ok {
		return known
	}
	s := string(name)
	names[s] = s
	return s
}

// scanBody walks over the map at the start of b and returns its type and size; with an
// error, the size is the place.
func scanBody(b []byte, lim msgpscan.Limits) (name []byte, size int, err error) {
	walker := msgpscan.NewWalker(lim)
	pairs, pos, err := walker.EnterMap(b)
	if err != nil {
		return nil, 0, fmt.Errorf("a message: %w", err)
	}
	for range pairs {
		keySize, err := walker.Skip(b[pos:])
		if err != nil {
			return nil, pos, err
		}
		key := b[pos : pos+keySize]
		pos += keySize
		valueSize, err := walker.Skip(b[pos:])
		if err != nil {
			return nil, pos, err
		}
		if isTypeKey(key) {
			if name != nil {
				return nil, pos, errors.New("a message with two types")
			}
			if name, err = readType(b[pos : pos+valueSize]); err != nil {
				return nil, pos, err
			}
		}
		pos += valueSize
	}
	if name == nil {
		return nil, 0, errors.New("a message without a type")
	}
	return name, pos, nil
}

func isTypeKey(key []byte) bool {
	s, _, err := msgpscan.ReadString(key)
	return err == nil && string(s) == "type"
}

func readType(value []byte) ([]byte, error) {
	name, _, err := msgpscan.ReadString(value)
	if err != nil || len(name) == 0 || len(name) > maxName || !utf8.Valid(name) {
		return nil, fmt.Errorf("a message's type is no name of 1 to %d bytes", maxName)
	}
	return name, nil
}
