//go:build !linux

package main

import (
	"fmt"
	"os"
	"runtime"
)

func main() {
	_, _ = fmt.Fprintf(os.Stderr, "loadgen: needs Linux: its clients are on epoll, and this is %s.\n"+
		"Run it in a Linux virtual machine or container; the server that it tests may be anywhere (--target, --allow-remote).\n", runtime.GOOS)
	os.Exit(1)
}
