package record

import (
	"math"
	"time"
)

// clock is where a player stands in a recording: it runs with the wall clock, times a
// speed, or stands still.
type clock struct {
	at      time.Duration // the position when it was set
	set     time.Time     // when that was; zero: it has not begun
	speed   float64
	paused  bool
	running bool
}

// position returns where the clock is.
func (c *clock) position(now time.Time) time.Duration {
	if c.paused || !c.running {
		return c.at
	}
	passed := float64(now.Sub(c.set)) * c.speed
	if passed > float64(math.MaxInt64-c.at)/2 {
		return math.MaxInt64
	}
	return c.at + time.Duration(passed)
}

// turn sets the clock to a position from which it goes on.
func (c *clock) turn(now time.Time, at time.Duration) { c.at, c.set = at, now }

// until returns how long to wait until the clock comes to a position, or an hour if that
// is longer.
func (c *clock) until(now time.Time, at time.Duration) time.Duration {
	return time.Duration(min(float64(at-c.position(now))/c.speed, float64(time.Hour)))
}
