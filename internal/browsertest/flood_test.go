package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/chromedp"
)

// flood is how long TestFloodLeavesNothingBehind lasts.
func flood(t *testing.T) time.Duration {
	d, err := time.ParseDuration(os.Getenv("SCENEWIRE_FLOOD"))
	if err != nil && os.Getenv("SCENEWIRE_FLOOD") != "" {
		t.Fatal(err)
	}
	if d == 0 {
		d = 8 * time.Second
	}
	return d
}

func TestFloodLeavesNothingBehind(t *testing.T) {
	s := startSite(t)
	p := openPage(t, "page", s.http.URL+`/?{"keys":{"Set":"{name}"}}`)
	p.waitFor("a connection", func(l look) bool { return l.State == "open" })
	const rate, tick = 10_000, 10 * time.Millisecond // messages per second
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	sent, before := 0, memory{}
	start := time.Now()
	for lasts := flood(t); time.Since(start) < lasts; <-ticker.C {
		for due := int(time.Since(start).Seconds() * rate); sent < due; sent++ {
			// Keys are as many as messages in a second, so none is superseded on the way.
			s.set(fmt.Sprintf("thing/%d", sent%rate), sent)
		}
		if before.page == 0 && time.Since(start) > lasts/4 {
			before = p.memory()
		}
	}
	l := p.waitFor("the last message", func(l look) bool { return l.Values[fmt.Sprintf("thing/%d", (sent-1)%rate)] == sent-1 })
	after := p.memory()
	t.Logf("%d messages in %v, %d of them reached the page in %d windows; the page held %d KiB, then %d KiB, its worker %d KiB, then %d KiB",
		sent, time.Since(start).Round(time.Millisecond), l.Messages, l.Windows,
		before.page>>10, after.page>>10, before.worker>>10, after.worker>>10)
	if l.Things != min(sent, rate) || l.Resets != 0 || len(l.Errors) > 0 || !l.Order {
		t.Errorf("%d things, %d resets, errors %q, order kept: %t", l.Things, l.Resets, l.Errors, l.Order)
	}
	if growth := after.page - before.page; growth > 4<<20 {
		t.Errorf("the page's heap grew by %d KiB", growth>>10)
	}
	if growth := after.worker - before.worker; growth > 4<<20 || after.worker == 0 {
		t.Errorf("the worker's memory grew by %d KiB to %d KiB", growth>>10, after.worker>>10)
	}
}

// memory is what JavaScript holds after a garbage collection, in bytes.
type memory struct{ page, worker int64 }

func (p *tab) memory() (m memory) {
	p.t.Helper()
	p.do(collectGarbage)
	m.page = evaluate[int64](p, "performance.memory.usedJSHeapSize")
	evaluate[bool](p, `performance.measureUserAgentSpecificMemory().then(({ breakdown }) => {
		const ofWorkers = breakdown.filter(({ attribution }) => attribution.some(({ scope }) => scope === "DedicatedWorkerGlobalScope"));
		window.measured = ofWorkers.reduce((sum, { bytes }) => sum + bytes, 0);
	}), window.measured = -1, true`)
	p.eventually("the workers' memory is measured", func() error {
		if m.worker = evaluate[int64](p, "window.measured"); m.worker < 0 {
			return errors.New("it isn't yet")
		}
		return nil
	})
	return m
}

func collectGarbage(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, heapprofiler.CollectGarbage, cdp.Empty{})
	return chromedp.Void{}, err
}
