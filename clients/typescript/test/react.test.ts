import { createElement, StrictMode } from "react";
import { act, create, type ReactTestRenderer } from "react-test-renderer";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WindowDecoder } from "../src/envelope.js";
import { useClient, useConnection, useLatest, useScene } from "../src/react.js";
import { FakeSocket, FakeWorker, readyZstd, windowFrame } from "./support.js";

interface Set {
  readonly type: "Set";
  readonly name: string;
  readonly value: number;
}

const zstd = await readyZstd();
let workers: FakeWorker[];
let shown: { state: string; scene: Readonly<Record<string, number>>; latest: number | undefined };
let renderings = 0;
let tree: ReactTestRenderer;

function Page({ url }: { url: string }): null {
  const worker = () => workers[workers.push(new FakeWorker(new WindowDecoder(zstd, 1 << 20))) - 1] as unknown as Worker;
  const client = useClient<Set>(url, { worker });
  const { state } = useConnection(client);
  const scene = useScene(client, {} as Record<string, number>, (before, { name, value }) => ({ ...before, [name]: value }));
  const latest = useLatest(client, "Set")?.value;
  shown = { state, scene, latest };
  renderings++;
  return null;
}

beforeEach(async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.spyOn(console, "error").mockImplementation((text) => {
    if (!String(text).includes("react-test-renderer is deprecated")) throw new Error(String(text));
  });
  FakeSocket.install();
  workers = [];
  await act(async () => void (tree = create(createElement(StrictMode, {}, createElement(Page, { url: "ws://test/a" })))));
});

afterEach(async () => {
  await act(async () => tree.unmount());
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const set = (name: string, value: number): Set => ({ type: "Set", name, value });
const receive = (...messages: readonly Set[]) => act(async () => FakeSocket.last.receive(windowFrame(messages)));

test("a component shows the scene, the newest message and the connection", async () => {
  expect(shown).toEqual({ state: "connecting", scene: {}, latest: undefined });
  await act(async () => FakeSocket.last.accept());
  await receive(set("a", 1), set("b", 2), set("a", 3));
  expect(shown).toEqual({ state: "open", scene: { a: 3, b: 2 }, latest: 3 });
});

test("a window renders once, however many messages it has", async () => {
  await act(async () => FakeSocket.last.accept());
  const before = renderings;
  await receive(...Array.from({ length: 100 }, (_, i) => set("a", i)));
  expect(renderings - before).toBeLessThanOrEqual(2); // StrictMode renders twice
});

test("a reset begins anew", async () => {
  await act(async () => FakeSocket.last.accept());
  await receive(set("a", 1));
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  await act(async () => {
    FakeSocket.last.end(1012);
    vi.advanceTimersToNextTimer();
  });
  vi.useRealTimers();
  await act(async () => FakeSocket.last.accept());
  expect(shown).toEqual({ state: "open", scene: {}, latest: undefined });
});

test("only one client lives at a time: another address ends it, and so does the component's end", async () => {
  expect(workers.filter(({ terminated }) => !terminated)).toHaveLength(1);
  await act(async () => FakeSocket.last.accept());
  await receive(set("a", 1));
  await act(async () => tree.update(createElement(StrictMode, {}, createElement(Page, { url: "ws://test/b" }))));
  expect(FakeSocket.last.url).toBe("ws://test/b");
  expect(shown.scene).toEqual({});
  expect(workers.filter(({ terminated }) => !terminated)).toHaveLength(1);
  await act(async () => tree.unmount());
  expect(workers.filter(({ terminated }) => !terminated)).toHaveLength(0);
});
