import { ZSTDDecoder } from "zstddec";
import { WindowDecoder } from "./envelope.js";
import { Link } from "./link.js";
import type { Command, Report, Reporter } from "./thread.js";

/** The part of DedicatedWorkerGlobalScope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Command>) => void) | null;
  postMessage(report: Report, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;

// Commands that come while WebAssembly is being compiled wait in `link`, in
// order: the link dials only once frames can be decoded synchronously.
let link: Promise<Link> | undefined;

scope.onmessage = ({ data: command }) => {
  if (command.kind !== "open") {
    void link?.then((opened) => opened.handle(command), () => {});
    return;
  }
  link = open(command);
  link.catch(failed);
};

async function open({ settings, hidden, position }: Extract<Command, { kind: "open" }>): Promise<Link> {
  const zstd = new ZSTDDecoder();
  await zstd.init();
  const decoder = new WindowDecoder(zstd, settings.maxWindowBytes);
  const report: Reporter = (report, transfer) => scope.postMessage(report, transfer);
  const link = new Link(settings, decoder, report, hidden, position);
  link.dial();
  return link;
}

/** Nothing can be decoded, or the address is none: trying again would not help. */
function failed(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  scope.postMessage({ kind: "error", reason }, []);
  scope.postMessage({ kind: "state", change: { state: "closed", reason } }, []);
}
