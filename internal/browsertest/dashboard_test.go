package browsertest

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/scenewire/scenewire/benchmarks/dashboard"
	"github.com/scenewire/scenewire/wsproto"
)

var wide = size{1280, 900}

// openDashboard opens a dashboard and waits until it is live.
func openDashboard(t *testing.T, name, url string, s size, theme string) *tab {
	t.Helper()
	p := openPage(t, name, url, prefers(theme), chromedp.EmulateViewport(int64(s.width), int64(s.height)))
	p.waitForLive()
	return p
}

func (p *tab) waitForLive() {
	p.t.Helper()
	shows(p, "the state", `document.getElementById("state").textContent`, "Live")
	shows(p, "samples", `(window.__dashboard?.board()?.samples.end ?? 0) > 2`, true)
}

// mayBeEmpty are the charts of what doesn't happen here.
var mayBeEmpty = map[string]bool{"handler-time": true, "gc": true}

// chart is what a card of the live page shows.
type chart struct {
	ID     string `json:"id"`
	Empty  string `json:"empty"`
	Values int    `json:"values"` // figures that are known
	Pixels int    `json:"pixels"` // that are drawn
	Legend string `json:"legend"`
}

// chartsScript looks at every card, one after the other, as only those that can be seen are
// drawn.
const chartsScript = `(async () => {
	const board = __dashboard.board();
	const found = [];
	for (const card of board.cards) {
		card.element.scrollIntoView({ block: "center" });
		const canvas = card.drawing.canvas;
		const pixels = () => canvas.width === 0 ? 0 : new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer).filter((pixel) => pixel !== 0).length;
		for (let i = 0; i < 40 && pixels() === 0; i++) await new Promise((resolve) => setTimeout(resolve, 50));
		const table = card.drawing.table(board.view);
		found.push({
			id: card.text.id,
			empty: card.drawing.emptyText(board.view) ?? "",
			values: table.slice(1).flatMap((row) => row.slice(2)).filter((value) => typeof value === "number" && !Number.isNaN(value)).length,
			pixels: pixels(),
			legend: card.drawing.legend().map(({ label, value }) => label + " " + value).join(", "),
		});
	}
	return found;
})()`

func TestDashboardShowsEveryFigure(t *testing.T) {
	w := startWatched(t, dashboard.Options{})
	watchers := []*watcher{w.join(), w.join(), w.join()}
	p := openDashboard(t, "charts", w.page(), wide, "light")
	watchers[0].waitForWindows(20)
	w.dashboard.Mark(dashboard.Note{Kind: "phase", Text: "a phase of the test"})
	p.eventually("figures in every chart", func() error {
		var missing []error
		for _, c := range evaluateLater[[]chart](p, chartsScript) {
			if !mayBeEmpty[c.ID] && (c.Empty != "" || c.Values == 0 || c.Pixels < 200 || c.Legend == "") {
				missing = append(missing, fmt.Errorf("%+v", c))
			}
		}
		return errors.Join(missing...)
	})
	shows(p, "the tile of clients", `document.querySelector(".tile .figure").textContent`, "3")
	shows(p, "that latency is the load generator's", `[...document.querySelectorAll(".tile")].find((tile) => tile.textContent.includes("Latency")).textContent.includes("load generator")`, true)
	shows(p, "the event", `document.getElementById("events").textContent.includes("a phase of the test")`, true)
	shows(p, "the hot keys", `(document.getElementById("keys").scrollIntoView(), document.querySelectorAll("#keys td.key").length >= `+strconv.Itoa(watchedThings)+`)`, true)
	shows(p, "the totals", `Number.parseInt(document.querySelector("#totals div:nth-child(2) dd").textContent) > 0`, true)

	p.do(chromedp.Click("#pause"))
	held := evaluate[float64](p, `__dashboard.board().view.toSec`)
	watchers[1].waitForWindows(30)
	shows(p, "newer samples", `__dashboard.board().samples.lastSec > `+strconv.FormatFloat(held, 'f', -1, 64), true)
	if now := evaluate[float64](p, `__dashboard.board().view.toSec`); now != held {
		t.Errorf("the view moved from %v to %v while it was held", held, now)
	}
	p.do(chromedp.Click("#pause"), chromedp.Click(`#spans [data-minutes="10"]`))
	shows(p, "ten minutes", `(({ fromSec, toSec }) => Math.round(toSec - fromSec))(__dashboard.board().view)`, 600)
}

// evaluateLater returns what a promise in a page becomes.
func evaluateLater[T any](p *tab, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("tab %s: %v: %s", p.name, err, expression)
	}
	return value
}

const (
	rowsScript = `[...document.querySelectorAll("#clients tbody tr")].map(({ dataset }) => Number(dataset.client))`
	// The address of the first row; ids alone are in the ports of others, too.
	addressScript = `document.querySelector("#clients tbody tr").cells[[...document.querySelectorAll("#clients th")].findIndex((head) => head.textContent === "Address")].textContent`
	headScript    = `[...document.querySelectorAll("#clients th")].find((head) => head.textContent === %q)`
	searchScript  = `((field, text) => { field.value = text; field.dispatchEvent(new Event("input")); })(document.getElementById("client-search"), %q)`
)

// waitForRows waits until the table of clients is as it should be.
func (p *tab) waitForRows(what string, right func(ids []int) bool) []int {
	p.t.Helper()
	var ids []int
	p.eventually(what, func() error {
		if ids = evaluate[[]int](p, rowsScript); !right(ids) {
			return fmt.Errorf("the rows are %v", ids)
		}
		return nil
	})
	return ids
}

func TestDashboardSortsAndSearchesClients(t *testing.T) {
	w := startWatched(t, dashboard.Options{})
	const many = 60
	for range many {
		w.join()
	}
	p := openDashboard(t, "table", w.page(), wide, "light")
	p.do(chromedp.Evaluate[chromedp.Void](`document.getElementById("clients").scrollIntoView()`))
	ids := p.waitForRows("the first page", func(ids []int) bool { return len(ids) == 25 && increasing(ids) })

	head := fmt.Sprintf(headScript, "Client")
	p.do(chromedp.Evaluate[chromedp.Void](head + `.querySelector("button").focus()`))
	p.key(kb.Enter)
	last := p.waitForRows("the last clients first", func(got []int) bool { return len(got) == 25 && got[0] > ids[24] && got[0] > got[24] })
	address := evaluate[string](p, addressScript)
	shows(p, "what a screen reader says", head+`.ariaSort`, "descending")
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(headScript, "Deliveries") + `.querySelector("button").click()`))
	shows(p, "one sorted column", `[...document.querySelectorAll("#clients th[aria-sort]")].map((head) => head.textContent + " " + head.ariaSort).join()`, "Deliveries descending")
	p.waitForRows("clients by what they got", func([]int) bool {
		return evaluate[bool](p, `((n) => n.length === 25 && n.every((value, i) => i === 0 || value <= n[i - 1]))([...document.querySelectorAll("#clients tbody tr")].map((row) => Number(row.cells[12].textContent.replaceAll("\u202f", ""))))`)
	})

	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(headScript, "Client") + `.querySelector("button").click()`))
	p.waitForRows("the first page again", func(got []int) bool { return len(got) == 25 && got[0] == ids[0] })
	p.do(chromedp.Click(`#clients [aria-label="Next page"]`))
	p.waitForRows("the second page", func(got []int) bool { return len(got) == 25 && got[0] > ids[24] })
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(searchScript, address)))
	p.waitForRows("the one that was searched", func(got []int) bool { return len(got) < 5 && slices.Contains(got, last[0]) })
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(searchScript, "no such client")))
	p.waitForRows("none", func(got []int) bool { return len(got) == 0 })
	shows(p, "why", `document.querySelector("#clients > .none").textContent`, "No client is like that.")
	shows(p, "why buttons do nothing", `document.querySelector("#clients .reason").textContent.includes("no admin token")`, true)
	shows(p, "the admin's button", `document.getElementById("admin").disabled`, true)
}

func increasing(ids []int) bool {
	for i := 1; i < len(ids); i++ {
		if ids[i] <= ids[i-1] {
			return false
		}
	}
	return true
}

// act presses a button of the first client in the table.
func (p *tab) act(action string) {
	p.t.Helper()
	button := `#clients tbody tr [data-action="` + action + `"]`
	shows(p, "the button that says "+action, `document.querySelector('`+button+`')?.disabled ?? true`, false)
	p.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('` + button + `').click()`))
}

// login gives a token.
func (p *tab) login(token string) {
	p.t.Helper()
	shows(p, "the button to log in", `document.getElementById("admin").disabled`, false)
	p.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("dialog[open]") ?? document.getElementById("admin").click()`))
	p.do(chromedp.Evaluate[chromedp.Void](`document.getElementById("token").select()`))
	p.do(chromedp.SendKeys("#token", token+kb.Enter))
}

func TestDashboardActsOnClients(t *testing.T) {
	w := startWatched(t, dashboard.Options{AdminToken: adminToken})
	v := w.join()
	v.waitForWindows(1)
	p := openDashboard(t, "admin", w.page(), wide, "dark")
	p.do(chromedp.Evaluate[chromedp.Void](`document.getElementById("clients").scrollIntoView()`))
	p.waitForRows("the client", func(ids []int) bool { return len(ids) == 1 })
	shows(p, "buttons without a login", `[...document.querySelectorAll("#clients tbody button")].every(({ disabled, title }) => disabled && title.includes("log in"))`, true)

	p.login("wrong")
	shows(p, "that the token is wrong", `document.querySelector("dialog[open] .fault:not([hidden])")?.textContent.length > 0`, true)
	shows(p, "nothing kept", `sessionStorage.length`, 0)
	p.login(adminToken)
	shows(p, "the login", `document.getElementById("admin").textContent`, "Log out")
	shows(p, "where the token is", `JSON.stringify([sessionStorage.length, Object.values(localStorage).join().includes("sesame")])`, "[1,false]")

	p.act("pause")
	shows(p, "a client that is paused", `document.querySelector("#clients tbody tr").dataset.state`, "paused")
	before := v.windows.Load()
	other := w.join()
	other.waitForWindows(30)
	if got := v.windows.Load() - before; got > 1 { // one may have been on its way
		t.Errorf("%d windows came while the client was paused", got)
	}
	p.act("unpause")
	v.waitForWindows(2)
	p.act("flush")
	shows(p, "that it was done", `document.querySelector("#clients .said").textContent.includes("Flush client")`, true)

	p.act("close")
	shows(p, "the question", `document.querySelector("#confirm h2").textContent.startsWith("Close client")`, true)
	p.do(chromedp.SendKeys("#confirm-field", "go away"+kb.Enter))
	var closed *wsproto.CloseError
	if err := <-v.ended; !errors.As(err, &closed) || closed.Reason != "go away" {
		t.Errorf("the client saw %v", err)
	}
	p.waitForRows("the other client alone", func(ids []int) bool { return len(ids) == 1 })
	select {
	case err := <-other.ended:
		t.Errorf("the other client was ended, too: %v", err)
	default:
	}
}

func TestDashboardComesBackAfterARestart(t *testing.T) {
	w := startWatched(t, dashboard.Options{AdminToken: adminToken})
	p := openDashboard(t, "restart", w.page(), wide, "light")
	p.console.expect("WebSocket connection to")
	p.login(adminToken)
	shows(p, "the login", `document.getElementById("admin").textContent`, "Log out")
	before := evaluate[float64](p, `__dashboard.board().samples.lastSec`)
	w.end()
	shows(p, "the loss", `document.getElementById("notice").textContent.startsWith("The connection is lost")`, true)
	w.begin()
	w.join()
	p.waitForLive()
	shows(p, "newer samples alone", `(({ samples }) => samples.times[samples.begin] > `+strconv.FormatFloat(before, 'f', -1, 64)+`)(__dashboard.board())`, true)
	shows(p, "the login on the new connection", `document.getElementById("admin").textContent`, "Log out")
	shows(p, "the notice gone", `document.getElementById("notice").hidden`, true)
}

// savesTo makes the browser put what it saves into a new directory.
func (p *tab) savesTo() string {
	p.t.Helper()
	dir := p.t.TempDir()
	p.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: dir})
		return err
	}))
	return dir
}

// saved waits for a file that the browser saves, and returns what it has.
func (p *tab) saved(dir, pattern string) []byte {
	p.t.Helper()
	var content []byte
	p.eventually("a file "+pattern, func() error {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(names) != 1 {
			return fmt.Errorf("%d files, %v", len(names), err)
		}
		if content, err = os.ReadFile(names[0]); err == nil && len(content) == 0 {
			err = errors.New("it is empty")
		}
		return err
	})
	return content
}

func TestDashboardSavesCharts(t *testing.T) {
	w := startWatched(t, dashboard.Options{Results: keptRuns(t)})
	w.join().waitForWindows(40)
	p := openDashboard(t, "save", w.page(), wide, "light")
	dir := p.savesTo()
	shows(p, "figures", `(document.querySelector("#card-deliveries .legend dd")?.textContent ?? "").length > 1`, true)
	p.do(chromedp.Click("#card-deliveries header button:nth-of-type(3)"))
	rows, err := csv.NewReader(bytes.NewReader(p.saved(dir, "scenewire-deliveries-*.csv"))).ReadAll()
	if err != nil || len(rows) < 3 || len(rows[0]) != 4 || rows[0][2] != "sent [/s]" {
		t.Errorf("the CSV has %d rows, the first is %q: %v", len(rows), rows[0], err)
	}
	p.do(chromedp.Click("#card-deliveries header button:nth-of-type(2)"))
	p.checkPicture(p.saved(dir, "scenewire-deliveries-*.png"))

	p.do(chromedp.Click("#to-history"))
	shows(p, "a chart of rivals", `document.querySelector("#history .card canvas")?.width > 0`, true)
	p.do(chromedp.Click("#history .card header button:nth-of-type(3)"))
	if text := string(p.saved(dir, "scenewire-fanout-*.csv")); !strings.Contains(text, "scenewire") || !strings.Contains(text, "median [µs]") {
		t.Errorf("the CSV of rivals is %q", text)
	}
	p.do(chromedp.Click("#history .card header button:nth-of-type(2)"))
	p.checkPicture(p.saved(dir, "scenewire-fanout-*.png"))
}

// checkPicture checks that a picture has a background, and something on it.
func (p *tab) checkPicture(file []byte) {
	p.t.Helper()
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		p.t.Fatal(err)
	}
	colors := make(map[[3]uint8]int)
	bounds := img.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			if _, _, _, alpha := img.At(x, y).RGBA(); alpha != 0xffff {
				p.t.Fatalf("the picture can be seen through at %d, %d", x, y)
			}
			c := rgb(img.At(x, y))
			colors[[3]uint8{c.R, c.G, c.B}]++
		}
	}
	if bounds.Dx() < 300 || bounds.Dy() < 150 || len(colors) < 20 {
		p.t.Errorf("the picture is %v, of %d colours", bounds, len(colors))
	}
}

func TestDashboardComparesRuns(t *testing.T) {
	w := startWatched(t, dashboard.Options{Results: keptRuns(t)})
	p := openDashboard(t, "history", w.page()+"#history", wide, "dark")
	shows(p, "kinds", `[...document.querySelectorAll(".kinds button")].map((button) => button.dataset.kind).join()`, "rivals,scaling")
	shows(p, "two runs side by side", `document.querySelectorAll(".runs input:checked").length`, 2)
	shows(p, "what became worse", `document.querySelectorAll(".changes li.worse").length > 0`, true)
	shows(p, "which", `document.querySelector(".changes li.worse").textContent.includes("scenewire")`, true)
	shows(p, "both in the table", `document.querySelectorAll(".figures thead th").length`, 5)
	shows(p, "small charts", `document.querySelectorAll("#history .card").length >= 2`, true)
	shows(p, "the mark on a chart", `[...document.querySelectorAll(".figures td.worse")].some((cell) => cell.textContent.includes("+"))`, true)
	keepPicture(t, "dashboard-history", p.picture())
	p.do(chromedp.Click(".runs tbody tr:first-child input"))
	shows(p, "one run", `document.querySelectorAll(".figures thead th").length`, 4)
	p.do(chromedp.Click(`.kinds [data-kind="scaling"]`))
	shows(p, "the other kind", `document.querySelectorAll(".runs tbody tr").length`, 1)
	shows(p, "that there is nothing before", `document.querySelector(".against").textContent`, "There is no run of this kind on this machine before it.")
}

func TestDashboardFitsPhones(t *testing.T) {
	w := startWatched(t, dashboard.Options{AdminToken: adminToken, Results: keptRuns(t)})
	w.join()
	p := openDashboard(t, "phone", w.page(), size{390, 844}, "light")
	check := func(what string) {
		t.Helper()
		if width := evaluate[int](p, "document.documentElement.scrollWidth"); width > 390 {
			t.Errorf("%s: the page is %d px wide, on a screen of 390", what, width)
		}
		wider := evaluate[string](p, `[...document.querySelectorAll("body *")].filter((at) => at.getBoundingClientRect().right > 391 && at.closest(".scroll, .hidden, .legend, .uplot") === null).map((at) => at.tagName + "#" + at.id + "." + at.className).join(" ")`)
		if wider != "" {
			t.Errorf("%s: these reach beyond the screen: %s", what, wider)
		}
	}
	p.do(chromedp.Evaluate[chromedp.Void](`document.getElementById("clients").scrollIntoView()`))
	p.waitForRows("the client", func(ids []int) bool { return len(ids) == 1 })
	check("live")
	keepPicture(t, "dashboard-phone", p.picture())
	p.do(chromedp.Click("#to-history"))
	shows(p, "charts", `document.querySelectorAll("#history .card").length > 0`, true)
	check("history")
}
