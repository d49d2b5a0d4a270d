import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AnyMessage } from "../src/message.js";
import { Playback, type PlaybackOptions, type PlaybackSource } from "../src/playback.js";
import { FakeDesk, FakeServer, goldenFile, longMcap, type Timed, viserFile } from "./recordings.js";

const set = (name: string, value: number): AnyMessage => ({ type: "Set", name, value }) as AnyMessage;
const keys = { Set: "{name}" };

/** Ten seconds: "a" counts the seconds, "b" is set once. */
const counting: readonly Timed[] = [
  [0, set("a", 0)],
  [0, set("b", 100)],
  ...Array.from({ length: 10 }, (_, i): Timed => [i + 1, set("a", i + 1)]),
];

/** Plays, and writes down what is handed out. */
function watch(source: PlaybackSource, options: PlaybackOptions = {}) {
  const desk = new FakeDesk();
  const player = new Playback<AnyMessage>(source, { worker: () => desk as unknown as Worker, keys, ...options });
  opened.push(player);
  const heard: string[] = [];
  player.onReset(() => heard.push("reset"));
  player.onBatch(({ timestampSec, messages }) => {
    const values = messages.map((m) => `${(m as unknown as { name: string }).name}=${(m as unknown as { value: number }).value}`);
    heard.push(`${timestampSec}: ${values.join(" ")}`);
  });
  player.onError((reason) => heard.push(`error: ${reason}`));
  /** Returns what was heard since the last call. */
  const take = () => heard.splice(0);
  return { player, desk, take };
}

const opened: Playback<AnyMessage>[] = [];
const pass = (sec: number) => vi.advanceTimersByTimeAsync(sec * 1000);
const file = (messages = counting, duration = 10) => ({ file: viserFile(messages, duration) });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  for (const player of opened.splice(0)) player.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a file", () => {
  test("plays in order, each batch when its time has come, and ends", async () => {
    const { player, take } = watch(file());
    expect(player.state).toBe("loading");
    await pass(0.2);
    expect(player.state).toBe("playing");
    expect(take()).toEqual(["0: a=0 b=100"]);
    await pass(2);
    expect(take()).toEqual(["1: a=1", "2: a=2"]);
    expect(player.positionSec).toBeCloseTo(2.2, 1);
    await pass(20);
    expect(take()).toEqual([3, 4, 5, 6, 7, 8, 9, 10].map((i) => `${i}: a=${i}`));
    expect([player.state, player.positionSec, player.endSec]).toEqual(["ended", 10, 10]);
  });

  test("calls on, onAny and onBatch as a connection does", async () => {
    const { player } = watch(file());
    const order: string[] = [];
    player.onBatch(() => order.push("batch"));
    player.on("Set", () => order.push("on"));
    const stop = player.onAny(() => order.push("any"));
    await pass(0.1);
    expect(order).toEqual(["batch", "on", "any", "on", "any"]);
    stop();
    await pass(1);
    expect(order.slice(5)).toEqual(["batch", "on"]);
  });

  test("plays again from the end", async () => {
    const { player, take } = watch(file(), { atSec: 9.5 });
    await pass(1);
    expect(take()).toEqual(["9.5: b=100 a=9", "10: a=10"]);
    player.play();
    await pass(0.1);
    expect(take()).toEqual(["reset", "0: a=0 b=100"]);
    expect(player.state).toBe("playing");
  });

  test("loops, without a gap and without end", async () => {
    const { take } = watch(file(), { atSec: 9.5, loop: true });
    await pass(1.2);
    expect(take()).toEqual(["9.5: b=100 a=9", "10: a=10", "reset", "0: a=0 b=100"]);
    await pass(10);
    expect(take()).toHaveLength(12);
  });

  test("loops a part of it, once it gets there", async () => {
    const { player, take } = watch(file(), { atSec: 1.5, loop: { fromSec: 2.5, toSec: 4.5 } });
    await pass(5.2);
    expect(take()).toEqual([
      "1.5: b=100 a=1", "2: a=2", "3: a=3", "4: a=4",
      "reset", "2.5: b=100 a=2", "3: a=3", "4: a=4", "reset", "2.5: b=100 a=2",
    ]);
    await player.seek(6); // behind it
    await pass(4.3);
    expect(take().slice(-5)).toEqual(["8: a=8", "9: a=9", "10: a=10", "reset", "2.5: b=100 a=2"]);
  });

  test("of viser's old layout loops to where it says", async () => {
    const { player } = watch({ file: goldenFile("loop.viser") }, { loop: true, keys: {} });
    vi.useRealTimers(); // gunzip takes real time
    await vi.waitFor(() => expect(player.state).toBe("playing"));
    const resets = vi.fn();
    player.onReset(resets);
    await player.seek(0.85);
    await vi.waitFor(() => expect(resets).toHaveBeenCalledTimes(2));
    expect(player.positionSec).toBeGreaterThanOrEqual(0.1);
  });

  test("of duration 0 stands still", async () => {
    const { player, take } = watch(file([[0, set("a", 1)]], 0), { loop: true });
    await pass(3);
    expect(take()).toEqual(["0: a=1"]);
    expect(player.state).toBe("ended");
  });

  test("without messages ends", async () => {
    const { player, take } = watch(file([], 1));
    await pass(2);
    expect(take()).toEqual(["0: "]);
    expect(player.state).toBe("ended");
  });

  test("that is none fails with the reason, and so does a lost worker", async () => {
    const { player, take } = watch({ file: new Uint8Array(100) });
    await pass(0.1);
    expect(player.state).toBe("failed");
    expect(take()).toEqual(["error: this is neither a .viser nor an .mcap file (100 bytes)"]);
    const other = watch(file());
    other.desk.onerror?.({ message: "out of memory" });
    await pass(0.1);
    expect(other.take()).toEqual(["error: worker: out of memory"]);
  });

  test("is fetched from its address", async () => {
    const fetched = vi.fn(async (_url: string) => new Response(viserFile(counting, 10)));
    vi.stubGlobal("fetch", fetched);
    const { take } = watch({ file: "https://example.test/a.viser" });
    await pass(0.1);
    expect(take()).toEqual(["0: a=0 b=100"]);
    expect(fetched.mock.calls[0]?.[0]).toBe("https://example.test/a.viser");
  });
});

describe("time", () => {
  test("passes at the speed that is set", async () => {
    const { player, take } = watch(file(), { speed: 2 });
    await pass(1.1);
    expect(take()).toEqual(["0: a=0 b=100", "1: a=1", "2: a=2"]);
    player.speed = 0.5;
    await pass(2);
    expect(take()).toEqual(["3: a=3"]);
    expect(() => (player.speed = 0)).toThrow(RangeError);
  });

  test("stands still while it is paused", async () => {
    const { player, take } = watch(file());
    await pass(1.5);
    player.pause();
    const at = player.positionSec;
    await pass(60);
    expect([player.state, player.positionSec]).toEqual(["paused", at]);
    expect(take()).toEqual(["0: a=0 b=100", "1: a=1"]);
    player.play();
    await pass(0.6);
    expect(take()).toEqual(["2: a=2"]);
  });

  test("doesn't begin when it is to be paused", async () => {
    const { player, take } = watch(file(), { paused: true, atSec: 3 });
    await pass(60);
    expect([player.state, player.positionSec]).toEqual(["paused", 3]);
    expect(take()).toEqual(["3: b=100 a=3"]);
  });

  test("waits for handlers that take long, and skips nothing", async () => {
    const { player, take } = watch(file());
    player.onBatch(() => vi.advanceTimersByTime(100)); // 5 times as long as there is
    player.speed = 50;
    await pass(5);
    expect(take()).toEqual(["0: a=0 b=100", ...Array.from({ length: 10 }, (_, i) => `${i + 1}: a=${i + 1}`)]);
  });
});

describe("a seek", () => {
  test("hands out the state there after a reset, and goes on from it", async () => {
    const { player, take } = watch(file());
    await pass(0.5);
    await player.seek(7.5);
    expect(player.positionSec).toBeCloseTo(7.5, 3);
    await pass(0.6);
    expect(take()).toEqual(["0: a=0 b=100", "reset", "7.5: b=100 a=7", "8: a=8"]);
    await player.seek(2.2);
    await pass(1);
    expect(take()).toEqual(["reset", "2.2: b=100 a=2", "3: a=3"]);
  });

  test("shows where it goes at once, and keeps to the recording", async () => {
    const { player, take } = watch(file(), { paused: true });
    await pass(0.1);
    take();
    const done = player.seek(4);
    expect(player.positionSec).toBe(4);
    await done;
    await player.seek(99);
    await player.seek(-1);
    await player.seek(Number.NaN);
    expect(take()).toEqual([
      "reset", "4: b=100 a=4", "reset", "10: b=100 a=10", "reset", "0: a=0 b=100", "reset", "0: a=0 b=100",
    ]);
    expect(player.state).toBe("paused");
  });

  test("of many in a row shows some, and at last the last one", async () => {
    const { player, take } = watch(file(), { paused: true });
    await pass(0.1);
    take();
    const seeks = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((sec) => player.seek(sec));
    await Promise.all(seeks);
    const heard = take();
    expect(heard.at(-1)).toBe("9: b=100 a=9");
    expect(heard.length).toBeLessThan(8);
    expect(player.positionSec).toBe(9);
  });

  test("that a handler begins is carried out", async () => {
    const { player, take } = watch(file());
    player.on("Set", (message) => {
      if ((message as unknown as { value: number }).value === 2) void player.seek(8.5);
    });
    await pass(3);
    expect(take()).toEqual(["0: a=0 b=100", "1: a=1", "2: a=2", "reset", "8.5: b=100 a=8", "9: a=9"]);
  });
});

describe("a recording on a server", () => {
  const keyOf = (message: AnyMessage) => (message as unknown as { name: string }).name;
  const url = "https://example.test/recording";
  function serve(messages = counting, duration = 10, from = 0): FakeServer {
    const server = new FakeServer(messages, duration, keyOf, from);
    vi.stubGlobal("fetch", server.fetch);
    return server;
  }

  test("plays from the state that it sends, without gaps or repeats, in whatever pieces it comes", async () => {
    for (const longestSec of [Number.POSITIVE_INFINITY, 0.7, 3]) {
      serve().longestSec = longestSec;
      const { player, take } = watch({ url });
      await pass(12);
      expect(take()).toEqual(["0: a=0 b=100", ...Array.from({ length: 10 }, (_, i) => `${i + 1}: a=${i + 1}`)]);
      expect(player.state).toBe("ended");
      player.close();
    }
  });

  test("is asked for the state where it begins, then for what follows", async () => {
    const server = serve();
    const { player } = watch({ url }, { atSec: 5 });
    await pass(0.1);
    expect(server.cuts.slice(0, 2)).toEqual(["?from=5&to=5&state=1", "?from=5&to=6"]);
    const before = server.cuts.length;
    await player.seek(2);
    expect(server.cuts[before]).toBe("?from=2&to=2&state=1");
  });

  test("has its state at any time, also between two nanoseconds", async () => {
    serve();
    const { player, take } = watch({ url }, { paused: true });
    await pass(0.1);
    for (const sec of [4.27107157199, 4.271071572002235, 4.2710715719996, 4.2710715724999]) {
      take();
      await player.seek(sec);
      expect(take()[1], `${sec}`).toMatch(/: b=100 a=4$/);
    }
  });

  test("is fetched a little ahead only", async () => {
    const server = serve(counting, 1000);
    const { player } = watch({ url }, { paused: true });
    await pass(100);
    expect(player.bufferedSec).toBeGreaterThanOrEqual(2);
    expect(player.bufferedSec).toBeLessThan(30);
    expect(server.cuts.length).toBeLessThan(5);
  });

  test("isn't fetched beyond the bound of bytes", async () => {
    const big = Array.from({ length: 50 }, (_, i): Timed => [i / 10, { type: "Set", name: "x", value: i, more: "x".repeat(500) } as AnyMessage]);
    serve(big, 5);
    const { player, take } = watch({ url }, { paused: true, maxBufferBytes: 2000 });
    await pass(10);
    const before = player.bufferedSec;
    expect(before).toBeLessThan(3);
    player.play();
    await pass(6);
    expect(take()).toHaveLength(50);
    expect(player.state).toBe("ended");
  });

  test("waits for data, and says so", async () => {
    const server = serve();
    const { player, take } = watch({ url });
    await pass(0.1);
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    vi.stubGlobal("fetch", async (address: string) => {
      await gate;
      return server.fetch(address);
    });
    const changes: boolean[] = [];
    player.onState(({ waiting }) => changes.push(waiting));
    await pass(30);
    const stuckAt = player.positionSec;
    expect([player.state, player.waiting]).toEqual(["playing", true]);
    expect(stuckAt).toBeLessThan(10);
    release();
    await pass(11);
    expect(changes).toEqual([true, false, false]);
    expect(take()).toEqual(["0: a=0 b=100", ...Array.from({ length: 10 }, (_, i) => `${i + 1}: a=${i + 1}`)]);
  });

  test("that is live grows while it plays", async () => {
    const server = serve(counting.slice(0, 4), 2);
    server.live = true;
    const { player, take } = watch({ url });
    const lengths: number[] = [];
    player.onInfo(({ duration }) => lengths.push(duration));
    await pass(3.5);
    expect([player.state, player.waiting]).toEqual(["playing", true]);
    expect(take()).toEqual(["0: a=0 b=100", "1: a=1", "2: a=2"]);
    server.messages = counting;
    server.duration = 10;
    await pass(3);
    expect(take().slice(0, 2)).toEqual(["3: a=3", "4: a=4"]);
    expect(lengths[0]).toBe(2);
    expect(lengths.at(-1)).toBe(10);
    server.live = false;
    await pass(20);
    expect(player.state).toBe("ended");
  });

  test("that has forgotten its beginning begins later", async () => {
    serve(counting, 10, 4);
    const { player, take } = watch({ url });
    await pass(0.1);
    expect(take()).toEqual(["4: b=100 a=4"]);
    await player.seek(1);
    expect(player.positionSec).toBeCloseTo(4);
  });

  test("that forgets what comes next goes to where it begins then", async () => {
    const server = serve();
    server.live = true;
    const { player, take } = watch({ url }, { paused: true, aheadSec: 0.5 });
    await pass(0.5);
    take();
    server.from = 6;
    await pass(2);
    expect(player.positionSec).toBe(6);
    expect(take()).toEqual(["reset", "6: b=100 a=6"]);
  });

  test("that fails says why, and plays on when it is asked to", async () => {
    const server = serve();
    const { player, take } = watch({ url });
    await pass(0.1);
    take();
    server.broken = 503;
    await pass(20);
    expect(player.state).toBe("failed");
    const stopped = player.positionSec;
    expect(take().at(-1)).toMatch(/^error: https:.*: 503 out of order$/);
    server.broken = undefined;
    player.play();
    await pass(0.1);
    expect(player.positionSec).toBeGreaterThanOrEqual(stopped);
    expect(take()[0]).toBe("reset");
    expect(player.state).toBe("playing");
  });

  test("that isn't there at first can be asked again", async () => {
    const server = serve();
    server.broken = 404;
    const { player, take } = watch({ url });
    await pass(1);
    expect(player.state).toBe("failed");
    server.broken = undefined;
    player.play();
    await pass(0.1);
    expect(player.state).toBe("playing");
    expect(take().at(-1)).toBe("0: a=0 b=100");
  });
});

describe("an MCAP file", () => {
  const mcap = goldenFile("played.mcap");
  /** The numbers of messages, and what happened between them. */
  function listen(source: PlaybackSource, options: PlaybackOptions = {}) {
    const { player } = watch(source, options);
    const heard: unknown[] = [];
    player.onReset(() => heard.push("reset"));
    player.onBatch(({ messages, timestampSec }) => heard.push([timestampSec, messages.map((m) => (m as unknown as { n: number }).n)]));
    player.onError((reason) => heard.push(reason));
    return { player, take: () => heard.splice(0) };
  }
  const played = JSON.parse(readFileSync(new URL("../../../record/testdata/played.json", import.meta.url), "utf8")) as {
    info: { duration: number };
    batches: { at: number; messages: number[] }[];
    states: { at: number; messages: number[] }[];
  };

  test("plays from any time, with what the Go reader finds there", async () => {
    const { player, take } = listen({ file: mcap }, { paused: true });
    await pass(0.1);
    expect(player.info).toMatchObject({ name: "played", duration: played.info.duration });
    take();
    const { at, messages } = played.states[60] as { at: number; messages: number[] };
    await player.seek(at);
    player.play();
    await pass(2);
    player.pause();
    const behind = played.batches.filter((batch) => batch.at > at && batch.at <= player.positionSec);
    expect(take()).toEqual(["reset", [at, messages], ...behind.map((batch) => [batch.at, batch.messages])]);
    expect(behind.length).toBeGreaterThan(5);
  });

  test("resets at the end of its gap", async () => {
    const { player, take } = listen({ file: new Blob([mcap as Uint8Array<ArrayBuffer>]) }, { paused: true });
    vi.useRealTimers(); // a file takes real time
    await vi.waitFor(() => expect(player.state).toBe("paused"));
    await player.seek(14);
    take();
    player.speed = 20;
    player.play();
    await vi.waitFor(() => expect(player.state).toBe("ended"));
    const heard = take();
    expect(heard.filter((what) => what === "reset")).toHaveLength(1);
    const after = heard.slice(heard.indexOf("reset") + 2); // behind the state
    expect(after).toEqual(played.batches.slice(-after.length).map((batch) => [batch.at, batch.messages]));
  });

  test("that is damaged says where, and plays on", async () => {
    const broken = mcap.slice();
    broken.fill(0, 5000, 5010);
    const { player, take } = listen({ file: broken }, { speed: 50 });
    await pass(3);
    expect(player.state).toBe("ended");
    const heard = take();
    expect(heard.filter((what) => typeof what === "string")).toEqual([
      expect.stringMatching(/^at byte \d+ of the file: the chunk is damaged: /),
      "reset", // the next keyframe has what was lost
      "reset", // the gap
    ]);
    expect(heard.at(-1)).toEqual([played.batches.at(-1)?.at, played.batches.at(-1)?.messages]);
  });

  test("whose server fails for a while can be played on", async () => {
    let broken = false;
    const large = longMcap();
    vi.stubGlobal("fetch", async (_: string, { headers }: { headers: Record<string, string> }) => {
      if (broken) return new Response("out of order", { status: 503 });
      const [from, to] = (headers["Range"] as string).slice("bytes=".length).split("-").map(Number) as [number, number];
      const headersOf = { "Content-Range": `bytes ${from}-${Math.min(to, large.byteLength - 1)}/${large.byteLength}` };
      return new Response(large.slice(from, to + 1), { status: 206, headers: headersOf });
    });
    const { player, take } = listen({ file: "https://example.test/a.mcap" }, { paused: true });
    await pass(0.1);
    expect(player.state).toBe("paused");
    take();
    broken = true;
    await player.seek(23);
    expect(take()).toEqual(["https://example.test/a.mcap: 503 out of order"]);
    expect(player.state).toBe("failed");
    broken = false;
    player.play();
    await pass(0.5);
    expect(player.state).toBe("playing");
  });
});

test("after close nothing comes any more, and the worker is gone", async () => {
  const { player, desk, take } = watch(file());
  await pass(0.1);
  take();
  const seek = player.seek(5);
  player.close();
  player.close();
  player.play();
  await pass(20);
  expect([player.state, desk.terminated, take()]).toEqual(["closed", true, []]);
  void seek;
});
