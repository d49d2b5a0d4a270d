package browsertest

import (
	"fmt"

	"github.com/chromedp/chromedp"
)

// place is where a page draws a body, in CSS pixels.
type place struct {
	Name string  `json:"name"`
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
}

// placesScript lists the bodies that nothing covers, the nearest to the bottom
// first: these are close to the camera, and large.
const placesScript = `Object.keys(__scenewire.snapshot().bodies)
	.map((name) => ({ name, ...__scenewire.screen(name) }))
	.filter(({ x, y }) => document.elementFromPoint(x ?? -1, y ?? -1)?.id === "scene")
	.sort((a, b) => b.y - a.y)`

func (p *tab) places() []place {
	p.t.Helper()
	return evaluate[[]place](p, placesScript)
}

// mouse is the mouse of one tab; x and y are where it is.
type mouse struct {
	tab  *tab
	x, y float64
}

func (m *mouse) move(x, y float64, options ...chromedp.MouseOption) {
	m.tab.t.Helper()
	m.x, m.y = x, y
	m.tab.do(chromedp.MouseEvent(chromedp.MouseMoved, x, y, options...))
}

func (m *mouse) press() {
	m.tab.t.Helper()
	m.tab.do(chromedp.MouseEvent(chromedp.MousePressed, m.x, m.y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
}

func (m *mouse) release() {
	m.tab.t.Helper()
	m.tab.do(chromedp.MouseEvent(chromedp.MouseReleased, m.x, m.y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
}

// drag moves the mouse with its button down, in steps.
func (m *mouse) drag(dx, dy float64, steps int) {
	m.tab.t.Helper()
	fromX, fromY := m.x, m.y
	for i := 1; i <= steps; i++ {
		part := float64(i) / float64(steps)
		m.move(fromX+dx*part, fromY+dy*part, chromedp.ButtonLeft)
	}
}

// grab takes hold of a body and returns its name: of the one that is wanted, or
// of any other than the bunny if wanted is "". Bodies move on while a test aims,
// so it may hit another, or none; then it lets go and aims again.
func (m *mouse) grab(wanted string) string {
	m.tab.t.Helper()
	var got string
	attempt := 0
	m.tab.eventually("hold of a body", func() error {
		target := m.aim(wanted, attempt)
		attempt++
		m.move(target.X, target.Y)
		m.press()
		m.drag(8, 0, 1) // farther than a click may go
		got = m.tab.held()
		if got != "" && (got == wanted || wanted == "" && got != "bunny") {
			return nil
		}
		m.release()
		return fmt.Errorf("aimed at %+v, got hold of %q", target, got)
	})
	return got
}

// aim returns where to press for a body. The bunny stands on its position, so
// it is above.
func (m *mouse) aim(wanted string, attempt int) place {
	m.tab.t.Helper()
	var targets []place
	for _, at := range m.tab.places() {
		if at.Name == wanted {
			at.Y -= 25
			return at
		}
		if at.Name != "bunny" {
			targets = append(targets, at)
		}
	}
	if wanted != "" || len(targets) == 0 {
		m.tab.t.Fatalf("tab %s: %q is not in view", m.tab.name, wanted)
	}
	return targets[attempt%len(targets)]
}

// held returns the name of the body that the page holds, or "".
func (p *tab) held() string {
	p.t.Helper()
	for name, body := range p.snapshot().Bodies {
		if body.Held {
			return name
		}
	}
	return ""
}
