package browsertest

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"github.com/chromedp/chromedp"
)

var theRooms = binary{example: "rooms"}

// startRooms starts a server of rooms that ends with the test, by SIGTERM, and returns
// its address with a slash at the end.
func startRooms(t *testing.T, flags ...string) (url string) {
	t.Helper()
	findBrowser(t) // without one, there is nothing to build a server for
	addr := freeAddr(t)
	output := new(bytes.Buffer)
	cmd := exec.Command(theRooms.path(t), append([]string{"-addr", addr}, flags...)...)
	cmd.Stdout, cmd.Stderr = output, output
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // even if the test is killed
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("the rooms ended with %v:\n%s", err, output)
		}
	})
	url = "http://" + addr + "/"
	eventually(t, "the rooms answer", func() error {
		response, err := http.Get(url)
		if err != nil {
			return err
		}
		return response.Body.Close()
	})
	return url
}

// shows waits until an expression has a value in a page.
func shows[T comparable](p *tab, what, expression string, want T) {
	p.t.Helper()
	p.eventually(what, func() error {
		if got := evaluate[T](p, expression); got != want {
			return fmt.Errorf("%s is %v, want %v", expression, got, want)
		}
		return nil
	})
}

// Expressions for a room's page, and for the list.
const (
	liveScript     = `document.getElementById("state").dataset.state === "open"`
	peopleScript   = `document.getElementById("people").textContent`
	pointersScript = `[...document.querySelectorAll(".pointer")].map(({ style }) => Math.round(parseFloat(style.left)) + "," + Math.round(parseFloat(style.top)))`
	listScript     = `[...document.querySelectorAll("#rooms li")].map((li) => li.textContent).join(" ")`
)

// point moves the mouse to a part of the room's floor.
func (p *tab) point(x, y float64) {
	p.t.Helper()
	type box struct{ X, Y, Width, Height float64 }
	floor := evaluate[box](p, `document.getElementById("floor").getBoundingClientRect().toJSON()`)
	hand := mouse{tab: p}
	hand.move(floor.X+x*floor.Width, floor.Y+y*floor.Height)
}

func (p *tab) pointers() []string {
	p.t.Helper()
	return evaluate[[]string](p, pointersScript)
}

func (p *tab) waitForPointers(want ...string) {
	p.t.Helper()
	p.eventually("the others' pointers", func() error {
		if got := p.pointers(); !slices.Equal(got, want) {
			return fmt.Errorf("pointers at %v, want %v", got, want)
		}
		return nil
	})
}

func TestRoomsAreSeparate(t *testing.T) {
	url := startRooms(t, "-empty", "200ms")
	list := openPage(t, "list", url)
	kitchen := []*tab{openPage(t, "kitchen 1", url+"room/kitchen"), openPage(t, "kitchen 2", url+"room/kitchen")}
	attic := openPage(t, "attic", url+"room/attic")
	for _, p := range append(kitchen, attic, list) {
		shows(p, "a connection", liveScript, true)
	}
	shows(kitchen[0], "both in the kitchen", peopleScript, "2")
	shows(attic, "one in the attic", peopleScript, "1")
	shows(list, "the list", listScript, "attic1 kitchen2")

	kitchen[0].point(0.25, 0.5)
	kitchen[1].waitForPointers("25,50")
	attic.point(0.75, 0.25)
	kitchen[1].point(0.6, 0.7)
	kitchen[0].waitForPointers("60,70")
	kitchen[1].waitForPointers("25,50")
	if got := attic.pointers(); len(got) > 0 {
		t.Errorf("the attic shows pointers at %v", got)
	}
	keepPicture(t, "rooms-list", list.picture())
	keepPicture(t, "rooms-kitchen", kitchen[0].picture())

	kitchen[0].navigate("about:blank")
	shows(kitchen[1], "one has left the kitchen", peopleScript, "1")
	kitchen[1].waitForPointers()
	attic.navigate("about:blank")
	shows(list, "the list without the attic", listScript, "kitchen1")
}

func TestRoomTooManyIsRefusedInWords(t *testing.T) {
	url := startRooms(t, "-max-rooms", "1")
	shows(openPage(t, "first", url+"room/first"), "a connection", liveScript, true)
	second := openPage(t, "second", url+"room/second")
	second.console.expect("503")
	second.console.expect("favicon.ico") // which a browser looks for beside a page without a picture
	shows(second, "the refusal", `document.body.innerText.includes("all 1 rooms are in use")`, true)
}

// keepPicture writes what a window shows to the directory SCENEWIRE_PICTURES, for people
// to look at.
func keepPicture(t *testing.T, name string, picture image.Image) {
	t.Helper()
	dir := os.Getenv("SCENEWIRE_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, picture); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

// navigate leaves the page for another.
func (p *tab) navigate(url string) {
	p.t.Helper()
	p.do(chromedp.Navigate(url))
}
