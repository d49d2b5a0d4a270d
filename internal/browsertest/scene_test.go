package browsertest

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// snapshot is what a page knows: hooks.ts says what it means.
type snapshot struct {
	Connection string          `json:"connection"`
	Resets     int             `json:"resets"`
	PastSec    *float64        `json:"pastSec"` // nil in the present
	Viewer     *uint64         `json:"viewer"`  // nil before the server's welcome
	Viewers    []viewer        `json:"viewers"`
	Selected   string          `json:"selected"`
	Bodies     map[string]body `json:"bodies"`
	Pointers   []pointer       `json:"pointers"`
}

type viewer struct {
	ID   uint64 `json:"id"`
	Name string `json:"name"`
}

type body struct {
	Position [3]float64 `json:"position"`
	WXYZ     [4]float64 `json:"wxyz"`
	Held     bool       `json:"held"` // by this page's own hand
}

type pointer struct {
	Viewer   uint64     `json:"viewer"`
	Position [3]float64 `json:"position"`
}

func (p *tab) snapshot() snapshot {
	p.t.Helper()
	return evaluate[snapshot](p, "window.__scenewire?.snapshot() ?? {}")
}

// whole reports what a page still lacks of a fresh scene.
func (s snapshot) whole() error {
	if s.Connection != "open" || s.Viewer == nil {
		return fmt.Errorf("the connection is %q", s.Connection)
	}
	if len(s.Bodies) < bodiesAtStart {
		return fmt.Errorf("%d bodies", len(s.Bodies))
	}
	if !slices.ContainsFunc(s.Viewers, func(v viewer) bool { return v.ID == *s.Viewer }) {
		return errors.New("the page isn't among the viewers")
	}
	return nil
}

// viewerNames returns the names of all viewers, sorted.
func (s snapshot) viewerNames() []string {
	names := make([]string, len(s.Viewers))
	for i, v := range s.Viewers {
		names[i] = v.Name
	}
	slices.Sort(names)
	return names
}

// pointsAt returns the pointer of a viewer, as this page shows it.
func (s snapshot) pointsAt(id uint64) (pointer, bool) {
	i := slices.IndexFunc(s.Pointers, func(p pointer) bool { return p.Viewer == id })
	if i < 0 {
		return pointer{}, false
	}
	return s.Pointers[i], true
}

// slack is how far two pages may be apart: one of them may have been drawing
// when the newest window arrived.
const slack = 0.3 // metres; bodies move at less than 1 m/s

// sameScene reports how the scene of one page differs from another's, which was
// looked at before and after: everything is on the move in between.
func sameScene(before, other, after snapshot) error {
	for name := range other.Bodies {
		if _, ok := after.Bodies[name]; !ok {
			return fmt.Errorf("only one page has %s", name)
		}
	}
	for name, last := range after.Bodies {
		first, ok := before.Bodies[name]
		between, okBetween := other.Bodies[name]
		if !ok || !okBetween {
			return fmt.Errorf("only one page has %s", name)
		}
		if !near(between, first, distance(first.Position, last.Position)+slack) {
			return fmt.Errorf("%s is at %v and at %v … %v", name, between.Position, first.Position, last.Position)
		}
		if first == last && !samePose(between, first) {
			return fmt.Errorf("%s stands still, and is %+v and %+v", name, between, first)
		}
	}
	return nil
}

// waitForSameScene waits until two pages agree.
func waitForSameScene(p, other *tab) {
	p.t.Helper()
	p.eventually("the same scene as tab "+other.name, func() error {
		before := other.snapshot()
		mine := p.snapshot()
		return sameScene(before, mine, other.snapshot())
	})
}

func near(a, b body, reach float64) bool { return distance(a.Position, b.Position) <= reach }

// samePose compares position and rotation, to a millimetre and a hundredth of a
// radian: the server rounds what a hand sends.
func samePose(a, b body) bool {
	for i := range a.WXYZ {
		if math.Abs(a.WXYZ[i]-b.WXYZ[i]) > 0.005 {
			return false
		}
	}
	return near(a, b, 0.001)
}

func distance(a, b [3]float64) float64 {
	return math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2])
}
