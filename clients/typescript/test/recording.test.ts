import { encode } from "@msgpack/msgpack";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { AnyMessage } from "../src/message.js";
import { Recording } from "../src/recording.js";
import { goldenFile, type Timed, viserFile, zstd } from "./recordings.js";
import { frameOf } from "./support.js";

const open = (file: Uint8Array, keys = {}) => Recording.open(file, zstd, 1 << 20, keys);

/** Every message with its time, read in stretches of some bytes. */
function all(recording: Recording, maxBytes: number): Timed[] {
  const messages: Timed[] = [];
  for (;;) {
    const { batches, done } = recording.read(maxBytes);
    for (const batch of batches) messages.push(...batch.messages.map((m): Timed => [batch.timeSec, m]));
    if (done) return messages;
    expect(batches.length).toBeGreaterThan(0);
  }
}

const set = (name: string, value: number) => ({ type: "Set", name, value });

describe("the files that viser writes", () => {
  for (const [name, version, loopStartSec] of [
    ["zstd.viser", "1.0.21", 0],
    ["gzip.viser", "1.0.16", 0],
    ["loop.viser", "", 0.1],
  ] as const) {
    test(name, async () => {
      const recording = await open(goldenFile(name));
      expect(recording.header.viserVersion).toBe(version);
      expect(recording.header.durationSec).toBeCloseTo(0.9);
      expect(recording.header.loopStartSec).toBe(loopStartSec);
      const messages = all(recording, 1);
      expect(messages).toHaveLength(11);
      expect(messages[0]).toEqual([0, { type: "SetOrientationMessage", name: "", wxyz: [1, 0, 0, 0] }]);
      expect(messages[9]?.[1]).toEqual({ type: "SetPositionMessage", name: "/box", position: [0, 0, 7 / 8] });
      const cloud = messages[10]?.[1] as unknown as { props: { points: Uint8Array } };
      expect(cloud.props.points.byteLength).toBe(2048);
      expect(cloud.props.points[257]).toBe(1);
    });

    test(`${name}, cut off anywhere, is no recording`, async () => {
      const file = goldenFile(name);
      for (let length = 0; length < file.byteLength; length++) {
        await expect(open(file.subarray(0, length)), `${length} bytes`).rejects.toThrow();
      }
    });
  }

  test("a changed byte never hangs, and never gives anything but maps", async () => {
    const file = goldenFile("zstd.viser");
    for (let at = 0; at < file.byteLength; at++) {
      const changed = file.slice();
      changed[at] = (changed[at] as number) ^ 0x41;
      try {
        for (const [, message] of all(await open(changed), 100)) expect(message).toBeTypeOf("object");
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        expect((error as Error).name).not.toBe("AssertionError");
      }
    }
  });
});

describe("batches", () => {
  const messages: Timed[] = [
    [0, set("a", 1)],
    [0, set("b", 2)],
    [0.5, set("a", 3)],
    [0.25, set("late", 4)], // due when the one in front of it was
    [1, set("a", 5)],
  ];

  test("are what has one time", async () => {
    const { batches, done } = (await open(viserFile(messages, 2))).read(1 << 20);
    expect(batches.map(({ timeSec, messages }) => [timeSec, messages.length])).toEqual([[0, 2], [0.5, 2], [1, 1]]);
    expect(done).toBe(true);
  });

  test("are never split, and one is read however large it is", async () => {
    const recording = await open(viserFile(messages, 2));
    expect(recording.read(1).batches.map(({ messages }) => messages.length)).toEqual([2]);
    expect(recording.read(1).batches.map(({ messages }) => messages.length)).toEqual([2]);
    expect(recording.read(1)).toMatchObject({ done: true, batches: [{ timeSec: 1 }] });
    expect(recording.read(1)).toMatchObject({ done: true, batches: [] });
  });

  test("have a buffer to give away that is not that of the file", async () => {
    const points = new Uint8Array(5000).fill(7);
    const recording = await open(viserFile([[0, { type: "Cloud", points } as AnyMessage]], 1));
    for (let round = 0; round < 2; round++) {
      const { batches, buffer } = recording.state(0);
      const { points: got } = batches[0]?.messages[0] as unknown as { points: Uint8Array };
      expect(got.buffer).toBe(buffer);
      expect([...got]).toEqual([...points]);
      got.fill(0);
    }
  });
});

describe("the state at a time", () => {
  const messages: Timed[] = [
    [0, set("a", 1)],
    [0, set("b", 2)],
    [1, { type: "Log", text: "one" } as AnyMessage],
    [1, set("a", 3)],
    [2, { type: "Log", text: "two" } as AnyMessage],
    [2, { type: "Remove", name: "b" } as AnyMessage],
    [3, set("a", 4)],
  ];
  const keys = { Set: "thing/{name}", Remove: "thing/{name}" };
  const at = async (sec: number, rules: Record<string, string>) =>
    (await open(viserFile(messages, 4), rules)).state(sec).batches[0]?.messages;

  test("without keys is everything up to then", async () => {
    expect(await at(2, {})).toEqual(messages.slice(0, 6).map(([, m]) => m));
  });

  test("with keys is the newest of each", async () => {
    expect(await at(-1, keys)).toEqual([]);
    expect(await at(0, keys)).toEqual([set("a", 1), set("b", 2)]);
    expect(await at(1.5, keys)).toEqual([set("b", 2), { type: "Log", text: "one" }, set("a", 3)]);
    expect(await at(9, keys)).toEqual([
      { type: "Log", text: "one" },
      { type: "Log", text: "two" },
      { type: "Remove", name: "b" },
      set("a", 4),
    ]);
  });

  test("is followed by what is behind it, forwards and backwards", async () => {
    const recording = await open(viserFile(messages, 4), keys);
    for (const [sec, next] of [[2, 3], [0.5, 1], [1, 2], [0, 1], [3, undefined]] as const) {
      recording.state(sec);
      expect(recording.read(1).batches[0]?.timeSec, `behind ${sec}`).toBe(next);
    }
  });
});

describe("what is no recording", () => {
  const content = encode({ durationSeconds: 1, messages: [] });
  const lying = (size: number) => new Uint8Array(frameOf(content, size));
  test.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(), "neither a .viser nor an .mcap"],
    ["text", new TextEncoder().encode("not a recording at all"), "neither a .viser nor an .mcap"],
    ["an MCAP file", new Uint8Array([0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a, 0, 0, 0, 0]), "neither a .viser nor an .mcap"],
    ["a size that is too large", lying(2 ** 40), "exceed the limit"],
    ["a size of 2^63", lying(2 ** 63), "exceed the limit"],
    ["a size that is too small", lying(content.byteLength - 1), "corrupt"],
    ["a size that is too large by one", lying(content.byteLength + 1), "corrupt"],
    ["gzip of too much", new Uint8Array(gzipSync(new Uint8Array(2 << 20))), "exceeds the limit"],
    ["an array", new Uint8Array(frameOf(encode([1]))), "a map was expected"],
    ["no messages", new Uint8Array(frameOf(encode({ durationSeconds: 1 }))), "without durationSeconds or messages"],
    ["no duration", new Uint8Array(frameOf(encode({ messages: [] }))), "without durationSeconds or messages"],
    ["messages without times", new Uint8Array(frameOf(encode({ durationSeconds: 1, messages: [{ type: "A" }] }))), "an array was expected"],
    ["a time that is no number", viserFile([["now" as unknown as number, set("a", 1)]], 1), "a number was expected"],
    ["a time that is none", viserFile([[Number.NaN, set("a", 1)]], 1), "a time that is none"],
    ["2^32-1 messages declared", new Uint8Array(frameOf(new Uint8Array([0x81, 0xa8, ...new TextEncoder().encode("messages"), 0xdd, 255, 255, 255, 255]))), "are declared"],
  ])("%s", async (_, file, reason) => {
    await expect(open(file)).rejects.toThrow(reason);
  });

  test("a message that is no map is told when it is read", async () => {
    const recording = await open(viserFile([[0, 7 as unknown as AnyMessage]], 1));
    expect(() => recording.read(1)).toThrow("message 0 of 1 is no map");
  });
});

test("every kind of value is walked over", async () => {
  const odd = {
    type: "Odd",
    nothing: null,
    yes: true,
    numbers: [0, -1, 127, 128, -33, 300, -300, 70000, -70000, 2 ** 40, -(2 ** 40), 1.5],
    texts: ["", "x".repeat(40), "y".repeat(300), "z".repeat(70000)],
    bytes: [new Uint8Array(3), new Uint8Array(300), new Uint8Array(70000)],
    arrays: [Array(20).fill(1), Array(70000).fill(2)],
    map: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`k${i}`, i])),
    time: new Date(0),
  };
  const content = encode({ more: { than: ["known"] }, durationSeconds: 1, messages: [[0, odd], [1, set("a", 1)]] });
  const file = new Uint8Array(gzipSync(content));
  const recording = await open(file);
  expect(all(recording, 1)).toEqual([[0, odd], [1, set("a", 1)]]);
});
