package loop

import "sync"

// pool runs connections' callbacks on a bounded number of goroutines. A goroutine
// lives while there is work: an idle pool has none.
//
// The queue holds connections, each at most once, so it is bounded by their number.
type pool struct {
	mu      sync.Mutex // guards all below
	queue   []*Conn
	head    int
	running int
	max     int
}

func (p *pool) init(workers int) { p.max = workers }

// submit has a worker run c's inbox soon. The caller sees to it that c is
// submitted once until its run has ended.
func (p *pool) submit(c *Conn) {
	p.mu.Lock()
	if p.running == p.max {
		p.queue = append(p.queue, c)
		p.mu.Unlock()
		return
	}
	p.running++
	p.mu.Unlock()
	go p.work(c)
}

// work runs c, and then whatever waits, until nothing does.
func (p *pool) work(c *Conn) {
	for c != nil {
		more := c.inbox.run(c)
		c = p.next(c, more)
	}
}

// next picks the connection that waits longest; c goes behind the others if it has more.
func (p *pool) next(c *Conn, more bool) *Conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.head == len(p.queue) {
		p.queue, p.head = p.queue[:0], 0
		if more {
			return c
		}
		p.running--
		return nil
	}
	if more {
		p.queue = append(p.queue, c)
	}
	first := p.queue[p.head]
	p.queue[p.head] = nil
	p.head++
	if p.head > 64 && p.head*2 > len(p.queue) {
		p.queue = p.queue[:copy(p.queue, p.queue[p.head:])]
		p.head = 0
	}
	return first
}
