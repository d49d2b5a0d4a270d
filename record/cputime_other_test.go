//go:build !unix

package record

import "time"

// cpuTime isn't known.
func cpuTime() time.Duration { return 0 }
