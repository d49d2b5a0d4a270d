import { expect, test } from "vitest";
import { backoffDelay } from "../src/backoff.js";

const almostOne = () => 1 - Number.EPSILON;

test("the bound doubles from the base up to the cap", () => {
  const bounds = [0, 1, 2, 3, 4, 5, 6, 20, 2000].map((attempt) =>
    Math.round(backoffDelay(attempt, undefined, almostOne)),
  );
  expect(bounds).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
});

test("the delay is spread over the whole range", () => {
  expect(backoffDelay(3, undefined, () => 0)).toBe(0);
  expect(backoffDelay(3, undefined, () => 0.5)).toBe(1000);
});
