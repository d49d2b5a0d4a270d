import type { Color } from "./messages.gen.js";

/** How this page's viewer is shown to others. */
export interface Me {
  name: string;
  color: Color;
}

const storageKey = "scenewire.me";

const adjectives = ["Amber", "Brisk", "Calm", "Dapper", "Eager", "Fleet", "Gentle", "Hazel", "Jolly", "Lucky", "Mellow", "Nimble", "Quiet", "Sunny", "Vivid", "Witty"];
const animals = ["Badger", "Crane", "Dolphin", "Fox", "Gecko", "Heron", "Ibis", "Koala", "Lynx", "Marten", "Otter", "Panda", "Raven", "Seal", "Tapir", "Wren"];
const colors: readonly Color[] = [
  [239, 83, 80],
  [245, 124, 0],
  [217, 164, 6],
  [67, 160, 71],
  [0, 150, 136],
  [3, 155, 229],
  [66, 99, 235],
  [126, 87, 194],
  [194, 62, 166],
  [216, 27, 96],
];

/** Returns who this tab was before it was reloaded, or someone new. */
export function recall(): Me {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? "null") as Me | null;
    if (typeof stored?.name === "string" && stored.color.length === 3) return stored;
  } catch {
    // Unreadable: someone new.
  }
  const me = { name: `${pick(adjectives)} ${pick(animals)}`, color: pick(colors) };
  remember(me);
  return me;
}

/** Keeps `me` for this tab's next load. */
export function remember(me: Me): void {
  sessionStorage.setItem(storageKey, JSON.stringify(me));
}

function pick<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T;
}
