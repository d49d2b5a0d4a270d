import { connect } from "scenewire";
import { Hand } from "./hand.js";
import { installHooks } from "./hooks.js";
import { recall, remember } from "./me.js";
import type { FromServer, ToServer, Viewer } from "./messages.gen.js";
import { Meter } from "./meter.js";
import { byId } from "./page.js";
import { Panel } from "./panel.js";
import { play } from "./play.js";
import { Pointers } from "./pointers.js";
import { Rewind } from "./rewind.js";
import { Stage } from "./stage.js";
import { Takes } from "./takes.js";
import { ThemeSwitch } from "./theme.js";
import { World } from "./world.js";

const me = recall();
const stage = new Stage(byId("scene") as HTMLCanvasElement);
const theme = new ThemeSwitch((theme) => stage.setTheme(theme));
const world = new World(stage.scene, stage.quality.fine);
const pointers = new Pointers(stage, byId("pointers"));
const meter = new Meter();
const client = connect<FromServer, ToServer>(location.pathname);

let self: number | undefined;
let viewers: readonly Viewer[] = [];
let maxBodies = 0;
let resets = 0;
let hasBeenOpen = false;

const panel = new Panel(me.name, {
  add: () => client.send({ type: "AddBody" }),
  remove: removeSelected,
  toggleTheme: () => theme.toggle(),
  rename(name) {
    if (name !== "") me.name = name;
    remember(me);
    sayHello();
  },
});

const hand = new Hand(stage, world, {
  dragged({ name, shown: { position, wxyz } }) {
    client.send({ type: "SetPose", name, position, wxyz }, { key: `pose/${name}` });
  },
  released: ({ name }) => client.send({ type: "Release", name }),
  pointed(at) {
    const position = at?.toArray() ?? [0, 0, 0];
    client.send({ type: "SetPointer", viewer: self ?? 0, position, visible: at !== undefined }, { key: "pointer", offline: "drop" });
  },
  selected: showBodies,
});

const rewind = new Rewind(stage, {
  changed(past) {
    document.documentElement.classList.toggle("past", past);
    world.visible = !past;
    pointers.visible = !past;
    hand.enabled = !past;
    if (past) hand.select(undefined);
    showBodies();
  },
  bodies: showBodies,
  failed: (reason) => panel.setNotice(reason),
});
const takes = new Takes({
  presentSec: () => rewind.presentSec,
  startMs: () => rewind.startMs ?? 0,
  replay: (fromSec, toSec) => rewind.replay(fromSec, toSec),
});

client.onReset(() => {
  world.clear();
  rewind.leave();
});
play(client, world, pointers, () => {
  hand.forgetRemoved();
  showBodies();
});
client.onBatch(({ wireBytes }) => meter.countWindow(wireBytes));
client.on("Welcome", (message) => {
  self = message.viewer;
  maxBodies = message.maxBodies;
  showViewers(viewers);
  showBodies();
});
client.on("Viewers", (message) => showViewers(message.viewers));
client.on("Ping", ({ sentMs }) => meter.noteEcho(performance.now() - sentMs));

client.onState((change) => {
  hasBeenOpen ||= change.state === "open";
  panel.setState(change, !hasBeenOpen);
  if (change.state !== "open") return;
  sayHello();
  void rewind.ask();
});
client.onReset(() => {
  resets++;
  self = undefined;
  hand.forgetRemoved();
  meter.forgetEchoes();
  showViewers([]);
  showBodies();
});
client.onVersionMismatch(() => panel.setNotice("The server was updated: please reload."));

function sayHello(): void {
  client.send({ type: "Hello", ...me }, { key: "hello", offline: "drop" });
}

function removeSelected(): void {
  const body = hand.selected;
  if (body !== undefined && !world.isMesh(body.name)) client.send({ type: "RemoveBody", name: body.name });
}

function showViewers(list: readonly Viewer[]): void {
  viewers = list;
  panel.setViewers(viewers, self);
}

function showBodies(): void {
  const body = hand.selected;
  const past = rewind.world;
  panel.setBodies((past ?? world).size, past === undefined ? maxBodies : 0, body !== undefined && !world.isMesh(body.name));
}

stage.canvas.addEventListener("keydown", (event) => {
  const keys: Record<string, () => void> = {
    ArrowRight: () => hand.selectNext(1),
    ArrowLeft: () => hand.selectNext(-1),
    Escape: () => hand.select(undefined),
    Delete: removeSelected,
    Backspace: removeSelected,
  };
  keys[event.key]?.();
});

let rates = meter.read();
setInterval(() => client.send({ type: "Ping", sentMs: performance.now() }, { key: "ping", offline: "drop" }), 1000);
setInterval(() => {
  rates = meter.read();
  panel.setRates(rates);
}, 500);

let lastMs = performance.now();
function frame(nowMs: number): void {
  requestAnimationFrame(frame);
  if (world.visible) world.update();
  pointers.update((nowMs - lastMs) / 1000);
  rewind.update((nowMs - lastMs) / 1000);
  takes.update();
  stage.render(nowMs);
  meter.countFrame();
  lastMs = nowMs;
}
requestAnimationFrame(frame);

installHooks({
  stage,
  world: () => rewind.world ?? world,
  pointers: () => rewind.pointers ?? pointers,
  present: () => rewind.presentSec,
  state: () => ({ pastSec: rewind.positionSec, connection: client.state, resets, viewer: self, viewers, selected: hand.selected?.name, rates }),
});
