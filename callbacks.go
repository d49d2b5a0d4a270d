package scenewire

import (
	"slices"
	"sync"
	"sync/atomic"
)

// callbacks is a list of registered functions. Readers take it as it is at that
// moment; changes copy it.
type callbacks[F any] struct {
	mu   sync.Mutex // serialises changes
	list atomic.Pointer[[]*callback[F]]
}

// callback gives a registration its identity: functions can't be compared.
type callback[F any] struct{ call F }

// add registers f behind the others. The stop function takes it out; it may be
// called several times and from the callback itself.
func (c *callbacks[F]) add(f F) (stop func()) {
	own := &callback[F]{call: f}
	c.change(func(list []*callback[F]) []*callback[F] { return append(list, own) })
	return func() {
		c.change(func(list []*callback[F]) []*callback[F] {
			return slices.DeleteFunc(list, func(x *callback[F]) bool { return x == own })
		})
	}
}

func (c *callbacks[F]) change(f func([]*callback[F]) []*callback[F]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := f(slices.Clone(c.all()))
	c.list.Store(&list)
}

// all returns the functions in order of registration, read-only.
func (c *callbacks[F]) all() []*callback[F] {
	if p := c.list.Load(); p != nil {
		return *p
	}
	return nil
}
