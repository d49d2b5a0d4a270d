package wsproto

import (
	"errors"
	"fmt"
	"math"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// Keys of the envelope. Viser knows the first two.
const (
	keyTimestamp = "timestampSec"
	keyMessages  = "messages"
	keyEpoch     = "epoch"
	keySeq       = "seq"
	keyOwn       = "own"
	keyReset     = "reset"
	keyResync    = "resync"
	keyPong      = "pong"
	keyHello     = "hello"
	keyExcept    = "except"
)

// Keys of the hello.
const (
	keyClient  = "client"
	keySession = "session"
	keyGrace   = "graceSec"
	keyResumed = "resumed"
)

// MaxInteger is the largest number in a head: JavaScript has no larger integers.
const MaxInteger = 1<<53 - 1

// Head is what a window says beside its messages. What is zero isn't written; with only
// TimestampSec the window is one that viser's clients know. No number is above
// [MaxInteger].
type Head struct {
	// TimestampSec is monotonic time of the sender, in seconds. It is always written.
	TimestampSec float64
	// Epoch and Seq are those of the log: with the window applied a client has all below
	// Seq. Epoch 0: the window isn't one of the log, and Seq isn't written.
	Epoch, Seq uint64
	// Own is how many messages of its own queue the client has been sent.
	Own uint64
	// Reset: all that the log has ever given is to be forgotten before this window.
	Reset bool
	// Resync: the window answers a request for what has changed since Seq.
	Resync bool
	// Pong is the number of the ping that the window answers, 0: none.
	Pong uint64
	// Hello is the answer to a client that may resume. nil: none.
	Hello *Hello
	// Except are pairs of the index of a message and the client that it came from.
	Except []uint64
}

// Hello tells a client what it resumes, and how it can.
type Hello struct {
	Client   uint64
	Session  string // secret; "": the server keeps no sessions
	GraceSec float64
	Resumed  string // ResumedClient, ResumedScene or ""
}

// What a client resumes.
const (
	ResumedClient = "client" // it is the same client
	ResumedScene  = "scene"  // it is another client, with what it has of the scene
)

// The most that a window has before its first message, in a segmented one: no hello.
const (
	maxKeyedUint = 1 + 9 // beside the key
	maxPlainHead = 1 + 1 + len(keyTimestamp) + 9 + 1 + len(keyMessages) + 5
	maxHead      = maxPlainHead + 4*maxKeyedUint + len(keyEpoch+keySeq+keyOwn+keyPong) + 2*2 + len(keyReset+keyResync)
)

// pairs is how many keys the window has.
func (h *Head) pairs() int {
	n := 2
	for _, has := range [...]bool{h.Own > 0, h.Reset, h.Resync, h.Pong > 0, h.Hello != nil, len(h.Except) > 0} {
		if has {
			n++
		}
	}
	if h.Epoch > 0 {
		n += 2
	}
	return n
}

// append appends a window up to its first message. The timestamp stands before the
// messages, so that they end the window, or only appendTail's bytes follow.
func (h *Head) append(dst []byte, count int) []byte {
	dst = msgpscan.AppendMapHeader(dst, h.pairs())
	dst = msgpscan.AppendString(dst, keyTimestamp)
	dst = msgpscan.AppendFloat64(dst, h.TimestampSec)
	if h.Epoch > 0 {
		dst = appendKeyedUint(dst, keyEpoch, h.Epoch)
		dst = appendKeyedUint(dst, keySeq, h.Seq)
	}
	if h.Own > 0 {
		dst = appendKeyedUint(dst, keyOwn, h.Own)
	}
	if h.Reset {
		dst = msgpscan.AppendBool(msgpscan.AppendString(dst, keyReset), true)
	}
	if h.Resync {
		dst = msgpscan.AppendBool(msgpscan.AppendString(dst, keyResync), true)
	}
	if h.Pong > 0 {
		dst = appendKeyedUint(dst, keyPong, h.Pong)
	}
	if h.Hello != nil {
		dst = h.Hello.append(msgpscan.AppendString(dst, keyHello))
	}
	dst = msgpscan.AppendString(dst, keyMessages)
	return msgpscan.AppendArrayHeader(dst, count)
}

// appendTail appends what stands behind the messages.
func (h *Head) appendTail(dst []byte) []byte {
	if len(h.Except) == 0 {
		return dst
	}
	dst = msgpscan.AppendString(dst, keyExcept)
	dst = msgpscan.AppendArrayHeader(dst, len(h.Except))
	for _, v := range h.Except {
		dst = msgpscan.AppendUint(dst, v)
	}
	return dst
}

func (h *Hello) append(dst []byte) []byte {
	pairs := 3
	if h.Session != "" {
		pairs++
	}
	dst = msgpscan.AppendMapHeader(dst, pairs)
	dst = appendKeyedUint(dst, keyClient, h.Client)
	if h.Session != "" {
		dst = msgpscan.AppendString(msgpscan.AppendString(dst, keySession), h.Session)
	}
	dst = msgpscan.AppendFloat64(msgpscan.AppendString(dst, keyGrace), h.GraceSec)
	return msgpscan.AppendString(msgpscan.AppendString(dst, keyResumed), h.Resumed)
}

func appendKeyedUint(dst []byte, key string, v uint64) []byte {
	return msgpscan.AppendUint(msgpscan.AppendString(dst, key), v)
}

// readField reads the value of a key that isn't messages. What isn't known is skipped.
func (r *windowReader) readField(key []byte) (err error) {
	h := &r.head
	switch string(key) {
	case keyTimestamp:
		h.TimestampSec, err = readValue(r, msgpscan.ReadFloat64)
	case keyEpoch:
		h.Epoch, err = r.readInteger()
	case keySeq:
		h.Seq, err = r.readInteger()
	case keyOwn:
		h.Own, err = r.readInteger()
	case keyReset:
		h.Reset, err = readValue(r, msgpscan.ReadBool)
	case keyResync:
		h.Resync, err = readValue(r, msgpscan.ReadBool)
	case keyPong:
		h.Pong, err = r.readInteger()
	case keyHello:
		h.Hello = &Hello{}
		err = r.readMap(r.readHelloField)
	case keyExcept:
		err = r.readExcept()
	default:
		_, err = r.skip()
	}
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}

func (r *windowReader) readHelloField(key []byte) (err error) {
	h := r.head.Hello
	switch string(key) {
	case keyClient:
		h.Client, err = r.readInteger()
	case keySession:
		h.Session, err = r.readText()
	case keyGrace:
		h.GraceSec, err = readValue(r, msgpscan.ReadFloat64)
	case keyResumed:
		h.Resumed, err = r.readText()
	default:
		_, err = r.skip()
	}
	return err
}

var (
	errInteger = errors.New("an integer above 2^53-1")
	errPairs   = errors.New("not pairs of an index and a client")
)

func (r *windowReader) readInteger() (uint64, error) {
	v, err := readValue(r, msgpscan.ReadUint64)
	if err == nil && v > MaxInteger {
		err = errInteger
	}
	return v, err
}

func (r *windowReader) readText() (string, error) {
	text, err := readValue(r, msgpscan.ReadString)
	return string(text), err
}

func (r *windowReader) readExcept() error {
	count, err := readValue(r, msgpscan.ReadArray)
	switch {
	case err != nil:
		return err
	case count%2 != 0:
		return errPairs
	case count > 2*min(r.lim.MaxMessages, math.MaxInt/2):
		return fmt.Errorf("%w: %d echoes", ErrWindowTooLarge, count/2)
	}
	r.head.Except = nil
	for range count {
		v, err := r.readInteger()
		if err != nil {
			return err
		}
		r.head.Except = append(r.head.Except, v)
	}
	return nil
}

// readValue reads what one of package msgpscan's functions reads.
func readValue[T any](r *windowReader, read func([]byte) (T, int, error)) (T, error) {
	v, n, err := read(r.rest)
	if err == nil {
		r.rest = r.rest[n:]
	}
	return v, err
}
