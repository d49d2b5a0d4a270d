package record

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Open opens what the capture has written so far and still has, as one recording, also
// while it goes on: it doesn't grow, and stays whole when files of it are deleted. [Capture.Flush]
// before it brings in what waits. The File has to be closed.
func (c *Capture) Open(lim *Limits) (*File, error) { return c.parts.open(lim) }

// Dump writes what the capture has, up to this moment, as one MCAP file. The capture goes
// on meanwhile.
func (c *Capture) Dump(w io.Writer) error {
	if err := c.Flush(); err != nil && !errors.Is(err, ErrEnded) {
		return err
	}
	f, err := c.Open(nil)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	out, err := NewWriter(w, WriterOptions{
		Name: c.o.Name, ViserVersion: c.o.ViserVersion,
		KeyframeInterval: c.o.KeyframeInterval, Compression: c.o.Compression,
	})
	if err != nil {
		return err
	}
	if err := Copy(out, f); err != nil {
		return err
	}
	return out.Close()
}

// DumpFile is [Capture.Dump] to a file, which must not be there and only gets its name
// when it is whole. Its directory is made if it doesn't exist.
func (c *Capture) DumpFile(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return &os.PathError{Op: "dump", Path: path, Err: os.ErrExist}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path+unnamedSuffix, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	err = c.Dump(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// DumpOnSignal dumps the capture at each of the signals into a file of the directory,
// with the capture's name and the time in its name, and calls done with its path; nil:
// nobody. stop ends it and waits for a dump that goes on; it may be called several times.
// Without signals it does nothing.
//
//	stop := capture.DumpOnSignal("dumps", nil, syscall.SIGUSR1)
func (c *Capture) DumpOnSignal(dir string, done func(path string, err error), signals ...os.Signal) (stop func()) {
	if len(signals) == 0 {
		return func() {} // for the system they would be all
	}
	came, ended := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(came, signals...)
	go func() {
		defer close(ended)
		for range came {
			path := filepath.Join(dir, c.dumpName(time.Now()))
			err := c.DumpFile(path)
			if done != nil {
				done(path, err)
			}
		}
	}()
	return sync.OnceFunc(func() {
		signal.Stop(came)
		close(came)
		<-ended
	})
}

func (c *Capture) dumpName(at time.Time) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune("/\\:", r) || r < ' ' {
			return '_'
		}
		return r
	}, c.o.Name)
	if name == "" {
		name = "scene"
	}
	return fmt.Sprintf("%s-%s.mcap", name, at.UTC().Format(stampLayout))
}
