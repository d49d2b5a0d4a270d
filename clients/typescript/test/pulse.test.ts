import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Clock } from "../src/clock.js";
import { Stage } from "./stage.js";
import { FakeSocket, windowFrame } from "./support.js";

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.install();
});
afterEach(() => vi.useRealTimers());

/** The server answers. */
const pong = (ping: number) => FakeSocket.last.receive(windowFrame([], 1, { pong: ping }));
const told = (stage: Stage) => stage.reports.flatMap((report) => (report.kind === "rtt" ? report.rttMs : []));

test("the round trip is measured at the greeting and after a rest", () => {
  const stage = new Stage();
  FakeSocket.last.greet("");
  expect(FakeSocket.last.pings).toEqual([1]);
  vi.advanceTimersByTime(30);
  pong(1);
  expect(told(stage)).toEqual([30]);
  vi.advanceTimersByTime(3_999);
  expect(FakeSocket.last.pings).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(FakeSocket.last.pings).toEqual([1, 2]);
  vi.advanceTimersByTime(50);
  pong(1); // not the one that is waited for
  pong(2);
  expect(told(stage)).toEqual([30, 50]);
  expect(stage.story).toEqual(["hello", "rtt", "rtt"]); // nothing of it is a window
});

test("a server that doesn't answer is asked once in a connection", () => {
  new Stage();
  FakeSocket.last.greet("");
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.last.pings).toEqual([1]);
  FakeSocket.last.end(1006);
  vi.advanceTimersByTime(1_000);
  FakeSocket.last.greet("client");
  expect(FakeSocket.last.pings).toEqual([2]);
  pong(1); // of the last connection
});

test("a server that doesn't greet isn't asked", () => {
  new Stage();
  FakeSocket.last.accept();
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.last.pings).toEqual([]);
});

test("a hidden page asks nothing", () => {
  const stage = new Stage({}, true);
  FakeSocket.last.greet("");
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.last.pings).toEqual([]);
  stage.hide(false);
  expect(FakeSocket.last.pings).toEqual([1]);
  stage.hide(true);
  pong(1);
  vi.advanceTimersByTime(60_000);
  expect(told(stage)).toEqual([]);
  expect(FakeSocket.last.pings).toEqual([1]);
});

test("a lost connection ends the questions", () => {
  const stage = new Stage();
  FakeSocket.last.greet("");
  const first = FakeSocket.last;
  pong(1);
  stage.link.handle({ kind: "close" });
  vi.advanceTimersByTime(60_000);
  expect(first.pings).toEqual([1]);
});

test("timing has the last round trip", () => {
  const clock = new Clock();
  expect(clock.timing.rttMs).toBeNaN();
  clock.noteRoundTrip(12);
  clock.clear(); // the scene begins anew, the network is the same
  expect(clock.timing.rttMs).toBe(12);
});
