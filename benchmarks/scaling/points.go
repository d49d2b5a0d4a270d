//go:build linux

package main

import "fmt"

// What is varied.
const (
	axisClients   = "clients"
	axisObjects   = "objects"
	axisSizes     = "sizes"
	axisElsewhere = "elsewhere"
)

// point is one load: all objects change together, and all clients get all of them.
type point struct {
	axis             string
	clients, objects int
	size             int // of a message's data, in bytes
	hz               int // 0: nothing changes
}

func (p point) String() string {
	return fmt.Sprintf("%d clients, %d objects of %d B at %d Hz", p.clients, p.objects, p.size, p.hz)
}

// What the axes have in common: small enough that what is varied is what tells.
const (
	baseClients, baseObjects = 100, 10
	baseSize, smallSize      = 256, 64
	fullRate                 = 60 // windows are no more frequent
)

// points returns what is measured: the axes, and points that tell apart what grows
// together along them, such as windows and bytes.
func (o *options) points() (all []point) {
	for _, n := range o.clients {
		all = append(all, point{axis: axisClients, clients: n, objects: baseObjects, size: baseSize, hz: o.hz})
	}
	for _, n := range o.objects {
		all = append(all, point{axis: axisObjects, clients: baseClients, objects: n, size: smallSize, hz: o.hz})
	}
	for _, n := range o.sizes {
		all = append(all, point{axis: axisSizes, clients: baseClients, objects: 1, size: n, hz: o.hz})
	}
	all = append(all,
		point{axisElsewhere, 10_000, 1, smallSize, 0},
		point{axisElsewhere, 1, 1, smallSize, fullRate},
		point{axisElsewhere, 1, 1000, smallSize, fullRate},
		point{axisElsewhere, 1, 1, 1 << 20, fullRate},
		point{axisElsewhere, 5000, 1, smallSize, fullRate},
		point{axisElsewhere, 1000, 100, 1 << 10, o.hz},
	)
	chosen := all[:0]
	for _, p := range all {
		if o.axes.Has(p.axis) {
			p.hz = min(p.hz, max(1, o.offered/(p.clients*p.objects*p.size)))
			chosen = append(chosen, p)
		}
	}
	return chosen
}

// shares divides the clients over as few servers as can have them.
func shares(clients, perServer int) []int {
	servers := (clients + perServer - 1) / perServer
	parts := make([]int, servers)
	for i := range parts {
		parts[i] = (clients*(i+1))/servers - clients*i/servers
	}
	return parts
}
