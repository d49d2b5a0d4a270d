//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/scenewire/scenewire/internal/bench/child"
	"github.com/scenewire/scenewire/internal/bench/scene"
)

// unit is a server and the process of its clients.
type unit struct {
	clients          int
	server, receiver *child.Process
	before           child.Mark // of the server, prepared and without clients
	got              *part      // nil before the run
}

// startUnits starts servers with the point's scene, and connects the clients, which it
// shares out to them.
func startUnits(ctx context.Context, p point, o *options) (units []*unit, err error) {
	for _, clients := range shares(p.clients, o.perServer) {
		u, err := startUnit(ctx, clients, p, o)
		if err != nil {
			return nil, errors.Join(err, closeUnits(units))
		}
		units = append(units, u)
	}
	return units, nil
}

func startUnit(ctx context.Context, clients int, p point, o *options) (*unit, error) {
	u := &unit{clients: clients}
	if err := u.start(ctx, p, o); err != nil {
		return nil, errors.Join(err, u.close())
	}
	return u, nil
}

func (u *unit) start(ctx context.Context, p point, o *options) (err error) {
	u.server, err = scene.Process{Name: "scenewire", Procs: o.procs, CPUs: o.serverCPUs}.Start(ctx)
	if err != nil {
		return err
	}
	if err := u.server.Ask(ctx, nil, "prepare", p.objects, p.size); err != nil {
		return err
	}
	if err := u.server.Ask(ctx, &u.before, "collect"); err != nil {
		return err
	}
	u.receiver, err = scene.Process{Name: "clients", CPUs: o.receiverCPUs}.Start(ctx, receiveArgument,
		"--addr", u.server.Addr(), "--clients", fmt.Sprint(u.clients), "--sampled", fmt.Sprint(min(o.sampled, u.clients)))
	if err != nil {
		return err
	}
	return u.server.Ask(ctx, nil, "await", u.clients)
}

// close ends the clients first, so that the server has none when it ends.
func (u *unit) close() error {
	var errs []error
	for _, p := range []*child.Process{u.receiver, u.server} {
		if p != nil {
			errs = append(errs, p.Close())
		}
	}
	return errors.Join(errs...)
}

func closeUnits(units []*unit) error { return each(units, (*unit).close) }

// settle waits until all clients have everything.
func (u *unit) settle(ctx context.Context) error {
	if err := u.server.Ask(ctx, nil, "settle"); err != nil {
		return err
	}
	return u.receiver.Ask(ctx, nil, "quiet")
}

// each calls do for all units at once.
func each(units []*unit, do func(*unit) error) error {
	errs := make([]error, len(units))
	var group sync.WaitGroup
	for i, u := range units {
		group.Go(func() { errs[i] = do(u) })
	}
	group.Wait()
	return errors.Join(errs...)
}
