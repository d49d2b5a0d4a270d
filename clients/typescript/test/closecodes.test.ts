import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CloseCode, reconnectAfter } from "../src/closecodes.js";

/** A row of the table that the Go tests read, too. */
interface Row {
  readonly code: number;
  readonly constant: string;
  readonly reconnect: string;
}

const file = new URL("../../../testdata/close_codes.json", import.meta.url);
const rows = JSON.parse(readFileSync(file, "utf8")) as Row[];

test("the constants are those of the table", () => {
  const table = Object.fromEntries(rows.map(({ constant, code }) => [constant, code]));
  expect(CloseCode).toEqual(table);
});

for (const { code, constant, reconnect } of rows) {
  test(`after ${code} ${constant}: ${reconnect}`, () => {
    expect(reconnectAfter(code)).toBe(reconnect);
  });
}

test("codes of applications mean backoff", () => {
  for (const code of [3000, 4000, 4400, 4999]) expect(reconnectAfter(code)).toBe("backoff");
});
