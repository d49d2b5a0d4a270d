//go:build linux

package serve

import (
	"errors"
	"fmt"
	"time"

	"github.com/scenewire/scenewire/loop"
)

// Options configures the server. It travels as JSON, so times are numbers of nanoseconds.
type Options struct {
	Addr string `json:"addr"` // default: a free port of 127.0.0.1
	Load Load   `json:"load"`

	// Of the scenewire.Server; the zero values are Scenewire's defaults.
	Window         time.Duration `json:"window"`
	WindowMessages int           `json:"window_messages"`
	WriteTimeout   time.Duration `json:"write_timeout"`
	ResumeGrace    time.Duration `json:"resume_grace"`
	Writer         loop.Writer   `json:"writer"`

	Profiling bool `json:"profiling"` // serve /debug/pprof/
	// Hosts and AllowedOrigins are those of scenewire.Options, for a server that others
	// than this machine reach.
	Hosts          []string `json:"hosts"`
	AllowedOrigins []string `json:"allowed_origins"`
	// AdminToken lets a dashboard's page close clients, and a conductor tell the dashboard
	// what it measures. Default: the dashboard is read-only.
	AdminToken string `json:"admin_token"`
}

// Load is what the server broadcasts. Rates are per second.
type Load struct {
	Objects int     `json:"objects"` // that exist from the start
	Rate    float64 `json:"rate"`    // changes of each object
	Bytes   int     `json:"bytes"`   // of one message, before compression, about
	Batch   int     `json:"batch"`   // objects that change together; 0: all
	Ticks   float64 `json:"ticks"`   // transient broadcasts
	Shrinks float64 `json:"shrinks"` // share of the data that compression saves, 0 to 1
	Seed    uint64  `json:"seed"`

	BurstEvery    time.Duration `json:"burst_every"`
	BurstMessages int           `json:"burst_messages"` // in each burst, over the objects in turn

	Replay      string  `json:"replay"` // file of a recording to play, instead of all above
	ReplaySpeed float64 `json:"replay_speed"`
	ReplayLoops bool    `json:"replay_loops"`
}

// validate reports everything that is wrong.
func (l *Load) validate() error {
	var errs []error
	unless := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	unless(l.Objects >= 0, "%d objects", l.Objects)
	unless(l.Rate >= 0 && l.Rate <= maxRate, "%v changes per second", l.Rate)
	unless(l.Ticks >= 0 && l.Ticks <= maxRate, "%v ticks per second", l.Ticks)
	unless(l.Bytes >= 0 && l.Bytes <= maxBytes, "messages of %d bytes", l.Bytes)
	unless(l.Batch >= 0 && l.Batch <= l.Objects, "%d of %d objects together", l.Batch, l.Objects)
	unless(l.Shrinks >= 0 && l.Shrinks <= 1, "a share of %v that shrinks", l.Shrinks)
	unless(l.BurstMessages >= 0 && (l.BurstMessages > 0) == (l.BurstEvery > 0), "bursts of %d every %v", l.BurstMessages, l.BurstEvery)
	unless(l.Objects > 0 || l.Rate == 0 && l.BurstMessages == 0, "changes, and no objects")
	return errors.Join(errs...)
}

const (
	maxRate  = 1e6
	maxBytes = 64 << 20
)
