package browsertest

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/scenewire/scenewire/cmd/scenerec/page"
)

// fetch returns what a server answers.
func fetch(t *testing.T, url string) []byte {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %.200s %v", url, response.Status, body, err)
	}
	return body
}

// captureOf writes so many seconds of a playground's scene to an MCAP file, and returns
// its path.
func captureOf(t *testing.T, server *playground, seconds float64) string {
	t.Helper()
	moves(openTab(t, "live", server.url())) // without a page nothing does
	var info struct {
		Start    time.Time
		Duration float64
	}
	waitUntil := func(sec float64) {
		eventually(t, "a capture", func() error {
			if err := json.Unmarshal(fetch(t, server.url()+"recording/info.json"), &info); err != nil {
				return err
			}
			if info.Duration <= sec {
				return fmt.Errorf("up to %v s, not yet %v s", info.Duration, sec)
			}
			return nil
		})
	}
	waitUntil(0)
	waitUntil(info.Duration) // nothing was recorded while nothing moved, for however long
	began := info.Duration
	waitUntil(began + seconds)
	path := filepath.Join(t.TempDir(), "scene.mcap")
	at := func(sec float64) string {
		return info.Start.Add(time.Duration(sec * float64(time.Second))).Format(time.RFC3339Nano)
	}
	file := fetch(t, fmt.Sprintf("%srecording/take.mcap?from=%s&to=%s", server.url(), at(began), at(began+seconds)))
	if err := os.WriteFile(path, file, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// staticSite serves the player's page and a directory as any web server does, and counts
// the answers to range requests.
func staticSite(t *testing.T, dir string, ranges *atomic.Int64) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServerFS(page.FS()))
	files := http.StripPrefix("/files/", http.FileServer(http.Dir(dir)))
	mux.HandleFunc("/files/", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Range") == "" {
			t.Errorf("%s is asked for as a whole", r.URL)
		}
		ranges.Add(1)
		files.ServeHTTP(w, r)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// A capture needs no server that knows of recordings: a page reads it by ranges, and has
// at each time what the Go reader has, which serves another page.
func TestCaptureOfThePlaygroundPlaysFromAStaticServer(t *testing.T) {
	findBrowser(t)
	path := captureOf(t, startPlayground(t), 5)
	var ranges atomic.Int64
	static := openPage(t, "static", staticSite(t, filepath.Dir(path), &ranges)+"?file=files/scene.mcap")
	served := openPage(t, "served", servePage(t, path))
	for _, p := range []*tab{static, served} {
		p.eventually("a recording that plays", func() error {
			if s := p.playerState(); s.State != "playing" || s.Position == 0 || len(s.Bodies) != bodiesAtStart {
				return fmt.Errorf("%s at %v s, %d bodies", s.State, s.Position, len(s.Bodies))
			}
			return nil
		})
		p.do(chromedp.Click("#timeline .icon.play"))
		shows(p, "pause", `__player.player.state`, "paused")
	}
	if a, b := static.playerState().End, served.playerState().End; a != b || a < 4 {
		t.Errorf("it ends at %v s, for the server at %v s", a, b)
	}
	before := ranges.Load()
	last := map[string]float64{}
	for _, sec := range []float64{3.21, 0.7, 4.5, 1.999} {
		seek := chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`void __player.player.seek(%v)`, sec))
		static.do(seek)
		served.do(seek)
		static.eventually(fmt.Sprintf("the scene at %v s", sec), func() error {
			a, b := static.playerState(), served.playerState()
			if a.Position != sec || b.Position != sec || a.Rows != b.Rows || !maps.Equal(a.Bodies, b.Bodies) || maps.Equal(a.Bodies, last) {
				return fmt.Errorf("at %v s with %d rows, on the server at %v s with %d", a.Position, a.Rows, b.Position, b.Rows)
			}
			return nil
		})
		last = static.playerState().Bodies
	}
	t.Logf("%d range requests, %d of them for seeks", ranges.Load(), ranges.Load()-before)
	keepPicture(t, "player-static-mcap", static.picture())
	static.do(chromedp.Click("#timeline .icon.play"))
	static.eventually("motion", func() error {
		if s := static.playerState(); s.State != "playing" || s.Position <= 2 || maps.Equal(s.Bodies, last) {
			return fmt.Errorf("%s at %v s", s.State, s.Position)
		}
		return nil
	})
}
