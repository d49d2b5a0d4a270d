import type { McapIndex } from "./mcap-index.js";
import type { RecordingInfo } from "./playback-source.js";

/** In so many equal parts of the time messages are counted. */
const densityParts = 240;

/** Times of a recording as seconds from its beginning. */
export class McapTimes {
  /** When it began, in nanoseconds since 1970: not behind its first step. */
  readonly origin: bigint;

  constructor(index: McapIndex) {
    const first = index.chunks[0]?.start;
    const said = parseTime(index.metadata.get("start") ?? "");
    this.origin = first !== undefined && (said === undefined || said > first) ? first : (said ?? 0n);
  }

  seconds(time: bigint): number {
    return Number(time - this.origin) / 1e9;
  }

  /** The inverse of {@link seconds}, to the nanosecond. */
  at(sec: number): bigint {
    return this.origin + BigInt(Math.round(Math.min(Math.max(sec, -9e9), 9e9) * 1e9));
  }
}

/** Reads a time as RFC 3339 has it, in nanoseconds since 1970. */
function parseTime(text: string): bigint | undefined {
  const found = /^(.*T[\d:]{8})(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  const ms = Date.parse(`${found?.[1]}${found?.[3]}`);
  return Number.isNaN(ms) ? undefined : BigInt(ms) * 1_000_000n + BigInt((found?.[2] ?? "").padEnd(9, "0"));
}

/** Returns what a server's `info.json` would say of a file. */
export function infoOf(index: McapIndex, times: McapTimes, bytes: number): RecordingInfo {
  const { chunks, metadata } = index;
  const last = chunks.at(-1);
  const duration = last === undefined ? 0 : times.seconds(last.end);
  return {
    start: new Date(Number(times.origin / 1_000_000n)).toISOString(),
    duration,
    bytes,
    types: typesOf(index),
    gaps: gapsOf(index, times, duration),
    density: densityOf(index, times, duration),
    ...optional("name", metadata.get("name")),
    ...optional("viserVersion", metadata.get("viserVersion")),
    ...optional("damage", index.damage),
  };
}

function optional<K extends string>(key: K, value: string | undefined): { [_ in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [_ in K]?: string };
}

function typesOf({ counts, channels }: McapIndex): Record<string, number> {
  const types: Record<string, number> = {};
  for (const [channel, messages] of counts) {
    const name = channels.nameOf(channel);
    if (name !== undefined && messages > 0) types[name] = (types[name] ?? 0) + messages;
  }
  return types;
}

/** A gap ends its chunk, and the keyframe behind it shows what it led to. */
function gapsOf({ chunks }: McapIndex, times: McapTimes, duration: number): { from: number; to: number }[] {
  return chunks.flatMap(({ gap, end }, i) => {
    if (!gap) return [];
    const behind = chunks.slice(i + 1).find(({ keyframe }) => keyframe);
    return [{ from: times.seconds(end), to: behind === undefined ? duration : times.seconds(behind.start) }];
  });
}

/** Spreads the messages of each chunk over its time. Those of keyframes were there before. */
function densityOf({ chunks }: McapIndex, times: McapTimes, duration: number): number[] {
  const counts = new Array<number>(densityParts).fill(0);
  const part = (time: bigint) =>
    duration > 0 ? Math.min(Math.max(Math.trunc((times.seconds(time) / duration) * densityParts), 0), densityParts - 1) : 0;
  for (const { start, end, messages, keyframe } of chunks) {
    if (keyframe) continue;
    const [first, last] = [part(start), part(end)];
    for (let i = first; i <= last; i++) counts[i] = (counts[i] as number) + messages / (last - first + 1);
  }
  return counts.map((count) => Math.round(count));
}
