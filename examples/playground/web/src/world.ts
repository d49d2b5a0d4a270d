import {
  BackSide,
  BufferAttribute,
  BufferGeometry,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  type Object3D,
  type Ray,
  Raycaster,
  Sphere,
  Vector3,
} from "three";
import { Body } from "./body.js";
import { type RemoveBody, type SetBody, type SetMesh, type SetPose, type Shape, viewFloat32, viewUint32 } from "./messages.gen.js";
import { ServerClock } from "./poses.js";
import { ShapeBatch } from "./shapes.js";

/** What a ray meets first. */
export interface Hit {
  readonly body: Body;
  readonly point: Vector3;
}

/** A body and what draws it. */
interface Entry {
  readonly body: Body;
  /** What it was made of, to see whether it is the same again. */
  readonly made: SetBody | SetMesh;
  /** The shape, or undefined if the body is a mesh of its own. */
  readonly shape: Shape | undefined;
  readonly mesh: Mesh | undefined;
}

/** How much larger than a body the area is that picks it. */
const generosity = 1.05;

/** Where a world finds the moment to draw. */
export interface Playhead {
  /** Notes the time of a window, and when it arrived. Both in seconds, of the server's clock and of the page's. */
  observe(stamp: number, arrival: number): void;
  /** Returns the moment to draw at the page's time `now`, on the server's clock. */
  playhead(now: number): number;
}

/** Every body of a scene: built from messages, drawn a moment later. */
export class World {
  readonly #clock: Playhead;
  readonly #grows: boolean;
  readonly #parts = new Group();
  readonly #entries = new Map<string, Entry>();
  readonly #batches: Record<Shape, ShapeBatch>;
  readonly #outline = new Mesh(new BufferGeometry(), new MeshBasicMaterial({ color: 0x4f7cff, side: BackSide }));
  readonly #rays = new Raycaster();
  #outlined: Entry | undefined;
  /** Stamp of the window that is being applied, in the server's seconds. */
  #stamp = 0;
  /** When the scene began to fill, on the page's clock; its bodies appear one after another. */
  #startedSec = performance.now() / 1000;

  /** `fine` shapes have many triangles; bodies appear by growing, or are there at once. */
  constructor(scene: Object3D, fine: boolean, clock: Playhead = new ServerClock(), grows = true) {
    this.#clock = clock;
    this.#grows = grows;
    scene.add(this.#parts);
    const batch = (shape: Shape) => new ShapeBatch(this.#parts, shape, fine);
    this.#batches = { box: batch("box"), sphere: batch("sphere"), ring: batch("ring"), gem: batch("gem") };
    this.#outline.visible = false;
    this.#parts.add(this.#outline);
  }

  /** Whether it is drawn at all. */
  get visible(): boolean {
    return this.#parts.visible;
  }

  set visible(visible: boolean) {
    this.#parts.visible = visible;
  }

  /** Number of bodies. */
  get size(): number {
    return this.#entries.size;
  }

  /** All bodies, in order of creation. */
  *bodies(): Iterable<Body> {
    for (const { body } of this.#entries.values()) yield body;
  }

  /** The body of that name. */
  find(name: string): Body | undefined {
    return this.#entries.get(name)?.body;
  }

  /** True if the body is a mesh of its own and not one of many shapes. */
  isMesh(name: string): boolean {
    return this.#entries.get(name)?.mesh !== undefined;
  }

  /** Notes the time of the window whose messages follow. */
  beginWindow(timestampSec: number, receivedMs: number): void {
    this.#stamp = timestampSec;
    this.#clock.observe(timestampSec, receivedMs / 1000);
  }

  setBody(made: SetBody): void {
    const { name, shape, size, color } = made;
    if (this.#isThere(made)) return;
    const body = this.#replace(name, size);
    this.#batches[shape].add(body, color);
    this.#entries.set(name, { body, made, shape, mesh: undefined });
  }

  setMesh(made: SetMesh): void {
    const { name, vertices, indices, color: [r, g, b] } = made;
    if (this.#isThere(made)) return;
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(viewFloat32(vertices), 3));
    geometry.setIndex(new BufferAttribute(viewUint32(indices), 1));
    geometry.computeVertexNormals();
    geometry.computeBoundingSphere();
    const material = new MeshStandardMaterial({ roughness: 0.55 });
    material.color.setRGB(r / 255, g / 255, b / 255, "srgb");
    const mesh = new Mesh(geometry, material);
    mesh.castShadow = true;
    mesh.receiveShadow = true;
    const body = this.#replace(name, geometry.boundingSphere?.radius ?? 1);
    this.#parts.add(mesh);
    this.#entries.set(name, { body, made, shape: undefined, mesh });
  }

  setPose({ name, position, wxyz }: SetPose): void {
    const body = this.find(name);
    if (body === undefined || body.held) return;
    const isNew = !body.isPlaced;
    body.track.push(this.#stamp, position, wxyz);
    if (isNew) body.update(this.#stamp);
  }

  remove({ name }: Pick<RemoveBody, "name">): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#entries.delete(name);
    if (entry.shape !== undefined) this.#batches[entry.shape].remove(entry.body);
    if (entry.mesh !== undefined) this.#discard(entry.mesh);
    if (this.#outlined === entry) this.outline(undefined);
  }

  /** Removes everything: the server is about to send it again. */
  clear(): void {
    for (const name of [...this.#entries.keys()]) this.remove({ name });
    this.#startedSec = performance.now() / 1000;
  }

  /**
   * Removes all but the bodies of these names, and forgets the poses of those: the state
   * of another moment comes. What is the same there isn't made again.
   */
  keepOnly(names: ReadonlySet<string>): void {
    for (const [name, { body }] of [...this.#entries]) {
      if (names.has(name)) body.track.clear();
      else this.remove({ name });
    }
  }

  /** Draws a line around one body, or around none. */
  outline(body: Body | undefined): void {
    this.#outlined = body === undefined ? undefined : this.#entries.get(body.name);
    this.#outline.visible = this.#outlined !== undefined;
    if (this.#outlined === undefined) return;
    const { shape, mesh } = this.#outlined;
    this.#outline.geometry = shape === undefined ? (mesh as Mesh).geometry : this.#batches[shape].geometry;
  }

  /** Returns the nearest body on the ray. Shapes are taken as spheres, which is kind to fingers. */
  pick(ray: Ray, tolerance = generosity): Hit | undefined {
    let nearest: Hit | undefined;
    let distance = Number.POSITIVE_INFINITY;
    for (const entry of this.#entries.values()) {
      const point = this.#meet(ray, entry, tolerance);
      const away = point?.distanceTo(ray.origin) ?? Number.POSITIVE_INFINITY;
      if (point === undefined || away >= distance) continue;
      nearest = { body: entry.body, point };
      distance = away;
    }
    return nearest;
  }

  /** Gives a held body back to the server: from where it is, its next pose takes over. */
  letGo(body: Body): void {
    body.held = false;
    body.track.restart(this.#playhead(), body.shown);
  }

  /** Moves everything to the moment to draw. */
  update(): void {
    const nowSec = performance.now() / 1000;
    const playhead = this.#playhead();
    for (const { body, mesh } of this.#entries.values()) {
      body.update(playhead);
      if (mesh !== undefined) place(mesh, body, body.scale(nowSec));
    }
    for (const batch of Object.values(this.#batches)) batch.draw(nowSec);
    if (this.#outlined !== undefined) this.#drawOutline(this.#outlined, nowSec);
  }

  #playhead(): number {
    return this.#clock.playhead((performance.timeOrigin + performance.now()) / 1000);
  }

  #isThere(made: SetBody | SetMesh): boolean {
    const there = this.#entries.get(made.name);
    return there !== undefined && isSame(there.made, made);
  }

  #replace(name: string, radius: number): Body {
    this.remove({ name });
    // The first bodies appear from the first to the last, later ones at once.
    const nowSec = performance.now() / 1000;
    const bornSec = Math.max(nowSec, this.#startedSec + 0.2 + this.#entries.size * 0.003);
    return new Body(name, radius, this.#grows ? bornSec : Number.NEGATIVE_INFINITY);
  }

  #meet(ray: Ray, { body, mesh }: Entry, tolerance: number): Vector3 | undefined {
    if (!body.isPlaced) return undefined;
    if (mesh === undefined) {
      const sphere = new Sphere(new Vector3(...body.shown.position), body.radius * 0.85 * tolerance);
      return ray.intersectSphere(sphere, new Vector3()) ?? undefined;
    }
    this.#rays.ray.copy(ray);
    return this.#rays.intersectObject(mesh)[0]?.point;
  }

  #drawOutline({ body, shape }: Entry, nowSec: number): void {
    const thickness = shape === undefined ? 1.02 : 1.1;
    place(this.#outline, body, thickness * (shape === undefined ? 1 : body.radius) * body.scale(nowSec));
  }

  #discard(mesh: Mesh): void {
    this.#parts.remove(mesh);
    mesh.geometry.dispose();
    (mesh.material as MeshStandardMaterial).dispose();
  }
}

/** Reports whether two messages make the same body. */
function isSame(a: object, b: object): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return a.byteLength === b.byteLength && a.every((byte, i) => byte === b[i]);
  }
  const keys = Object.keys(a) as (keyof typeof a)[];
  return keys.length === Object.keys(b).length && keys.every((key) => {
    const [left, right]: unknown[] = [a[key], b[key]];
    return left === right || (left instanceof Object && right instanceof Object && isSame(left, right));
  });
}

function place(mesh: Mesh, { shown }: Body, scale: number): void {
  const [w, x, y, z] = shown.wxyz;
  mesh.position.set(...shown.position);
  mesh.quaternion.set(x, y, z, w);
  mesh.scale.setScalar(Math.max(scale, 1e-4));
  mesh.updateMatrixWorld();
}
