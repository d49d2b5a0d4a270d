// Gathers the licences of what a bundle contains: they go where the bundle goes.
import { readFile, writeFile } from "node:fs/promises";

/** Writes the licence files of packages, each under its name, as one text. */
export async function writeLicenses(file, licenses) {
  const texts = licenses.map(async ([name, url]) => {
    const text = await readFile(url, "utf8");
    return `${name}\n${"=".repeat(name.length)}\n\n${text.replaceAll("\r\n", "\n").trim()}\n`;
  });
  await writeFile(file, (await Promise.all(texts)).join("\n\n"));
}

const client = new URL("../", import.meta.url);

/** What every bundle of the client contains. */
export const clientLicenses = [
  ["scenewire", new URL("../../LICENSE", client)],
  ["@msgpack/msgpack", new URL("node_modules/@msgpack/msgpack/LICENSE", client)],
  ["zstddec", new URL("node_modules/zstddec/LICENSE", client)],
  ["Zstandard", new URL("build/zstandard.txt", client)],
];
