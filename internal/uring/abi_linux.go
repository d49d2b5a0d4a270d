package uring

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The kernel's interface: include/uapi/linux/io_uring.h, with its names in comments.

const (
	setupSubmitAll = 1 << 7 // IORING_SETUP_SUBMIT_ALL, Linux 5.18: one bad entry doesn't end a submission

	featureSingleMap = 1 << 0 // IORING_FEAT_SINGLE_MMAP, Linux 5.4
	featureNoDrop    = 1 << 1 // IORING_FEAT_NODROP, Linux 5.5

	offsetRings   = 0          // IORING_OFF_SQ_RING
	offsetEntries = 0x10000000 // IORING_OFF_SQES

	enterGetEvents = 1 << 0 // IORING_ENTER_GETEVENTS

	opSendMsg = 9  // IORING_OP_SENDMSG
	opSend    = 26 // IORING_OP_SEND

	registerProbe = 8      // IORING_REGISTER_PROBE
	opSupported   = 1 << 0 // IO_URING_OP_SUPPORTED
)

// params is struct io_uring_params.
type params struct {
	sqEntries    uint32
	cqEntries    uint32
	flags        uint32
	sqThreadCPU  uint32
	sqThreadIdle uint32
	features     uint32
	wqFD         uint32
	_            [3]uint32
	sq           sqOffsets
	cq           cqOffsets
}

// sqOffsets is struct io_sqring_offsets: bytes from the start of the rings' mapping.
type sqOffsets struct {
	head, tail, mask, entries, flags, dropped, array uint32

	_ uint32
	_ uint64
}

// cqOffsets is struct io_cqring_offsets: bytes from the start of the rings' mapping.
type cqOffsets struct {
	head, tail, mask, entries, overflow, cqes, flags uint32

	_ uint32
	_ uint64
}

// sqe is struct io_uring_sqe, a submission.
type sqe struct {
	opcode   uint8
	_        uint8  // flags
	_        uint16 // ioprio
	fd       int32
	_        uint64 // off
	addr     uint64 // of the bytes, or of a struct msghdr
	len      uint32 // bytes; 1 for a struct msghdr
	msgFlags uint32
	userData uint64
	_        [3]uint64
}

// cqe is struct io_uring_cqe, a completion.
type cqe struct {
	userData uint64
	res      int32  // bytes sent, or -errno
	_        uint32 // flags
}

// probe is struct io_uring_probe, with room for the operations up to SEND.
type probe struct {
	lastOp uint8
	opsLen uint8
	_      uint16
	_      [3]uint32
	ops    [opSend + 1]probeOp
}

// probeOp is struct io_uring_probe_op.
type probeOp struct {
	op    uint8
	_     uint8
	flags uint16
	_     uint32
}

// setup makes a ring's descriptor. The kernel sets close-on-exec by itself.
func setup(entries uint32, p *params) (int, error) {
	fd, _, errno := unix.Syscall(unix.SYS_IO_URING_SETUP, uintptr(entries), uintptr(unsafe.Pointer(p)), 0)
	if errno != 0 {
		return -1, os.NewSyscallError("io_uring_setup", errno)
	}
	return int(fd), nil
}

// enter submits so many entries, and with enterGetEvents waits for so many completions.
// Why it is not unix.RawSyscall6 is in the package's comment.
func enter(fd int, submit, wait, flags uint32) (int, unix.Errno) {
	n, _, errno := unix.Syscall6(unix.SYS_IO_URING_ENTER, uintptr(fd), uintptr(submit), uintptr(wait), uintptr(flags), 0, 0)
	return int(n), errno
}

// register asks for the operations that the kernel knows.
func register(fd int, p *probe) error {
	_, _, errno := unix.Syscall6(unix.SYS_IO_URING_REGISTER, uintptr(fd), registerProbe,
		uintptr(unsafe.Pointer(p)), uintptr(len(p.ops)), 0, 0)
	if errno != 0 {
		return os.NewSyscallError("io_uring_register", errno)
	}
	return nil
}
