package loop

import "sync"

// payload is one received message's bytes. Small ones are copied out of the read
// buffer into pooled memory; its one release point is after Receive.
type payload struct {
	bytes  []byte
	pooled bool
}

// maxPooledPayload is the capacity above which a payload's memory isn't kept.
const maxPooledPayload = 16 << 10

var payloadPool = sync.Pool{New: func() any { return new(payload) }}

// newPayload takes over owned bytes, or copies borrowed ones.
func newPayload(b []byte, owned bool) *payload {
	p := payloadPool.Get().(*payload)
	if owned {
		p.bytes, p.pooled = b, false
		return p
	}
	p.bytes, p.pooled = append(p.bytes[:0], b...), cap(p.bytes) <= maxPooledPayload
	return p
}

func (p *payload) release() {
	if !p.pooled || cap(p.bytes) > maxPooledPayload {
		p.bytes = nil
	}
	payloadPool.Put(p)
}
