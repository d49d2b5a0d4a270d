package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

const (
	// patience bounds every wait for a page. On a busy machine that draws in
	// software, a page takes seconds to show its first picture.
	patience = 60 * time.Second
	// pollInterval is the pause between two looks at what a test waits for.
	pollInterval = 50 * time.Millisecond
)

func TestMain(m *testing.M) {
	code := m.Run()
	if err := theBrowser.close(); err != nil {
		fmt.Fprintln(os.Stderr, "browsertest: closing Chromium:", err)
	}
	if err := errors.Join(thePlayground.remove(), theRooms.remove()); err != nil {
		fmt.Fprintln(os.Stderr, "browsertest: removing binaries:", err)
	}
	os.Exit(code)
}

// browser is the Chromium that all tests share: each opens tabs of its own.
type browser struct {
	start  sync.Once
	ctx    context.Context
	cancel context.CancelFunc
	err    error
}

var theBrowser browser

// open returns the browser's context, of which tabs are made. It skips or fails
// the test if there is no browser.
func (b *browser) open(t *testing.T) context.Context {
	t.Helper()
	path := findBrowser(t)
	b.start.Do(func() {
		b.ctx, b.cancel = chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(browserOptions(path)...))
		b.err = chromedp.Do(b.ctx)
	})
	if b.err != nil {
		t.Fatal("starting Chromium: ", b.err)
	}
	return b.ctx
}

// close ends the browser, if it was started, and waits until it is gone.
func (b *browser) close() error {
	if b.ctx == nil {
		return nil
	}
	defer b.cancel()
	return closeContext(b.ctx)
}

// closeContext closes the tab of a context, or the browser, and waits until it
// is gone.
func closeContext(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	return chromedp.Cancel(ctx)
}

// findBrowser returns the path of a browser. Without one it skips the test, or
// fails it where SCENEWIRE_REQUIRE_BROWSER is set.
func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const missing = "no chromium, chromium-browser or google-chrome in PATH"
	if os.Getenv("SCENEWIRE_REQUIRE_BROWSER") != "" {
		t.Fatal(missing)
	}
	fmt.Fprintf(os.Stderr, "NOT TESTED: %s: %s\n", t.Name(), missing)
	t.Skip("NOT TESTED: " + missing)
	return ""
}

// browserOptions are what Chromium needs to draw WebGL without a graphics card,
// in every window at once, and to leave the network alone.
func browserOptions(path string) []chromedp.ExecAllocatorOption {
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path),
		chromedp.Flag("headless", "new"),
		chromedp.WindowSize(desktop.width, desktop.height),
		chromedp.Flag("use-angle", "swiftshader"),
		chromedp.Flag("enable-unsafe-swiftshader", true),
		chromedp.Flag("ignore-gpu-blocklist", true),
		chromedp.Flag("disable-gpu-sandbox", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// Memory is measured when it is asked for, and not some time later.
		chromedp.Flag("enable-blink-features", "ForceEagerMeasureMemory"),
	}
	if os.Geteuid() == 0 { // Chromium's sandbox refuses to run as root
		options = append(options, chromedp.NoSandbox)
	}
	return options
}

// eventually calls check until it returns nil, and fails the test with its last
// error if that takes too long.
func eventually(t *testing.T, what string, check func() error) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for {
		err := check()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s: waited in vain for %v: %v", what, patience, err)
		}
		time.Sleep(pollInterval)
	}
}
