package loop

import (
	"sync"

	"github.com/scenewire/scenewire/wsproto"
)

// received is one message on its way to the endpoint.
type received struct {
	payload []byte
	chunk   *chunk // whose part the payload is; nil: the payload is its own
	held    int    // bytes of memory that are given back when this message is handled
	op      wsproto.Opcode
}

// parcel is a number of messages that a worker takes from the inbox at once. Whoever
// takes it out of the pool owns it: the reader until it is in the inbox, the inbox, and
// then the worker.
type parcel struct {
	next     *parcel
	n        int
	messages [runQuantum]received
}

var parcelPool = sync.Pool{New: func() any { return new(parcel) }}

// held returns the memory that the parcel's messages hold, in bytes.
func (p *parcel) held() int {
	sum := 0
	for i := range p.messages[:p.n] {
		sum += p.messages[i].held
	}
	return sum
}

// release gives the parcel back, and the memory of its messages.
func (p *parcel) release() {
	var last *chunk
	same := 0 // messages in a row that are parts of it
	for i := range p.messages[:p.n] {
		m := &p.messages[i]
		if m.chunk != last {
			last.release(same)
			last, same = m.chunk, 0
		}
		same++
		*m = received{}
	}
	last.release(same)
	p.n, p.next = 0, nil
	parcelPool.Put(p)
}

// parcels is a queue. The zero value is empty and holds no memory.
type parcels struct {
	first, last *parcel
	count       int // messages
	held        int // bytes
}

// add puts a message into the last parcel, or a new one.
func (q *parcels) add(m received) {
	if q.last == nil || q.last.n == len(q.last.messages) {
		q.append(parcelPool.Get().(*parcel))
	}
	q.last.messages[q.last.n] = m
	q.last.n++
	q.count++
	q.held += m.held
}

func (q *parcels) append(p *parcel) {
	if q.last == nil {
		q.first = p
	} else {
		q.last.next = p
	}
	q.last = p
}

// charge adds to the memory that the newest message holds.
func (q *parcels) charge(bytes int) {
	q.last.messages[q.last.n-1].held += bytes
	q.held += bytes
}

// move puts all of other behind q, and leaves it empty. A few messages go into the last
// parcel, so that a slow trickle doesn't take a parcel each.
func (q *parcels) move(other *parcels) {
	if p := other.first; p != nil && p == other.last && q.last != nil && q.last.n+p.n <= len(q.last.messages) {
		copy(q.last.messages[q.last.n:], p.messages[:p.n])
		q.last.n += p.n
		clear(p.messages[:p.n])
		p.n = 0
		parcelPool.Put(p)
	} else if p != nil {
		q.append(p)
		q.last = other.last
	}
	q.count += other.count
	q.held += other.held
	*other = parcels{}
}

// take takes the first parcel out; nil: there is none. Its messages are still counted.
func (q *parcels) take() *parcel {
	p := q.first
	if p == nil {
		return nil
	}
	if q.first = p.next; q.first == nil {
		q.last = nil
	}
	p.next = nil
	return p
}

// release gives everything back.
func (q *parcels) release() {
	for p := q.take(); p != nil; p = q.take() {
		p.release()
	}
	*q = parcels{}
}
