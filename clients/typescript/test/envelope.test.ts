import { encode } from "@msgpack/msgpack";
import { beforeAll, expect, test } from "vitest";
import { WindowDecoder, WindowError } from "../src/envelope.js";
import { concat, frameOf, rawZstdFrame, readyZstd, windowFrame } from "./support.js";

const limit = 2 << 20;
let decoder: WindowDecoder;

beforeAll(async () => {
  decoder = new WindowDecoder(await readyZstd(), limit);
});

test("a window gives its messages in order and its time", () => {
  const messages = [
    { type: "A", n: 1 },
    { type: "B", s: "ü", data: new Uint8Array([1, 2, 3]) },
  ];
  const window = decoder.decode(windowFrame(messages, 12.5));
  expect(window.messages).toEqual(messages);
  expect(window.head.timestampSec).toBe(12.5);
});

test("several zstd frames make one window", () => {
  const content = encode({ timestampSec: 3, messages: [{ type: "A" }, { type: "B" }] });
  const skippable = new Uint8Array([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9]);
  const size = new Uint8Array(new BigUint64Array([BigInt(content.byteLength)]).buffer);
  const parts = [content.subarray(0, 5), content.subarray(5, 20), content.subarray(20)];
  const frame = concat(size, ...parts.map(rawZstdFrame), skippable).buffer as ArrayBuffer;
  expect(decoder.decode(frame).messages).toEqual([{ type: "A" }, { type: "B" }]);
});

test("arrays are views of one buffer that can be transferred", () => {
  const window = decoder.decode(windowFrame([{ type: "A", data: new Uint8Array(1000).fill(7) }]));
  const { data } = window.messages[0] as unknown as { data: Uint8Array };
  expect(data.buffer).toBe(window.buffer);
});

test("small arrays do not keep a large window alive", () => {
  const messages = [
    { type: "Mesh", vertices: new Uint8Array(1 << 20) },
    { type: "Dot", nested: [{ at: new Uint8Array([1, 2]) }] },
  ];
  const window = decoder.decode(windowFrame(messages));
  const [mesh, dot] = window.messages as unknown as [
    { vertices: Uint8Array },
    { nested: [{ at: Uint8Array }] },
  ];
  expect(mesh.vertices.buffer).toBe(window.buffer);
  expect(dot.nested[0].at).toEqual(new Uint8Array([1, 2]));
  expect(dot.nested[0].at.buffer).not.toBe(window.buffer);
});

const good = encode({ timestampSec: 1, messages: [{ type: "A" }] });
const refused: Record<string, ArrayBuffer> = {
  "no bytes": new ArrayBuffer(0),
  "half a size": new ArrayBuffer(7),
  "a size of zero": frameOf(new Uint8Array(0)),
  "more than the limit, before decompressing": frameOf(good, limit + 1),
  "a size beyond all memory": frameOf(good, 2 ** 60),
  "less data than declared": frameOf(good, good.byteLength + 1),
  "more data than declared": frameOf(good, good.byteLength - 1),
  "no zstd": concat(new Uint8Array([8, 0, 0, 0, 0, 0, 0, 0]), new Uint8Array(40)).buffer as ArrayBuffer,
  "truncated zstd": windowFrame([{ type: "A" }]).slice(0, -4),
  "truncated MessagePack": frameOf(good.subarray(0, -3)),
  "trailing MessagePack": frameOf(concat(good, new Uint8Array([1]))),
  "an array of 2^32-1 elements": frameOf(new Uint8Array([0xdd, 0xff, 0xff, 0xff, 0xff])),
  "nil": frameOf(encode(null)),
  "a bare message": frameOf(encode({ type: "A" })),
  "no timestamp": frameOf(encode({ messages: [] })),
  "messages that are no array": frameOf(encode({ timestampSec: 1, messages: {} })),
  "a message that is a number": frameOf(encode({ timestampSec: 1, messages: [1] })),
  "a message that is an array": frameOf(encode({ timestampSec: 1, messages: [[]] })),
  "a message that is binary": frameOf(encode({ timestampSec: 1, messages: [new Uint8Array(2)] })),
  "a message that is nil": frameOf(encode({ timestampSec: 1, messages: [null] })),
};

for (const [name, frame] of Object.entries(refused)) {
  test(`refused: ${name}`, () => {
    expect(() => decoder.decode(frame)).toThrow(WindowError);
  });
}

test("after a refused frame the next one is decoded", () => {
  expect(() => decoder.decode(frameOf(good.subarray(0, -3)))).toThrow(WindowError);
  expect(decoder.decode(frameOf(good)).messages).toEqual([{ type: "A" }]);
});
