package browsertest

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// The scene's canvas lies over the page's background. So a picture without it
// tells what every pixel would be if nothing were drawn.
const (
	hideScene = `document.getElementById("scene").style.visibility = "hidden"`
	showScene = `document.getElementById("scene").style.visibility = ""`
)

const (
	// drawnDifference is what a drawn pixel differs from the background by at
	// least, in one channel of 255; the lines of the ground's grid don't.
	drawnDifference = 40
	// emptyDifference is what a pixel may differ by where nothing is drawn.
	emptyDifference = 6
	// bodyReach is how far from its middle a body is looked for, in pixels: rings
	// have a hole.
	bodyReach = 4
)

func TestPictureIsARealScene(t *testing.T) {
	server := startPlayground(t)
	for _, theme := range []string{"light", "dark"} {
		t.Run(theme, func(t *testing.T) {
			p := openTab(t, theme, server.url(), prefers(theme))
			server.freeze()
			defer server.thaw()
			p.waitForPicture(t)
			if got := evaluate[string](p, "document.documentElement.dataset.theme"); got != theme {
				t.Errorf("the page's theme is %q, want %q", got, theme)
			}
			corner := p.picture().At(10, 10)
			if isDark := brightness(corner) < 128; isDark != (theme == "dark") {
				t.Errorf("the background is %v in the %s theme", corner, theme)
			}
		})
	}
}

func TestPhoneShowsTheSceneBesideThePanel(t *testing.T) {
	server := startPlayground(t)
	p := openTab(t, "phone", server.url(),
		chromedp.EmulateViewport(int64(phone.width), int64(phone.height), chromedp.EmulateMobile, chromedp.EmulateTouch))
	server.freeze()
	defer server.thaw()
	p.waitForPicture(t)

	if width := evaluate[int](p, "document.documentElement.scrollWidth"); width > phone.width {
		t.Errorf("the page is %d px wide, on a screen of %d", width, phone.width)
	}
	shows(p, "the timeline", `!document.getElementById("timeline").hidden`, true)
	type box struct {
		Left   float64 `json:"left"`
		Right  float64 `json:"right"`
		Top    float64 `json:"top"`
		Bottom float64 `json:"bottom"`
	}
	boxOf := func(id string) box {
		b := evaluate[box](p, `document.getElementById("`+id+`").getBoundingClientRect().toJSON()`)
		if b.Left < 0 || b.Right > float64(phone.width) || b.Top < 0 || b.Bottom > float64(phone.height) {
			t.Errorf("the %s is at %+v, on a screen of %+v", id, b, phone)
		}
		return b
	}
	panel, timeline, live := boxOf("panel"), boxOf("timeline"), boxOf("live")
	if timeline.Bottom > panel.Top || live.Bottom > timeline.Bottom || live.Right > timeline.Right {
		t.Errorf("the timeline is at %+v, its last button at %+v, the panel at %+v", timeline, live, panel)
	}
	if share := (panel.Bottom - panel.Top) / float64(phone.height); share > 0.6 {
		t.Errorf("the panel covers %.0f %% of the screen", 100*share)
	}
}

// waitForPicture waits until the window shows the bodies where the page has them,
// and nothing where there are none. The server must be frozen: all stands still.
func (p *tab) waitForPicture(t *testing.T) {
	t.Helper()
	var last pictures
	t.Cleanup(func() {
		if t.Failed() {
			t.Log("pictures: ", last.keep())
		}
	})
	p.eventually("a picture of the scene", func() error {
		places := p.places()
		last = p.pictures()
		if after := p.places(); fmt.Sprint(after) != fmt.Sprint(places) {
			return fmt.Errorf("the scene moves: %v, then %v", places[0], after[0])
		}
		return last.check(places)
	})
}

// pictures are the window with the scene, and without.
type pictures struct{ scene, background image.Image }

func (p *tab) pictures() pictures {
	p.t.Helper()
	scene := p.picture()
	evaluate[chromedp.Void](p, hideScene)
	background := p.picture()
	evaluate[chromedp.Void](p, showScene)
	return pictures{scene, background}
}

// check reports what is wrong with a picture in which bodies are at these places.
func (p pictures) check(places []place) error {
	const fewest = bodiesAtStart / 2 // the panel and the screen's borders hide some
	if len(places) < fewest {
		return fmt.Errorf("only %d bodies are in view", len(places))
	}
	drawn := 0
	for _, at := range places {
		if p.largest(around(at)) >= drawnDifference {
			drawn++
		}
	}
	// The line of text at the border is a veil over a few.
	if drawn < len(places)*98/100 {
		return fmt.Errorf("%d of %d bodies are in the picture", drawn, len(places))
	}
	// The upper corner is above the horizon.
	corner := image.Rect(0, 0, 40, 40)
	if difference := p.largest(corner); difference > emptyDifference {
		return fmt.Errorf("something is drawn in the empty corner: it differs by %d", difference)
	}
	if colors := p.colors(); colors < 60 {
		return fmt.Errorf("only %d colours are drawn", colors)
	}
	return nil
}

func around(at place) image.Rectangle {
	x, y := int(at.X), int(at.Y)
	return image.Rect(x-bodyReach, y-bodyReach, x+bodyReach+1, y+bodyReach+1)
}

// largest returns the largest difference between scene and background in a part.
func (p pictures) largest(part image.Rectangle) int {
	most := 0
	part = part.Intersect(p.scene.Bounds())
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			most = max(most, difference(p.scene.At(x, y), p.background.At(x, y)))
		}
	}
	return most
}

// colors returns the number of colours that are drawn, of 4096.
func (p pictures) colors() int {
	seen := make(map[[3]uint8]bool)
	bounds := p.scene.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			at := p.scene.At(x, y)
			if difference(at, p.background.At(x, y)) >= drawnDifference {
				c := rgb(at)
				seen[[3]uint8{c.R >> 4, c.G >> 4, c.B >> 4}] = true
			}
		}
	}
	return len(seen)
}

// keep writes the pictures where they outlive the test, and returns their paths.
func (p pictures) keep() []string {
	var paths []string
	for _, img := range []image.Image{p.scene, p.background} {
		if img == nil {
			continue
		}
		f, err := os.CreateTemp("", "browsertest-*.png")
		if err != nil {
			return append(paths, err.Error())
		}
		defer f.Close()
		if err := png.Encode(f, img); err != nil {
			return append(paths, err.Error())
		}
		paths = append(paths, f.Name())
	}
	return paths
}

func rgb(c color.Color) color.NRGBA { return color.NRGBAModel.Convert(c).(color.NRGBA) }

// difference returns the largest of the channels' differences.
func difference(a, b color.Color) int {
	p, q := rgb(a), rgb(b)
	return max(apart(p.R, q.R), apart(p.G, q.G), apart(p.B, q.B))
}

func apart(a, b uint8) int { return int(max(a, b)) - int(min(a, b)) }

func brightness(c color.Color) int {
	p := rgb(c)
	return (int(p.R) + int(p.G) + int(p.B)) / 3
}
