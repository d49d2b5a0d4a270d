package loop

import (
	"sync"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

const (
	// flightBytes is how much of what a connection has to write is given to a flight,
	// beyond its first frame. A close frame waits for no more than that.
	flightBytes = 64 << 10
	// pieceBytes is what is written with one call, and so the progress that counts as
	// life. It is what a TLS record holds.
	pieceBytes = 16 << 10
	// flightVectors is how many pieces of memory a flight takes. What its frames have
	// beyond them waits for the next one.
	flightVectors = 16
	// gatherBelow is the size below which pieces are copied together, to save calls and
	// TLS records.
	gatherBelow = 4 << 10
	// flightStall is how long a write may take without counting as a stall.
	flightStall = 10 * time.Millisecond
)

// flight is what a goroutine writes: the frames at the front of a connection's ring.
type flight struct {
	room   [flightVectors][]byte
	pieces [][]byte // what is left, shared and read-only
	gather [pieceBytes]byte
}

var flights = sync.Pool{New: func() any { return new(flight) }}

// launch has the front of the ring written by a goroutine. It runs on the shard; until
// the flight has landed, the connection counts as blocked, and its frames stay.
func (t *netTransport) launch() {
	t.blocked = true
	if !t.join() {
		return // the release is on its way
	}
	f := flights.Get().(*flight)
	t.owed.Store(t.out.bytes())
	f.pieces = t.out.takeOff(f.room[:0], flightBytes)
	go t.fly(f)
}

// fly writes and posts what became of it.
func (t *netTransport) fly(f *flight) {
	defer t.leave()
	err := t.writePieces(f)
	clear(f.room[:])
	f.pieces = nil
	flights.Put(f)
	if err != nil {
		t.Abort(&wsproto.CloseError{Code: wsproto.CloseAbnormal, Reason: "write: " + err.Error()})
		t.landed.failed = true
	}
	t.post(postLanded)
}

func (t *netTransport) writePieces(f *flight) error {
	began := t.loop.Now()
	for {
		b := f.next()
		if len(b) == 0 {
			return nil
		}
		n, err := t.conn.Write(b)
		now := t.loop.Now()
		t.landed.waited = t.landed.waited || now-began > flightStall
		t.landed.bytes += n
		t.wrote.Store(int64(now))
		t.owed.Add(int64(-n))
		t.loop.stats.writes.Add(1)
		t.loop.stats.bytesWritten.Add(uint64(n))
		if err != nil {
			return err
		}
		began = now
	}
}

// next returns what to write with the next call, and takes it off the pieces; nothing:
// all is written. It is valid until the next call.
func (f *flight) next() []byte {
	if len(f.pieces) == 0 {
		return nil
	}
	if len(f.pieces) == 1 || len(f.pieces[0]) >= gatherBelow {
		return f.take(pieceBytes)
	}
	b := f.gather[:0]
	for len(f.pieces) > 0 && len(b) < cap(b) {
		b = append(b, f.take(cap(b)-len(b))...)
	}
	return b
}

// take takes up to limit bytes off the first piece.
func (f *flight) take(limit int) []byte {
	p := f.pieces[0]
	if len(p) <= limit {
		f.pieces = f.pieces[1:]
		return p
	}
	f.pieces[0] = p[limit:]
	return p[:limit]
}

// lookForStall counts a flight that doesn't get on as soon as that is seen.
func (s *shard) lookForStall(c *Conn, now time.Duration) {
	if c.out.flying > 0 && !c.net.stalled && now-c.writeProgress() > flightStall {
		c.net.stalled = true
		s.countStall(c)
		s.tally.flush()
	}
}

// land acts on a flight that has ended. The shard pumps c next.
func (s *shard) land(c *Conn) {
	landed := c.net.landed
	c.net.landed.bytes, c.net.landed.waited = 0, false
	c.out.flying = 0
	c.blocked = landed.failed // then nothing more is written
	if landed.waited && !c.net.stalled {
		s.countStall(c)
	}
	c.net.stalled = false
	s.settle(c, landed.bytes, s.now)
	s.countFrames()
}
