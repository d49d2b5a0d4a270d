//go:build linux

package machine

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
)

// Memory is what the kernel says of this process's memory, in bytes.
type Memory struct {
	Resident int64 // VmRSS
	Peak     int64 // VmHWM: the highest Resident since the last ResetPeak
}

// ReadMemory reads /proc/self/status.
func ReadMemory() (Memory, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return Memory{}, err
	}
	return parseMemory(status)
}

func parseMemory(status []byte) (m Memory, err error) {
	if m.Resident, err = statusBytes(status, "VmRSS:"); err != nil {
		return m, err
	}
	m.Peak, err = statusBytes(status, "VmHWM:")
	return m, err
}

// statusBytes finds a line such as "VmRSS:	    1234 kB" (proc_pid_status(5)).
func statusBytes(status []byte, field string) (int64, error) {
	for line := range bytes.Lines(status) {
		rest, ok := bytes.CutPrefix(line, []byte(field))
		if !ok {
			continue
		}
		kib, ok := bytes.CutSuffix(bytes.TrimSpace(rest), []byte(" kB"))
		n, err := strconv.ParseInt(string(kib), 10, 64)
		if !ok || err != nil {
			return 0, fmt.Errorf("/proc/self/status: %q is no number of kB", bytes.TrimSpace(line))
		}
		return n << 10, nil
	}
	return 0, fmt.Errorf("/proc/self/status has no %s", field)
}

// ResetPeak has Memory.Peak begin anew at what is resident now (proc_pid_clear_refs(5)).
func ResetPeak() error { return os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }
