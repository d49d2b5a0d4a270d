import { ZSTDDecoder } from "zstddec";
import { PlaybackDesk } from "./playback-desk.js";
import type { PlaybackCommand, PlaybackReport } from "./playback-thread.js";

/** The part of DedicatedWorkerGlobalScope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<PlaybackCommand>) => void) | null;
  postMessage(report: PlaybackReport, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;
const desk = open();

scope.onmessage = ({ data: command }) => {
  desk.then(
    (opened) => opened.handle(command),
    (error: unknown) => {
      scope.postMessage({ request: command.request, kind: "failed", reason: `worker: ${String(error)}` }, []);
    },
  );
};

async function open(): Promise<PlaybackDesk> {
  const zstd = new ZSTDDecoder();
  await zstd.init();
  return new PlaybackDesk(zstd, (report, transfer) => scope.postMessage(report, transfer));
}
