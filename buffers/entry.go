package buffers

import "errors"

// NoReader is the reader number that no reader has. As [Entry.Except] it
// excludes nobody, as [WindowRequest.Reader] it asks for the window that
// everybody may share.
const NoReader = ^uint64(0)

// ErrFull says that a push would exceed a stated bound. Nothing was appended.
var ErrFull = errors.New("buffers: full")

// ErrTransient says that a transient entry claims to remove or to supersede.
// Late joiners would never learn of it. Nothing was appended.
var ErrTransient = errors.New("buffers: a transient entry can neither remove nor supersede")

// ErrState says that what is to be the live state of a log can't be that of any.
var ErrState = errors.New("buffers: not the live state of a log")

// Entry is one encoded message in a buffer. Immutable after publication: the
// entries that a buffer hands out are shared by all readers.
//
// The first 64 bytes are what making a window looks at (BenchmarkLogWindow).
type Entry struct {
	// Seq is the position in the buffer, given by the push. What the caller of
	// a push puts here is ignored.
	Seq uint64
	// Payload is the encoded message, shared and read-only: the buffer keeps
	// the slice it is given. Entries of one batch should not be cut from one
	// allocation, or the last live one keeps all of it.
	Payload []byte
	// Except is the reader that must not get this entry. It has to be NoReader
	// for an entry that excludes nobody: 0 is a reader like any other.
	Except uint64
	// Stored says that the producer found that Payload does not shrink. It is
	// opaque to the buffer.
	Stored bool
	// Removal says that this entry removes the thing that has its key, with
	// all that follows it. In a log it is for the readers that may have seen
	// the thing, and is no part of the live state; see [Log].
	Removal bool
	// Transient says that the entry is for the readers of this moment and not
	// for those who join later. It conflates with transient entries only, and
	// is no part of the live state; see [Log]. A [Queue] does not look at it.
	Transient bool

	// before and after count the other entries pushed in the same batch. They
	// outlive their neighbours, so a batch's borders are known as long as one
	// entry of it lives.
	before, after uint32
	pushes        uint32 // see Pushes
	// seenFrom is the least cursor whose reader may have seen something of what
	// this entry supersedes, by itself or by what it culled.
	seenFrom uint64

	// Key is the redundancy key. A newer entry with the same key supersedes
	// this one. "" is never superseded by key.
	Key string
	// Packed is a finished compressed form of Payload made by the producer, or
	// nil. It is opaque to the buffer, shared and read-only, and counts into
	// the bytes that a buffer holds; the bytes of a window are those of Payload.
	Packed []byte
	// Follows is the key that this entry only makes sense after, or "". When
	// that key is pushed again, the live followers are appended once more
	// behind it, with all that has to stand behind them in turn, so no reader
	// meets a follower before what it follows. When that key is removed, or
	// superseded by another, they are culled with it.
	//
	// A transient follower is culled likewise but never moved: it is no state,
	// and would reach some readers twice. A removal follows nothing.
	Follows string
	// Supersedes names further keys that the push culls, or is nil. It is shared
	// and read-only, like Payload.
	Supersedes *KeySet
}

// KeySet is the further keys that an entry supersedes.
//
// A page that applies the entry is expected to drop whatever it holds of these
// keys, and of what follows them: a reader that has seen them is told by this
// entry alone. So an entry has to supersede at least what the entries did that
// it culls, as the removal of a node covers all that its creation covers.
//
// Entries of one key should claim alike: follow the same key, and supersede the
// same keys, a removal at least those of what it removes.
//
// An entry never culls itself. Transient entries are not looked at.
type KeySet struct {
	// Keys are culled one by one.
	Keys []string
	// Prefix culls every key that begins with it; "" culls none. The
	// first one makes the buffer keep its keys in order from then on, which
	// takes a second or so for a million of them; after that it costs what it
	// culls plus the logarithm of the live keys.
	Prefix string
}

// Pushes is how often e's key has been pushed since it appeared, this time included: it
// begins again with the key's removal, with the entry's culling by another key, and at
// 2^32. It is 1 without a key.
func (e *Entry) Pushes() uint32 { return e.pushes }

// lasting reports whether e is part of the live state of a log.
func (e *Entry) lasting() bool { return !e.Removal && !e.Transient }

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

// limit64 is limit for byte counts and durations.
func limit64[T ~int64](configured, def T) T {
	switch {
	case configured == 0:
		return def
	case configured < 0:
		return T(int64(^uint64(0) >> 1))
	}
	return configured
}
