import { readFileSync } from "node:fs";
import { decode } from "@msgpack/msgpack";
import { expect, test } from "vitest";
import { WindowDecoder, WindowError } from "../src/envelope.js";
import { readyZstd } from "./support.js";

/** A window as the Go tests read and write it: wsproto/testdata/vectors/README.md. */
interface Vector {
  readonly name: string;
  readonly generation: string;
  readonly payload: string;
  readonly timestampSec: number;
  readonly messages: readonly string[] | null;
  readonly error: string;
}

const file = new URL("../../../wsproto/testdata/vectors/envelopes.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vector[];
const ours = vectors.filter(({ generation }) => generation === "zstd");
const decoder = new WindowDecoder(await readyZstd(), 64 << 10);

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));

test("there are vectors", () => {
  expect(ours.length).toBeGreaterThan(10);
});

for (const vector of ours) {
  test(`vector: ${vector.name}`, () => {
    const frame = bytes(vector.payload).buffer;
    if (vector.error !== "") {
      expect(() => decoder.decode(frame)).toThrow(WindowError);
      return;
    }
    const window = decoder.decode(frame);
    expect(window.head.timestampSec).toBe(vector.timestampSec);
    expect(window.messages).toEqual((vector.messages ?? []).map((hex) => decode(bytes(hex))));
  });
}
