import type { ConnectionState } from "scenewire";
import type { Pose } from "./poses.js";
import type { Vector, Viewer } from "./messages.gen.js";
import type { Rates } from "./meter.js";
import type { Pointers } from "./pointers.js";
import { project, type Stage } from "./stage.js";
import type { World } from "./world.js";

/** What the page itself knows. */
interface PageState {
  /** Where the connection stands, and how often another one replaced it. */
  readonly connection: ConnectionState;
  readonly resets: number;
  /** The time of the recording that is shown; undefined in the present. */
  readonly pastSec: number | undefined;
  /** This page's own viewer; undefined before the server's welcome. */
  readonly viewer: number | undefined;
  readonly viewers: readonly Viewer[];
  readonly selected: string | undefined;
  readonly rates: Rates;
}

/** One body as the page knows it: the newest pose, not the one in between that is drawn. */
interface BodyState extends Pose {
  readonly held: boolean;
}

/** Everything a test wants to see, as plain data. */
interface Snapshot extends PageState {
  readonly bodies: Readonly<Record<string, BodyState>>;
  readonly pointers: readonly { viewer: number; position: Vector }[];
}

/** What browser tests use, as `window.__scenewire`. */
export interface Hooks {
  /** Returns the page's state. */
  snapshot(): Snapshot;
  /** Returns the present, in seconds of the recording. */
  present(): number;
  /** Returns where a body is drawn, in CSS pixels of the window; null if it is not in view. */
  screen(name: string): { x: number; y: number } | null;
}

declare global {
  interface Window {
    __scenewire?: Hooks;
  }
}

/** Gives tests their hooks. */
export function installHooks(page: {
  readonly stage: Stage;
  readonly world: () => World;
  readonly pointers: () => Pointers;
  readonly present: () => number;
  readonly state: () => PageState;
}): void {
  const { stage, world, pointers, present, state } = page;
  window.__scenewire = {
    snapshot: () => ({ ...state(), bodies: bodies(world()), pointers: pointers().snapshot() }),
    present,
    screen(name) {
      const body = world().find(name);
      return (body?.isPlaced && project(stage, body.shown.position)) || null;
    },
  };
}

function bodies(world: World): Record<string, BodyState> {
  const states: Record<string, BodyState> = {};
  for (const { name, held, shown, track } of world.bodies()) {
    const { position, wxyz } = (held ? undefined : track.newest) ?? shown;
    states[name] = { position: [...position], wxyz: [...wxyz], held };
  }
  return states;
}
