//go:build linux

package machine

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMonotonicIsTheKernelsClock(t *testing.T) {
	for range 3 {
		before := readMonotonic()
		now := Monotonic()
		after := readMonotonic()
		const slack = int64(time.Millisecond)
		if now < before-slack || now > after+slack {
			t.Errorf("Monotonic is %d, the kernel's clock went from %d to %d", now, before, after)
		}
	}
}

func TestNeedConnectionsNamesLimitAndRemedy(t *testing.T) {
	if err := NeedConnections(1); err != nil {
		t.Errorf("one connection: %v", err)
	}
	err := NeedConnections(1 << 30)
	if err == nil {
		t.Fatal("2^30 connections are said to be possible")
	}
	for _, want := range []string{"1073741824", "hard limit", "ulimit -Hn"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not name %q", err, want)
		}
	}
}

func TestMask(t *testing.T) {
	cpus := []int{0, 3, 63, 64, 1023}
	if got := maskOf(cpus).list(); !slices.Equal(got, cpus) {
		t.Errorf("%v became %v", cpus, got)
	}
	if got := maskOf([]int{-1, 1024, 2}).list(); !slices.Equal(got, []int{2}) {
		t.Errorf("numbers out of range: %v", got)
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		cpus             []int
		n                int
		server, receiver []int
	}{
		{nil, 1, nil, nil},
		{[]int{4}, 1, nil, nil},
		{[]int{0, 1}, 1, []int{1}, []int{0}},
		{[]int{0, 1}, 2, nil, nil},
		{[]int{2, 3, 5}, 1, []int{5}, []int{2, 3}},
		{[]int{2, 3, 5}, 2, []int{3, 5}, []int{2}},
	} {
		server, receiver := Split(c.cpus, c.n)
		if !slices.Equal(server, c.server) || !slices.Equal(receiver, c.receiver) {
			t.Errorf("%v: server %v, receiver %v", c.cpus, server, receiver)
		}
	}
}

func TestStartPinnedRestores(t *testing.T) {
	before, err := CPUs()
	if err != nil {
		t.Fatal(err)
	}
	var during []int
	err = StartPinned(before[:1], func() error {
		during, err = CPUs()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(during, before[:1]) {
		t.Errorf("pinned to %v: may run on %v", before[:1], during)
	}
	if after, _ := CPUs(); !slices.Equal(after, before) {
		t.Errorf("may run on %v before, on %v after", before, after)
	}
}

func TestParseMemory(t *testing.T) {
	m, err := parseMemory([]byte("Name:\tx\nVmHWM:\t  2048 kB\nVmRSS:\t     3 kB\n"))
	if err != nil || m != (Memory{Resident: 3 << 10, Peak: 2 << 20}) {
		t.Errorf("%+v, %v", m, err)
	}
	for _, bad := range []string{"", "VmRSS:\t1 kB\n", "VmRSS:\tx kB\nVmHWM:\t1 kB\n", "VmRSS:\t1\nVmHWM:\t1 kB\n"} {
		if _, err := parseMemory([]byte(bad)); err == nil {
			t.Errorf("no error for %q", bad)
		}
	}
}

func TestReadMemory(t *testing.T) {
	m, err := ReadMemory()
	if err != nil || m.Resident <= 0 || m.Peak < m.Resident/2 {
		t.Errorf("%+v, %v", m, err)
	}
	if cpu, err := CPUTime(); err != nil || cpu <= 0 {
		t.Errorf("CPU time %v, %v", cpu, err)
	}
}

func TestCounterIsShared(t *testing.T) {
	path := filepath.Join(t.TempDir(), "counter")
	var counters [2]*Counter
	for i := range counters {
		c, err := OpenCounter(path)
		if err != nil {
			t.Fatal(err)
		}
		counters[i] = c
	}
	counters[0].Add(5)
	counters[1].Add(-7)
	if a, b := counters[0].Load(), counters[1].Load(); a != -2 || b != -2 {
		t.Errorf("%d and %d", a, b)
	}
	(*Counter)(nil).Add(1)
}

func TestPinProcessReachesAllThreads(t *testing.T) {
	before, err := CPUs()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := PinProcess(before); err != nil {
			t.Error(err)
		}
	})
	if err := PinProcess(before[:1]); err != nil {
		t.Fatal(err)
	}
	statuses, err := filepath.Glob("/proc/self/task/*/status")
	if err != nil || len(statuses) < 2 {
		t.Fatal(statuses, err)
	}
	want := fmt.Sprintf("Cpus_allowed_list:\t%d\n", before[0])
	for _, path := range statuses {
		status, err := os.ReadFile(path)
		if err == nil && !strings.Contains(string(status), want) {
			t.Errorf("%s has no %q", path, want)
		}
	}
}
