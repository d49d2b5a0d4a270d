package browsertest

import (
	"fmt"
	"slices"
	"testing"
)

func TestTabsComeBackAfterARestart(t *testing.T) {
	server := startPlayground(t)
	tabs := []*tab{openTab(t, "A", server.url()), openTab(t, "B", server.url()), openTab(t, "C", server.url())}
	for _, p := range tabs {
		// What a browser says about a server that is down.
		p.console.expect("WebSocket connection to")
	}
	waitForViewers(tabs, len(tabs))
	names := tabs[0].snapshot().viewerNames()
	tabs[0].addBody() // of a scene that ends with its server

	for i, end := range []func(){server.kill, server.stop} {
		end()
		for _, p := range tabs {
			p.eventually("the loss of the server", func() error {
				if got := p.snapshot().Connection; got == "open" {
					return fmt.Errorf("the connection is %q", got)
				}
				return nil
			})
		}
		server.start()
		for _, p := range tabs {
			p.waitForReset(i + 1)
		}
		waitForViewers(tabs, len(tabs))
		for _, p := range tabs[1:] {
			waitForSameScene(p, tabs[0])
		}
		if got := tabs[0].snapshot().viewerNames(); !slices.Equal(got, names) {
			t.Errorf("the viewers are %q, and were %q", got, names)
		}
	}
	server.freeze()
	defer server.thaw()
	tabs[0].waitForPicture(t)
}

// waitForReset waits until a page has a whole, fresh scene after its n-th loss of
// a connection.
func (p *tab) waitForReset(n int) {
	p.t.Helper()
	p.eventually("the scene of the next connection", func() error {
		s := p.snapshot()
		if s.Resets < n || len(s.Bodies) > bodiesAtStart {
			return fmt.Errorf("%d resets, want %d; %d bodies", s.Resets, n, len(s.Bodies))
		}
		return s.whole()
	})
}

// waitForViewers waits until every page lists n viewers.
func waitForViewers(tabs []*tab, n int) {
	for _, p := range tabs {
		p.t.Helper()
		p.eventually("all viewers", func() error {
			if got := p.snapshot().viewerNames(); len(got) != n {
				return fmt.Errorf("got %q", got)
			}
			return nil
		})
	}
}
