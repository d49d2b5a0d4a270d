// Writes ../bunny.bin from the npm package "bunny": the Stanford bunny, public
// domain. Little-endian: uint32 vertices, uint32 triangles, float32 x, y, z of
// each vertex, uint16 three of each triangle. Standing on y = 0, `height` tall.
import { writeFile } from "node:fs/promises";
import bunny from "bunny";

const height = 3.4;

const axis = (i) => bunny.positions.map((p) => p[i]);
const low = [0, 1, 2].map((i) => Math.min(...axis(i)));
const high = [0, 1, 2].map((i) => Math.max(...axis(i)));
const scale = height / (high[1] - low[1]);
const origin = [(low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2];

const vertices = bunny.positions.flatMap((p) => p.map((x, i) => (x - origin[i]) * scale));
const file = Buffer.alloc(8 + vertices.length * 4 + bunny.cells.length * 6);
let at = file.writeUInt32LE(bunny.positions.length, 0);
at = file.writeUInt32LE(bunny.cells.length, at);
for (const x of vertices) at = file.writeFloatLE(x, at);
for (const i of bunny.cells.flat()) at = file.writeUInt16LE(i, at);

await writeFile(new URL("../bunny.bin", import.meta.url), file);
