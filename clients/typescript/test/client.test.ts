import { decode } from "@msgpack/msgpack";
import { afterEach, beforeEach, expect, expectTypeOf, test, vi } from "vitest";
import { type Client, connect, webSocketURL } from "../src/client.js";
import { CloseCode } from "../src/closecodes.js";
import { WindowDecoder } from "../src/envelope.js";
import { FakeSocket, FakeWorker, readyZstd, windowFrame } from "./support.js";

interface Moved {
  readonly type: "Moved";
  readonly to: readonly [number, number];
}
interface Removed {
  readonly type: "Removed";
  readonly name: string;
}
interface Hello {
  readonly type: "Hello";
  readonly name: string;
  readonly data?: Float32Array;
}

const zstd = await readyZstd();
let worker: FakeWorker;
let client: Client<Moved | Removed, Hello>;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.install();
  worker = new FakeWorker(new WindowDecoder(zstd, 1 << 20));
  client = connect("ws://test/scene", { worker: () => worker as unknown as Worker });
});

afterEach(() => {
  vi.useRealTimers();
});

const moved: Moved = { type: "Moved", to: [1, 2] };
const removed: Removed = { type: "Removed", name: "box" };

test("handlers are typed by the message's name", () => {
  client.on("Moved", (message) => expectTypeOf(message).toEqualTypeOf<Moved>());
  client.onAny((message) => expectTypeOf(message).toEqualTypeOf<Moved | Removed>());
  // @ts-expect-error there is no such message
  client.on("Unknown", () => {});
  // @ts-expect-error the server does not take it
  expect(() => client.send(moved)).not.toThrow();
});

test("the window comes first, then each message to its handlers", () => {
  const calls: string[] = [];
  client.onAny((message) => calls.push(`any ${message.type}`));
  client.on("Moved", (message) => calls.push(`moved ${message.to.join()}`));
  client.onBatch((window) => calls.push(`window of ${window.messages.length} at ${window.timestampSec}`));
  FakeSocket.last.accept();
  FakeSocket.last.receive(windowFrame([moved, removed], 5));
  expect(calls).toEqual(["window of 2 at 5", "moved 1,2", "any Moved", "any Removed"]);
});

test("a handler that unregistered is not called, and others are", () => {
  const calls: string[] = [];
  const stop = client.on("Moved", () => calls.push("first"));
  client.on("Moved", () => {
    calls.push("second");
    stop();
    stop();
  });
  FakeSocket.last.accept();
  FakeSocket.last.receive(windowFrame([moved, moved]));
  expect(calls).toEqual(["first", "second", "second"]);
});

test("a handler that throws is reported and holds up nobody", () => {
  const thrown: (() => void)[] = [];
  vi.spyOn(globalThis, "queueMicrotask").mockImplementation((task) => void thrown.push(task));
  const calls: string[] = [];
  client.on("Moved", () => {
    throw new Error("mistake");
  });
  client.on("Moved", () => calls.push("second"));
  FakeSocket.last.accept();
  FakeSocket.last.receive(windowFrame([moved]));
  expect(calls).toEqual(["second"]);
  expect(thrown[0]).toThrow("mistake");
});

test("what is sent is one bare map, encoded when it is sent", () => {
  FakeSocket.last.accept();
  const data = new Float32Array([1, 2]);
  const hello = { type: "Hello", name: "Ada", data } as const;
  client.send(hello);
  data[0] = 9;
  const sent = decode(FakeSocket.last.sent[0] as Uint8Array) as { data: Uint8Array };
  expect(sent).toMatchObject({ type: "Hello", name: "Ada" });
  expect(new Float32Array(sent.data.slice().buffer)).toEqual(new Float32Array([1, 2]));
});

test("a page that is left ends its connection, and the way back begins with a reset", () => {
  const page = new EventTarget();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  const workers: FakeWorker[] = [];
  const start = () => workers[workers.push(new FakeWorker(new WindowDecoder(zstd, 1 << 20))) - 1];
  const kept = connect<Moved, Hello>("ws://test/", { worker: start as unknown as () => Worker });
  const calls: string[] = [];
  kept.onState(({ state }) => calls.push(state));
  kept.onReset(() => calls.push("reset"));
  FakeSocket.last.accept();
  FakeSocket.last.receive(windowFrame([moved]));
  page.dispatchEvent(new Event("pagehide"));
  page.dispatchEvent(new Event("pagehide"));
  kept.send({ type: "Hello", name: "nobody" });
  expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
  page.dispatchEvent(new Event("pageshow"));
  page.dispatchEvent(new Event("pageshow"));
  FakeSocket.last.accept();
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  expect(calls).toEqual(["open", "waiting", "connecting", "reset", "open"]);
  page.dispatchEvent(new Event("pagehide"));
  kept.close();
  page.dispatchEvent(new Event("pageshow"));
  expect(workers).toHaveLength(2);
  expect(kept.state).toBe("closed");
  vi.unstubAllGlobals();
});

test("who isn't let in is told why, and stays out", () => {
  const refusals: object[] = [];
  client.onRefused((refusal) => refusals.push({ ...refusal, state: client.state }));
  FakeSocket.last.accept("scenewire.v1");
  FakeSocket.last.end(4401, "log in first");
  expect(refusals).toEqual([{ code: CloseCode.Unauthorized, reason: "log in first", state: "closed" }]);
  expect(worker.terminated).toBe(true);
  vi.runAllTimers();
  expect(FakeSocket.all).toHaveLength(1);
});

test("state, reset and the version's mismatch are told", () => {
  const calls: string[] = [];
  client.onState(({ state }) => calls.push(state));
  client.onReset(() => calls.push("reset"));
  client.onVersionMismatch((reason) => calls.push(reason));
  expect(client.state).toBe("connecting");
  FakeSocket.last.accept();
  FakeSocket.last.receive(windowFrame([moved]));
  expect(client.state).toBe("open");
  FakeSocket.last.end(1006);
  expect(client.state).toBe("waiting");
  vi.advanceTimersToNextTimer();
  FakeSocket.last.accept();
  FakeSocket.last.end(1002, "Version mismatch");
  expect(calls).toEqual(["open", "waiting", "connecting", "reset", "open", "closed", "Version mismatch"]);
  expect(worker.terminated).toBe(true);
});

test("a corrupt window and dropped messages are told", () => {
  const calls: unknown[] = [];
  client.onError((reason) => calls.push(reason));
  client.onDropped((dropped) => calls.push(dropped.messages));
  for (let i = 0; i < 1025; i++) client.send({ type: "Hello", name: "x" });
  FakeSocket.last.accept();
  FakeSocket.last.receive(new ArrayBuffer(3));
  expect(calls).toEqual([1, "frame of 3 bytes has no size"]);
});

test("a worker that cannot be loaded closes the client and says why", () => {
  const calls: unknown[] = [];
  client.onError((reason) => calls.push(reason));
  worker.onerror?.({ message: "" });
  expect(client.state).toBe("closed");
  expect(calls).toEqual([expect.stringContaining("content security policy")]);
});

test("after close nothing is sent", () => {
  FakeSocket.last.accept();
  client.close();
  client.send({ type: "Hello", name: "x" });
  expect(client.state).toBe("closed");
  expect(FakeSocket.last.sent).toHaveLength(0);
});

test("addresses of pages become addresses of sockets", () => {
  expect(webSocketURL("https://example.org/a?b=c#d")).toBe("wss://example.org/a?b=c");
  expect(webSocketURL("http://localhost:8080")).toBe("ws://localhost:8080/");
  expect(webSocketURL(new URL("ws://localhost/x"))).toBe("ws://localhost/x");
  expect(() => webSocketURL("/only/a/path")).toThrow();
});
