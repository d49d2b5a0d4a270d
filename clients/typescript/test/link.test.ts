import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WindowDecoder } from "../src/envelope.js";
import { Link } from "../src/link.js";
import type { LinkSettings, Report } from "../src/thread.js";
import { FakeSocket, readyZstd, settings, windowFrame } from "./support.js";

const zstd = await readyZstd();
let reports: Report[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  FakeSocket.install();
  reports = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function dialled(changes: Partial<LinkSettings> = {}): Link {
  const options = settings(changes);
  const decoder = new WindowDecoder(zstd, options.maxWindowBytes);
  const link = new Link(options, decoder, (report) => reports.push(report));
  link.dial();
  return link;
}

/** The reports so far, each as one word. */
function story(): string[] {
  return reports.map((report) => {
    if (report.kind === "state") return report.change.state;
    if (report.kind === "window") return report.window.messages.map((m) => m.type).join("+");
    return report.kind;
  });
}

function send(link: Link, id: number, key?: string): void {
  link.handle({ kind: "send", message: new Uint8Array([id]), key, offline: "queue" });
}

const sentIds = (socket: FakeSocket) => socket.sent.map((message) => message[0]);

test("offers the subprotocol and asks for array buffers", () => {
  dialled();
  expect(FakeSocket.last.protocols).toEqual(["scenewire.v1", "scenewire.resume"]);
  expect(FakeSocket.last.binaryType).toBe("arraybuffer");
});

test("windows are reported in order, over one connection and the next", () => {
  dialled();
  FakeSocket.last.accept();
  FakeSocket.last.receive(windowFrame([{ type: "A" }, { type: "B" }]));
  FakeSocket.last.receive(windowFrame([{ type: "C" }]));
  FakeSocket.last.end(1012, "restart");
  vi.advanceTimersToNextTimer();
  FakeSocket.last.accept();
  FakeSocket.last.receive(windowFrame([{ type: "D" }]));
  const before = ["connecting", "open", "A+B", "C", "waiting"];
  expect(story()).toEqual([...before, "connecting", "reset", "open", "D"]);
});

test("each failure waits longer, up to the cap", () => {
  dialled();
  const waits: unknown[] = [];
  for (let i = 0; i < 8; i++) {
    FakeSocket.last.end(1006);
    const last = reports.at(-1);
    if (last?.kind === "state") waits.push(last.change.retryMs);
    vi.advanceTimersToNextTimer();
  }
  expect(waits).toEqual([125, 250, 500, 1000, 2000, 4000, 5000, 5000]);
});

test("a connection that breaks at once does not start the backoff afresh, a stable one does", () => {
  dialled();
  for (let i = 0; i < 3; i++) {
    FakeSocket.last.accept();
    FakeSocket.last.end(1006);
    vi.advanceTimersByTime(1_000);
  }
  FakeSocket.last.accept();
  vi.advanceTimersByTime(5_000);
  FakeSocket.last.end(1006);
  const waits = reports.flatMap((r) => (r.kind === "state" ? [r.change.retryMs ?? []] : [])).flat();
  expect(waits).toEqual([125, 250, 500, 125]);
});

test("a socket that does not open in time is given up, and its late events are ignored", () => {
  dialled();
  const slow = FakeSocket.last;
  vi.advanceTimersByTime(5_000);
  expect(slow.closedWith).toBeDefined();
  vi.advanceTimersByTime(125);
  expect(FakeSocket.all).toHaveLength(2);
  FakeSocket.last.accept();
  slow.accept();
  slow.receive(windowFrame([{ type: "Late" }]));
  slow.end(1006);
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.all).toHaveLength(2);
  expect(story()).toEqual(["connecting", "waiting", "connecting", "open"]);
});

test("a corrupt window is reported and ends the connection; nothing after it is delivered", () => {
  dialled();
  const socket = FakeSocket.last;
  socket.accept();
  socket.receive(windowFrame([{ type: "A" }]));
  socket.receive(new ArrayBuffer(9));
  socket.receive(windowFrame([{ type: "B" }]));
  expect(story()).toEqual(["connecting", "open", "A", "error", "waiting"]);
  expect(socket.closedWith).toBe(4007);
  vi.advanceTimersByTime(125);
  expect(FakeSocket.all).toHaveLength(2);
});

test("a text frame counts as corrupt", () => {
  dialled();
  FakeSocket.last.accept();
  FakeSocket.last.receive("hello");
  expect(story().slice(-2)).toEqual(["error", "waiting"]);
});

test("a version mismatch ends it for good", () => {
  const link = dialled();
  FakeSocket.last.accept();
  FakeSocket.last.end(1002, "Version mismatch. Client: 1, Server: 2");
  link.handle({ kind: "wake" });
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.all).toHaveLength(1);
  expect(reports.at(-1)).toMatchObject({ change: { state: "closed", code: 1002 } });
});

test("codes after which trying again is of no use end it for good", () => {
  for (const code of [1000, 1003, 1007, 1008, 1010]) {
    FakeSocket.install();
    dialled();
    FakeSocket.last.accept();
    FakeSocket.last.end(code, "why");
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
    expect(reports.at(-1)).toMatchObject({ change: { state: "closed", code, reason: "why" } });
  }
});

test("a client that is too far behind comes back at once, but not in a loop", () => {
  dialled();
  const waits: unknown[] = [];
  for (let i = 0; i < 4; i++) {
    FakeSocket.last.accept();
    if (i === 3) vi.advanceTimersByTime(5_000);
    FakeSocket.last.end(1012, "too far behind");
    const last = reports.at(-1);
    if (last?.kind === "state") waits.push(last.change.retryMs);
    vi.advanceTimersToNextTimer();
  }
  expect(waits).toEqual([0, 250, 500, 0]);
});

test("waking dials at once, but only when waiting", () => {
  const link = dialled();
  link.handle({ kind: "wake" });
  expect(FakeSocket.all).toHaveLength(1);
  FakeSocket.last.end(1006);
  link.handle({ kind: "wake" });
  expect(FakeSocket.all).toHaveLength(2);
  vi.advanceTimersByTime(1_000);
  expect(FakeSocket.all).toHaveLength(2);
});

test("closing closes the socket, once, and never dials again", () => {
  const link = dialled();
  FakeSocket.last.accept();
  link.handle({ kind: "close" });
  link.handle({ kind: "close" });
  link.handle({ kind: "wake" });
  vi.advanceTimersByTime(60_000);
  expect(story()).toEqual(["connecting", "open", "closed"]);
  expect(FakeSocket.last.closedWith).toBeDefined();
  expect(FakeSocket.all).toHaveLength(1);
});

test("messages wait for the connection, and keyed ones supersede", () => {
  const link = dialled();
  send(link, 1, "pose");
  send(link, 2);
  send(link, 3, "pose");
  FakeSocket.last.accept();
  send(link, 4);
  expect(sentIds(FakeSocket.last)).toEqual([2, 3, 4]);
});

test("messages that are worth nothing later are not kept", () => {
  const link = dialled();
  link.handle({ kind: "send", message: new Uint8Array([1]), offline: "drop" });
  FakeSocket.last.accept();
  link.handle({ kind: "send", message: new Uint8Array([2]), offline: "drop" });
  expect(sentIds(FakeSocket.last)).toEqual([2]);
});

test("too many waiting messages are reported", () => {
  const link = dialled({ maxOutboxMessages: 2 });
  for (const id of [1, 2, 3]) send(link, id);
  expect(reports.at(-1)).toEqual({ kind: "dropped", dropped: { messages: 1, bytes: 1 } });
});

test("what is sent is dropped, if that is the policy", () => {
  const link = dialled({ maxOutboxMessages: 2, whenFull: "dropNewest" });
  for (const id of [1, 2, 3]) send(link, id);
  expect(reports.at(-1)).toEqual({ kind: "dropped", dropped: { messages: 1, bytes: 1 } });
  FakeSocket.last.accept();
  expect(sentIds(FakeSocket.last)).toEqual([1, 2]);
});

test("a full socket gets no more until it has drained, in order", () => {
  const link = dialled();
  const socket = FakeSocket.last;
  socket.accept();
  socket.bufferedAmount = (1 << 20) + 1;
  send(link, 1, "pose");
  send(link, 2);
  send(link, 3, "pose");
  vi.advanceTimersByTime(100);
  expect(socket.sent).toHaveLength(0);
  socket.bufferedAmount = 0;
  send(link, 4);
  vi.advanceTimersByTime(16);
  expect(sentIds(socket)).toEqual([2, 3, 4]);
});
