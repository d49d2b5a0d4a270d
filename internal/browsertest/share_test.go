package browsertest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// recordPoses keeps every pose that a page comes to know of one body.
const recordPoses = `{
	window.seenPoses = [];
	setInterval(() => {
		const { position, wxyz } = __scenewire.snapshot().bodies[%q];
		const last = seenPoses.at(-1);
		if (String(last?.position) !== String(position) || String(last?.wxyz) !== String(wxyz)) seenPoses.push({ position, wxyz });
	}, 10);
}`

// recordEchoes counts how often a page shows the pointer of its own viewer.
const recordEchoes = `{
	window.echoes = 0;
	setInterval(() => {
		const { viewer, pointers } = __scenewire.snapshot();
		echoes += pointers.filter((pointer) => pointer.viewer === viewer).length;
	}, 10);
}`

func TestDragIsShared(t *testing.T) {
	server := startPlayground(t)
	a, b := openTab(t, "A", server.url()), openTab(t, "B", server.url())
	idA := *a.snapshot().Viewer
	evaluate[chromedp.Void](a, recordEchoes)

	hand := &mouse{tab: a}
	name := hand.grab("")
	evaluate[chromedp.Void](b, fmt.Sprintf(recordPoses, name))
	before := a.snapshot().Bodies[name]
	hand.drag(-40, -25, 8)
	hand.drag(-25, 20, 6)
	dragged := a.snapshot().Bodies[name]
	if !dragged.Held || near(dragged, before, 0.5) || dragged.WXYZ == before.WXYZ {
		t.Fatalf("tab A dragged %s from %+v to %+v", name, before, dragged)
	}

	b.eventually("the dragged body where tab A has it", func() error {
		if got := b.snapshot().Bodies[name]; !samePose(got, dragged) {
			return fmt.Errorf("%s is at %+v, want %+v", name, got, dragged)
		}
		return nil
	})
	b.eventually("the dragger's pointer", func() error {
		if _, ok := b.snapshot().pointsAt(idA); !ok {
			return errors.New("there is none")
		}
		return nil
	})
	checkMovedAsOne(t, evaluate[[]body](b, "seenPoses"))

	hand.release()
	b.eventually("the released body on the move", func() error {
		if samePose(b.snapshot().Bodies[name], dragged) {
			return errors.New("it stands still")
		}
		return nil
	})
	waitForSameScene(a, b)
	if echoes := evaluate[int](a, "echoes"); echoes > 0 {
		t.Errorf("tab A was shown its own pointer %d times", echoes)
	}
}

// checkMovedAsOne fails if a body ever changed its position but not its rotation,
// or the reverse: a body that is dragged rolls, and one that moves on turns.
func checkMovedAsOne(t *testing.T, seen []body) {
	t.Helper()
	if len(seen) < 3 {
		t.Errorf("tab B saw only %d poses of a drag of 14 steps", len(seen))
	}
	for i := 1; i < len(seen); i++ {
		if (seen[i].Position == seen[i-1].Position) != (seen[i].WXYZ == seen[i-1].WXYZ) {
			t.Errorf("position and rotation changed apart from each other: %+v, then %+v", seen[i-1], seen[i])
		}
	}
}

func TestPointersAreSharedButNotEchoed(t *testing.T) {
	server := startPlayground(t)
	a, b := openTab(t, "A", server.url()), openTab(t, "B", server.url())
	for _, p := range []*tab{a, b} {
		evaluate[chromedp.Void](p, recordEchoes)
	}
	hands := map[*tab]*mouse{a: {tab: a}, b: {tab: b}}
	for i, p := range []*tab{a, b, a, b} {
		other := []*tab{b, a}[i%2]
		id := *p.snapshot().Viewer
		last, _ := other.snapshot().pointsAt(id)
		hands[p].move(float64(120+80*i), float64(170+20*i)) // above the timeline
		other.eventually("the pointer of tab "+p.name, func() error {
			if at, ok := other.snapshot().pointsAt(id); !ok || at == last {
				return fmt.Errorf("it is %+v", at)
			}
			return nil
		})
	}
	for _, p := range []*tab{a, b} {
		if echoes := evaluate[int](p, "echoes"); echoes > 0 {
			t.Errorf("tab %s was shown its own pointer %d times", p.name, echoes)
		}
	}
}

func TestLateJoinerAndReloadSeeTheSameScene(t *testing.T) {
	server := startPlayground(t)
	a, b := openTab(t, "A", server.url()), openTab(t, "B", server.url())
	added := a.addBody()
	removed := b.removeBody(kb.ArrowRight, kb.ArrowRight) // the bunny comes first
	hand := &mouse{tab: a}
	hand.grab("bunny")
	hand.drag(-50, 30, 6)
	hand.release()
	bunny := a.snapshot().Bodies["bunny"]
	if near(bunny, body{}, 0.5) {
		t.Fatalf("tab A dragged the bunny only to %v", bunny.Position)
	}

	late := openTab(t, "late", server.url())
	checkLater := func(p *tab) {
		t.Helper()
		waitForSameScene(p, a)
		got := p.snapshot()
		if !samePose(got.Bodies["bunny"], bunny) {
			t.Errorf("tab %s: the bunny is %+v, want %+v", p.name, got.Bodies["bunny"], bunny)
		}
		if _, ok := got.Bodies[added]; !ok {
			t.Errorf("tab %s: %s, which was added, isn't there", p.name, added)
		}
		if _, ok := got.Bodies[removed]; ok {
			t.Errorf("tab %s: %s, which was removed, is there", p.name, removed)
		}
	}
	checkLater(late)
	checkLater(b)

	viewers := b.snapshot().viewerNames()
	b.do(chromedp.Reload())
	b.waitForScene()
	checkLater(b)
	late.eventually("tab B among the viewers again", func() error {
		if names := late.snapshot().viewerNames(); !slices.Equal(names, viewers) {
			return fmt.Errorf("they are %q, and were %q", names, viewers)
		}
		return nil
	})
}

func TestAddedAndRemovedBodiesAreShared(t *testing.T) {
	server := startPlayground(t)
	a, b := openTab(t, "A", server.url()), openTab(t, "B", server.url())
	waitForBodies := func(p *tab, want int) {
		t.Helper()
		p.eventually("a change of the bodies", func() error {
			if got := len(p.snapshot().Bodies); got != want {
				return fmt.Errorf("%d bodies, want %d", got, want)
			}
			return nil
		})
	}
	first := a.addBody()
	waitForBodies(b, bodiesAtStart+1)
	second := b.addBody()
	waitForBodies(a, bodiesAtStart+2)
	waitForSameScene(b, a)

	if got := a.removeBody(kb.ArrowLeft); got != second {
		t.Errorf("removed %s, want the newest, %s", got, second)
	}
	waitForBodies(b, bodiesAtStart+1)
	if got := b.removeBody(kb.ArrowLeft); got != first {
		t.Errorf("removed %s, want the newest, %s", got, first)
	}
	waitForBodies(a, bodiesAtStart)
	waitForSameScene(b, a)
}

// addBody clicks on the panel's button and returns the name of the new body.
func (p *tab) addBody() string {
	p.t.Helper()
	before := p.snapshot().Bodies
	p.do(chromedp.Click(chromedp.CSS("#add")))
	var added string
	p.eventually("the added body", func() error {
		for name := range maps.Keys(p.snapshot().Bodies) {
			if _, old := before[name]; !old {
				added = name
				return nil
			}
		}
		return errors.New("there is none")
	})
	return added
}

// removeBody selects a body with the keyboard, clicks on the panel's button and
// returns the body's name. The first ArrowLeft selects the newest body.
func (p *tab) removeBody(keys ...string) string {
	p.t.Helper()
	p.do(chromedp.Focus(chromedp.CSS("#scene")))
	for _, key := range keys {
		p.do(chromedp.KeyEvent(key))
	}
	selected := p.snapshot().Selected
	if selected == "" {
		p.t.Fatalf("tab %s: the keyboard selected nothing", p.name)
	}
	p.do(chromedp.Click(chromedp.CSS("#remove:enabled")))
	p.eventually("the removal", func() error {
		if _, ok := p.snapshot().Bodies[selected]; ok {
			return fmt.Errorf("%s is there", selected)
		}
		return nil
	})
	return selected
}
