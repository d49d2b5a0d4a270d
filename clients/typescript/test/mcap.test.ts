import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { ByteSource, openBytes } from "../src/byte-source.js";
import { McapRecording } from "../src/mcap-recording.js";
import { crc32 } from "../src/mcap-records.js";
import type { RecordedBatch, Stretch } from "../src/recording.js";
import { chunksOf, goldenFile, longMcap, zstd } from "./recordings.js";

/** What the Go reader finds in played.mcap; record/played_test.go writes both. */
const played = JSON.parse(readFileSync(new URL("../../../record/testdata/played.json", import.meta.url), "utf8")) as {
  info: Record<string, unknown> & { gaps: { from: number; to: number }[]; density: number[]; duration: number };
  batches: { at: number; messages: number[] }[];
  states: { at: number; messages: number[] }[];
};
const file = goldenFile("played.mcap");

async function open(bytes: Uint8Array, maxBytes = 1 << 24): Promise<McapRecording> {
  return McapRecording.open(await openBytes(bytes, maxBytes), zstd, maxBytes);
}

const numbersOf = ({ messages }: RecordedBatch) => messages.map((m) => (m as unknown as { n: number }).n);

/** Everything that is read from here on. */
async function rest(recording: McapRecording): Promise<{ batches: RecordedBatch[]; damage: string[] }> {
  const batches: RecordedBatch[] = [];
  const damage: string[] = [];
  for (let done = false; !done; ) {
    const stretch: Stretch = await recording.read();
    batches.push(...stretch.batches);
    damage.push(...(stretch.damage ?? []));
    done = stretch.done;
  }
  return { batches, damage };
}

const pushed = (batches: readonly RecordedBatch[]) =>
  batches.filter(({ resets }) => !resets).map((batch) => ({ at: batch.timeSec, messages: numbersOf(batch) }));

/** The file as a capture leaves it that is killed. */
function cutBehind(chunk: number): Uint8Array {
  const { at, length } = chunksOf(file).at(chunk) as { at: number; length: number };
  return file.slice(0, at + length + 20); // in the middle of a message index
}

describe("a file of the Go writer", () => {
  test("says of itself what the server says of it", async () => {
    const { info, bytes, header } = await open(file);
    const { gaps, density, start, files, ...same } = played.info;
    expect(info).toMatchObject(same);
    expect(header).toEqual({ durationSec: played.info.duration, loopStartSec: 0, viserVersion: "1.0.24" });
    expect(bytes).toBe(file.byteLength);
    expect(info.damage).toBeUndefined();
    expect(Date.parse(info.start as string)).toBe(Date.parse(start as string));
    expect(info.gaps?.[0]?.from).toBeCloseTo(gaps[0]?.from as number, 6);
    expect(info.gaps?.[0]?.to).toBeCloseTo(gaps[0]?.to as number, 0);
    for (const [i, count] of density.entries()) expect(Math.abs((info.density?.[i] ?? -9) - count)).toBeLessThan(2);
  });

  test("has the batches that the Go reader finds", async () => {
    const { batches, damage } = await rest(await open(file));
    expect(pushed(batches)).toEqual(played.batches);
    expect(damage).toEqual([]);
  });

  test("has the state that the Go reader finds, at every time", async () => {
    const recording = await open(file);
    for (const { at, messages } of played.states) {
      const { batches, damage } = await recording.state(at);
      expect([at, numbersOf(batches[0] as RecordedBatch)]).toEqual([at, messages]);
      expect(damage).toEqual([]);
    }
    expect(Math.max(...played.states.map(({ messages }) => messages.length))).toBeGreaterThan(20);
  });

  test("is followed by what is behind the state, wherever that was", async () => {
    const recording = await open(file);
    for (const sec of [20.3, 0, 7.77, 14.5, 24.4]) {
      await recording.state(sec);
      const { batches } = await rest(recording);
      expect(pushed(batches)).toEqual(played.batches.filter(({ at }) => at > sec));
    }
    const first = played.batches[7] as { at: number; messages: number[] };
    await recording.state(first.at);
    expect(pushed((await rest(recording)).batches)[0]).toEqual(played.batches[8]);
  });

  test("resets behind its gap, with the state there", async () => {
    const recording = await open(file);
    for (const from of [0, 10, 15]) { // before it, and inside
      await recording.state(from);
      const { batches } = await rest(recording);
      const resets = batches.filter(({ resets }) => resets);
      expect(resets).toHaveLength(1);
      const { timeSec } = resets[0] as RecordedBatch;
      expect(timeSec).toBeGreaterThan(played.info.gaps[0]?.to as number);
      const { batches: state } = await recording.state(timeSec);
      expect(numbersOf(resets[0] as RecordedBatch)).toEqual(numbersOf(state[0] as RecordedBatch));
    }
    await recording.state(20);
    expect((await rest(recording)).batches.some(({ resets }) => resets)).toBe(false);
  });

  test("has every kind of step, not compressed", async () => {
    const recording = await open(goldenFile("layout.mcap"));
    expect(recording.info).toMatchObject({ name: "golden", viserVersion: "1.0.24", types: { Thing: 4, All: 1, Gone: 1, Flash: 1 } });
    const sizes = async (sec: number) =>
      (await recording.state(sec)).batches[0]?.messages.map((m) => (m as unknown as { body: Uint8Array }).body.byteLength);
    expect(await sizes(0.05)).toEqual([2, 5]);
    expect(await sizes(0.1)).toEqual([5, 7, 8]);
    expect(await sizes(0.25)).toEqual([5, 11, 8, 20]);
  });
});

describe("a file without a summary", () => {
  test("is scanned, and has the same", async () => {
    const whole = cutBehind(-1);
    const recording = await open(whole);
    expect(recording.info.damage).toMatch(/^at byte \d+ of the file: /);
    expect(recording.info).toMatchObject({ duration: played.info.duration, name: "played" });
    expect(pushed((await rest(recording)).batches)).toEqual(played.batches);
    const { at, messages } = played.states.at(-20) as { at: number; messages: number[] };
    expect(numbersOf((await recording.state(at)).batches[0] as RecordedBatch)).toEqual(messages);
  });

  test("has all of its whole chunks, wherever it ends", async () => {
    let before = 0;
    for (let size = 1500; size < file.byteLength; size += 911) {
      const recording = await open(file.slice(0, size));
      const { batches, damage } = await rest(recording);
      expect(pushed(batches)).toEqual(played.batches.slice(0, pushed(batches).length));
      expect(damage).toEqual([]);
      expect(batches.length).toBeGreaterThanOrEqual(before);
      before = batches.length;
    }
    expect(before).toBeGreaterThan(100);
  });

  test("that has nothing yet is empty", async () => {
    const recording = await open(file.slice(0, (chunksOf(file)[0] as { at: number }).at));
    expect(recording.header.durationSec).toBe(0);
    expect((await recording.state(0)).batches[0]?.messages).toEqual([]);
    expect((await rest(recording)).batches).toEqual([]);
  });
});

describe("damage", () => {
  test("of a chunk is told with its place, and what is behind it is played", async () => {
    const { at, length } = chunksOf(file)[2] as { at: number; length: number };
    const broken = file.slice();
    broken[at + length - 10] = (broken[at + length - 10] as number) ^ 0x55;
    const recording = await open(broken);
    const { batches, damage } = await rest(recording);
    expect(damage).toHaveLength(1);
    expect(damage[0]).toMatch(new RegExp(`^at byte ${at} of the file: the chunk is damaged: `));
    const got = pushed(batches).map(({ at }) => at);
    expect(got.length).toBeLessThan(played.batches.length);
    expect(got).toEqual(played.batches.map(({ at }) => at).filter((at) => got.includes(at)));
    // The state is right again from the next keyframe on.
    const [repaired] = batches.filter(({ resets }) => resets);
    const { batches: state } = await (await open(file)).state(repaired?.timeSec as number);
    expect(numbersOf(repaired as RecordedBatch)).toEqual(numbersOf(state[0] as RecordedBatch));
  });

  test("of a keyframe costs nothing but time", async () => {
    const { at } = chunksOf(file).at(-4) as { at: number };
    const recording = await open(file);
    for (const { at: from } of chunksOf(file)) {
      const broken = file.slice();
      broken[from + 60] = (broken[from + 60] as number) ^ 1;
      const other = await open(broken);
      const { batches, damage } = await other.state(played.info.duration);
      const { batches: whole } = await recording.state(played.info.duration);
      if ((damage?.length ?? 0) === 0 || from > at) expect(damage).toBeDefined();
      if (damage?.length === 0) expect(numbersOf(batches[0] as RecordedBatch)).toEqual(numbersOf(whole[0] as RecordedBatch));
    }
  });

  test("of any byte never hangs, and gives nothing that wasn't there", async () => {
    const known = new Set(played.batches.map(({ messages }) => messages.join()));
    for (let at = 8; at < file.byteLength; at += 389) {
      const broken = file.slice();
      broken[at] = (broken[at] as number) ^ 0x41;
      try {
        const got = pushed((await rest(await open(broken))).batches);
        expect(got.filter(({ messages }) => !known.has(messages.join()))).toEqual([]);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        expect((error as Error).name).not.toBe("AssertionError");
      }
    }
  });

  test("isn't what it takes to go beyond the bounds", async () => {
    const large = await open(goldenFile("layout.mcap").slice(0, 2600), 300); // without its index
    await expect(open(file, 1000)).rejects.toThrow(/^an index of \d+ bytes exceeds the limit of 1000$/);
    expect((await rest(large)).damage[0]).toMatch(/^at byte \d+ of the file: a chunk of \d+ bytes exceeds the limit of 300$/);
  });

  test("isn't another tool's file, which is refused", async () => {
    const foreign = file.slice();
    foreign[8 + 9 + 4] = 0x53;
    await expect(open(foreign)).rejects.toThrow('an MCAP file of profile "Scenewire"');
  });
});

describe("a file on a static server", () => {
  /** Answers ranges as such servers do, and counts the bytes. */
  function serve(content: Uint8Array, ranges = true) {
    const asked: string[] = [];
    let sent = 0;
    vi.stubGlobal("fetch", async (_: string, { headers = {} }: { headers?: Record<string, string> } = {}) => {
      const range = /^bytes=(\d+)-(\d+)$/.exec(headers["Range"] ?? "");
      asked.push(headers["Range"] ?? "");
      if (range === null || !ranges) return new Response(content.slice(), { headers: { "Content-Length": `${content.byteLength}` } });
      const [from, to] = [Number(range[1]), Math.min(content.byteLength - 1, Number(range[2]))];
      const body = content.slice(from, to + 1);
      sent += body.byteLength;
      return new Response(body, { status: 206, headers: { "Content-Range": `bytes ${from}-${to}/${content.byteLength}` } });
    });
    return { asked, sent: () => sent };
  }
  const url = "https://example.test/a.mcap";

  test("is read by ranges, of which a seek takes a keyframe and its tail", async () => {
    const long = longMcap();
    const { asked, sent } = serve(long);
    const recording = await McapRecording.open(await openBytes(url, 1 << 24), zstd, 1 << 24);
    const { at, messages } = played.states[30] as { at: number; messages: number[] };
    expect(numbersOf((await recording.state(at)).batches[0] as RecordedBatch)).toEqual(messages);
    expect(asked.every((range) => range !== "")).toBe(true);
    expect(sent()).toBeLessThan(long.byteLength / 3);
    vi.unstubAllGlobals();
  });

  test("that knows no ranges is loaded whole, up to the bound", async () => {
    serve(file, false);
    const source = await openBytes(url, file.byteLength);
    expect(source.size).toBe(file.byteLength);
    await expect(openBytes(url, file.byteLength - 1)).rejects.toThrow(
      `${url}: the server doesn't answer range requests, and the whole file has more than ${file.byteLength - 1} bytes`,
    );
    vi.unstubAllGlobals();
  });

  test("that changes is an error", async () => {
    const { asked } = serve(new Uint8Array(200_000));
    const source = await openBytes(url, 1 << 20);
    expect((await source.read(150_000, 10)).byteLength).toBe(10);
    serve(new Uint8Array(1000), false);
    await expect(source.read(100_000, 10)).rejects.toThrow("instead of bytes 100000 to 100010 there came the whole file");
    expect(asked).toEqual(["bytes=0-65535", "bytes=150000-150009"]);
    vi.unstubAllGlobals();
  });
});

test("bytes that are there aren't fetched again", async () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
  const fetched: string[] = [];
  const source = new ByteSource(1000, bytes.subarray(0, 100), async (from, to) => {
    fetched.push(`${from}-${to}`);
    return bytes.slice(from, to);
  });
  for (const [from, size, ahead] of [[0, 100, 0], [90, 30, 200], [250, 40, 0], [285, 10, 0], [990, 50, 0], [2, 3, 0]] as const) {
    expect([...(await source.read(from, size, ahead))]).toEqual([...bytes.slice(from, from + size)]);
  }
  expect(fetched).toEqual(["100-290", "290-295", "990-1000", "2-5"]);
});

test("the checksum is that of everybody", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});
