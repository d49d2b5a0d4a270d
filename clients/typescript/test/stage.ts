import type { Position } from "../src/bookmark.js";
import { WindowDecoder } from "../src/envelope.js";
import { Link } from "../src/link.js";
import type { LinkSettings, Report } from "../src/thread.js";
import { FakeSocket, readyZstd, settings, windowFrame } from "./support.js";

const zstd = await readyZstd();

/** A link with what it reported; the test plays the server and the page. */
export class Stage {
  readonly reports: Report[] = [];
  readonly link: Link;

  constructor(changes: Partial<LinkSettings> = {}, hidden = false, position?: Position) {
    const options = settings(changes);
    const decoder = new WindowDecoder(zstd, options.maxWindowBytes);
    this.link = new Link(options, decoder, (report) => this.reports.push(report), hidden, position);
    this.link.dial();
  }

  /** The reports so far, each as one word, without changes of the connection. */
  get story(): string[] {
    return this.reports.flatMap((report) => {
      if (report.kind === "window") return report.window.messages.map(({ type, ...rest }) => [type, ...Object.values(rest)].join(" ")).join("+");
      return report.kind === "state" ? [] : report.kind;
    });
  }

  /** The position of the last window. */
  get position(): Position | undefined {
    return this.reports.flatMap((report) => (report.kind === "window" ? report.position : [])).at(-1);
  }

  /** What the last handshake asked for. */
  get offer(): string | undefined {
    return FakeSocket.last.protocols.at(-1);
  }

  hide(hidden: boolean): void {
    this.link.handle({ kind: "hide", hidden });
  }
}

/** The server broadcasts: `seq` is the sequence behind it. */
export function broadcast(seq: number, messages: readonly object[], head: object = {}): void {
  FakeSocket.last.receive(windowFrame(messages, 1, { epoch: 1, seq, ...head }));
}

/** The server sends to this client alone: `own` such messages so far. */
export function whisper(own: number, messages: readonly object[]): void {
  FakeSocket.last.receive(windowFrame(messages, 1, { own }));
}
