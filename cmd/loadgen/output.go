//go:build linux

package main

import (
	"bytes"
	"io"

	"github.com/scenewire/scenewire/internal/commandline"
)

// writeTo writes to a file, whole or not at all, or to standard output for -, or nowhere
// for nothing.
func (a *app) writeTo(path string, write func(io.Writer) error) error {
	switch path {
	case "":
		return nil
	case "-":
		return write(a.Stdout)
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return commandline.WriteFile(path, b.Bytes())
}
