package browsertest

import (
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/scenewire/scenewire/cmd/scenerec/page"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
)

// The messages of a recording that is made up: some that the player can draw, and some
// that it has never heard of.
type (
	SetBody struct {
		Name  string   `msgpack:"name"`
		Shape string   `msgpack:"shape"`
		Size  float64  `msgpack:"size"`
		Color [3]uint8 `msgpack:"color" wire:"tuple"`
	}
	SetPose struct {
		Name     string     `msgpack:"name"`
		Position [3]float64 `msgpack:"position" wire:"tuple"`
		WXYZ     [4]float64 `msgpack:"wxyz" wire:"tuple"`
	}
	Gauge struct {
		ID    int       `msgpack:"id"`
		Value float64   `msgpack:"value"`
		Trace []float32 `msgpack:"trace"`
	}
)

func (SetBody) RedundancyKey() string { return "" }
func (SetPose) RedundancyKey() string { return "" }
func (Gauge) RedundancyKey() string   { return "" }

var made = messages.NewRegistry().MustRegister(SetBody{}, SetPose{}, Gauge{})

const (
	madeSeconds = 20
	madeRate    = 10 // batches per second
)

// madePose is where body i of the recording is at step n: it circles once.
func madePose(i, n int) SetPose {
	angle := 2*math.Pi*float64(n)/(madeSeconds*madeRate) + float64(i)
	return SetPose{
		Name:     fmt.Sprintf("body-%d", i),
		Position: [3]float64{5 * math.Cos(angle), 1, 5 * math.Sin(angle)},
		WXYZ:     [4]float64{1, 0, 0, 0},
	}
}

// makeRecording writes the recording to a file and returns its path. Without a scene it
// only has what no player has heard of.
func makeRecording(t *testing.T, scene bool) string {
	t.Helper()
	rec := &record.Recording{Header: record.Header{Duration: madeSeconds * time.Second}}
	add := func(at time.Duration, m messages.Message) {
		body, err := made.Append(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		name, _ := made.Name(m)
		rec.Messages = append(rec.Messages, record.Message{Time: at, Type: name, Body: body})
	}
	const bodies = 6
	for n := range madeSeconds * madeRate {
		at := time.Duration(n) * time.Second / madeRate
		for i := range bodies {
			if n == 0 && scene {
				color := [3]uint8{uint8(240 - 30*i), 90, uint8(60 + 30*i)}
				add(at, SetBody{fmt.Sprintf("body-%d", i), []string{"box", "sphere", "ring"}[i%3], 1.2, color})
			}
			if scene {
				add(at, madePose(i, n))
			}
		}
		add(at, Gauge{ID: n % 3, Value: float64(n), Trace: []float32{1, 2.5, float32(n)}})
	}
	path := filepath.Join(t.TempDir(), "made.viser")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := rec.WriteTo(f); err != nil {
		t.Fatal(err)
	}
	return path
}

// handlerOf serves a recording.
func handlerOf(t *testing.T, path string) http.Handler {
	t.Helper()
	file, err := record.Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	return record.NewHandler(file, nil)
}

// exportPage writes a recording as one page, and returns its address as a file.
func exportPage(t *testing.T, path string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "made.html")
	f, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := page.Export(t.Context(), f, handlerOf(t, path), page.Options{Name: "Made up"}); err != nil {
		t.Fatal(err)
	}
	return "file://" + out
}

// servePage serves the player's page with a recording, and returns its address.
func servePage(t *testing.T, path string) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServerFS(page.FS()))
	mux.Handle("/recording/", handlerOf(t, path))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// playerState is what a player's page shows.
type playerState struct {
	State    string             `json:"state"`
	Position float64            `json:"position"`
	End      float64            `json:"end"`
	Rows     int                `json:"rows"`
	Bodies   map[string]float64 `json:"bodies"` // how far along x
	Gauge    float64            `json:"gauge"`  // the newest value
}

const playerScript = `(() => {
	const { player, inspector, scene } = window.__player ?? {};
	if (player === undefined) return { state: "none" };
	const { table } = inspector;
	const gauges = [0, 1, 2].map((id) => table.row("Gauge", String(id))?.message.value ?? -1);
	const bodies = {};
	for (const { name, track } of scene.world?.bodies() ?? []) bodies[name] = track.newest?.position[0] ?? 99;
	return {
		state: player.state, position: player.positionSec, end: player.endSec,
		rows: table.size, bodies, gauge: Math.max(...gauges),
	};
})()`

func (p *tab) playerState() playerState {
	p.t.Helper()
	return evaluate[playerState](p, playerScript)
}

// waitForGauge waits until the newest gauge is that of a time.
func (p *tab) waitForGauge(want float64) playerState {
	p.t.Helper()
	var got playerState
	p.eventually(fmt.Sprintf("gauge %v", want), func() error {
		if got = p.playerState(); got.Gauge != want {
			return fmt.Errorf("%+v", got)
		}
		return nil
	})
	return got
}

func (p *tab) key(name string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(name))
}

// An exported page must not need a server, and its own policy must allow what it does: a
// violation would be in the console, which fails the test.
func TestPlayerPages(t *testing.T) {
	findBrowser(t)
	path := makeRecording(t, true)
	for name, url := range map[string]string{"file": exportPage(t, path), "served": servePage(t, path)} {
		t.Run(name, func(t *testing.T) {
			p := openPage(t, name, url)
			p.eventually("a recording that plays", func() error {
				if s := p.playerState(); s.State != "playing" || s.Position == 0 || len(s.Bodies) != 6 {
					return fmt.Errorf("%+v", s)
				}
				return nil
			})
			p.do(chromedp.Click("#timeline .icon.play"))
			shows(p, "pause", `__player.player.state`, "paused")
			for _, n := range []int{150, 40, 199, 0} {
				p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`void __player.player.seek(%v)`, float64(n)/madeRate)))
				s := p.waitForGauge(float64(n))
				for i := range 6 {
					want := madePose(i, n)
					if got := s.Bodies[want.Name]; math.Abs(got-want.Position[0]) > 1e-6 {
						t.Errorf("at %v: %s is at x = %v, want %v", n, want.Name, got, want.Position[0])
					}
				}
			}
			keepPicture(t, "player-"+name, p.picture())
		})
	}
}

func TestPlayerIsUsedByKeyboard(t *testing.T) {
	findBrowser(t)
	p := openPage(t, "keys", servePage(t, makeRecording(t, false)))
	shows(p, "a recording that plays", `window.__player?.player.state ?? ""`, "playing")
	p.key(" ")
	shows(p, "pause", `__player.player.state`, "paused")
	p.do(chromedp.Focus(`#timeline input[type="range"]`))
	p.key(kb.Home)
	p.waitForGauge(0)
	for range 3 {
		p.key(kb.ArrowRight)
	}
	p.waitForGauge(30)
	p.key(kb.End)
	p.waitForGauge(199)
	shows(p, "what a screen reader says", `document.querySelector('#timeline input').getAttribute("aria-valuetext")`, "0:20.0")
	shows(p, "no stage", `document.getElementById("stage").hidden`, true)
}

// A busy machine may draw a picture before the recording is there, and the next one much
// later: keys must not wait for it.
func TestPlayerTakesKeysBeforeItIsDrawn(t *testing.T) {
	findBrowser(t)
	p := openPage(t, "undrawn", servePage(t, makeRecording(t, false)), beforeLoading(drawOnce))
	shows(p, "a recording that plays", `window.__player?.player.state ?? ""`, "playing")
	p.key(" ")
	shows(p, "pause", `__player.player.state`, "paused")
	p.do(chromedp.Focus(`#timeline input[type="range"]`))
	p.key(kb.Home)
	for range 3 {
		p.key(kb.ArrowRight)
	}
	p.waitForGauge(30)
}

// drawOnce makes a page draw one frame, as soon as it asks for it.
const drawOnce = `{
	let drawn = 0;
	window.requestAnimationFrame = (draw) => drawn++ === 0 && draw(0);
}`

func TestPlayerShowsWhateverThereIs(t *testing.T) {
	findBrowser(t)
	wide := size{1280, 800}
	for name, test := range map[string]struct {
		size  size
		theme string
		scene bool
	}{
		"wide light scene": {wide, "light", true},
		"wide dark data":   {wide, "dark", false},
		"phone light data": {phone, "light", false},
		"phone dark scene": {phone, "dark", true},
	} {
		t.Run(name, func(t *testing.T) {
			p := openPage(t, name, servePage(t, makeRecording(t, test.scene)), prefers(test.theme),
				chromedp.EmulateViewport(int64(test.size.width), int64(test.size.height)))
			shows(p, "a recording that plays", `window.__player?.player.state ?? ""`, "playing")
			p.do(chromedp.Evaluate[chromedp.Void](`(__player.player.pause(), void __player.player.seek(12.3))`))
			p.waitForGauge(123)
			shows(p, "the table", `document.querySelector("#types details b")?.textContent ?? ""`, "Gauge")
			p.do(chromedp.Click("#types details:first-child summary"))
			shows(p, "its rows", `document.querySelectorAll("#types details:first-child .rows button").length`, 3)
			p.do(chromedp.Click("#types details:first-child .rows button"))
			shows(p, "the message", `document.getElementById("detail").innerText.includes("as float32: 1, 2.5")`, true)
			shows(p, "a stage", `!document.getElementById("stage").hidden`, test.scene)
			if width := evaluate[int](p, "document.documentElement.scrollWidth"); width > test.size.width {
				t.Errorf("the page is %d px wide, on a screen of %d", width, test.size.width)
			}
			keepPicture(t, "player-"+strings.ReplaceAll(name, " ", "-"), p.picture())
		})
	}
}

func TestPlayerSaysWhatIsWrong(t *testing.T) {
	findBrowser(t)
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServerFS(page.FS()))
	mux.HandleFunc("/recording/", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "the disk is on fire", http.StatusInternalServerError)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p := openPage(t, "broken", server.URL+"/")
	p.console.expect("500")
	shows(p, "the reason", `document.getElementById("notice").innerText.includes("the disk is on fire")`, true)
}
