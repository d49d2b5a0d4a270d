package scenewire

import (
	"encoding/binary"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/scenewire/scenewire/internal/msgpscan"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/wsproto"
)

// stressClient is one of the crowd.
type stressClient struct {
	*wstest.Client
	run        *stressRun
	role       stressRole
	generation wsproto.Generation
	seen       atomic.Int64 // the newest beat
	beats      int
	spots      [spots]uint64
}

// stressMessage makes {"n": n, "key": key, "bulk": bulk, "type": "beat"}.
func stressMessage(n uint64, key string, bulk []byte) Message {
	b := msgpscan.AppendMapHeader(nil, 4)
	b = append(msgpscan.AppendString(b, "n"), 0xcf) // uint 64
	b = binary.BigEndian.AppendUint64(b, n)
	b = msgpscan.AppendString(msgpscan.AppendString(b, "key"), key)
	b = append(msgpscan.AppendBinHeader(msgpscan.AppendString(b, "bulk"), len(bulk)), bulk...)
	b = msgpscan.AppendString(msgpscan.AppendString(b, "type"), "beat")
	return messages.Raw{Name: "beat", Key: key, Body: b}
}

// parseStress reads the number and the key.
func parseStress(body []byte) (n uint64, key string) {
	const numberAt, keyAt = 4, 16
	name, _, err := msgpscan.ReadString(body[keyAt:])
	if err != nil {
		return 0, err.Error()
	}
	return binary.BigEndian.Uint64(body[numberAt:]), string(name)
}

// read runs until the last beat.
func (c *stressClient) read() {
	for !c.complete() {
		size, err := c.window()
		if err != nil {
			if c.role != roleReset {
				c.run.t.Errorf("a client that %s: %v", c.role, err)
			}
			return
		}
		c.run.served.Add(1)
		if c.role == roleSlow && !c.run.over.Load() {
			time.Sleep(time.Duration(size) * time.Second / time.Duration(slowBytesPerSecond))
		}
	}
	if c.spots != c.run.spots {
		c.run.t.Errorf("a client that %s ended in another state", c.role)
	}
	if c.role == roleRest && c.beats != c.run.last+1 {
		c.run.t.Errorf("a client got %d of %d beats", c.beats, c.run.last+1)
	}
}

// complete reports whether everything has come that will.
func (c *stressClient) complete() bool {
	return c.run.over.Load() && c.seen.Load() == int64(c.run.last)
}

// window reads and applies the next window and returns its size. Decompressors are
// shared, since each has much memory.
func (c *stressClient) window() (size int, err error) {
	_, payload, err := c.Message()
	if err != nil {
		return 0, err
	}
	unzip := unzips.Get().(*wsproto.Decompressor)
	defer unzips.Put(unzip)
	envelope, err := wsproto.DecodeWindow(c.generation, payload, wsproto.WindowLimits{}, unzip)
	if err != nil {
		return 0, err
	}
	for _, body := range envelope.Messages {
		if err := c.apply(parseStress(body)); err != nil {
			return 0, err
		}
	}
	return len(payload), nil
}

func (c *stressClient) apply(n uint64, key string) error {
	if key != "" {
		spot := n % spots
		if n < c.spots[spot] {
			return fmt.Errorf("%s went back from %d to %d", key, c.spots[spot], n)
		}
		c.spots[spot] = n
		return nil
	}
	seen := c.seen.Swap(int64(n))
	if int64(n) <= seen {
		return fmt.Errorf("beat %d came behind %d", n, seen)
	}
	if int64(n) != seen+1 && c.role != roleSlow {
		return fmt.Errorf("a gap: beat %d came behind %d", n, seen)
	}
	c.beats++
	return nil
}
