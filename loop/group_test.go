package loop

import (
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/wsproto"
)

// passTeller is an endpoint that sends the number of the newest pass.
type passTeller struct {
	Endpoint
	pool *buffers.FramePool
	pass *atomic.Int64
	told int64
}

func (p *passTeller) Pull(_ time.Duration, dst []*buffers.Frame) ([]*buffers.Frame, time.Duration) {
	pass := p.pass.Load()
	if p.told == pass {
		return dst, 0
	}
	p.told = pass
	f := p.pool.Get(32)
	f.Set(wsproto.AppendFrame(f.Buffer(), wsproto.OpText, strconv.AppendInt(nil, pass, 10)))
	return append(dst, f), 0
}

// A pass that meets a connection whose write has just ended, or is about to end, mustn't
// be lost on it.
func TestPassReachesConnectionsThatAreWriting(t *testing.T) {
	var pass atomic.Int64
	f := newFixture(t, &Options{Shards: 1}, nil)
	f.wrap = func(e *recorder) Endpoint { return &passTeller{Endpoint: e, pool: &f.pool, pass: &pass} }
	c := f.dial(t)
	f.endpoint(t, 0)
	for range 300 {
		for range 3 { // the later ones come while the first is written
			pass.Add(1)
			f.group.Wake()
		}
		for newest := strconv.FormatInt(pass.Load(), 10); ; {
			_, got, err := c.Message()
			if err != nil {
				t.Fatalf("%v instead of pass %s", err, newest)
			}
			if string(got) == newest {
				break
			}
		}
	}
}
