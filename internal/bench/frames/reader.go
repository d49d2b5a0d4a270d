package frames

import "github.com/scenewire/scenewire/wsproto"

// Content is what was found in one frame's payload.
type Content struct {
	Messages int
	Stamp    int64 // nanoseconds of CLOCK_MONOTONIC
	Stamped  bool
}

// Reader looks into the payload of a binary frame, which is borrowed until return.
type Reader func(payload []byte) (Content, error)

// ReadPlain takes the whole payload for one message.
func ReadPlain(payload []byte) (Content, error) {
	c := Content{Messages: 1}
	c.Stamp, c.Stamped = FindStamp(payload)
	return c, nil
}

// NewWindowReader returns a Reader of scene windows in the compressed generation.
// It must not be used by two goroutines at once.
func NewWindowReader() Reader {
	d := wsproto.NewDecompressor()
	return func(payload []byte) (Content, error) {
		window, err := wsproto.DecodeWindow(wsproto.GenerationZstd, payload, wsproto.WindowLimits{}, d)
		if err != nil {
			return Content{}, err
		}
		c := Content{Messages: len(window.Messages)}
		for _, m := range window.Messages {
			if c.Stamp, c.Stamped = FindStamp(m); c.Stamped {
				break
			}
		}
		return c, nil
	}
}
