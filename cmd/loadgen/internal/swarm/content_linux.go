package swarm

import "bytes"

// Bounds of what a thread keeps to compare with.
const (
	maxContents     = 512
	maxContentBytes = 64 << 20
)

// content is the payload of a message that clients of one thread have got, or are getting:
// each adds what the others don't have yet, and compares what they have. So it is held
// once, however many get it.
type content struct {
	size   int
	buf    []byte // the first bytes, up to size
	window *window
	runs   []run // by group
}

// run is a number of clients of one group that got a window at about the same time.
type run struct{ at, n int64 }

// contents are the newest ones. What leaves is still valid for those who are at it.
type contents struct {
	bySize map[int][]*content
	order  []*content // oldest first, from next on
	next   int
	bytes  int
	left   func(*content)
}

// find returns the newest content of that size that begins with before, which mostly is
// empty, and then part, as far as it is there; nil if there is none.
func (cs *contents) find(size int, before, part []byte) *content {
	list := cs.bySize[size]
	for i := len(list) - 1; i >= 0; i-- {
		c := list[i]
		n := min(len(c.buf), len(before))
		if n < len(before) || !bytes.Equal(c.buf[:n], before) {
			continue
		}
		rest := c.buf[n:]
		if n = min(len(rest), len(part)); bytes.Equal(rest[:n], part[:n]) {
			return c
		}
	}
	return nil
}

// add makes a content that begins with these parts, which are copied.
func (cs *contents) add(size int, before, part []byte) *content {
	c := &content{size: size, buf: append(append(make([]byte, 0, len(before)+len(part)), before...), part...)}
	cs.bySize[size] = append(cs.bySize[size], c)
	cs.order = append(cs.order, c)
	cs.bytes += size
	for len(cs.order)-cs.next > 1 && (len(cs.order)-cs.next > maxContents || cs.bytes > maxContentBytes) {
		cs.drop()
	}
	return c
}

func (cs *contents) drop() {
	c := cs.order[cs.next]
	cs.order[cs.next] = nil
	if cs.next++; cs.next > maxContents {
		cs.order, cs.next = append(cs.order[:0], cs.order[cs.next:]...), 0
	}
	cs.bytes -= c.size
	list := cs.bySize[c.size]
	if len(list) == 1 {
		delete(cs.bySize, c.size)
	} else {
		list[0] = nil // the oldest of all is the oldest of its size
		cs.bySize[c.size] = list[1:]
	}
	cs.left(c)
}

// each calls f with all that are held.
func (cs *contents) each(f func(*content)) {
	for _, c := range cs.order[cs.next:] {
		f(c)
	}
}

// take compares the bytes of one who is at offset off with c's, or adds them. It returns
// the content that they belong to, which is another one when they differ.
func (cs *contents) take(c *content, off int, part []byte) *content {
	known := min(len(part), len(c.buf)-off)
	if !bytes.Equal(c.buf[off:off+known], part[:known]) {
		before := c.buf[:off]
		if other := cs.find(c.size, before, part); other != nil {
			return cs.take(other, off, part)
		}
		return cs.add(c.size, before, part)
	}
	c.buf = append(c.buf, part[known:]...)
	return c
}
