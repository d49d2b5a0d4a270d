package browsertest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// size is a window's, in CSS pixels.
type size struct{ width, height int }

var (
	desktop = size{680, 380}
	phone   = size{390, 780}
)

// drawSlowly makes a page draw a few frames a second, and pause four times as long
// as it had to wait for its turn. Frames are drawn in software: pages that draw all
// they can leave a small machine no time for anything else, not even for the start
// of the next page.
const drawSlowly = `{
	const request = window.requestAnimationFrame;
	let pauseMs = 0;
	window.requestAnimationFrame = (draw) => setTimeout(() => {
		const askedMs = performance.now();
		request((nowMs) => {
			pauseMs = Math.min(1000, Math.max(150, 4 * (performance.now() - askedMs)));
			draw(nowMs);
		});
	}, pauseMs);
}`

// tab is one page, in a window of its own so that it is visible and draws.
type tab struct {
	t       *testing.T
	name    string // for messages
	ctx     context.Context
	console *console
}

// openTab opens a page of the playground and waits until it shows a scene. Options come
// before the page is loaded.
func openTab(t *testing.T, name, url string, options ...chromedp.Action[chromedp.Void]) *tab {
	t.Helper()
	p := openPage(t, name, url, options...)
	p.waitForScene()
	return p
}

// openPage opens any page.
func openPage(t *testing.T, name, url string, options ...chromedp.Action[chromedp.Void]) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(theBrowser.open(t), chromedp.WithNewWindow(true))
	t.Cleanup(func() {
		defer cancel()
		if err := closeContext(ctx); err != nil {
			t.Errorf("closing tab %s: %v", name, err)
		}
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal("opening a tab: ", err)
	}
	p := &tab{t: t, name: name, ctx: ctx, console: watchConsole(ctx)}
	t.Cleanup(func() { p.console.check(t, name) })
	p.do(chromedp.EmulateViewport(int64(desktop.width), int64(desktop.height)), alwaysFocused, beforeLoading(drawSlowly))
	p.do(options...)
	p.do(chromedp.Navigate(url))
	return p
}

// alwaysFocused makes the page think that it has the focus, as several at once
// can't.
func alwaysFocused(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return chromedp.Void{}, err
}

// beforeLoading runs a script in every page that the tab loads, before the page's own.
func beforeLoading(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	})
}

// prefers sets what the system's setting for colours seems to be: light or dark.
func prefers(theme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}},
		})
		return err
	})
}

// do performs actions, and fails the test if they fail or take too long.
func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("tab %s: %v", p.name, err)
	}
}

// evaluate returns the value of an expression in a page.
func evaluate[T any](p *tab, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("tab %s: %v: %s", p.name, err, expression)
	}
	return value
}

// eventually waits for a condition of this tab.
func (p *tab) eventually(what string, check func() error) {
	p.t.Helper()
	eventually(p.t, "tab "+p.name+": "+what, check)
}

// waitForScene waits until the page is connected and has a whole scene.
func (p *tab) waitForScene() {
	p.t.Helper()
	p.eventually("a live scene", func() error { return p.snapshot().whole() })
}

// picture returns what the window shows.
func (p *tab) picture() image.Image {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatalf("tab %s: %v", p.name, err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		p.t.Fatalf("tab %s: %v", p.name, err)
	}
	return img
}

// console collects what a page complains of. It is guarded.
type console struct {
	mu     sync.Mutex
	errors []string
	// expected are parts of messages that a test provokes.
	expected []string
}

func watchConsole(ctx context.Context) *console {
	c := new(console)
	messages := chromedp.Console(ctx)
	go func() {
		for message, err := range messages {
			if err != nil {
				return
			}
			if message.IsException() || message.Type == chromedp.ConsoleError {
				c.add(fmt.Sprintf("%s (%s:%d)", message, message.URL, message.Line+1))
			}
		}
	}()
	return c
}

func (c *console) add(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.errors = append(c.errors, line)
}

// expect allows errors that contain part.
func (c *console) expect(part string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expected = append(c.expected, part)
}

// check fails the test if there was an error that it did not expect.
func (c *console) check(t *testing.T, tab string) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, line := range c.errors {
		if !c.expects(line) {
			t.Errorf("console of tab %s: %s", tab, line)
		}
	}
}

func (c *console) expects(line string) bool {
	for _, part := range c.expected {
		if strings.Contains(line, part) {
			return true
		}
	}
	return false
}
