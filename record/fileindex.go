package record

import (
	"math"

	"github.com/scenewire/scenewire/internal/mcap"
)

// fileIndex is what is known of an MCAP file without reading its chunks.
type fileIndex struct {
	Index
	src  *source
	meta map[string]string // what the recording says about itself
}

func newFileIndex(src *source) *fileIndex {
	return &fileIndex{src: src, Index: Index{Bytes: int64(len(mcap.Magic))}}
}

// addChannel takes in the channel whose record is at off.
func (x *fileIndex) addChannel(off int64, content []byte) error {
	c, err := mcap.ParseChannel(content)
	if err != nil {
		return x.src.corrupt(off, "%w", err)
	}
	x.channels.learn(c)
	return nil
}

// addMetadata takes in a metadata record.
func (x *fileIndex) addMetadata(off int64, content []byte) error {
	m, err := mcap.ParseMetadata(content)
	if err != nil {
		return x.src.corrupt(off, "%w", err)
	}
	if m.Name == metadataName && x.meta == nil {
		x.meta = m.Pairs
	}
	return nil
}

// addChunk takes in the next chunk of the file, as what stands at off says, between two
// log times and in the file up to limit.
func (x *fileIndex) addChunk(off int64, c Chunk, start, end uint64, limit int64) error {
	begin := x.Bytes
	switch {
	case c.Offset < begin || c.Offset > limit || c.Length < mcap.HeadBytes || c.Length > limit-c.Offset || c.Size < 0:
		return x.src.corrupt(off, "a chunk of %d bytes at %d doesn't lie in the file, or not in order", c.Length, c.Offset)
	case end < start || end > math.MaxInt64:
		return x.src.corrupt(off, "the chunk at %d ends before it begins, or too late", c.Offset)
	}
	c.Start, c.End = timeOf(start), timeOf(end)
	if n := len(x.Chunks); n > 0 && !c.Start.After(x.Chunks[n-1].End) {
		return x.src.corrupt(off, "the chunk at %d isn't in the order of time", c.Offset)
	}
	x.Chunks = append(x.Chunks, c)
	x.Bytes = c.Offset + c.Length
	return nil
}

// count counts messages of a channel.
func (x *fileIndex) count(id uint16, n uint64) {
	for len(x.counts) <= int(id) {
		x.counts = append(x.counts, 0)
	}
	x.counts[id] += n
}

// note notes that a chunk has messages of a role.
func (c *Chunk) note(r role) {
	c.Keyframe = c.Keyframe || r == roleKeyframe
	c.Gap = c.Gap || r == roleGap
}
