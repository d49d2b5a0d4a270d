package messages

// Limits bounds what Decode takes from a peer. For each field 0 means the
// default, and a negative number means no limit.
//
// MaxBytes and MaxElements together bound the memory that one message may
// cost: about its bytes, plus its elements times the size of the Go value that
// each becomes (16 bytes for one of an []any).
type Limits struct {
	// MaxBytes is the size of an encoded message. Default 50 MiB.
	MaxBytes int
	// MaxDepth is how many maps and arrays may enclose one another, the
	// message itself being the first. Default 32; without a limit it is
	// 10,000, which keeps the stack small. It holds for encoding too, where
	// it finds values that contain themselves.
	MaxDepth int
	// MaxElements is how many elements all maps and arrays of a message may
	// have together, where a pair counts as two. The numbers in a binary
	// don't count. Default 1,048,576.
	MaxElements int
}

const (
	defaultMaxBytes    = 50 << 20
	defaultMaxDepth    = 32
	hardMaxDepth       = 10_000
	defaultMaxElements = 1 << 20
)

func (l Limits) withDefaults() Limits {
	if l.MaxBytes == 0 {
		l.MaxBytes = defaultMaxBytes
	}
	if l.MaxElements == 0 {
		l.MaxElements = defaultMaxElements
	}
	switch {
	case l.MaxDepth == 0:
		l.MaxDepth = defaultMaxDepth
	case l.MaxDepth < 0 || l.MaxDepth > hardMaxDepth:
		l.MaxDepth = hardMaxDepth
	}
	return l
}
