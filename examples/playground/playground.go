package main

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"log"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/metrics"
)

//go:embed dist
var page embed.FS

const (
	tickInterval = time.Second / 60
	maxNameRunes = 24
)

// playground is the scene, its viewers and the server that they share.
// Callbacks of different clients run in parallel, so mu guards what follows it.
// It is held while something is broadcast, too: broadcasting never blocks, and
// what is sent is then in the order in which it happened.
type playground struct {
	server *scenewire.Server
	flight *flight

	mu      sync.Mutex
	scene   *scene
	viewers []Viewer // in order of arrival
}

// newPlayground makes a playground whose scene is complete and whose server
// doesn't listen yet. It fills in what options leave open.
func newPlayground(options scenewire.Options) (*playground, error) {
	root, err := fs.Sub(page, "dist")
	if err != nil {
		return nil, err
	}
	options.Root = root
	options.Registry = registry
	mux := http.NewServeMux()
	options.Handler = mux
	server, err := scenewire.New(&options)
	if err != nil {
		return nil, err
	}
	mux.Handle("/metrics", metrics.Handler(server))
	flight, err := newFlight(server)
	if err != nil {
		return nil, err
	}
	flight.mount(mux)
	p := &playground{server: server, flight: flight, scene: newScene()}
	if err := p.fill(); err != nil {
		return nil, err
	}
	p.listen()
	return p, nil
}

// fill broadcasts the first state. It stays in the server's log, for whoever
// comes later.
func (p *playground) fill() error {
	bunny, err := bunnyMesh()
	if err != nil {
		return err
	}
	return p.server.Atomic(func(b *scenewire.Batch) error {
		if err := b.Broadcast(bunny); err != nil {
			return err
		}
		for _, body := range p.scene.bodies {
			if err := body.broadcast(b, 0); err != nil {
				return err
			}
		}
		return nil
	})
}

// listen says what happens when clients come, speak and go.
func (p *playground) listen() {
	p.server.OnConnect(p.welcome)
	p.server.OnDisconnect(p.leave)
	scenewire.Handle(p.server, p.hello)
	scenewire.Handle(p.server, p.point)
	scenewire.Handle(p.server, p.drag)
	scenewire.Handle(p.server, p.release)
	scenewire.Handle(p.server, p.addBody)
	scenewire.Handle(p.server, p.removeBody)
	scenewire.Handle(p.server, p.echo)
}

// animate moves the scene until ctx is done.
func (p *playground) animate(ctx context.Context) {
	ticker := time.NewTicker(tickInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if len(p.server.Clients()) > 0 {
				check(p.tick())
			}
		}
	}
}

// tick sends where every body is, as one: no page ever shows half a step.
func (p *playground) tick() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.server.Atomic(func(b *scenewire.Batch) error {
		return p.scene.eachMoving(func(pose SetPose) error { return b.Broadcast(pose) })
	})
}

func (p *playground) welcome(c *scenewire.Client) {
	check(c.Send(Welcome{Viewer: c.ID(), MaxBodies: maxBodies}))
}

// hello lists a viewer, or changes how it is listed.
func (p *playground) hello(c *scenewire.Client, m Hello) {
	p.mu.Lock()
	defer p.mu.Unlock()
	viewer := Viewer{ID: c.ID(), Name: cleanName(m.Name), Color: m.Color}
	if i := p.viewer(c.ID()); i >= 0 {
		p.viewers[i] = viewer
	} else {
		p.viewers = append(p.viewers, viewer)
	}
	check(p.server.Broadcast(Viewers{p.viewers}))
}

// leave is the last callback of a client: what it held moves on, its pointer goes.
func (p *playground) leave(c *scenewire.Client, _ error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.scene.releaseAll(c.ID())
	p.forget(pointerKey(c.ID()))
	if i := p.viewer(c.ID()); i >= 0 {
		p.viewers = slices.Delete(p.viewers, i, i+1)
		check(p.server.Broadcast(Viewers{p.viewers}))
	}
}

// point passes a viewer's pointer on, except to the viewer.
func (p *playground) point(c *scenewire.Client, m SetPointer) {
	if !m.Position.finite() {
		return
	}
	m.Viewer = c.ID()
	check(p.server.BroadcastExcept(c.ID(), m))
}

// drag moves a body for everyone except the page that drags it, at once.
func (p *playground) drag(c *scenewire.Client, m SetPose) {
	p.mu.Lock()
	defer p.mu.Unlock()
	pose, ok := p.scene.drag(m, c.ID())
	if !ok {
		return
	}
	check(p.server.BroadcastExcept(c.ID(), pose))
	p.server.Flush()
}

func (p *playground) release(c *scenewire.Client, m Release) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.scene.release(m.Name, c.ID())
}

func (p *playground) addBody(_ *scenewire.Client, _ AddBody) {
	p.mu.Lock()
	defer p.mu.Unlock()
	added := p.scene.add()
	if added == nil {
		return
	}
	check(p.server.Atomic(func(b *scenewire.Batch) error { return added.broadcast(b, p.scene.now()) }))
}

// removeBody tells everyone that a body is gone.
func (p *playground) removeBody(_ *scenewire.Client, m RemoveBody) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.scene.remove(m.Name) {
		return
	}
	check(p.server.Broadcast(m))
}

func (p *playground) echo(c *scenewire.Client, m Ping) {
	check(c.Send(m))
	c.Flush()
}

// viewer returns the index of a listed viewer, or -1.
func (p *playground) viewer(id scenewire.ClientID) int {
	return slices.IndexFunc(p.viewers, func(v Viewer) bool { return v.ID == id })
}

// forget takes a state out of the log that nobody needs any more.
func (p *playground) forget(key string) {
	p.server.Log().Remove(func(e scenewire.LogEntry) bool { return e.Key == key })
}

// cleanName makes a name that fits on a label.
func cleanName(name string) string {
	runes := []rune(strings.TrimSpace(strings.Map(printable, name)))
	if len(runes) == 0 {
		return "Someone"
	}
	return string(runes[:min(len(runes), maxNameRunes)])
}

func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return -1
}

// check logs an error of sending, unless there is just nobody left to send to.
func check(err error) {
	if err == nil || errors.Is(err, scenewire.ErrClientGone) || errors.Is(err, scenewire.ErrServerClosed) {
		return
	}
	log.Println("playground:", err)
}
