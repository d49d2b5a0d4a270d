package browsertest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/scenewire/scenewire"
)

func TestOutageCostsWhatHasChanged(t *testing.T) {
	s := startSite(t)
	between := startProxy(t, s.http.URL)
	const things, size = 100, 1 << 20
	data := make([]byte, size)
	for i := range things {
		_, _ = rand.Read(data)
		s.broadcast(Set{Name: fmt.Sprintf("mesh/%d", i), Data: data})
	}
	p := openPage(t, "page", between.url)
	p.console.expect("WebSocket connection to")
	whole := p.waitFor("100 MB", func(l look) bool { return l.Bytes == things*size })
	loaded := between.fromServer.Load()
	if loaded < things*size {
		t.Fatalf("%d bytes came through the proxy", loaded)
	}

	between.setDown(true)
	p.waitFor("the loss of the connection", func(l look) bool { return l.State != "open" })
	outage := time.After(2 * time.Second)
	for i := range 200 {
		s.set(fmt.Sprintf("thing/%d", i%20), i)
	}
	s.broadcast(Unset{Name: "mesh/7"})
	if err := s.client().Send(Answer{Value: 1}); err != nil {
		t.Fatal(err)
	}
	<-outage
	between.setDown(false)
	after := p.waitFor("what has changed", func(l look) bool { return l.Values["thing/19"] == 199 && len(l.Answers) == 1 })
	cost := between.fromServer.Load() - loaded
	t.Logf("%d bytes for an outage of 2 s", cost)
	if cost > 8<<10 {
		t.Errorf("the outage cost %d bytes", cost)
	}
	if after.Resets != 0 || after.ID != whole.ID || after.Greetings[len(after.Greetings)-1] != "client" {
		t.Errorf("the page has noted %d resets, id %d after %d, greetings %q", after.Resets, after.ID, whole.ID, after.Greetings)
	}
	if after.Things != things-1+20 {
		t.Errorf("the page has %d things", after.Things)
	}
}

func TestPageThatIsRefusedStaysOut(t *testing.T) {
	s := startSite(t)
	for _, tt := range []struct {
		name, want string
		err        error
	}{
		{"who hasn't logged in", "4401 log in: scenewire: unauthorized", fmt.Errorf("log in: %w", scenewire.ErrUnauthorized)},
		{"who may not", "4403 not today", errors.New("not today")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s.refuse.Store(func() error { return tt.err })
			s.asked.Store(0)
			p := openPage(t, "page", s.http.URL+`/?{"retryBaseMs":1,"retryCapMs":1}`)
			l := p.waitFor("a refusal", func(l look) bool { return len(l.Refusals) > 0 })
			if !slices.Equal(l.Refusals, []string{tt.want}) || l.State != "closed" || len(l.Errors) > 0 {
				t.Errorf("the page has noted %+v", l)
			}
			// The network returns, for which a client that waits would connect again.
			evaluate[bool](p, `dispatchEvent(new Event("online"))`)
			if n := s.asked.Load(); n != 1 {
				t.Errorf("the server was asked %d times", n)
			}
		})
	}
}

// A page that was in, and may not come back.
func TestPageIsRefusedWhenItComesBack(t *testing.T) {
	s := startSite(t)
	between := startProxy(t, s.http.URL)
	p := openPage(t, "page", between.url+"/")
	p.waitFor("a connection", func(l look) bool { return l.State == "open" })
	s.refuse.Store(func() error { return scenewire.ErrUnauthorized })
	between.setDown(true)
	between.setDown(false)
	p.waitFor("a refusal", func(l look) bool { return len(l.Refusals) == 1 && l.State == "closed" })
}

func TestAnotherServerBringsItsOwnScene(t *testing.T) {
	s := startSite(t)
	s.set("old", 1)
	p := openPage(t, "page", s.http.URL)
	p.console.expect("WebSocket connection to")
	p.waitFor("the old scene", func(l look) bool { return l.Values["old"] == 1 })
	s.newServer()
	s.set("new", 2)
	l := p.waitFor("the new scene", func(l look) bool { return l.Values["new"] == 2 })
	if l.Things != 1 || l.Resets != 1 {
		t.Errorf("%d things, %d resets", l.Things, l.Resets)
	}
	if want := []string{"", ""}; !slices.Equal(l.Greetings, want) {
		t.Errorf("greetings %q, want %q", l.Greetings, want)
	}
}

func TestWindowsKeepTheirOrderWhenTheyAreSmoothed(t *testing.T) {
	s := startSite(t)
	p := openPage(t, "page", s.http.URL+`/?{"smoothingMs":100}`)
	p.waitFor("a connection", func(l look) bool { return l.State == "open" })
	for i := range 200 {
		s.set(fmt.Sprintf("thing/%d", i%10), i)
		time.Sleep(5 * time.Millisecond) // a scene that moves
	}
	l := p.waitFor("the last window", func(l look) bool { return l.Values["thing/9"] == 199 })
	if !l.Order || l.Resets != 0 {
		t.Errorf("order kept: %t, %d resets", l.Order, l.Resets)
	}
	if now := float64(time.Now().UnixMilli()); l.Timing.JitterMs < 0 || l.Timing.OffsetMs > now {
		t.Errorf("timing is %+v", l.Timing)
	}
}

func TestLatencyIsMeasured(t *testing.T) {
	s := startSite(t)
	p := openPage(t, "page", s.http.URL+"/")
	l := p.waitFor("a round trip", func(l look) bool { return l.Timing.RttMs > 0 })
	if l.Windows != 0 || len(l.Errors) > 0 {
		t.Errorf("the page was shown %d windows, errors %q", l.Windows, l.Errors)
	}
}

func TestHiddenPageIsShownTheNewest(t *testing.T) {
	s := startSite(t)
	p := openPage(t, "page", s.http.URL+`/?{"keys":{"Set":"{name}","Unset":"{name}"}}`)
	s.set("thing", 1)
	p.waitFor("the scene", func(l look) bool { return l.Values["thing"] == 1 })
	p.hide(true)
	p.waitForHidden(s)
	windows := p.look().Windows
	for i := range 1000 {
		s.set("thing", i)
		s.set(fmt.Sprintf("other/%d", i%10), i)
	}
	s.broadcast(Unset{Name: "other/3"})
	if err := s.client().Send(Answer{Value: 5}); err != nil {
		t.Fatal(err)
	}
	l := p.waitFor("the answer, although it is hidden", func(l look) bool { return slices.Equal(l.Answers, []int{5}) })
	if l.Values["thing"] != 1 || l.Windows != windows+1 {
		t.Errorf("the hidden page was shown %+v in %d windows", l.Values, l.Windows-windows-1)
	}
	p.hide(false)
	l = p.waitFor("the newest", func(l look) bool { return l.Values["thing"] == 999 && l.Things == 10 })
	if l.Resets != 0 {
		t.Errorf("%d resets", l.Resets)
	}
}

func TestHiddenPageThatMissedTooMuchHasItSentAgain(t *testing.T) {
	s := startSite(t)
	between := startProxy(t, s.http.URL)
	p := openPage(t, "page", between.url+`/?{"maxHiddenBytes":100000}`)
	s.set("first", 1)
	p.waitFor("the scene", func(l look) bool { return l.Values["first"] == 1 })
	p.hide(true)
	p.waitForHidden(s)
	loaded := between.fromServer.Load()
	data := make([]byte, 1<<20)
	_, _ = rand.Read(data)
	s.broadcast(Set{Name: "mesh", Data: data})
	for i := range 100 {
		s.set(fmt.Sprintf("thing/%d", i%10), i)
	}
	eventually(t, "the mesh has come", func() error {
		if got := between.fromServer.Load() - loaded; got < int64(len(data)) {
			return fmt.Errorf("%d bytes came", got)
		}
		return nil
	})
	p.hide(false)
	l := p.waitFor("all", func(l look) bool { return l.Bytes == len(data) && l.Values["thing/9"] == 99 })
	if l.Resets != 0 || l.Things != 12 || len(l.Greetings) != 1 {
		t.Errorf("%d resets, %d things, greetings %q", l.Resets, l.Things, l.Greetings)
	}
}

// waitForHidden waits until the server sends no more than a window a second.
func (p *tab) waitForHidden(s *site) {
	p.t.Helper()
	p.eventually("the page is hidden", func() error {
		if state := evaluate[string](p, "document.visibilityState"); state != "hidden" {
			return fmt.Errorf("it is %s", state)
		}
		return nil
	})
	// A page takes what comes in order: with this answer it has told the server.
	if err := s.client().Send(Answer{Value: -1}); err != nil {
		p.t.Fatal(err)
	}
	p.waitFor("an answer", func(l look) bool { return slices.Contains(l.Answers, -1) })
	evaluate[bool](p, "(look().answers.length = 0, true)")
}

// hide takes a page's window off the screen, or puts it there again.
func (p *tab) hide(hidden bool) {
	p.t.Helper()
	p.do(focused(!hidden), windowState(map[bool]cdpbrowser.WindowState{true: cdpbrowser.WindowStateMinimized, false: cdpbrowser.WindowStateNormal}[hidden]))
}

func windowState(state cdpbrowser.WindowState) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		window, err := cdp.Call(ctx, t, cdpbrowser.GetWindowForTarget, cdpbrowser.GetWindowForTargetParams{})
		if err != nil {
			return err
		}
		_, err = cdp.Call(ctx, t, cdpbrowser.SetWindowBounds, cdpbrowser.SetWindowBoundsParams{
			WindowID: window.WindowID, Bounds: &cdpbrowser.Bounds{WindowState: state},
		})
		return err
	})
}

// focused makes a page think that it has the focus, or not.
func focused(is bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: is})
		return err
	})
}
