import { expect, test } from "vitest";
import { Outbox } from "../src/outbox.js";

const message = (id: number, size = 1) => new Uint8Array(size).fill(id);

function drain(outbox: Outbox): number[] {
  const ids: number[] = [];
  for (let next = outbox.shift(); next !== undefined; next = outbox.shift()) ids.push(next[0] ?? -1);
  return ids;
}

test("messages leave in the order they came", () => {
  const outbox = new Outbox();
  for (const id of [1, 2, 3]) outbox.push(message(id));
  expect(drain(outbox)).toEqual([1, 2, 3]);
  expect(outbox.bytes).toBe(0);
});

test("a key supersedes, and the newest stands at the end", () => {
  const outbox = new Outbox();
  outbox.push(message(1, 10), "pose");
  outbox.push(message(2));
  outbox.push(message(3, 5), "pose");
  expect(outbox.length).toBe(2);
  expect(outbox.bytes).toBe(6);
  expect(drain(outbox)).toEqual([2, 3]);
});

test("a key that looks like a number does not meet the unkeyed", () => {
  const outbox = new Outbox();
  outbox.push(message(1));
  outbox.push(message(2), "0");
  expect(drain(outbox)).toEqual([1, 2]);
});

test("the oldest make room when there are too many", () => {
  const outbox = new Outbox(2);
  expect(outbox.push(message(1))).toBeUndefined();
  expect(outbox.push(message(2))).toBeUndefined();
  expect(outbox.push(message(3))).toEqual({ messages: 1, bytes: 1 });
  expect(drain(outbox)).toEqual([2, 3]);
});

test("the oldest make room when they are too large", () => {
  const outbox = new Outbox(100, 10);
  outbox.push(message(1, 4));
  outbox.push(message(2, 4));
  expect(outbox.push(message(3, 7))).toEqual({ messages: 2, bytes: 8 });
  expect(drain(outbox)).toEqual([3]);
});

test("a message larger than the outbox drops nothing but itself", () => {
  const outbox = new Outbox(100, 10);
  outbox.push(message(1, 4));
  expect(outbox.push(message(2, 11))).toEqual({ messages: 1, bytes: 11 });
  expect(drain(outbox)).toEqual([1]);
});

test("the newest is dropped when it is to be so", () => {
  const outbox = new Outbox(2, 10, "dropNewest");
  expect(outbox.push(message(1, 4))).toBeUndefined();
  expect(outbox.push(message(2, 4), "pose")).toBeUndefined();
  expect(outbox.push(message(3))).toEqual({ messages: 1, bytes: 1 });
  expect(outbox.push(message(4), "other")).toEqual({ messages: 1, bytes: 1 });
  expect(outbox.push(message(5, 6), "pose")).toBeUndefined(); // takes the other's place
  expect(outbox.push(message(6, 7), "pose")).toEqual({ messages: 1, bytes: 7 });
  expect(outbox.bytes).toBe(10);
  expect(drain(outbox)).toEqual([1, 5]);
  expect(outbox.push(message(7, 10))).toBeUndefined();
  expect(drain(outbox)).toEqual([7]);
});
