import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Position } from "../src/bookmark.js";
import { Confirmations } from "../src/confirmations.js";

let confirmed: string[];
let confirmations: Confirmations;

beforeEach(() => {
  vi.useFakeTimers();
  confirmed = [];
  confirmations = new Confirmations(({ epoch, seq, own }) => confirmed.push(`${epoch}/${seq}/${own}`));
});

afterEach(() => {
  vi.useRealTimers();
});

const at = (seq: number, own = 0, epoch = 1): Position => ({ epoch, seq, own, session: "s" });

test("once a second the newest position is confirmed, if it is another one", () => {
  for (let seq = 1; seq <= 60; seq++) confirmations.note(at(seq), 100);
  vi.advanceTimersByTime(999);
  expect(confirmed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(confirmed).toEqual(["1/60/0"]);
  vi.advanceTimersByTime(60_000);
  expect(vi.getTimerCount()).toBe(0);
  confirmations.note(at(60), 100);
  vi.advanceTimersByTime(1_000);
  expect(confirmed).toEqual(["1/60/0"]);
  confirmations.note(at(60, 0, 2), 100);
  vi.advanceTimersByTime(1_000);
  expect(confirmed).toEqual(["1/60/0", "2/60/0"]);
});

test("much that is for this client alone is confirmed at once", () => {
  for (let own = 1; own <= 4; own++) confirmations.note(at(1, own), 100 << 10);
  expect(confirmed).toEqual(["1/1/3"]);
  vi.advanceTimersByTime(1_000);
  expect(confirmed).toEqual(["1/1/3", "1/1/4"]);
  for (let seq = 2; seq <= 9; seq++) confirmations.note(at(seq, 4), 100 << 10);
  expect(confirmed).toHaveLength(2);
});

test("nothing is confirmed after the end", () => {
  confirmations.note(at(1), 1);
  confirmations.stop();
  vi.advanceTimersByTime(2_000);
  expect(confirmed).toEqual([]);
  expect(confirmations.position).toEqual(at(1));
});
