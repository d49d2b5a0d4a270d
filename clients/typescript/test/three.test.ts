import { BoxGeometry, Color, Matrix4, MeshBasicMaterial, Quaternion, Vector3 } from "three";
import { beforeEach, expect, test } from "vitest";
import { geometryOf, KeyedInstances, view } from "../src/three.js";

const material = new MeshBasicMaterial();
let things: KeyedInstances;

beforeEach(() => {
  things = new KeyedInstances(new BoxGeometry(), material, 2);
});

function matrixOf(index: number): Matrix4 {
  const matrix = new Matrix4();
  things.mesh.getMatrixAt(index, matrix);
  return matrix;
}

function positionOf(index: number): number[] {
  return new Vector3().setFromMatrixPosition(matrixOf(index)).toArray();
}

function colorOf(index: number): string {
  const color = new Color();
  things.mesh.getColorAt(index, color);
  return color.getHexString();
}

const bytesOf = (array: ArrayBufferView<ArrayBuffer>) => new Uint8Array(array.buffer);

/** The same bytes at an odd place in a larger buffer. */
function misplaced(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const room = new Uint8Array(bytes.byteLength + 3);
  room.set(bytes, 3);
  return room.subarray(3);
}

test("numbers are viewed where they are, and copied only if they are not aligned", () => {
  const numbers = new Float32Array([1, 2.5, -3]);
  const there = view(Float32Array, bytesOf(numbers));
  expect(there).toEqual(numbers);
  expect(there.buffer).toBe(numbers.buffer);
  expect(view(Float32Array, misplaced(bytesOf(numbers)))).toEqual(numbers);
  expect(view(Uint8Array, misplaced(bytesOf(numbers)))).toEqual(bytesOf(numbers));
});

test("geometry has what the message has, and normals in any case", () => {
  const positions = bytesOf(new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]));
  const geometry = geometryOf({
    positions,
    indices: misplaced(bytesOf(new Uint32Array([0, 1, 2]))),
    colors: new Uint8Array([255, 0, 0, 0, 255, 0, 0, 0, 255]),
  });
  expect(geometry.getAttribute("position").count).toBe(3);
  expect([...(geometry.getIndex()?.array ?? [])]).toEqual([0, 1, 2]);
  expect(geometry.getAttribute("normal").getZ(1)).toBe(1);
  expect(geometry.getAttribute("color").getY(1)).toBe(1);
  expect(geometry.boundingSphere?.radius).toBeCloseTo(Math.SQRT1_2);
  expect(geometryOf({ positions }).hasAttribute("normal")).toBe(false);
});

test("a matrix is what three.js would compose", () => {
  const turned = new Quaternion().setFromAxisAngle(new Vector3(1, 2, 3).normalize(), 1.1);
  things.set("a", { position: [4, 5, 6], wxyz: [turned.w, turned.x, turned.y, turned.z], scale: 2 });
  const want = new Matrix4().compose(new Vector3(4, 5, 6), turned, new Vector3(2, 2, 2));
  matrixOf(0).elements.forEach((element, i) => expect(element).toBeCloseTo(want.elements[i] as number, 5));
});

test("what is left out stays as it was", () => {
  things.set("a", { position: [1, 2, 3], scale: 3 });
  things.set("a", { scale: 2 });
  expect(positionOf(0)).toEqual([1, 2, 3]);
  expect(matrixOf(0).elements[0]).toBe(2);
});

test("more than there is room for are all there, with their colours", () => {
  for (let i = 0; i < 9; i++) things.set(`${i}`, { position: [i, 0, 0], color: [0, 0, 255] });
  things.set("white", {});
  expect(things.size).toBe(10);
  expect(things.mesh.count).toBe(10);
  expect(things.object.children).toEqual([things.mesh]);
  expect(positionOf(8)).toEqual([8, 0, 0]);
  expect([colorOf(0), colorOf(8), colorOf(9)]).toEqual(["0000ff", "0000ff", "ffffff"]);
});

test("one that goes is replaced by the last, which keeps its place and colour", () => {
  things.set("a", { position: [1, 0, 0], color: [255, 0, 0] });
  things.set("b", { position: [2, 0, 0], color: [0, 255, 0] });
  things.set("c", { position: [3, 0, 0], color: [0, 0, 255] });
  expect(things.delete("a")).toBe(true);
  expect(things.delete("a")).toBe(false);
  expect([things.size, things.keyAt(0), things.keyAt(1), things.keyAt(2)]).toEqual([2, "c", "b", undefined]);
  expect([positionOf(0), colorOf(0)]).toEqual([[3, 0, 0], "0000ff"]);
  things.set("c", { position: [4, 0, 0] });
  expect(positionOf(0)).toEqual([4, 0, 0]);
  things.delete("b");
  things.delete("c");
  expect([things.size, things.mesh.count, things.has("c")]).toEqual([0, 0, false]);
  things.set("d", { position: [5, 0, 0] });
  expect([positionOf(0), colorOf(0)]).toEqual([[5, 0, 0], "ffffff"]);
});

test("clear takes all away", () => {
  for (let i = 0; i < 5; i++) things.set(`${i}`, {});
  things.clear();
  expect([things.size, things.mesh.count, things.has("1")]).toEqual([0, 0, false]);
  things.dispose();
  expect(things.object.children).toEqual([]);
});
