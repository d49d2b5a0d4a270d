//go:build !unix

package main

import "os"

// dumpSignals ask for the last minutes as a file: there are none on this system.
var dumpSignals []os.Signal
