//go:build linux

package main

import (
	"strings"
	"time"
)

// step is one program, and how it is run. Steps of one name belong together.
type step struct {
	name        string
	pkg         string // from the repository's root
	module      string // the directory of its module, if it has one of its own
	full, quick string // arguments
	// fullTime and quickTime are about how long it takes, in seconds.
	fullTime, quickTime int
}

// steps are all of them, in the order in which they run.
var steps = []step{
	{
		name: "rivals", pkg: "./benchmarks/rivals", module: "benchmarks/rivals",
		full: "--rounds 5 --seconds 1", fullTime: 400,
		quick: "--quick", quickTime: 170,
	},
	{
		name: "limit", pkg: "./benchmarks/limit",
		full: "--rounds 5 --seconds 2 --mode 60hz,full,burst", fullTime: 170,
		quick: "--rounds 3 --seconds 0.5 --warmup 0.3", quickTime: 20,
	},
	{
		name: "scaling", pkg: "./benchmarks/scaling",
		fullTime: 270,
		quick:    "--quick", quickTime: 70,
	},
	{
		name: "windows", pkg: "./benchmarks/windows",
		full: "--seconds 3 --warmup 1", fullTime: 130,
		quick: "--seconds 1 --warmup 0.5 --rounds 2", quickTime: 40,
	},
	{
		name: "join", pkg: "./benchmarks/join",
		full: "--rounds 5 --seconds 3", fullTime: 110,
		quick: "--rounds 2 --seconds 1 --pushes 10000,1000000", quickTime: 25,
	},
	{
		name: "inbound", pkg: "./benchmarks/inbound",
		full: "--rounds 5 --seconds 2", fullTime: 35,
		quick: "--rounds 2 --seconds 0.5 --warmup 0.3", quickTime: 5,
	},
	{name: "idle", pkg: "./benchmarks/idle", fullTime: 20, quick: "--clients 1000,10000", quickTime: 8},
	{name: "rooms", pkg: "./benchmarks/rooms", fullTime: 45, quick: "--rooms 1000", quickTime: 15},
	{
		name: "dashboard", pkg: "./benchmarks/limit",
		full: "--servers scenewire-uring,scenewire-uring-dashboard --clients 10000 --mode full --rounds 5 --seconds 6", fullTime: 110,
		quick: "--servers scenewire-uring,scenewire-uring-dashboard --clients 1000 --mode full --rounds 3 --seconds 0.5 --warmup 0.3", quickTime: 10,
	},
	{
		name: "capture", pkg: "./benchmarks/limit",
		full: "--servers scenewire-uring,scenewire-uring-capture --rounds 5 --seconds 2", fullTime: 75,
		quick: "--servers scenewire-uring,scenewire-uring-capture --rounds 3 --seconds 0.5 --warmup 0.3", quickTime: 12,
	},
	{name: "loadgen", pkg: "./cmd/loadgen", full: "--duration 10s", fullTime: 20, quick: "--duration 3s", quickTime: 12},
	{
		name: "loadgen", pkg: "./cmd/loadgen",
		full: "--scenario fan-out --clients 10000 --rate 10 --duration 10s", fullTime: 30,
		quick: "--scenario fan-out --clients 5000 --rate 5 --duration 3s", quickTime: 15,
	},
	{
		name: "loadgen", pkg: "./cmd/loadgen",
		full: "--scenario echo --duration 10s", fullTime: 20, quick: "--scenario echo --duration 3s", quickTime: 10,
	},
	{
		name: "loadgen", pkg: "./cmd/loadgen",
		full: "--scenario late-join", fullTime: 45, quick: "--scenario late-join --duration 6s", quickTime: 20,
	},
}

func (s step) args(quick bool) []string {
	if quick {
		return strings.Fields(s.quick)
	}
	return strings.Fields(s.full)
}

func (s step) estimate(quick bool) time.Duration {
	if quick {
		return time.Duration(s.quickTime) * time.Second
	}
	return time.Duration(s.fullTime) * time.Second
}

// commandLine is what a user would type.
func (s step) commandLine(quick bool) string {
	return strings.Join(append([]string{"go run", s.pkg}, s.args(quick)...), " ")
}
