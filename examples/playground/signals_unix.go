//go:build unix

package main

import (
	"os"
	"syscall"
)

// dumpSignals ask for the last minutes as a file.
var dumpSignals = []os.Signal{syscall.SIGUSR1}
