//go:build linux

package machine

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// CPUTimeOf returns the processor time of another process so far, of all its threads:
// its clock of clock_getcpuclockid(3), which anybody may read, in nanoseconds rather than
// the hundredths of a second of /proc.
func CPUTimeOf(pid int) (time.Duration, error) {
	const scheduled = 2 // CPUCLOCK_SCHED, in the clock's number
	clock := ^pid<<3 | scheduled
	var ts syscall.Timespec
	if _, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, uintptr(clock), uintptr(unsafe.Pointer(&ts)), 0); errno != 0 {
		return 0, fmt.Errorf("processor time of process %d: %w", pid, errno)
	}
	return time.Duration(ts.Nano()), nil
}

// ReadMemoryOf reads /proc/pid/status.
func ReadMemoryOf(pid int) (Memory, error) {
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		return Memory{}, err
	}
	return parseMemory(status)
}

// ResetPeakOf has the Memory.Peak of another process begin anew. It must be one of the
// same user.
func ResetPeakOf(pid int) error {
	return os.WriteFile(filepath.Join("/proc", strconv.Itoa(pid), "clear_refs"), []byte("5"), 0)
}

// ErrNoListener says that no process was found that listens, or none that may be looked at.
var ErrNoListener = errors.New("no process of ours listens there")

// Listener returns a process of this machine that listens on a TCP port: who has the
// socket that /proc/net/tcp lists open. Processes of others can't be looked at without
// being root; then, and if nobody listens, it is ErrNoListener.
func Listener(port int) (pid int, err error) {
	sockets := map[string]bool{}
	for _, file := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		list, err := os.Open(file)
		if err != nil {
			continue // without IPv6
		}
		listening(bufio.NewScanner(list), port, sockets)
		_ = list.Close()
	}
	holders, err := filepath.Glob("/proc/[0-9]*/fd/*")
	if err != nil || len(sockets) == 0 {
		return 0, errors.Join(err, fmt.Errorf("port %d: %w", port, ErrNoListener))
	}
	for _, fd := range holders {
		if to, err := os.Readlink(fd); err == nil && sockets[to] {
			return strconv.Atoi(strings.Split(fd, "/")[2])
		}
	}
	return 0, fmt.Errorf("port %d: %w", port, ErrNoListener)
}

// listening adds the sockets that listen on a port, as their descriptors' links have them:
// "socket:[1234]" (proc_pid_net(5)).
func listening(lines *bufio.Scanner, port int, sockets map[string]bool) {
	const (
		local, state, inode = 1, 3, 9
		listen              = "0A"
	)
	suffix := fmt.Sprintf(":%04X", port)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) > inode && f[state] == listen && strings.HasSuffix(f[local], suffix) {
			sockets["socket:["+f[inode]+"]"] = true
		}
	}
}
