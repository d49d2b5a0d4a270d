//go:build !unix

package dashboard

import "time"

// cpuTime isn't known here.
func cpuTime() time.Duration { return -1 }
