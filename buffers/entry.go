package buffers

import "errors"

// NoReader is the reader number that no reader has. As [Entry.Except] it
// excludes nobody, as [WindowRequest.Reader] it asks for the window that
// everybody may share.
const NoReader = ^uint64(0)

// ErrFull says that a push would exceed a stated bound. Nothing was appended.
var ErrFull = errors.New("buffers: full")

// Entry is one encoded message in a buffer. Immutable after publication: the
// entries that a buffer hands out are shared by all readers.
type Entry struct {
	// Seq is the position in the buffer, given by the push. What the caller of
	// a push puts here is ignored.
	Seq uint64
	// Key is the redundancy key. A newer entry with the same key supersedes
	// this one. "" is never superseded.
	Key string
	// Payload is the encoded message, shared and read-only: the buffer keeps
	// the slice it is given. Entries of one batch should not be cut from one
	// allocation, or the last live one keeps all of it.
	Payload []byte
	// Packed is a finished compressed form of Payload made by the producer, or
	// nil. It is opaque to the buffer, shared and read-only, and counts into
	// the bytes that a buffer holds; the bytes of a window are those of Payload.
	Packed []byte
	// Except is the reader that must not get this entry. It has to be NoReader
	// for an entry that excludes nobody: 0 is a reader like any other.
	Except uint64
	// Stored says that the producer found that Payload does not shrink. It is
	// opaque to the buffer.
	Stored bool

	// before and after count the other entries pushed in the same batch. They
	// outlive their neighbours, so a batch's borders are known as long as one
	// entry of it lives.
	before, after uint32
}

// memory is the bytes that e counts for in a buffer.
func (e *Entry) memory() int64 { return int64(len(e.Payload)) + int64(len(e.Packed)) }

// batchStart is the sequence of the first entry of e's batch.
func (e *Entry) batchStart() uint64 { return e.Seq - uint64(e.before) }

// batchEnd is the sequence behind the last entry of e's batch.
func (e *Entry) batchEnd() uint64 { return e.Seq + uint64(e.after) + 1 }

// excludes reports whether reader must not get e.
func (e *Entry) excludes(reader uint64) bool {
	return e.Except == reader && reader != NoReader
}

// unlimited stands for a limit that is switched off.
const unlimited = int(^uint(0) >> 1)

// limit resolves a configured limit: 0 means def, negative means none.
func limit(configured, def int) int {
	switch {
	case configured == 0:
		return def
	case configured < 0:
		return unlimited
	}
	return configured
}

// limit64 is limit for byte counts.
func limit64(configured, def int64) int64 {
	switch {
	case configured == 0:
		return def
	case configured < 0:
		return int64(^uint64(0) >> 1)
	}
	return configured
}
