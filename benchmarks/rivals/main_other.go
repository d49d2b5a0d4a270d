//go:build !linux

// Rivals compares WebSocket servers; it runs on Linux only.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "rivals: runs on Linux only: it measures with epoll, and what the kernel says of processes")
	os.Exit(1)
}
