package scenewire_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
)

// A capture is played into another server, which needs to know none of its types.
func ExampleServer_StartCapture() {
	server := newServer()
	defer func() { _ = server.Close() }()
	capture, err := server.StartCapture(record.CaptureOptions{}) // in memory
	if err != nil {
		log.Fatal(err)
	}
	_ = server.Broadcast(SetPosition{Name: "box"})
	_ = server.Broadcast(SetPosition{Name: "cup"})
	_ = server.Broadcast(SetPosition{Name: "box", Position: [3]float64{0, 0, 1}})
	_ = capture.Close()

	file, err := capture.Open(nil)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	player, err := record.NewPlayer(file, &record.PlayerOptions{Speed: 100})
	if err != nil {
		log.Fatal(err)
	}
	second := newServer()
	defer func() { _ = second.Close() }()
	if err := player.Play(context.Background(), second); err != nil {
		log.Fatal(err)
	}
	fmt.Println(second.Log().Keys())
	// Output: [position cup position box]
}

// Entries are messages that are encoded already, with their keys and claims.
func ExampleServer_BroadcastEntries() {
	server := newServer()
	defer func() { _ = server.Close() }()
	body, err := messages.NewRegistry().Append(nil, messages.Raw{
		Name: "Weather", Body: []byte("\x82\xa4type\xa7Weather\xa4wind\x07"),
	})
	if err != nil {
		log.Fatal(err)
	}
	err = server.BroadcastEntries([]buffers.Entry{{Key: "weather", Payload: body, Except: buffers.NoReader}})
	fmt.Println(server.Log().Keys(), err)
	// Output: [weather] <nil>
}

// A recording is served beside anything else; players in browsers ask for what they need.
func Example_serveRecording() {
	file, err := record.Open("record/testdata/zstd.viser", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	mux := http.NewServeMux()
	mux.Handle("/recording/", record.NewHandler(file, nil))
	site := httptest.NewServer(mux)
	defer site.Close()

	answer, err := http.Get(site.URL + "/recording/cut.viser?from=0.1&to=0.3&state=1")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	part, err := record.Read(answer.Body, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.Status, part.Duration, len(part.Messages))
	// Output: 200 OK 300ms 5
}
