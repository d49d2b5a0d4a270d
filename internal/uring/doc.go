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
// [Calls] has the same methods, and makes a send(2) for each.
//
// # What is not used, and why
//
//   - Registered ("fixed") files: they keep a socket open beyond its close(2), and
//     with it its registration in every epoll.
//   - Kernel threads that poll for work (SQPOLL): a core for each ring.
//   - SINGLE_ISSUER, DEFER_TASKRUN, COOP_TASKRUN: they save work that the kernel
//     leaves for later, and a send that doesn't wait leaves none; no difference could
//     be measured. With the first two the kernel takes calls from one thread only, and
//     a goroutine that is locked to a thread pays for it at each wake-up.
//   - Zero copy (SEND_ZC): memory would have to stay untouched until the peer has
//     acknowledged it, long after Submit.
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
// Submit enters the kernel by Syscall6, which tells Go's scheduler, and not by
// RawSyscall6. That costs some 50 ns a call, of which 64 sends of 1 KiB are some
// 200 µs (BenchmarkEnter, BenchmarkSubmit). Without it nobody could stop the world
// during the call, the garbage collector first of all: with 64 sends of 64 KiB, 320 µs,
// a stop that began during the call took 17 µs at the median with Syscall6, and 1.7 ms
// with RawSyscall6, on a machine whose two processors were overloaded.
//
// What it costs besides: from some 20 µs on, the scheduler may give the processor to
// another goroutine that is ready to run, and the one that submits then waits for its
// turn, as after any long system call.
package uring
