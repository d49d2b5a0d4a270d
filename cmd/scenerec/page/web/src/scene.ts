import type { Playback } from "scenewire/playback";
import type { FromServer } from "playground/messages.gen.js";
import { byId } from "playground/page.js";
import { play } from "playground/play.js";
import { PlaybackHead } from "playground/playback-head.js";
import { Pointers } from "playground/pointers.js";
import { Stage } from "playground/stage.js";
import type { Theme } from "playground/theme.js";
import { World } from "playground/world.js";

/** The types that the stage can show something of. */
const drawn = new Set(["SetBody", "SetMesh"]);

/** The stage of the playground, for recordings that have its messages. */
export class Scene {
  readonly #box = byId("stage");
  #stage: Stage | undefined;
  #world: World | undefined;
  #pointers: Pointers | undefined;
  #theme: Theme = "light";
  #lastMs = performance.now();

  /** It is there from the first message on that it can draw. */
  constructor(player: Playback<FromServer>) {
    const stop = player.onBatch(({ messages }) => {
      if (!messages.some(({ type }) => drawn.has(type))) return;
      stop();
      this.#open(player);
    });
  }

  /** The world that is shown, if there is one. */
  get world(): World | undefined {
    return this.#world;
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#stage?.setTheme(theme);
  }

  /** Draws one frame. */
  draw(nowMs: number): void {
    this.#world?.update();
    this.#pointers?.update((nowMs - this.#lastMs) / 1000);
    this.#stage?.render(nowMs);
    this.#lastMs = nowMs;
  }

  #open(player: Playback<FromServer>): void {
    this.#box.hidden = false;
    document.documentElement.classList.add("with-stage");
    const stage = new Stage(byId("scene") as HTMLCanvasElement);
    stage.setTheme(this.#theme);
    this.#stage = stage;
    this.#world = new World(stage.scene, stage.quality.fine, new PlaybackHead(player));
    this.#pointers = new Pointers(stage, byId("pointers"));
    play(player, this.#world, this.#pointers, () => {});
  }
}
