package scenewire

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

// maxControlBytes bounds a control message.
const maxControlBytes = 1024

const (
	// hiddenInterval is the time between windows for a page that nobody looks at.
	hiddenInterval = time.Second
	// maxHintedInterval bounds what a client can ask for: what waits for it is kept.
	maxHintedInterval = 10 * time.Second
)

// control is a text message of a client of [Subprotocol]: what it tells the server and
// not the application. What is nil isn't said. docs/protocol.md says what it means.
type control struct {
	Seq, Own    *uint64
	Hidden      *bool
	MaxRate     *float64 // windows per second
	SingleFrame *bool
	Echoes      *bool
	Resync      *uint64
	Ping        uint64          // 0: none
	Type        json.RawMessage // of an application's message, which would be binary
}

var (
	errControlSize = fmt.Errorf("a control message of more than %d bytes", maxControlBytes)
	errMaxRate     = errors.New("maxRate is negative")
)

// hints is how often a client wants windows. It is touched by the client's callbacks
// only.
type hints struct {
	hidden  bool
	maxRate float64 // windows per second; 0: no limit
}

// interval is the time between windows that a client wants at least.
func (h *hints) interval() (d time.Duration) {
	if h.maxRate > 0 {
		d = maxHintedInterval
		if seconds := 1 / h.maxRate; seconds < maxHintedInterval.Seconds() {
			d = time.Duration(seconds * float64(time.Second))
		}
	}
	if h.hidden {
		d = max(d, hiddenInterval)
	}
	return d
}

// control does what a control message says.
func (c *Client) control(payload []byte) {
	m, err := parseControl(payload)
	switch {
	case err != nil:
		c.fault(faultControl, err)
		return
	case m.Type != nil:
		c.fault(faultText, errTextMessage)
		return
	}
	c.confirm(m.Seq, m.Own)
	if m.Hidden != nil {
		c.hints.hidden = *m.Hidden
	}
	if m.MaxRate != nil {
		c.hints.maxRate = *m.MaxRate
	}
	if m.SingleFrame != nil {
		c.singleFrame.Store(*m.SingleFrame)
	}
	if m.Echoes != nil {
		c.echoes.Store(*m.Echoes)
	}
	if m.Resync != nil {
		c.resync.Store(min(*m.Resync, wsproto.MaxInteger) + 1)
	}
	if m.Ping > 0 {
		c.ping.Store(min(m.Ping, wsproto.MaxInteger))
	}
	c.interval.Store(int64(c.hints.interval()))
	if m.Ping > 0 || m.Resync != nil || m.Hidden != nil || m.MaxRate != nil {
		c.conn.Load().Wake()
	}
}

func parseControl(payload []byte) (*control, error) {
	if len(payload) > maxControlBytes {
		return nil, errControlSize
	}
	var m control
	if err := json.Unmarshal(payload, &m); err != nil {
		return nil, err
	}
	if m.MaxRate != nil && *m.MaxRate < 0 {
		return nil, errMaxRate
	}
	return &m, nil
}

// confirm notes what the client says that it has.
func (c *Client) confirm(seq, own *uint64) {
	sess := c.session
	if sess == nil || seq == nil && own == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if seq != nil && *seq <= c.cursor.Load() {
		sess.confirmed = max(sess.confirmed, *seq)
		sess.confirmedAt = c.server.loop.Now()
	}
	if own != nil {
		sess.sent.confirm(*own)
	}
}
