package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"

	"github.com/scenewire/scenewire/record"
)

// present returns the present as the page has it, in seconds of the recording.
func (p *tab) present() float64 {
	p.t.Helper()
	var now float64
	p.eventually("the timeline", func() error {
		if now = evaluate[float64](p, "__scenewire.present()"); now <= 0 {
			return errors.New("the page doesn't know what the server records")
		}
		return nil
	})
	return now
}

// waitForPresent waits until the recording has come to a time.
func (p *tab) waitForPresent(sec float64) {
	p.t.Helper()
	p.eventually(fmt.Sprintf("%v s", sec), func() error {
		if now := p.present(); now < sec {
			return fmt.Errorf("it is %v s", now)
		}
		return nil
	})
}

// scrub clicks on the timeline where a time is.
func (p *tab) scrub(sec float64) {
	p.t.Helper()
	type slider struct{ X, Y, Width, Height, Min, Max float64 }
	s := evaluate[slider](p, `(() => {
		const slider = document.querySelector("#timeline input");
		const { x, y, width, height } = slider.getBoundingClientRect();
		return { X: x, Y: y, Width: width, Height: height, Min: Number(slider.min), Max: Number(slider.max) };
	})()`)
	const thumb = 15.0 // its middle is never nearer to an end than half of this
	part := (sec - s.Min) / (s.Max - s.Min)
	hand := mouse{tab: p}
	hand.move(s.X+thumb/2+part*(s.Width-thumb), s.Y+s.Height/2)
	hand.press()
	hand.release()
}

// waitForPast waits until the page shows a time near to one.
func (p *tab) waitForPast(sec, slack float64) {
	p.t.Helper()
	p.eventually(fmt.Sprintf("the scene at %v s", sec), func() error {
		if got := p.snapshot().PastSec; got == nil || *got < sec-slack || *got > sec+slack {
			return fmt.Errorf("at %v", got)
		}
		return nil
	})
}

func TestLateViewerScrubsBackWhileOthersStayLive(t *testing.T) {
	server := startPlayground(t)
	early := openTab(t, "early", server.url())
	began := early.present()
	early.waitForPresent(began + 4)
	before := early.snapshot().Bodies["bunny"]
	hand := mouse{tab: early}
	hand.grab("bunny")
	hand.drag(90, 30, 12)
	hand.release()
	early.waitForPresent(early.present() + 2) // so that it is in the recording, at rest
	after := early.snapshot().Bodies["bunny"]
	if distance(before.Position, after.Position) < 1 {
		t.Fatalf("the bunny was dragged from %v to %v", before.Position, after.Position)
	}

	late := openTab(t, "late", server.url())
	late.present()
	late.eventually("the bunny where it is", func() error { return at(late, after) })
	keepPicture(t, "rewind-live", late.picture())

	late.do(chromedp.Click("#timeline .icon.play")) // pauses the present
	shows(late, "a pause", `document.querySelector("#timeline .icon.play").title`, "Play")
	late.scrub(began + 2)
	late.waitForPast(began+2, 1.5)
	late.eventually("the bunny where it was", func() error { return at(late, before) })
	keepPicture(t, "rewind-past", late.picture())
	if s := late.snapshot(); len(s.Bodies) != bodiesAtStart || s.Connection != "open" {
		t.Errorf("%d bodies, %s", len(s.Bodies), s.Connection)
	}

	// The others don't notice.
	if s := early.snapshot(); s.PastSec != nil || s.Bodies["bunny"] != after {
		t.Errorf("the early page has the bunny at %v, time %v", s.Bodies["bunny"], s.PastSec)
	}
	moves(early)
	paused := late.snapshot()
	if again := late.snapshot(); again.Bodies["body-3"] != paused.Bodies["body-3"] {
		t.Error("a paused scene moves")
	}

	late.do(chromedp.Click("#timeline .icon.play"))
	moves(late)
	if late.snapshot().PastSec == nil {
		t.Error("the page is in the present, though nobody asked for that")
	}
	late.do(chromedp.Click("#live"))
	late.eventually("the present", func() error {
		if sec := late.snapshot().PastSec; sec != nil {
			return fmt.Errorf("at %v s", *sec)
		}
		return at(late, after)
	})
	waitForSameScene(late, early)
}

// at reports where the bunny is, if it isn't there.
func at(p *tab, want body) error {
	s := p.snapshot()
	if got := s.Bodies["bunny"]; len(s.Bodies) < bodiesAtStart || distance(got.Position, want.Position) > 0.01 {
		return fmt.Errorf("the bunny is at %v, not %v", got.Position, want.Position)
	}
	return nil
}

// moves waits until the scene of a page has moved on.
func moves(p *tab) {
	p.t.Helper()
	first := p.snapshot().Bodies["body-3"]
	p.eventually("motion", func() error {
		if p.snapshot().Bodies["body-3"] == first {
			return errors.New("it stands still")
		}
		return nil
	})
}

// downloadInto has the tab's browser keep what is downloaded in a directory.
func downloadInto(dir string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
			Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir,
		})
		return err
	})
}

// downloaded waits until a file is there as a whole.
func (p *tab) downloaded(path string) {
	p.t.Helper()
	p.eventually(filepath.Base(path), func() error {
		if partial, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*.crdownload")); len(partial) > 0 {
			return fmt.Errorf("%v is on its way", partial)
		}
		_, err := os.Stat(path)
		return err
	})
}

func TestRecordButtonMakesFiles(t *testing.T) {
	server := startPlayground(t)
	p := openTab(t, "A", server.url())
	dir := t.TempDir()
	p.do(downloadInto(dir))
	p.waitForPresent(p.present() + 1)
	from := p.present()
	p.do(chromedp.Click("#record"))
	p.waitForPresent(from + 3)
	p.do(chromedp.Click("#record"))
	shows(p, "a take", `document.querySelectorAll(".take").length`, 1)
	keepPicture(t, "rewind-take", p.picture())
	for _, kind := range []string{"viser", "mcap"} {
		p.do(chromedp.Click(fmt.Sprintf(`.take a[href*="take.%s"]`, kind)))
		p.downloaded(filepath.Join(dir, "playground-1."+kind))
	}

	f, err := os.Open(filepath.Join(dir, "playground-1.viser"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rec, err := record.Read(f, nil)
	if err != nil {
		t.Fatal(err)
	}
	if rec.Duration < 2*time.Second || rec.Duration > patience {
		t.Errorf("it plays %v", rec.Duration)
	}
	bodies, poses, later := map[string]int{}, 0, 0
	for _, m := range rec.Messages {
		bodies[m.Type]++
		if m.Type == "SetPose" && m.Time == 0 {
			poses++
		}
		if m.Time > time.Second {
			later++
		}
	}
	if bodies["SetBody"] != bodiesAtStart-1 || bodies["SetMesh"] != 1 || poses != bodiesAtStart || later < 1000 {
		t.Errorf("%v, %d poses at the beginning, %d messages behind the first second", bodies, poses, later)
	}
	mcap, err := record.Open(filepath.Join(dir, "playground-1.mcap"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer mcap.Close()
	state, err := mcap.State(mcap.Info().Start)
	if err != nil {
		t.Fatal(err)
	}
	if len(state.Entries) < 2*bodiesAtStart {
		t.Errorf("the .mcap begins with %d messages of state", len(state.Entries))
	}

	p.do(chromedp.Click(".take .icon"))
	p.waitForPast(from+1.5, 2.5)
	shows(p, "a loop", `document.querySelector("#timeline .loop").getAttribute("aria-pressed")`, "true")
}
