package loop

import (
	"sync"
	"sync/atomic"
)

// chunk is a copy of what one read brought, in pooled memory: the messages in it are
// slices of it. One copy and one release for a read full of messages instead of one for
// each (benchmarks/inbound).
//
// Each message in the inbox has a reference, and so has the reader while it parses and
// while it keeps a rest. The last release gives the memory back.
type chunk struct {
	bytes []byte
	refs  atomic.Int32
	class int8
}

// chunkClasses are the capacities of chunks. What is read at once fits the last; a
// single small message doesn't hold more than the first.
var chunkClasses = [...]int{256, 2 << 10, readBufferBytes}

var chunkPools [len(chunkClasses)]sync.Pool

// newChunk copies b, which has at most readBufferBytes unless it came with the
// handshake, and has one reference.
func newChunk(b []byte) *chunk {
	for class, size := range chunkClasses {
		if len(b) > size {
			continue
		}
		c, ok := chunkPools[class].Get().(*chunk)
		if !ok {
			c = &chunk{bytes: make([]byte, 0, size), class: int8(class)}
		}
		c.bytes = append(c.bytes[:0], b...)
		c.refs.Store(1)
		return c
	}
	c := &chunk{bytes: append([]byte(nil), b...), class: -1}
	c.refs.Store(1)
	return c
}

// release gives n references back. A nil chunk has none.
func (c *chunk) release(n int) {
	if c == nil || c.refs.Add(int32(-n)) > 0 {
		return
	}
	if c.class >= 0 {
		chunkPools[c.class].Put(c)
	}
}
