import {
  type BufferGeometry,
  Color,
  DynamicDrawUsage,
  IcosahedronGeometry,
  InstancedMesh,
  type Material,
  MeshLambertMaterial,
  MeshStandardMaterial,
  type Object3D,
  SphereGeometry,
  TorusGeometry,
} from "three";
import { RoundedBoxGeometry } from "three/addons/geometries/RoundedBoxGeometry.js";
import type { Body } from "./body.js";
import type { Color as RGB, Shape } from "./messages.gen.js";
import type { Pose } from "./poses.js";

/** Makes the geometry of a shape, inside a sphere of radius 1. */
function makeGeometry(shape: Shape, fine: boolean): BufferGeometry {
  switch (shape) {
    case "box":
      return new RoundedBoxGeometry(1.16, 1.16, 1.16, fine ? 3 : 1, 0.16);
    case "sphere":
      return fine ? new SphereGeometry(0.82, 32, 20) : new SphereGeometry(0.82, 12, 8);
    case "ring":
      return fine ? new TorusGeometry(0.62, 0.27, 16, 36) : new TorusGeometry(0.62, 0.27, 6, 14);
    case "gem":
      return new IcosahedronGeometry(0.92, 0);
  }
}

/** Writes position, rotation and size as the column-major matrix number `index`. */
function writeMatrix(out: Float32Array, index: number, pose: Pose, size: number): void {
  const [w, x, y, z] = pose.wxyz;
  const o = index * 16;
  out[o] = (1 - 2 * (y * y + z * z)) * size;
  out[o + 1] = 2 * (x * y + w * z) * size;
  out[o + 2] = 2 * (x * z - w * y) * size;
  out[o + 3] = 0;
  out[o + 4] = 2 * (x * y - w * z) * size;
  out[o + 5] = (1 - 2 * (x * x + z * z)) * size;
  out[o + 6] = 2 * (y * z + w * x) * size;
  out[o + 7] = 0;
  out[o + 8] = 2 * (x * z + w * y) * size;
  out[o + 9] = 2 * (y * z - w * x) * size;
  out[o + 10] = (1 - 2 * (x * x + y * y)) * size;
  out[o + 11] = 0;
  out[o + 12] = pose.position[0];
  out[o + 13] = pose.position[1];
  out[o + 14] = pose.position[2];
  out[o + 15] = 1;
}

/**
 * All bodies of one shape, drawn with one call.
 *
 * Matrices are written straight from the poses. The capacity doubles as needed;
 * a removed body's place is taken by the last one.
 */
export class ShapeBatch {
  /** The shape with radius 1, shared with whoever draws it too. */
  readonly geometry: BufferGeometry;
  readonly #parent: Object3D;
  readonly #material: Material;
  readonly #bodies: Body[] = [];
  readonly #colors: Color[] = [];
  #mesh: InstancedMesh;

  constructor(parent: Object3D, shape: Shape, fine: boolean) {
    this.#parent = parent;
    this.geometry = makeGeometry(shape, fine);
    const flatShading = shape === "gem";
    this.#material = fine
      ? new MeshStandardMaterial({ roughness: 0.36, flatShading })
      : new MeshLambertMaterial({ flatShading });
    this.#mesh = this.#make(64);
  }

  /** Appends a body. */
  add(body: Body, [r, g, b]: Readonly<RGB>): void {
    if (this.#bodies.length === this.#mesh.instanceMatrix.count) this.#grow();
    this.#bodies.push(body);
    this.#colors.push(new Color().setRGB(r / 255, g / 255, b / 255, "srgb"));
    this.#paint(this.#bodies.length - 1);
  }

  /** Removes a body, if it is here. */
  remove(body: Body): void {
    const index = this.#bodies.indexOf(body);
    if (index < 0) return;
    const [last, color] = [this.#bodies.pop() as Body, this.#colors.pop() as Color];
    if (index === this.#bodies.length) return;
    this.#bodies[index] = last;
    this.#colors[index] = color;
    this.#paint(index);
  }

  /** Writes every matrix. */
  draw(nowSec: number): void {
    const matrices = this.#mesh.instanceMatrix;
    this.#bodies.forEach((body, i) => {
      writeMatrix(matrices.array as Float32Array, i, body.shown, body.radius * body.scale(nowSec));
    });
    matrices.needsUpdate = true;
    this.#mesh.count = this.#bodies.length;
  }

  #make(capacity: number): InstancedMesh {
    const mesh = new InstancedMesh(this.geometry, this.#material, capacity);
    mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    mesh.frustumCulled = false; // the bounds of what moves are not worth computing
    mesh.castShadow = true;
    mesh.receiveShadow = true;
    mesh.count = 0;
    this.#parent.add(mesh);
    return mesh;
  }

  #grow(): void {
    const old = this.#mesh;
    this.#mesh = this.#make(old.instanceMatrix.count * 2);
    this.#colors.forEach((_, i) => this.#paint(i));
    this.#parent.remove(old);
    old.dispose();
  }

  #paint(index: number): void {
    this.#mesh.setColorAt(index, this.#colors[index] as Color);
    if (this.#mesh.instanceColor !== null) this.#mesh.instanceColor.needsUpdate = true;
  }
}
