package buffers

import (
	"errors"
	"sync"
)

const (
	defaultCacheFrames = 256
	defaultCacheBytes  = 32 << 20
)

// errBuildPanicked is what those get that waited for a build that panicked.
var errBuildPanicked = errors.New("buffers: building the frame panicked")

// FrameKey names the frame of a window.
type FrameKey struct {
	// From and To are the cursor and the cut of the [WindowRequest]. Where the
	// window ended is in [Frame.To]: asked again, the log might say otherwise.
	From, To uint64
	// Reader is whom the window was made for, or NoReader for the one shared by
	// all that it does not exclude.
	Reader uint64
	// Variant tells encodings of one window apart. Its meaning is the caller's.
	Variant uint32
}

// FrameCacheLimits bounds what a [FrameCache] holds on to. The least recently
// used frame goes first.
type FrameCacheLimits struct {
	// MaxFrames bounds the frames. 0 is 256, negative is no limit.
	MaxFrames int
	// MaxBytes bounds the memory of the frames. 0 is 32 MiB, negative is no limit. A
	// larger frame is shared by those who wait for it and not kept. What frames keep
	// beside their own memory ([Frame.Keeps]) counts, but the newest may have more.
	MaxBytes int64
}

// FrameCache finds the frame of a window, or builds it once for all who ask.
//
// A cached frame shows the entries that were live when it was built, which may
// have been culled since. That keeps convergence, since what superseded them
// comes later, but not exclusion by itself: a reader that takes a shared frame
// asks [Frame.Excludes] first, and if so gets one under its own number.
//
// The zero value is an empty cache with default limits. Guarded: all methods
// but Init may be called concurrently.
type FrameCache struct {
	maxFrames int   // as configured
	maxBytes  int64 // as configured

	mu     sync.Mutex
	items  map[FrameKey]*cacheItem // being built, or in the list
	newest *cacheItem              // list of built frames by last use
	oldest *cacheItem
	frames int   // in the list
	bytes  int64 // memory of the frames in the list
}

// cacheItem is one frame, being built or built. Guarded by its cache's mu,
// except that frame and err may be read by anybody once done is closed.
type cacheItem struct {
	key     FrameKey
	done    chan struct{} // closed when frame and err are final
	built   bool          // in the list
	waiters int           // who wait for done; each gets a reference
	frame   *Frame
	err     error

	newer, older *cacheItem
}

// Init sets the limits. It comes before any other call.
func (c *FrameCache) Init(lim FrameCacheLimits) {
	c.maxFrames, c.maxBytes = lim.MaxFrames, lim.MaxBytes
}

// Get returns the frame for k. The caller gets a reference of its own and
// releases it.
//
// If nobody has built the frame, Get calls build and hands its result to all
// who asked meanwhile: they wait. build runs without the cache's lock, and
// returns a frame whose one reference is then the caller's of Get. An error
// goes to all of them and is not kept.
func (c *FrameCache) Get(k FrameKey, build func() (*Frame, error)) (*Frame, error) {
	c.mu.Lock()
	item, found := c.items[k]
	switch {
	case !found:
		item = c.openLocked(k)
		c.mu.Unlock()
		return c.build(item, build)
	case item.built:
		c.unlinkLocked(item)
		c.linkLocked(item)
		item.frame.Retain()
		c.mu.Unlock()
		return item.frame, nil
	}
	item.waiters++
	c.mu.Unlock()
	<-item.done
	return item.frame, item.err
}

// Clear forgets all frames. Those who hold one keep it; one being built goes
// to those who wait for it.
func (c *FrameCache) Clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.oldest != nil {
		c.evictLocked(c.oldest)
	}
	clear(c.items)
}

// openLocked notes that k is being built.
func (c *FrameCache) openLocked(k FrameKey) *cacheItem {
	if c.items == nil {
		c.items = make(map[FrameKey]*cacheItem)
	}
	item := &cacheItem{key: k, done: make(chan struct{})}
	c.items[k] = item
	return item
}

// build runs the builder and settles item, whether it returns or panics.
func (c *FrameCache) build(item *cacheItem, build func() (*Frame, error)) (*Frame, error) {
	frame, err := (*Frame)(nil), errBuildPanicked
	defer func() { c.settle(item, frame, err) }()
	frame, err = build()
	return frame, err
}

// settle hands the result of a build to those who wait, and keeps it if it is a
// frame, small enough, and not cleared meanwhile.
func (c *FrameCache) settle(item *cacheItem, frame *Frame, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	item.err = err
	if err == nil && frame != nil {
		item.frame = frame
		for range item.waiters {
			frame.Retain()
		}
	}
	if c.items[item.key] == item {
		c.keepLocked(item)
	}
	close(item.done)
}

// keepLocked puts a built item into the list, or forgets it.
func (c *FrameCache) keepLocked(item *cacheItem) {
	maxBytes := limit64(c.maxBytes, defaultCacheBytes)
	if item.frame == nil || int64(cap(item.frame.bytes)) > maxBytes {
		delete(c.items, item.key)
		return
	}
	item.frame.Retain()
	item.built = true
	c.linkLocked(item)
	c.frames++
	c.bytes += item.memory()
	for c.frames > limit(c.maxFrames, defaultCacheFrames) || (c.bytes > maxBytes && c.frames > 1) {
		c.evictLocked(c.oldest)
	}
}

// evictLocked drops a built item and the cache's reference to its frame.
func (c *FrameCache) evictLocked(item *cacheItem) {
	c.unlinkLocked(item)
	delete(c.items, item.key)
	c.frames--
	c.bytes -= item.memory()
	item.frame.Release()
}

// linkLocked makes item the most recently used.
func (c *FrameCache) linkLocked(item *cacheItem) {
	item.newer, item.older = nil, c.newest
	if c.newest != nil {
		c.newest.newer = item
	} else {
		c.oldest = item
	}
	c.newest = item
}

// unlinkLocked takes item out of the list.
func (c *FrameCache) unlinkLocked(item *cacheItem) {
	if item.newer != nil {
		item.newer.older = item.older
	} else {
		c.newest = item.older
	}
	if item.older != nil {
		item.older.newer = item.newer
	} else {
		c.oldest = item.newer
	}
}

// memory is the bytes that item's frame holds, and keeps.
func (i *cacheItem) memory() int64 { return int64(cap(i.frame.bytes) + i.frame.Keeps) }
