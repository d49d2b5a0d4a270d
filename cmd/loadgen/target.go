//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"

	"github.com/scenewire/scenewire/cmd/loadgen/internal/scenario"
	"github.com/scenewire/scenewire/cmd/loadgen/internal/swarm"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/wsproto"
)

// checkTarget says early what is wrong with the server's address, and asks the server
// which of several subprotocols it takes.
func (a *app) checkTarget(ctx context.Context, p *plan) error {
	if p.target == "" {
		p.env.Subprotocol = swarm.SubprotocolScenewire
		return nil
	}
	u, err := wsclient.ParseURL(p.target)
	if err != nil {
		return commandline.WithHint(&commandline.UsageError{Err: fmt.Errorf("--target: %w", err)}, "An address is like ws://127.0.0.1:8080/path")
	}
	if u.Scheme == "wss" {
		return commandline.WithHint(&commandline.UsageError{Err: errors.New("--target: wss isn't supported: TLS would be most of what is measured")},
			"Point loadgen at the plain port behind TLS.")
	}
	p.env.Target = u.String()
	if err := a.checkRemote(ctx, u, p.allowRemote); err != nil {
		return err
	}
	p.env.Subprotocol, err = a.choose(ctx, u, p.subprotocols)
	return err
}

// checkRemote refuses other machines, unless that is wished.
func (a *app) checkRemote(ctx context.Context, u *url.URL, allowed bool) error {
	addresses, err := net.DefaultResolver.LookupIPAddr(ctx, u.Hostname())
	if err != nil {
		return commandline.WithHint(fmt.Errorf("--target: %w", err), "Check the host in %s.", u)
	}
	for _, address := range addresses {
		switch {
		case address.IP.IsLoopback():
		case !allowed:
			return commandline.WithHint(&commandline.UsageError{Err: fmt.Errorf("--target: %s is %s, which isn't this machine", u.Hostname(), address.IP)},
				"loadgen can bring a server down. If this one is yours to test: --allow-remote")
		default:
			a.Say("Warning: the load goes to %s (%s), another machine. Latencies from stamps only hold if its clock is this one's.", u.Hostname(), address.IP)
			return nil
		}
	}
	return nil
}

// choose returns what clients offer: of several subprotocols the one that the server
// takes, which a connection finds out.
func (a *app) choose(ctx context.Context, u *url.URL, offers []string) (string, error) {
	switch {
	case len(offers) == 0:
		return swarm.SubprotocolScenewire, nil
	case len(offers) == 1:
		return orNone(offers[0]), nil
	}
	conn, err := wsclient.Dial(ctx, u.String(), wsclient.Options{Subprotocols: offers})
	if err != nil {
		return "", fmt.Errorf("connect to %s: %w", u.Host, err)
	}
	chosen := conn.Subprotocol
	_ = conn.Close(wsproto.CloseGoingAway)
	a.Say("%s takes %q.", u.Host, chosen)
	return orNone(chosen), nil
}

// orNone is what the clients of a scenario offer for a value of --subprotocol.
func orNone(subprotocol string) string {
	if subprotocol == "" {
		return scenario.NoSubprotocol
	}
	return subprotocol
}
