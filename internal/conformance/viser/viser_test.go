package viser

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"go.uber.org/zap/zaptest"

	"github.com/scenewire/scenewire"
)

// startServer serves viser's page and a scene at a free port of loopback.
func startServer(t *testing.T, addr string) *scenewire.Server {
	t.Helper()
	srv, err := scenewire.New(&scenewire.Options{
		Addr:     addr,
		Registry: registry(t),
		Root:     os.DirFS(clientDir(t)),
		Logger:   zaptest.NewLogger(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := srv.Listen(); err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- srv.ListenAndServe() }()
	t.Cleanup(func() {
		// Unlike Close, Shutdown waits for the callbacks, which write to the test's log.
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := srv.Shutdown(ctx); err != nil {
			t.Error(err)
		}
		<-served
	})
	broadcast(t, srv, SetOrientationMessage{WXYZ: upright})
	return srv
}

// upright is the orientation of the root: viser's scene is z up, three.js's is y up.
var upright = [4]float64{0.5, -0.5, 0.5, 0.5}

func broadcast(t *testing.T, srv *scenewire.Server, ms ...scenewire.Message) {
	t.Helper()
	for _, m := range ms {
		if err := srv.Broadcast(m); err != nil {
			t.Fatal(err)
		}
	}
}

func url(srv *scenewire.Server) string { return fmt.Sprintf("http://%s/", srv.Addr()) }

func box(name string, color [3]uint8) BoxMessage {
	return BoxMessage{Name: name, Props: BoxProps{Dimensions: [3]float64{1, 1, 1}, SurfaceProps: surface(color)}}
}

// receive waits for a value that a handler sends.
func receive[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(patience):
		t.Fatalf("waited for %s in vain", what)
		panic("unreachable")
	}
}

// offer sends without waiting, for handlers of messages that come in numbers.
func offer[T any](to chan<- T, v T) {
	select {
	case to <- v:
	default:
	}
}

var (
	red   = [3]uint8{230, 40, 40}
	green = [3]uint8{40, 200, 60}
)

func TestHandshakeEchoesTheOfferedSubprotocol(t *testing.T) {
	srv := startServer(t, "127.0.0.1:0")
	conn, err := net.Dial("tcp", srv.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(patience))
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"+
		"Sec-WebSocket-Protocol: viser-v1.0.21\r\n\r\n", srv.Addr())
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusSwitchingProtocols || resp.Header.Get("Sec-WebSocket-Protocol") != "viser-v1.0.21" {
		t.Errorf("got %s with subprotocol %q", resp.Status, resp.Header.Get("Sec-WebSocket-Protocol"))
	}
}

func TestPageShowsTheSceneAndItsChanges(t *testing.T) {
	srv := startServer(t, "127.0.0.1:0")
	broadcast(t, srv,
		FrameMessage{Name: "/WorldAxes", Props: FrameProps{AxesLength: 0.5, AxesRadius: 0.0125, OriginRadius: 0.025}},
		box("/box", red),
	)
	p := openPage(t, url(srv))
	p.waitFor("a red box", isRed, many)

	broadcast(t, srv, box("/box", green))
	p.waitFor("the box turned green", isGreen, many)
	p.waitFor("no red left", isRed, none)

	before := p.waitFor("the box at rest", isGreen, many)
	// The camera looks along -x and -y from above: down the z axis is down the picture.
	broadcast(t, srv, SetPositionMessage{Name: "/box", Position: [3]float64{0, 0, -1}})
	p.waitFor("the box lower down", isGreen, func(b blob) bool { return many(b) && b.y > before.y+40 })

	broadcast(t, srv, RemoveSceneNodeMessage{Name: "/box"})
	p.waitFor("the box gone", isGreen, none)
}

func TestPageShowsAMeshOfRawArrays(t *testing.T) {
	srv := startServer(t, "127.0.0.1:0")
	broadcast(t, srv, MeshMessage{Name: "/mesh", Props: MeshProps{
		Vertices:     []float32{0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2},
		Faces:        []uint32{0, 2, 1, 0, 1, 3, 1, 2, 3, 0, 3, 2},
		Scale:        1,
		SurfaceProps: surface(green),
	}})
	openPage(t, url(srv)).waitFor("a green tetrahedron", isGreen, many)
}

func TestPageSendsItsCamera(t *testing.T) {
	srv := startServer(t, "127.0.0.1:0")
	cameras := make(chan ViewerCameraMessage, 16)
	stop := scenewire.Handle(srv, func(_ *scenewire.Client, m ViewerCameraMessage) { offer(cameras, m) })
	defer stop()
	openPage(t, url(srv))
	camera := receive(t, "a camera", cameras)
	if camera.ImageWidth <= 0 || camera.ImageHeight <= 0 || camera.FOV <= 0 || camera.FOV > math.Pi || camera.Far <= camera.Near {
		t.Errorf("got %+v", camera)
	}
	norm := 0.0
	for _, part := range camera.WXYZ {
		norm += part * part
	}
	if math.Abs(norm-1) > 1e-6 {
		t.Errorf("the camera's rotation %v is not a unit quaternion", camera.WXYZ)
	}
}

func TestSliderWorksBothWays(t *testing.T) {
	srv := startServer(t, "127.0.0.1:0")
	updates := make(chan GuiUpdateMessage, 16)
	stop := scenewire.Handle(srv, func(_ *scenewire.Client, m GuiUpdateMessage) { offer(updates, m) })
	defer stop()
	broadcast(t, srv, GuiSliderMessage{UUID: "speed", Value: 3, Container: "root", Props: SliderProps{
		Label: "Speed of things", Visible: true, Max: 10, Step: 1,
	}})
	p := openPage(t, url(srv))
	const thumb = `[role="slider"]`
	shows := func(value string) string {
		return fmt.Sprintf(`document.querySelector('%s')?.ariaValueNow === '%s' &&
			[...document.querySelectorAll('input')].some(input => input.value === '%[2]s')`, thumb, value)
	}
	p.waitTrue(shows("3"))

	// The server's update first: on a busy machine the page may undo one that comes
	// while its slider and its number input still hand a key press on to each other.
	broadcast(t, srv, GuiUpdateMessage{UUID: "speed", Updates: map[string]any{"value": 7.0}})
	p.waitTrue(shows("7"))

	p.do(chromedp.Focus(chromedp.CSS(thumb)), chromedp.KeyEvent(kb.ArrowRight))
	for {
		update := receive(t, "the slider's update", updates)
		got := fmt.Sprint(update.Updates["value"])
		if update.UUID == "speed" && got == "8" {
			return
		}
		if got != "7" { // which the number input may report, as it was set
			t.Fatalf("got %+v, want value 8 of speed", update)
		}
	}
}

func TestPageComesBackAfterARestart(t *testing.T) {
	first := startServer(t, "127.0.0.1:0")
	broadcast(t, first, box("/box", red))
	p := openPage(t, url(first))
	p.waitFor("a red box", isRed, many)
	addr := first.Addr().String()
	if err := first.Close(); err != nil { // as if it had crashed
		t.Fatal(err)
	}

	second := startServer(t, addr)
	connected := make(chan struct{}, 1)
	stop := second.OnConnect(func(*scenewire.Client) { offer(connected, struct{}{}) })
	defer stop()
	broadcast(t, second, box("/other", green))
	receive(t, "the page to connect again", connected)
	p.waitFor("the second server's box", isGreen, many)
	p.waitFor("nothing of the first server", isRed, none)
}
