/**
 * Helpers for three.js: geometry from the arrays of messages, and many things of one
 * shape, moved by key.
 *
 * @module
 */
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DynamicDrawUsage,
  Group,
  InstancedBufferAttribute,
  InstancedMesh,
  type Material,
} from "three";

/** What arrays of numbers come as. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The classes of arrays that geometry is made of. */
export type ArrayClass =
  | Int8ArrayConstructor
  | Uint8ArrayConstructor
  | Int16ArrayConstructor
  | Uint16ArrayConstructor
  | Int32ArrayConstructor
  | Uint32ArrayConstructor
  | Float32ArrayConstructor;

/**
 * Returns the numbers in the bytes of a message, as an array of the given class. They are
 * copied only if they are not aligned in memory.
 */
export function view<A extends ArrayClass>(type: A, bytes: Bytes): InstanceType<A> {
  const size = type.BYTES_PER_ELEMENT;
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  return new type(buffer, byteOffset, Math.floor(byteLength / size)) as InstanceType<A>;
}

/** The arrays of a mesh or a cloud of points, as messages bring them. */
export interface Arrays {
  /** float32: x, y, z of each vertex. */
  readonly positions: Bytes;
  /** uint32: three to a triangle. Default: every three vertices are one. */
  readonly indices?: Bytes;
  /** float32: x, y, z of each vertex. Default: computed, unless there are no triangles. */
  readonly normals?: Bytes;
  /** float32: u, v of each vertex. */
  readonly uvs?: Bytes;
  /** uint8: red, green, blue of each vertex. */
  readonly colors?: Bytes;
}

/** Returns a geometry that draws the arrays where they are. */
export function geometryOf({ positions, indices, normals, uvs, colors }: Arrays): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(view(Float32Array, positions), 3));
  if (indices !== undefined) geometry.setIndex(new BufferAttribute(view(Uint32Array, indices), 1));
  if (uvs !== undefined) geometry.setAttribute("uv", new BufferAttribute(view(Float32Array, uvs), 2));
  if (colors !== undefined) geometry.setAttribute("color", new BufferAttribute(view(Uint8Array, colors), 3, true));
  if (normals !== undefined) geometry.setAttribute("normal", new BufferAttribute(view(Float32Array, normals), 3));
  else if (indices !== undefined) geometry.computeVertexNormals();
  geometry.computeBoundingSphere();
  return geometry;
}

/** Where an instance is. What is left out stays as it was. */
export interface InstancePose {
  readonly position?: readonly [number, number, number];
  /** Unit quaternion. */
  readonly wxyz?: readonly [number, number, number, number];
  readonly scale?: number;
  /** Red, green, blue: 0 … 255. */
  readonly color?: readonly [number, number, number];
}

/** One instance. */
interface Instance {
  readonly key: string;
  position: readonly [number, number, number];
  wxyz: readonly [number, number, number, number];
  scale: number;
}

/**
 * Many things of one shape, drawn in one call, each with a key.
 *
 * `set` writes a matrix and nothing else, so that ten thousand of them fit into a frame.
 * Add {@link object} to the scene; the mesh inside it is replaced when it becomes too
 * small.
 */
export class KeyedInstances {
  /** What is to be in the scene. */
  readonly object = new Group();
  readonly #instances: Instance[] = [];
  readonly #indices = new Map<string, number>();
  readonly #color = new Color();
  #mesh: InstancedMesh<BufferGeometry, Material | Material[]>;

  /** `capacity` is how many there is room for at first. */
  constructor(geometry: BufferGeometry, material: Material | Material[], capacity = 64) {
    this.#mesh = this.#add(new InstancedMesh(geometry, material, Math.max(1, capacity)));
    this.#mesh.count = 0;
  }

  /** How many there are. */
  get size(): number {
    return this.#instances.length;
  }

  /** The mesh that draws them; another one after it had to grow. */
  get mesh(): InstancedMesh {
    return this.#mesh;
  }

  /** Tells whether there is an instance of that key. */
  has(key: string): boolean {
    return this.#indices.has(key);
  }

  /** The key of an instance that a ray has met (`intersection.instanceId`). */
  keyAt(index: number): string | undefined {
    return this.#instances[index]?.key;
  }

  /** Moves an instance, or makes it: at the origin, white, if nothing else is said. */
  set(key: string, { position, wxyz, scale, color }: InstancePose): void {
    const index = this.#indices.get(key) ?? this.#append(key);
    const instance = this.#instances[index] as Instance;
    instance.position = position ?? instance.position;
    instance.wxyz = wxyz ?? instance.wxyz;
    instance.scale = scale ?? instance.scale;
    this.#write(index, instance);
    if (color !== undefined) this.#paint(index, color);
  }

  /** Takes an instance away, and reports whether it was there. The last one takes its index. */
  delete(key: string): boolean {
    const index = this.#indices.get(key);
    if (index === undefined) return false;
    this.#indices.delete(key);
    const last = this.#instances.pop() as Instance;
    const from = this.#instances.length;
    this.#mesh.count = from;
    if (index === from) return true;
    this.#instances[index] = last;
    this.#indices.set(last.key, index);
    this.#write(index, last);
    const colors = this.#mesh.instanceColor;
    colors?.array.copyWithin(3 * index, 3 * from, 3 * from + 3);
    if (colors !== null) colors.needsUpdate = true;
    return true;
  }

  /** Takes all away. */
  clear(): void {
    this.#instances.length = this.#mesh.count = 0;
    this.#indices.clear();
  }

  /** Frees what the graphics card holds. Geometry and material are the caller's. */
  dispose(): void {
    this.#mesh.dispose();
    this.object.clear();
  }

  #add(mesh: InstancedMesh<BufferGeometry, Material | Material[]>): typeof mesh {
    mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    mesh.frustumCulled = false; // the bounds of all would have to be computed at each move
    this.object.add(mesh);
    return mesh;
  }

  #append(key: string): number {
    const index = this.#instances.length;
    if (index === this.#mesh.instanceMatrix.count) this.#grow();
    this.#instances.push({ key, position: [0, 0, 0], wxyz: [1, 0, 0, 0], scale: 1 });
    this.#indices.set(key, index);
    this.#mesh.count = index + 1;
    if (this.#mesh.instanceColor !== null) this.#paint(index, [255, 255, 255]);
    return index;
  }

  #grow(): void {
    const small = this.#mesh;
    const capacity = 2 * small.instanceMatrix.count;
    const mesh = new InstancedMesh(small.geometry, small.material, capacity);
    mesh.instanceMatrix.array.set(small.instanceMatrix.array);
    if (small.instanceColor !== null) {
      mesh.instanceColor = new InstancedBufferAttribute(new Float32Array(3 * capacity), 3);
      mesh.instanceColor.array.set(small.instanceColor.array);
    }
    [mesh.castShadow, mesh.receiveShadow, mesh.renderOrder] = [small.castShadow, small.receiveShadow, small.renderOrder];
    small.removeFromParent();
    small.dispose();
    this.#mesh = this.#add(mesh);
  }

  /** Writes the matrix of a pose, column by column. */
  #write(index: number, { position, wxyz: [w, x, y, z], scale: s }: Instance): void {
    const to = this.#mesh.instanceMatrix.array;
    const at = 16 * index;
    to[at] = s * (1 - 2 * (y * y + z * z));
    to[at + 1] = s * 2 * (x * y + w * z);
    to[at + 2] = s * 2 * (x * z - w * y);
    to[at + 4] = s * 2 * (x * y - w * z);
    to[at + 5] = s * (1 - 2 * (x * x + z * z));
    to[at + 6] = s * 2 * (y * z + w * x);
    to[at + 8] = s * 2 * (x * z + w * y);
    to[at + 9] = s * 2 * (y * z - w * x);
    to[at + 10] = s * (1 - 2 * (x * x + y * y));
    to[at + 3] = to[at + 7] = to[at + 11] = 0;
    to.set(position, at + 12);
    to[at + 15] = 1;
    this.#mesh.instanceMatrix.needsUpdate = true;
  }

  #paint(index: number, [r, g, b]: readonly [number, number, number]): void {
    if (this.#mesh.instanceColor === null) {
      const white = new Float32Array(3 * this.#mesh.instanceMatrix.count).fill(1);
      this.#mesh.instanceColor = new InstancedBufferAttribute(white, 3);
    }
    this.#mesh.setColorAt(index, this.#color.setRGB(r / 255, g / 255, b / 255, "srgb"));
    this.#mesh.instanceColor.needsUpdate = true;
  }
}
