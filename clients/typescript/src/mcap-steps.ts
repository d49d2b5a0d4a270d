import { Decoder } from "@msgpack/msgpack";
import { isMap } from "./envelope.js";
import type { Channels, Role } from "./mcap-channels.js";
import { Fields, Op } from "./mcap-records.js";

/** What was pushed, or is live: one message and what it claims. */
export interface Entry {
  readonly key: string;
  /** The key without which it makes no sense, or "". */
  readonly follows: string;
  /** A prefix and keys that go when it comes. */
  readonly supersedes: readonly string[];
  readonly removal: boolean;
  readonly transient: boolean;
  /** MessagePack, shared with the chunk. */
  readonly payload: Uint8Array;
}

/** One thing that happened to the scene. */
export interface Step {
  readonly kind: string;
  /** In nanoseconds since 1970. */
  readonly time: bigint;
  /** The log's sequence of the next push, for keyframes; else that of the first entry. */
  readonly seq: number;
  /** How far each entry's sequence is above the least that it can have. */
  readonly gaps: readonly number[];
  readonly entries: readonly Entry[];
  /** Sequences that were removed by hand. */
  readonly removed: readonly number[];
}

const decoder = new Decoder();

/** Which channels the payloads of a kind of step are on. */
const payloadRoles: Readonly<Record<string, Role | "">> = {
  push: "push", keyframe: "state", receive: "in", remove: "", gap: "", connect: "", disconnect: "",
};

/** Reads the steps of a chunk's records behind a time. Throws where there are none. */
export function* readSteps(records: Uint8Array, channels: Channels, after: bigint): Generator<Step> {
  const fields = new Fields(records);
  while (fields.left > 0) {
    const { op, content } = fields.record();
    if (op === Op.channel) channels.learn(new Fields(content));
    if (op !== Op.message) continue;
    const head = readMessage(content);
    if (!["step", "keyframe", "gap"].includes(channels.roleOf(head.channel))) {
      throw new Error(`a message without the head of a step: its channel is ${head.channel}`);
    }
    const step = readStep(head, fields, channels);
    if (step.time > after) yield step;
  }
}

interface Message {
  readonly channel: number;
  readonly time: bigint;
  readonly data: Uint8Array;
}

function readMessage(content: Uint8Array): Message {
  const fields = new Fields(content);
  const channel = fields.uint16();
  fields.uint32();
  const time = fields.nanos();
  fields.nanos();
  return { channel, time, data: fields.take(fields.left) };
}

/** What a head may have; the documentation of package record says what it is. */
interface Head {
  readonly kind: string;
  readonly entries: number;
  readonly seq: number;
  readonly seqs?: readonly number[];
  readonly keys?: readonly string[];
  readonly follows?: Readonly<Record<number, string>>;
  readonly supersedes?: Readonly<Record<number, readonly string[]>>;
  readonly removal?: Readonly<Record<number, boolean>>;
  readonly transient?: Readonly<Record<number, boolean>>;
  readonly removed?: readonly number[];
}

function readHead(data: Uint8Array): Head {
  const value = decoder.decode(data);
  const head = value as unknown as Head;
  if (!isMap(value) || payloadRoles[head.kind] === undefined || !(head.entries >= 0)) {
    throw new Error("a step's head isn't what it should be");
  }
  if (head.keys !== undefined && head.keys.length !== head.entries) {
    throw new Error(`a step with ${head.keys.length} keys of ${head.entries} messages`);
  }
  return head;
}

function readStep({ time, data }: Message, fields: Fields, channels: Channels): Step {
  const head = readHead(data);
  const entries: Entry[] = [];
  for (let i = 0; i < head.entries; i++) {
    const { op, content } = fields.record();
    const message = op === Op.message ? readMessage(content) : undefined;
    if (message?.time !== time || channels.roleOf(message.channel) !== payloadRoles[head.kind]) {
      throw new Error(`a step "${head.kind}" without the messages that belong to it`);
    }
    entries.push({
      key: head.keys?.[i] ?? "",
      follows: head.follows?.[i] ?? "",
      supersedes: head.supersedes?.[i] ?? [],
      removal: head.removal?.[i] ?? false,
      transient: head.transient?.[i] ?? false,
      payload: message.data,
    });
  }
  return { kind: head.kind, time, seq: head.seq, gaps: head.seqs ?? [], entries, removed: head.removed ?? [] };
}
