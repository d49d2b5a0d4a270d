package record

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

// serveCut answers cut.viser.
func (h *handler) serveCut(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), h.o.MaxCutTime)
	defer cancel()
	done, err := h.turn(ctx)
	if err != nil {
		return err
	}
	defer done()
	f, closeFile, _, err := h.open()
	if err != nil {
		return err
	}
	defer closeFile()
	info := f.Info()
	c := cutAnswer{span: h.span(&info), file: f, most: h.o.MaxCutBytes}
	c.rec.ViserVersion = info.ViserVersion
	if err := c.parse(r.URL.Query()); err != nil {
		return err
	}
	if err := c.read(ctx); err != nil {
		return err
	}
	var body bytes.Buffer
	if _, err := c.rec.WriteTo(&body); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	_, err = w.Write(body.Bytes())
	return err
}

// cutAnswer makes a recording of a part of a file.
type cutAnswer struct {
	span
	file     *File
	from, to time.Time
	state    bool
	most     int64 // bytes
	size     int64
	rec      Recording
	gap      bool // the next keyframe shows what came in a gap
}

// parse takes in what is asked for.
func (c *cutAnswer) parse(query url.Values) error {
	from, err := seconds(query, "from", max(0, c.start))
	if err != nil {
		return err
	}
	to, err := seconds(query, "to", max(from, c.end))
	if err != nil {
		return err
	}
	switch {
	case to < from:
		return failed(http.StatusBadRequest, "to is %v, before from, %v", to, from)
	case from > c.end:
		return failed(http.StatusRequestedRangeNotSatisfiable, "from is %v, the recording ends at %v", from, c.end)
	}
	switch state := query.Get("state"); state {
	case "", "0":
	case "1":
		c.state = true
	default:
		return failed(http.StatusBadRequest, "state is %q, neither 0 nor 1", state)
	}
	c.from = c.time(max(from, c.start))
	c.to = latest(c.from, c.time(min(to, c.end)))
	return nil
}

// time is the inverse of seconds, to the nanosecond.
func (c *cutAnswer) time(seconds float64) time.Time {
	return c.origin.Add(time.Duration(math.Round(seconds * 1e9)))
}

// seconds reads a time of the query.
func seconds(query url.Values, name string, otherwise float64) (float64, error) {
	text := query.Get(name)
	if text == "" {
		return otherwise, nil
	}
	const most = 9e9 // what a time.Duration holds
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || !(x >= 0 && x < most) {
		return 0, failed(http.StatusBadRequest, "%s is %q, no number of seconds from 0 on", name, text)
	}
	return x, nil
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// read reads steps until it comes to the end or to a bound.
func (c *cutAnswer) read(ctx context.Context) error {
	complete := c.from
	if c.state {
		state, err := c.file.State(c.from)
		if err != nil {
			return err
		}
		if !c.add(state.Entries, c.from) {
			return failed(http.StatusRequestEntityTooLarge, "the state at %v has more than %d bytes", c.seconds(c.from), c.most)
		}
	}
	var err error
	if c.gap, err = c.file.inGap(c.from); err != nil {
		return err
	}
	c.file.Seek(c.from)
	c.size = 0 // so that a step comes with the largest state
	for {
		step, err := c.file.Next()
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, ErrTruncated), err == nil && step.Time.After(c.to):
			complete = c.to
		case err != nil:
			return err
		case ctx.Err() != nil && complete.After(c.from):
		case c.take(&step):
			complete = step.Time
			continue
		case !complete.After(c.from):
			return failed(http.StatusRequestEntityTooLarge, "what happened at %v has more than %d bytes", c.seconds(step.Time), c.most)
		}
		c.rec.Duration = complete.Sub(c.origin)
		return nil
	}
}

// take adds what clients were sent in a step. false: that is too much.
func (c *cutAnswer) take(step *Step) bool {
	switch step.Kind {
	case KindPush:
		return c.add(step.Entries, step.Time)
	case KindGap:
		c.gap = true
	case KindKeyframe:
		if c.gap && !c.add(step.Entries, step.Time) {
			return false
		}
		c.gap = false
	}
	return true
}

// add adds messages, all or none.
func (c *cutAnswer) add(entries []buffers.Entry, at time.Time) bool {
	size := c.size
	for i := range entries {
		size += messageBytes + int64(len(entries[i].Payload))
	}
	if size > c.most {
		return false
	}
	c.size = size
	for i := range entries {
		if name := wireName(entries[i].Payload); name != nil {
			c.rec.Messages = append(c.rec.Messages, Message{
				Time: at.Sub(c.origin), Type: string(name), Body: entries[i].Payload,
			})
		}
	}
	return true
}
