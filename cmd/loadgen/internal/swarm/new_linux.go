package swarm

import (
	"context"
	"os/exec"
	"syscall"
)

// spareFiles is room for what a process has open beside its clients.
const spareFiles = 256

// ClientsPerProcess returns how many clients one process can hold: the hard limit on open
// files, less what else is open.
func ClientsPerProcess() int {
	var lim syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &lim); err != nil {
		return 1024 - spareFiles
	}
	return int(min(lim.Max, 1<<30)) - spareFiles
}

// Open returns a fleet for that many clients, in all groups: in this process if they fit
// beside others files, otherwise in as few worker processes as will do, which worker makes the
// commands for (their standard input and output are Serve's). ctx bounds their start.
func Open(ctx context.Context, o Options, clients int, worker func() *exec.Cmd) (Fleet, error) {
	most := ClientsPerProcess()
	if clients <= most {
		return New(o)
	}
	return NewProcesses(ctx, o, (clients+most-1)/most, worker)
}
