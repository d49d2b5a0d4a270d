import type { Receiver } from "scenewire";
import type { FromServer } from "./messages.gen.js";
import type { Pointers } from "./pointers.js";
import type { World } from "./world.js";

/**
 * Builds a world and its pointers from the messages of a connection or a recording.
 * After a reset, bodies that come again as they were are kept: a timeline can be dragged
 * without making the scene anew. `changed` is called when bodies come or go.
 */
export function play(from: Receiver<FromServer>, world: World, pointers: Pointers, changed: () => void): void {
  let anew = false;
  from.onReset(() => {
    anew = true;
    pointers.clear();
  });
  from.onBatch(({ messages, timestampSec, receivedMs }) => {
    world.beginWindow(timestampSec, receivedMs);
    if (!anew) return;
    anew = false;
    const names = messages.flatMap((m) => (m.type === "SetBody" || m.type === "SetMesh" ? [m.name] : []));
    world.keepOnly(new Set(names));
    changed();
  });
  from.on("SetMesh", (message) => {
    world.setMesh(message);
    changed();
  });
  from.on("SetBody", (message) => {
    world.setBody(message);
    changed();
  });
  from.on("SetPose", (message) => world.setPose(message));
  from.on("RemoveBody", (message) => {
    world.remove(message);
    changed();
  });
  from.on("SetPointer", (message) => pointers.set(message));
  from.on("Viewers", ({ viewers }) => pointers.setViewers(viewers));
}
