package scenewire_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
)

// SetPosition moves an object. A newer position of the same object supersedes it.
type SetPosition struct {
	Name     string     `msgpack:"name"`
	Position [3]float64 `msgpack:"position"`
}

func (m SetPosition) RedundancyKey() string { return "position " + m.Name }

// Click is sent by the page.
type Click struct {
	Name string `msgpack:"name"`
}

func (Click) RedundancyKey() string { return "" }

func registry() *messages.Registry {
	return messages.NewRegistry().MustRegister(SetPosition{}, Click{})
}

func newServer() *scenewire.Server {
	server, err := scenewire.New(&scenewire.Options{
		Addr:     "127.0.0.1:0",
		Registry: registry(),
		Logger:   zap.NewNop(),
	})
	if err != nil {
		log.Fatal(err)
	}
	return server
}

func Example() {
	server := newServer()
	scenewire.Handle(server, func(c *scenewire.Client, m Click) {
		// Everybody sees the object jump when somebody clicks it.
		_ = server.Broadcast(SetPosition{Name: m.Name, Position: [3]float64{0, 0, 1}})
	})
	go func() { _ = server.ListenAndServe() }()

	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	fmt.Println(server.Shutdown(ctx))
	// Output: <nil>
}

// A newer message takes the place of the older one with its redundancy key.
func ExampleServer_Broadcast() {
	server := newServer()
	defer func() { _ = server.Close() }()
	for i := range 1000 {
		_ = server.Broadcast(SetPosition{Name: "box", Position: [3]float64{float64(i), 0, 0}})
	}
	fmt.Println(server.Log().Len(), server.Log().Keys())
	// Output: 1 [position box]
}

// Messages of a batch arrive together, or not at all.
func ExampleServer_Atomic() {
	server := newServer()
	defer func() { _ = server.Close() }()
	err := server.Atomic(func(b *scenewire.Batch) error {
		if err := b.Broadcast(SetPosition{Name: "left"}); err != nil {
			return err
		}
		return fmt.Errorf("the right one isn't ready")
	})
	fmt.Println(err, server.Log().Len())
	// Output: the right one isn't ready 0
}

// What OnConnect sends arrives before anything else.
func ExampleServer_OnConnect() {
	server := newServer()
	defer func() { _ = server.Close() }()
	stop := server.OnConnect(func(c *scenewire.Client) {
		_ = c.Send(SetPosition{Name: "your own cursor"})
	})
	stop()
}

// A recording's time is the sum of its sleeps.
func ExampleServer_StartRecording() {
	server := newServer()
	defer func() { _ = server.Close() }()
	recording := server.StartRecording(func(m scenewire.Message) bool {
		_, moves := m.(SetPosition)
		return moves
	})
	for step := range 3 {
		_ = server.Broadcast(SetPosition{Name: "box", Position: [3]float64{0, 0, float64(step)}})
		_ = server.Broadcast(Click{Name: "box"}) // not recorded
		_ = recording.InsertSleep(time.Second / 2)
	}
	file, err := recording.EndAndSerialize() // the bytes of a .viser file
	if err != nil {
		log.Fatal(err)
	}
	back, err := record.Read(bytes.NewReader(file), nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(back.Generation, back.Duration)
	for _, m := range back.Messages {
		fmt.Println(m.Time, m.Type)
	}
	// Output:
	// zstd 1.5s
	// 0s SetPosition
	// 500ms SetPosition
	// 1s SetPosition
}

// Messages can be taken out of the state that later clients get.
func ExampleLogView_Remove() {
	server := newServer()
	defer func() { _ = server.Close() }()
	_ = server.Broadcast(SetPosition{Name: "box"})
	n := server.Log().Remove(func(e scenewire.LogEntry) bool { return e.Key == "position box" })
	fmt.Println(n, server.Log().Len())
	// Output: 1 0
}
