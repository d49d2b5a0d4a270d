package record

// notices calls a capture's callbacks, one at a time, on a goroutine of its own: neither
// those who push nor what writes waits for the application.
type notices struct {
	onGap   func(Lost)
	onError func(error)
	queue   chan func() // nil: nobody wants to know
}

// maxNotices is how many callbacks may wait; further ones are left out.
const maxNotices = 64

func newNotices(o *CaptureOptions) *notices {
	n := &notices{onGap: o.OnGap, onError: o.OnError}
	if n.onGap != nil || n.onError != nil {
		n.queue = make(chan func(), maxNotices)
	}
	return n
}

func (n *notices) start() {
	if n.queue == nil {
		return
	}
	go func() {
		for call := range n.queue {
			call()
		}
	}()
}

// stop ends the goroutine behind what waits. Nothing may be told afterwards.
func (n *notices) stop() {
	if n.queue != nil {
		close(n.queue)
	}
}

func (n *notices) gap(lost Lost) {
	if n.onGap != nil {
		n.add(func() { n.onGap(lost) })
	}
}

func (n *notices) error(err error) {
	if n.onError != nil {
		n.add(func() { n.onError(err) })
	}
}

func (n *notices) add(call func()) {
	select {
	case n.queue <- call:
	default:
	}
}
