"""The Python original as a server under test: viser.infra, in windows, as it comes.

Commands are lines on standard input, each answered by one line of JSON; the first line,
unasked, has the address. They are those of serve.go, without "run full".
"""

import ctypes
import gc
import json
import os
import resource
import socket
import struct
import sys
import threading
import time

answers = os.fdopen(os.dup(1), "w", buffering=1)
sys.stdout = sys.stderr  # viser prints to it

import viser.infra  # noqa: E402


class Frame(viser.infra.Message):
    """What is broadcast, and sent back. A newer one supersedes those that wait."""

    def __init__(self, B: bytes):
        self.B = B

    B: bytes

    def redundancy_key(self) -> str:
        return "frame"


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Program:
    def __init__(self, size: int):
        self.rest = os.urandom(max(size - 16, 0))
        self.clients = 0
        self.sent = 0
        self.quit = None
        self.thread = None
        self.server = viser.infra.WebsockServer("127.0.0.1", free_port(), verbose=False, client_api_version=1)
        self.server.on_client_connect(self.connected)
        self.server.on_client_disconnect(self.disconnected)
        self.server.start()

    def connected(self, client) -> None:
        self.clients += 1
        client.register_handler(Frame, lambda _, m: client.queue_message(Frame(m.B)))

    def disconnected(self, client) -> None:
        self.clients -= 1

    def once(self):
        stamp = struct.pack("<8sq", b"\xf3stamp\x9e\x01", time.clock_gettime_ns(time.CLOCK_MONOTONIC))
        self.sent += self.clients
        self.server.queue_message(Frame(stamp + self.rest))

    def wait(self, clients):
        deadline = time.monotonic() + 10
        while self.clients != int(clients):
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.clients} clients are connected, want {clients}")
            time.sleep(0.001)

    def run(self, mode, hz):
        if mode != "paced":
            raise RuntimeError("viser sends windows, 60 times a second at most")
        self.quit = threading.Event()
        self.thread = threading.Thread(target=self.paced, args=(float(hz), self.quit))
        self.thread.start()

    def paced(self, hz, quit):
        due = time.monotonic()
        while True:
            due = max(due + 1 / hz, time.monotonic())
            if quit.wait(max(due - time.monotonic(), 0)):
                return
            self.once()

    def stop(self):
        self.quit.set()
        self.thread.join()
        return self.mark()

    def collect(self):
        gc.collect()
        try:
            ctypes.CDLL(None).malloc_trim(0)
        except AttributeError:
            pass  # not glibc
        return self.mark()

    def mark(self):
        usage = resource.getrusage(resource.RUSAGE_SELF)
        with open("/proc/self/statm") as f:
            pages = int(f.read().split()[1])
        return {
            "cpu_us": (usage.ru_utime + usage.ru_stime) * 1e6,
            "sent": self.sent,
            "resident_bytes": pages * resource.getpagesize(),
        }


def main() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    program = Program(int(sys.argv[1]))
    commands = {
        "mark": program.mark,
        "collect": program.collect,
        "await": program.wait,
        "once": program.once,
        "run": program.run,
        "stop": program.stop,
    }
    print(json.dumps({"addr": f"127.0.0.1:{program.server._port}"}), file=answers)
    for line in sys.stdin:
        words = line.split()
        try:
            answer = commands[words[0]](*words[1:]) or {}
        except Exception as e:
            answer = {"error": f"{type(e).__name__}: {e}"}
        print(json.dumps(answer), file=answers)
    answers.flush()
    os._exit(0)  # clients may still be connected; there is nothing to save


main()
