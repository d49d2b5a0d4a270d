import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Playout } from "../src/playout.js";
import { Transit } from "../src/transit.js";
import { Stage } from "./stage.js";
import { FakeSocket, windowFrame } from "./support.js";

beforeEach(() => {
  vi.useFakeTimers({ now: 0, toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  FakeSocket.install();
});

afterEach(() => {
  vi.useRealTimers();
});

const now = () => performance.timeOrigin + performance.now();

/** Plays windows that the server made every 50 ms and that took as long as given; returns when each came out. */
function play(transitsMs: readonly number[], maxDelayMs: number): number[] {
  const playout = new Playout(maxDelayMs);
  const start = now();
  const out: number[] = [];
  transitsMs.forEach((transitMs, i) => {
    const arrivesMs = Math.max(50 * i + transitMs, now() - start); // a connection keeps the order
    vi.advanceTimersByTime(arrivesMs - (now() - start));
    playout.add(1000 + 0.05 * i, now(), () => void (out[i] = Math.round(now() - start)));
  });
  vi.advanceTimersByTime(1_000);
  return out;
}

const gaps = (times: readonly number[]) => times.slice(1).map((time, i) => time - (times[i] as number));

test("windows of a network that jitters come out evenly, once the jitter is known", () => {
  const jitter = [0, 30, 5, 28, 0, 12, 30, 3, 17, 0, 30, 9];
  expect(gaps(play(jitter, 100)).slice(2)).toEqual(Array.from({ length: 9 }, () => 50));
});

test("nothing waits for longer than it may", () => {
  const transits = [0, 400, 350, 300, 250, 200, 150, 100, 50, 0, 0, 0];
  const out = play(transits, 40);
  // The last ones arrive 0 ms after they were made.
  expect(out.slice(-3).map((time, i) => time - 50 * (9 + i))).toEqual([40, 40, 40]);
});

test("windows that are overdue come at once and in order", () => {
  const out = play([0, 5, 500, 450, 400], 30);
  expect(out).toEqual([...out].sort((a, b) => a - b));
  expect(out[4]).toBe(600);
});

test("a network without jitter has no delay", () => {
  expect(play([7, 7, 7, 7], 100)).toEqual([7, 57, 107, 157]);
});

test("what was slow more than ten seconds ago is forgotten", () => {
  const transit = new Transit();
  transit.note(500, 0);
  transit.note(20, 1_000);
  transit.note(40, 9_900);
  expect([transit.minMs, transit.maxMs]).toEqual([20, 500]);
  transit.note(30, 10_500);
  expect([transit.minMs, transit.maxMs]).toEqual([20, 40]);
  transit.note(35, 60_000);
  expect([transit.minMs, transit.maxMs]).toEqual([35, 35]);
  transit.clear();
  expect(transit.minMs).toBeNaN();
});

/** A link that has learnt that windows may be 100 ms late. */
function smoothed(): Stage {
  const stage = new Stage({ smoothingMs: 200 });
  FakeSocket.last.greet("");
  FakeSocket.last.receive(windowFrame([{ type: "A" }], 5, { epoch: 1, seq: 1 }));
  vi.advanceTimersByTime(150);
  FakeSocket.last.receive(windowFrame([{ type: "B" }], 5.05, { epoch: 1, seq: 2 }));
  FakeSocket.last.receive(windowFrame([{ type: "C" }], 5.15, { epoch: 1, seq: 3 }));
  return stage;
}

test("a window waits for its time, a connection that ends lets it out before the news of that", () => {
  const stage = smoothed();
  expect(stage.story).toEqual(["hello", "A", "B"]);
  vi.advanceTimersByTime(99);
  expect(stage.story).toEqual(["hello", "A", "B"]);
  FakeSocket.last.end(1006);
  expect(stage.story).toEqual(["hello", "A", "B", "C"]);
  expect(stage.reports.at(-1)).toMatchObject({ kind: "state", change: { state: "waiting" } });
});

test("what is held back for its time comes before a reset, and at once when the page is hidden", () => {
  const stage = smoothed();
  FakeSocket.last.receive(windowFrame([{ type: "D" }], 5.15, { epoch: 2, seq: 1, reset: true }));
  expect(stage.story).toEqual(["hello", "A", "B", "C", "reset"]);
  stage.hide(true);
  expect(stage.story).toEqual(["hello", "A", "B", "C", "reset", "D"]);
});
