package record

import "github.com/scenewire/scenewire/internal/msgpscan"

// Limits bounds what reading a file may cost. For each field 0 means the default, and
// a negative number means no limit.
type Limits struct {
	// MaxBytes is the size of the decompressed content. Reading takes up to twice the
	// largest message of it, and [Read] the content. Of an MCAP file, which is read a
	// part at a time, it is that of a chunk, and of a live state; a File takes up to
	// three times as much. Default 1 GiB.
	MaxBytes int64
	// MaxMessages is how many messages there may be; each costs 48 bytes in a
	// [Recording] beside its body. Of an MCAP file it is those of a live state. Default
	// 16,777,216.
	MaxMessages int
	// MaxDepth is how many maps and arrays may enclose one another in a message, the
	// message itself being the first. Default 64; never above 10,000.
	MaxDepth int
	// MaxElements is how many elements the maps and arrays of one message may have
	// together, where a pair counts as two. Default 16,777,216.
	MaxElements int
}

const (
	defaultMaxBytes    = 1 << 30
	defaultMaxMessages = 1 << 24
	// maxZstdWindow is how far back a zstd frame may refer, which is memory that the
	// decoder takes; libzstd stops there too by default.
	maxZstdWindow = 128 << 20
	// maxFields bounds the pairs of the outermost map, of which four are known.
	maxFields = 64
	// maxName bounds the bytes of a message's type and of viser's version.
	maxName = 255
)

func (l Limits) withDefaults() Limits {
	switch {
	case l.MaxBytes == 0:
		l.MaxBytes = defaultMaxBytes
	case l.MaxBytes < 0:
		l.MaxBytes = int64(^uint64(0) >> 1)
	}
	switch {
	case l.MaxMessages == 0:
		l.MaxMessages = defaultMaxMessages
	case l.MaxMessages < 0:
		l.MaxMessages = int(^uint(0) >> 1)
	}
	return l
}

// value is the limits of one message.
func (l Limits) value() msgpscan.Limits {
	return msgpscan.Limits{MaxDepth: l.MaxDepth, MaxElements: l.MaxElements}
}
