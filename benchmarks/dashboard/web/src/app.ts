import { forgetPalette } from "./palette.js";
import { byId } from "playground/page.js";
import { ThemeSwitch } from "playground/theme.js";
import { AdminButton } from "./admin.js";
import { Board } from "./board.js";
import { ClientTable } from "./clients.js";
import { HistoryPage } from "./history.js";
import { HotKeyTable } from "./keys.js";
import { Marks } from "./marks.js";
import type { Welcome } from "./messages.gen.js";
import { Session } from "./session.js";
import { StateLine } from "./state.js";
import { Tiles } from "./tiles.js";
import { TotalsList } from "./totals.js";

const session = new Session((rights) => {
  admin.setRights(rights);
  clients.setRights(rights);
});
const { client } = session;
const stateLine = new StateLine();
const tiles = new Tiles(byId("tiles"));
const marks = new Marks(byId("events"), byId("events-count"));
const totals = new TotalsList(byId("totals"));
const clients = new ClientTable(byId("clients"), byId("clients-count"), session);
const keys = new HotKeyTable(byId("keys"), byId("keys-count"), session);
const history = new HistoryPage(byId("history"), () => session.askHistory());
const admin = new AdminButton(byId("admin") as HTMLButtonElement, session);
const theme = new ThemeSwitch(recolor);

let board: Board | undefined;
let described = "";
let spanSec = 60;

client.onReset(() => {
  board?.samples.clear();
  marks.clear();
  stateLine.forget();
});
client.on("Welcome", welcomed);
client.on("Sample", (sample) => {
  board?.samples.add(sample);
  stateLine.sampled();
});
client.on("Mark", (mark) => marks.add(mark));
client.on("Totals", (message) => totals.set(message));
client.on("Joins", (joins) => board?.setJoins(joins));
client.on("Rows", (rows) => clients.setRows(rows));
client.on("HotKeys", (message) => keys.set(message));
client.on("History", (message) => history.set(message));
client.onBatch(() => board?.paused === false && board.changed());
client.onState((change) => {
  stateLine.setState(change);
  if (change.state === "open") history.connected();
});
client.onRefused(({ reason }) => stateLine.refuse(reason));
client.onVersionMismatch(() => stateLine.refuse("The server was updated: please reload."));

/** Lays out the charts, anew if another dashboard answers. */
function welcomed(welcome: Welcome): void {
  stateLine.setWelcome(welcome);
  clients.setWelcome(welcome);
  const description = JSON.stringify(welcome, (_, value) => (value instanceof Uint8Array ? [...value] : value));
  if (description === described) return;
  described = description;
  board?.destroy();
  board = new Board(byId("board"), welcome, marks, spanSec, ask);
  tiles.setSeries(welcome.series);
  setPaused(false);
}

function setPaused(paused: boolean): void {
  if (board === undefined) return;
  board.paused = paused;
  const button = byId("pause");
  button.setAttribute("aria-pressed", String(paused));
  button.textContent = paused ? "Resume view" : "Pause view";
  document.documentElement.classList.toggle("held", paused);
}

function setSpan(minutes: number): void {
  spanSec = minutes * 60;
  if (board !== undefined) board.spanSec = spanSec;
  for (const button of byId("spans").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.minutes === String(minutes)));
  }
}

function recolor(): void {
  forgetPalette();
  board?.recolor();
  marks?.show(true);
  history?.recolor();
}

/** Shows the page that the address names. */
function route(): void {
  const past = location.hash === "#history";
  byId("live").hidden = past;
  byId("history").hidden = !past;
  document.documentElement.dataset.page = past ? "history" : "live";
  byId(past ? "to-history" : "to-live").setAttribute("aria-current", "page");
  byId(past ? "to-live" : "to-history").removeAttribute("aria-current");
  if (past) history.shown();
  board?.changed();
}

byId("theme").addEventListener("click", () => theme.toggle());
byId("pause").addEventListener("click", () => setPaused(board?.paused === false));
byId("spans").addEventListener("click", ({ target }) => {
  const { minutes } = (target as HTMLElement).dataset;
  if (minutes !== undefined) setSpan(Number(minutes));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || (event.target as HTMLElement).closest("input, select, button, textarea, dialog, a, [tabindex]")) return;
  event.preventDefault();
  setPaused(board?.paused === false);
});
window.addEventListener("hashchange", route);
window.addEventListener("resize", () => board?.changed());
route();

let asked = false;

/** Asks for a frame. There are none while the page is hidden, so nothing is drawn then. */
function ask(): void {
  if (asked) return;
  asked = true;
  requestAnimationFrame(frame);
}

function frame(): void {
  asked = false;
  stateLine.show();
  if (document.documentElement.dataset.page !== "live") return;
  if (board?.draw() === true) tiles.draw(board.view);
  marks.show();
}

// Silence is seen by the clock.
setInterval(ask, 500);

declare global {
  interface Window {
    /** What browser tests use. */
    __dashboard?: { readonly session: Session; readonly board: () => Board | undefined; readonly marks: Marks };
  }
}
window.__dashboard = { session, board: () => board, marks };
