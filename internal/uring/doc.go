// Package uring sends to many sockets with one system call, by Linux's io_uring.
// It has one purpose and one operation: a goroutine queues up to Cap sends and
// submits them together; each is a send(2) with MSG_DONTWAIT, so the kernel
// finishes all of them before the call returns. On other systems the package is
// empty.
//
//	ring, err := uring.New(128)       // err: no io_uring here, use write(2)
//	ring.Send(fd, frame, id)          // up to ring.Cap() times
//	results, err := ring.Submit()     // one io_uring_enter(2)
//
// # What is not used, and why
//
//   - Registered ("fixed") files: they keep a socket open beyond its close(2), and
//     with it its registration in every epoll.
//   - Kernel threads that poll for work (SQPOLL): a core for each ring.
//   - SINGLE_ISSUER and DEFER_TASKRUN: the kernel then takes calls from one thread
//     only, and a goroutine changes threads unless it is locked to one, which
//     makes each of its wake-ups a switch of threads. What they save is work that
//     is left for later, and a send that doesn't wait leaves none.
//   - Zero copy (SEND_ZC): memory would have to stay untouched until the peer
//     has acknowledged it, and frames of some KiB don't gain.
//
// # Memory
//
// The kernel and the ring share two queues in mapped memory. Each has a head and a
// tail, which only count up; an index is the count modulo the queue's size.
//
//	submission   tail: written by us, atomically, after the entries before it
//	             head: written by the kernel, only during io_uring_enter(2)
//	completion   tail: written by the kernel after the entries before it,
//	             read by us atomically, so that the entries are seen as well
//	             head: written by us, atomically, after the entries were read
//
// sync/atomic is sequentially consistent, which is more than the acquire and
// release that the interface asks for.
//
// An entry holds the address of the bytes to send as a number, which the garbage
// collector doesn't see. So the ring holds a pointer to the same bytes until Submit
// returns. That pointer is in the heap, hence the bytes are too (escape analysis),
// and the heap doesn't move: only stacks do. A caller needs neither
// runtime.KeepAlive nor a runtime.Pinner.
//
// # Descriptors
//
// The kernel looks a descriptor's number up during Submit, not during Send. Who
// queues a send therefore holds what keeps the number from being closed, and given
// to another socket, until Submit has returned. After that the ring has no
// reference to the socket.
//
// # The scheduler
//
// Submit enters the kernel by syscall.Syscall6, which tells Go's scheduler. A call
// may take a millisecond (128 sends of 64 KiB are 8 MiB to copy); RawSyscall6 would
// save some 50 ns of it and hold back every stop of the world for the whole
// time. BenchmarkEnter has the figures.
package uring
