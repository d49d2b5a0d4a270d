package record

import (
	"fmt"
	"time"
)

// open begins a file.
func (c *capturer) open(at time.Time) error {
	p, err := c.parts.create(at)
	if err != nil {
		return fmt.Errorf("record: capture: %w", err)
	}
	w, err := NewWriter(p, WriterOptions{
		Start: at, Name: c.o.Name, ViserVersion: c.o.ViserVersion, Continues: c.parts.last,
		ChunkInterval: c.o.ChunkInterval, KeyframeInterval: c.o.KeyframeInterval,
		Compression: c.o.Compression, Sync: c.o.Sync,
	})
	if err != nil {
		p.abandon(0)
		return err
	}
	c.part, c.w, c.head, c.parts.last = p, w, 0, p.name
	c.parts.writes(p, w)
	if c.o.MaxFileDuration > 0 {
		c.rotateAt = time.Now().Add(c.o.MaxFileDuration)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failure = nil
	return nil
}

// full says whether the file has enough in it for another one to begin.
func (c *capturer) full() bool {
	size := c.part.bytes.Load()
	return c.o.MaxFileBytes > 0 && c.head > 0 && size >= c.o.MaxFileBytes && size-c.head >= c.head
}

// rotate goes on in the next file, which begins with the state that this one ends with.
func (c *capturer) rotate() {
	if c.part == nil {
		return
	}
	if c.part.bytes.Load() <= c.head && len(c.loose) == 0 {
		c.rotateAt = time.Now().Add(c.o.MaxFileDuration) // there is only the keyframe
		return
	}
	frame, known := c.w.Keyframe(timeOf(c.last + 1))
	if c.closePart() != nil {
		return
	}
	if err := c.open(timeOf(c.last + 1)); err != nil {
		c.queue.fail(timeOf(c.last+1), Lost{}, Lost{})
		c.failed(err)
		return
	}
	if known {
		c.write(frame)
	}
	c.expire()
}

// closePart finishes the file.
func (c *capturer) closePart() error {
	err := c.w.Close()
	if err != nil {
		c.fail(err)
		return err
	}
	c.settle()
	c.parts.finished(c.part, timeOf(c.last))
	err = c.part.store.Close()
	c.part, c.rotateAt = nil, time.Time{}
	if err != nil { // nobody knows what of it is in the file
		err = fmt.Errorf("record: capture: %w", err)
		c.queue.fail(timeOf(c.last), Lost{}, Lost{})
		c.failed(err)
	}
	return err
}

// abandon ends a part that can't be written to, with what of it is whole.
func (x *part) abandon(end int64) {
	_ = x.store.Truncate(end) // what is behind it can be told from it, too
	_ = x.store.Close()
	x.bytes.Store(end)
	if end == 0 {
		_ = x.parts.remove(x)
		return
	}
	x.parts.finished(x, time.Now())
}

// expire deletes the oldest files, as far as they have to go.
func (c *capturer) expire() {
	for {
		oldest, at := c.parts.expired(time.Now())
		c.expireAt = at
		if oldest == nil {
			return
		}
		if err := c.parts.remove(oldest); err != nil {
			c.tell.error(fmt.Errorf("record: capture: %w", err))
		}
	}
}
