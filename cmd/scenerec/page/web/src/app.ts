import { type AnyMessage, type Playback, playback, type PlaybackChange, type RecordingInfo } from "scenewire/playback";
import type { FromServer } from "playground/messages.gen.js";
import { byId } from "playground/page.js";
import { ThemeSwitch } from "playground/theme.js";
import { clockText, Timeline } from "playground/timeline.js";
import { Density } from "./density.js";
import { embedded } from "./embedded.js";
import { bytesText, countText } from "./format.js";
import { Inspector } from "./inspector.js";
import { Scene } from "./scene.js";

// A page that carries no recording is beside one on its server, or is told of a file.
const file = new URLSearchParams(location.search).get("file");
const player = playback<AnyMessage>(embedded() ?? (file === null ? { url: "recording/" } : { file }), { loop: false });
const inspector = new Inspector(player);
const scene = new Scene(player as Playback<AnyMessage> as unknown as Playback<FromServer>);
const theme = new ThemeSwitch((theme) => scene.setTheme(theme));

const timeline = new Timeline(byId("timeline"), {
  seek: (sec) => void player.seek(sec),
  toggle,
  speed: (speed) => (player.speed = speed),
  loop: (on) => (player.loop = on),
});
const density = new Density(timeline.track);

player.onInfo((info) => {
  density.setInfo(info);
  showInfo(info);
  showTimeline(); // its keys go by what it shows, and the next frame may be long in coming
});
player.onReset(() => density.restart());
player.onBatch(({ messages, timestampSec }) => density.add(timestampSec, messages.length));
player.onState(showState);
player.onError((reason) => {
  if (player.state !== "failed") notify(`${reason}. What is behind it is played.`);
});
byId("theme").addEventListener("click", () => theme.toggle());

function toggle(): void {
  if (player.state === "playing") player.pause();
  else player.play();
}

function showInfo({ name, start, duration, bytes, types, live, viserVersion }: RecordingInfo): void {
  const title = name || "Recording";
  byId("name").textContent = document.title = title;
  const messages = types === undefined ? 0 : Object.values(types).reduce((sum, count) => sum + count, 0);
  const facts: [string, string][] = [["length", live === true ? `${clockText(duration, 0)}, growing` : clockText(duration)]];
  // A .viser file doesn't know when it was recorded: its times begin in 1970.
  if (start && Date.parse(start) > 0) facts.unshift(["began", new Date(start).toLocaleString()]);
  if (messages > 0) facts.push(["messages", countText(messages)]);
  if (bytes !== undefined) facts.push(["size", bytesText(bytes)]);
  if (viserVersion) facts.push(["viser", viserVersion]);
  byId("facts").replaceChildren(...facts.map(([term, text]) => fact(term, text)));
}

function fact(term: string, text: string): HTMLElement {
  const [box, dt, dd] = [document.createElement("div"), document.createElement("dt"), document.createElement("dd")];
  dt.textContent = term;
  dd.textContent = text;
  box.append(dt, dd);
  return box;
}

const stateTexts = {
  loading: "Loading…",
  playing: "Playing",
  paused: "Paused",
  ended: "At the end",
  failed: "Failed",
  closed: "Closed",
};

function showState({ state, waiting, reason }: PlaybackChange): void {
  byId("state").textContent = waiting && state === "playing" ? "Loading…" : stateTexts[state];
  document.documentElement.dataset.state = state;
  byId("notice").hidden = state !== "failed";
  if (state === "failed") notify(`${reason}. Press play to try again.`);
}

function notify(text: string): void {
  byId("notice").hidden = false;
  byId("notice").textContent = text;
}

/** Keys for the whole page, where the focus isn't on something with keys of its own. */
document.addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, button, summary")) return;
  const keys: Record<string, () => void> = {
    " ": toggle,
    k: toggle,
    ArrowLeft: () => void player.seek(player.positionSec - 5),
    ArrowRight: () => void player.seek(player.positionSec + 5),
    Home: () => void player.seek(player.beginSec),
    End: () => void player.seek(player.endSec),
    l: () => (player.loop = player.loop === false),
    "<": () => timeline.changeSpeed(-1),
    ">": () => timeline.changeSpeed(1),
  };
  const act = keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});

function frame(nowMs: number): void {
  requestAnimationFrame(frame);
  scene.draw(nowMs);
  density.draw();
  showTimeline();
}
requestAnimationFrame(frame);

function showTimeline(): void {
  timeline.show({
    beginSec: player.beginSec,
    endSec: player.endSec,
    positionSec: player.positionSec,
    playing: player.state === "playing",
    waiting: player.waiting,
    loop: player.loop === false ? undefined : { fromSec: player.beginSec, toSec: player.endSec },
    nowText: clockText(player.positionSec),
    endText: clockText(player.endSec),
  });
}

declare global {
  interface Window {
    /** What browser tests use. */
    __player?: { readonly player: Playback<AnyMessage>; readonly inspector: Inspector; readonly scene: Scene };
  }
}
window.__player = { player, inspector, scene };
