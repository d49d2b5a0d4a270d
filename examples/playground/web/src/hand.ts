import { Plane, Raycaster, Vector2, Vector3 } from "three";
import type { Body } from "./body.js";
import { copyPose, multiply, type Pose, rotation } from "./poses.js";
import type { Stage } from "./stage.js";
import type { Hit, World } from "./world.js";

/** What a hand tells. */
export interface HandEvents {
  /** A body was dragged to a new pose (its `shown`). */
  readonly dragged: (body: Body) => void;
  /** A body that was dragged is let go. */
  readonly released: (body: Body) => void;
  /** The viewer points at a place in the scene, or no longer does. */
  readonly pointed: (at: Vector3 | undefined) => void;
  /** A body was selected, or none is. */
  readonly selected: (body: Body | undefined) => void;
}

/** What is held, and how. */
interface Grip {
  readonly pointerId: number;
  readonly body: Body;
  readonly plane: Plane;
  /** From the point that was gripped to the body's position. */
  readonly offset: Vector3;
  readonly startX: number;
  readonly startY: number;
  /** False until the pointer has moved so far that it is no click. */
  moving: boolean;
}

const clickPixels = 4;
/** A finger covers more than the tip of a mouse pointer. */
const touchTolerance = 1.5;
const up = new Vector3(0, 1, 0);
const ground = new Plane(up, 0);
const reach = 14;

/**
 * The viewer's mouse, pen or finger: points, selects with a click, drags.
 *
 * A body is dragged on the horizontal plane through the point where it was
 * gripped, or on a plane that faces the camera when that looks along the ground.
 * It rolls as it goes; a mesh turns its face to where it goes.
 */
export class Hand {
  readonly #stage: Stage;
  readonly #world: World;
  readonly #events: HandEvents;
  readonly #rays = new Raycaster();
  #grip: Grip | undefined;
  /** Where the pointer went down beside all bodies. */
  #beside: { x: number; y: number } | undefined;
  #selected: Body | undefined;
  /** False while there is nothing to take hold of: the pointer only turns the camera. */
  enabled = true;

  constructor(stage: Stage, world: World, events: HandEvents) {
    this.#stage = stage;
    this.#world = world;
    this.#events = events;
    const { canvas } = stage;
    // Capturing: a grip must switch the camera's controls off before they see it.
    canvas.addEventListener("pointerdown", (event) => this.#down(event), { capture: true });
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#up(event));
    canvas.addEventListener("pointercancel", (event) => this.#up(event));
    canvas.addEventListener("pointerleave", () => this.#events.pointed(undefined));
  }

  /** The selected body. */
  get selected(): Body | undefined {
    return this.#selected;
  }

  /** Selects a body, or none. */
  select(body: Body | undefined): void {
    this.#selected = body;
    this.#world.outline(body);
    this.#events.selected(body);
  }

  /** Selects the body `step` places after the selected one. */
  selectNext(step: 1 | -1): void {
    if (!this.enabled) return;
    const bodies = [...this.#world.bodies()];
    if (bodies.length === 0) return;
    const from = this.#selected === undefined ? (step === 1 ? -1 : 0) : bodies.indexOf(this.#selected);
    this.select(bodies[(from + step + bodies.length) % bodies.length]);
  }

  /** Forgets bodies that are gone. */
  forgetRemoved(): void {
    const isGone = (body: Body) => this.#world.find(body.name) !== body;
    if (this.#selected !== undefined && isGone(this.#selected)) this.select(undefined);
    if (this.#grip !== undefined && isGone(this.#grip.body)) this.#letGo();
  }

  #down(event: PointerEvent): void {
    if (!event.isPrimary || event.button !== 0 || !this.enabled) return;
    const hit = this.#pick(event);
    this.#beside = hit === undefined ? { x: event.clientX, y: event.clientY } : undefined;
    if (hit === undefined) return;
    this.#stage.controls.enabled = false;
    this.#stage.canvas.setPointerCapture(event.pointerId);
    this.#grip = {
      pointerId: event.pointerId,
      body: hit.body,
      plane: this.#dragPlane(hit.point),
      offset: new Vector3(...hit.body.shown.position).sub(hit.point),
      startX: event.clientX,
      startY: event.clientY,
      moving: false,
    };
  }

  #move(event: PointerEvent): void {
    if (!event.isPrimary) return;
    const grip = this.#grip;
    if (grip === undefined) return this.enabled ? this.#hover(event) : undefined;
    const far = Math.hypot(event.clientX - grip.startX, event.clientY - grip.startY);
    if (!grip.moving && far < clickPixels) return;
    grip.moving = true;
    grip.body.held = true;
    this.#aim(event);
    const point = this.#rays.ray.intersectPlane(grip.plane, new Vector3());
    if (point === null) return;
    this.#carry(grip, point.clone().add(grip.offset));
    this.#events.pointed(point);
    this.#events.dragged(grip.body);
  }

  #up(event: PointerEvent): void {
    const grip = this.#grip;
    if (event.pointerType === "touch") this.#events.pointed(undefined);
    if (grip === undefined) return this.#upBeside(event);
    if (grip.pointerId !== event.pointerId) return;
    if (!grip.moving) this.select(grip.body === this.#selected ? undefined : grip.body);
    this.#letGo();
  }

  /** A click beside all bodies selects none; a drag there has turned the camera. */
  #upBeside(event: PointerEvent): void {
    const { x, y } = this.#beside ?? { x: Number.NaN, y: 0 };
    this.#beside = undefined;
    if (Math.hypot(event.clientX - x, event.clientY - y) < clickPixels) this.select(undefined);
  }

  #letGo(): void {
    const grip = this.#grip as Grip;
    this.#grip = undefined;
    this.#stage.controls.enabled = true;
    if (!grip.moving) return;
    this.#world.letGo(grip.body);
    this.#events.released(grip.body);
  }

  #carry({ body }: Grip, to: Vector3): void {
    to.clampLength(0, reach);
    to.y = Math.max(to.y, this.#world.isMesh(body.name) ? 0 : body.radius * 0.5);
    const motion = to.clone().sub(new Vector3(...body.shown.position));
    const turned = this.#world.isMesh(body.name) ? face(body.shown, motion) : roll(body, motion);
    copyPose(body.shown, [to.x, to.y, to.z], turned);
  }

  #hover(event: PointerEvent): void {
    const hit = this.#pick(event);
    this.#stage.canvas.style.cursor = hit === undefined ? "" : "grab";
    const at = hit?.point ?? this.#rays.ray.intersectPlane(ground, new Vector3()) ?? undefined;
    this.#events.pointed(at !== undefined && at.length() < reach * 1.6 ? at : undefined);
  }

  #pick(event: PointerEvent): Hit | undefined {
    this.#aim(event);
    return this.#world.pick(this.#rays.ray, event.pointerType === "touch" ? touchTolerance : undefined);
  }

  #aim(event: PointerEvent): void {
    const { left, top, width, height } = this.#stage.canvas.getBoundingClientRect();
    const x = ((event.clientX - left) / width) * 2 - 1;
    const y = 1 - ((event.clientY - top) / height) * 2;
    this.#rays.setFromCamera(new Vector2(x, y), this.#stage.camera);
  }

  #dragPlane(through: Vector3): Plane {
    const view = this.#stage.camera.getWorldDirection(new Vector3());
    const normal = Math.abs(view.y) > 0.2 ? up : view.setY(0).normalize();
    return new Plane().setFromNormalAndCoplanarPoint(normal, through);
  }
}

/** Returns the body's rotation after it has rolled along `motion`. */
function roll(body: Body, motion: Vector3): Pose["wxyz"] {
  const axis = up.clone().cross(motion);
  const distance = axis.length();
  if (distance < 1e-6) return body.shown.wxyz;
  axis.divideScalar(distance);
  return multiply(rotation([axis.x, axis.y, axis.z], distance / body.radius / 1.5), body.shown.wxyz);
}

/** Returns the rotation after turning some way towards `motion`, staying upright. */
function face(pose: Pose, motion: Vector3): Pose["wxyz"] {
  const distance = Math.hypot(motion.x, motion.z);
  if (distance < 1e-6) return pose.wxyz;
  const [w, , y] = pose.wxyz;
  // The bunny of the asset looks along -x.
  const heading = Math.atan2(motion.z, -motion.x);
  const behind = heading - 2 * Math.atan2(y, w);
  const shortest = Math.atan2(Math.sin(behind), Math.cos(behind));
  return multiply(rotation([0, 1, 0], shortest * Math.min(1, distance * 0.6)), pose.wxyz);
}
