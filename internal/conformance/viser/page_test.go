package viser

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// patience bounds every wait for the page. Software rendering on a busy machine
// takes seconds for a first picture.
const patience = 60 * time.Second

// missing skips the test, or fails it where SCENEWIRE_REQUIRE_BROWSER is set.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("SCENEWIRE_REQUIRE_BROWSER") != "" {
		t.Fatal(what)
	}
	t.Skip("NOT TESTED: " + what)
}

// clientDir returns the directory of viser's built page.
func clientDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("SCENEWIRE_VISER_CLIENT")
	if dir == "" {
		missing(t, "SCENEWIRE_VISER_CLIENT does not name viser's client: run .ci/run viser")
	}
	if _, err := os.Stat(filepath.Join(dir, "index.html")); err != nil {
		missing(t, err.Error())
	}
	return dir
}

// page is one tab of headless Chromium.
type page struct {
	t   *testing.T
	ctx context.Context
}

func openPage(t *testing.T, url string) *page {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if path, err = exec.LookPath("google-chrome"); err != nil {
			missing(t, "no chromium in PATH")
		}
	}
	ctx, cancel := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(
		chromedp.ExecPath(path),
		chromedp.NoSandbox,
		chromedp.WindowSize(900, 600),
		chromedp.Flag("use-angle", "swiftshader"),
		chromedp.Flag("enable-unsafe-swiftshader", true),
		chromedp.Flag("ignore-gpu-blocklist", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	))
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // starts the browser
		t.Fatal(err)
	}
	p := &page{t, ctx}
	p.logConsole()
	// The page connects again only while it has the focus.
	focus := emulation.SetFocusEmulationEnabledParams{Enabled: true}
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, focus); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.Navigate(url))
	return p
}

// logConsole keeps what the page complains of for the log of a failed test.
func (p *page) logConsole() {
	var mu sync.Mutex
	var lines []string
	console := chromedp.Console(p.ctx)
	go func() {
		for message, err := range console {
			if err != nil {
				return
			}
			if message.IsException() || message.Type == "error" {
				mu.Lock()
				lines = append(lines, message.String())
				mu.Unlock()
			}
		}
	}()
	p.t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		if p.t.Failed() {
			p.t.Log("the page's console:\n" + strings.Join(lines, "\n"))
		}
	})
}

// do performs actions and fails the test if they take too long.
func (p *page) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// waitTrue waits until a JavaScript expression is true in the page. The page
// takes messages in when it draws a frame, and a picture makes it draw one.
func (p *page) waitTrue(expression string) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); ; p.picture() {
		ctx, cancel := context.WithTimeout(p.ctx, patience)
		is, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
		cancel()
		if err != nil {
			p.t.Fatalf("%s: %v", expression, err)
		}
		if is {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("%s is still false; picture: %s", expression, p.keep(p.picture()))
		}
	}
}

func (p *page) picture() image.Image {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		p.t.Fatal(err)
	}
	return img
}

// blob is where in a picture the pixels of some colour are.
type blob struct {
	pixels int
	x, y   float64 // their mean
}

// waitFor takes pictures until the pixels of a colour satisfy ok, and fails the
// test with the last picture kept if they never do.
func (p *page) waitFor(what string, is func(r, g, b int) bool, ok func(blob) bool) blob {
	p.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		img := p.picture()
		found := find(img, is)
		if ok(found) {
			return found
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("%s: found %+v; picture: %s", what, found, p.keep(img))
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// keep writes a picture where it outlives the test and returns its path.
func (p *page) keep(img image.Image) string {
	f, err := os.CreateTemp("", "viser-*.png")
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		return err.Error()
	}
	return f.Name()
}

// find looks where the scene is: viser's compass is at the left of the picture,
// its panel at the right.
func find(img image.Image, is func(r, g, b int) bool) blob {
	var found blob
	bounds := img.Bounds() // begins at 0, 0 in a decoded PNG
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Dx() / 8; x < bounds.Dx()*5/8; x++ {
			c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			if is(int(c.R), int(c.G), int(c.B)) {
				found.pixels++
				found.x += float64(x)
				found.y += float64(y)
			}
		}
	}
	if found.pixels > 0 {
		found.x /= float64(found.pixels)
		found.y /= float64(found.pixels)
	}
	return found
}

func isRed(r, g, b int) bool   { return r > g+70 && r > b+70 }
func isGreen(r, g, b int) bool { return g > r+50 && g > b+50 }

// many says whether a blob is a solid thing rather than a line or an icon.
func many(b blob) bool { return b.pixels > 1500 }

func none(b blob) bool { return b.pixels < 100 }
