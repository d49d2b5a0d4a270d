//go:build linux

package main

import (
	"errors"
	"sync/atomic"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/benchmarks/dashboard"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// dashboardPath is where a server has its dashboard.
const dashboardPath = "/dashboard"

// page watches a dashboard, with all that it shows at once. It reads and decodes nothing:
// what a browser does isn't the server's work.
type page struct {
	client *wstest.Client
	frames atomic.Int64 // received
	ended  chan error
}

// watch opens a page.
func watch(addr string) (*page, error) {
	c, err := wstest.Dial(addr, wstest.Options{Path: dashboardPath + "/ws", Subprotocols: []string{scenewire.Subprotocol}})
	if err != nil {
		return nil, err
	}
	p := &page{client: c, ended: make(chan error, 1)}
	for _, m := range []scenewire.Message{
		dashboard.AskClients{Sort: "pendingBytes", Descending: true, Limit: 100}, dashboard.AskKeys{Limit: 20},
	} {
		body, err := dashboard.Registry().Append(nil, m)
		if err == nil {
			err = c.Write(wsproto.OpBinary, body)
		}
		if err != nil {
			return nil, errors.Join(err, c.Conn.Close())
		}
	}
	go p.read()
	return p, nil
}

func (p *page) read() {
	for {
		if _, _, err := p.client.Message(); err != nil {
			p.ended <- err
			return
		}
		p.frames.Add(1)
	}
}

// leave closes the page.
func (p *page) leave() error {
	if err := p.client.Write(wsproto.OpClose, wsproto.AppendClosePayload(nil, wsproto.CloseNormal, "")); err != nil {
		return err
	}
	var closed *wsproto.CloseError
	if err := <-p.ended; !errors.As(err, &closed) {
		return err
	}
	return p.client.Conn.Close()
}

// framesWritten is how many frames were written to clients. What a page hasn't read yet
// counts for a moment.
func (p *producer) framesWritten() int64 {
	written := int64(p.server.Loop.Stats().FramesWritten)
	if p.page != nil {
		written -= p.page.frames.Load()
	}
	return written
}
