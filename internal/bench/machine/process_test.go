//go:build linux

package machine

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"testing"
)

func TestProcessFiguresAreThoseOfSelf(t *testing.T) {
	before, err := CPUTime()
	if err != nil {
		t.Fatal(err)
	}
	of, err := CPUTimeOf(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	after, err := CPUTime()
	if err != nil || of < before-1e7 || of > after+1e7 {
		t.Errorf("%v by the clock, %v to %v by getrusage, %v", of, before, after, err)
	}
	memory, err := ReadMemoryOf(os.Getpid())
	own, ownErr := ReadMemory()
	if err != nil || ownErr != nil || memory.Resident < own.Resident/2 || memory.Resident > own.Resident*2 {
		t.Errorf("%+v and %+v, %v, %v", memory, own, err, ownErr)
	}
	gone := exec.Command("true")
	if err := gone.Run(); err != nil {
		t.Skip(err)
	}
	if _, err := CPUTimeOf(gone.Process.Pid); err == nil {
		t.Error("a process that has ended has processor time")
	}
	if _, err := ReadMemoryOf(gone.Process.Pid); err == nil {
		t.Error("a process that has ended has memory")
	}
}

func TestListenerIsWhoListens(t *testing.T) {
	for _, addr := range []string{"127.0.0.1:0", "[::1]:0", ":0"} {
		ln, err := net.Listen("tcp", addr)
		if err != nil {
			t.Logf("%s: %v", addr, err)
			continue
		}
		port := ln.Addr().(*net.TCPAddr).Port
		if pid, err := Listener(port); err != nil || pid != os.Getpid() {
			t.Errorf("%s: process %d, %v", addr, pid, err)
		}
		_ = ln.Close()
		if _, err := Listener(port); !errors.Is(err, ErrNoListener) {
			t.Errorf("%s: nobody listens any more: %v", addr, err)
		}
	}
}
