//go:build linux

package machine

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"unsafe"
)

// maxCPUs bounds the processor numbers that affinity masks have room for.
const maxCPUs = 1024

type cpuMask [maxCPUs / 64]uint64

// CPUs returns the numbers of the processors that this thread may run on, in order.
func CPUs() ([]int, error) {
	mask, err := affinity()
	if err != nil {
		return nil, err
	}
	return mask.list(), nil
}

// Pin restricts the calling thread, which the caller has locked its goroutine to, to
// these processors.
func Pin(cpus []int) error {
	return setAffinity(maskOf(cpus))
}

// PinProcess restricts all threads of this process to these processors, and those that
// they start.
func PinProcess(cpus []int) error {
	const tasks = "/proc/self/task"
	// A thread that starts meanwhile may have been missed: until a look finds no new one.
	pinned := map[string]bool{}
	for before := -1; before != len(pinned); {
		before = len(pinned)
		entries, err := os.ReadDir(tasks)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			if err := pinTask(entry.Name(), maskOf(cpus)); err != nil {
				return err
			}
			pinned[entry.Name()] = true
		}
	}
	return nil
}

// pinTask restricts one thread, unless it has ended.
func pinTask(name string, mask cpuMask) error {
	tid, err := strconv.Atoi(name)
	if err != nil {
		return err
	}
	if err := setThreadAffinity(tid, mask); !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}

// Prefer has the kernel run the calling thread, which the caller has locked its
// goroutine to, before others. It needs CAP_SYS_NICE.
func Prefer() error {
	const niceness = -15
	if err := syscall.Setpriority(syscall.PRIO_PROCESS, syscall.Gettid(), niceness); err != nil {
		return fmt.Errorf("setpriority: %w", err)
	}
	return nil
}

// StartPinned calls start with the calling thread restricted to these processors, so
// that a process which start forks inherits them, and lifts the restriction again.
// No processors: no restriction.
func StartPinned(cpus []int, start func() error) error {
	if len(cpus) == 0 {
		return start()
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before, err := affinity()
	if err != nil {
		return err
	}
	if err := Pin(cpus); err != nil {
		return err
	}
	startErr := start()
	if err := setAffinity(before); err != nil {
		return err
	}
	return startErr
}

// Share shares the processors of this process out: the last n to the server, the others
// to who measures it. Unless pin is set both get none, which means no restriction.
func Share(pin bool, n int) (server, receiver []int, err error) {
	if !pin {
		return nil, nil, nil
	}
	all, err := CPUs()
	if err != nil {
		return nil, nil, err
	}
	server, receiver = Split(all, n)
	return server, receiver, nil
}

// Split gives the server the last n of the processors and the receiver the others. If
// none is left for the receiver, both get none.
func Split(cpus []int, n int) (server, receiver []int) {
	border := len(cpus) - n
	if border < 1 {
		return nil, nil
	}
	return cpus[border:], cpus[:border]
}

func maskOf(cpus []int) cpuMask {
	var mask cpuMask
	for _, cpu := range cpus {
		if cpu >= 0 && cpu < maxCPUs {
			mask[cpu/64] |= 1 << (cpu % 64)
		}
	}
	return mask
}

func (m cpuMask) list() []int {
	var cpus []int
	for cpu := range maxCPUs {
		if m[cpu/64]&(1<<(cpu%64)) != 0 {
			cpus = append(cpus, cpu)
		}
	}
	return cpus
}

func affinity() (mask cpuMask, err error) {
	_, _, errno := syscall.Syscall(syscall.SYS_SCHED_GETAFFINITY, 0, unsafe.Sizeof(mask), uintptr(unsafe.Pointer(&mask)))
	if errno != 0 {
		return mask, fmt.Errorf("sched_getaffinity: %w", errno)
	}
	return mask, nil
}

func setAffinity(mask cpuMask) error { return setThreadAffinity(0, mask) }

// setThreadAffinity is for the thread with this number; 0 is the calling one.
func setThreadAffinity(tid int, mask cpuMask) error {
	_, _, errno := syscall.Syscall(syscall.SYS_SCHED_SETAFFINITY, uintptr(tid), unsafe.Sizeof(mask), uintptr(unsafe.Pointer(&mask)))
	if errno != 0 {
		return fmt.Errorf("sched_setaffinity: %w", errno)
	}
	return nil
}
