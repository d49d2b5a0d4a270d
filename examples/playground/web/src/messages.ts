// The messages of the playground, as ../../messages.go declares them.

/** Red, green, blue: 0 … 255. */
export type Color = [number, number, number];
/** Metres. */
export type Vector = [number, number, number];
/** Unit quaternion. */
export type Quaternion = [number, number, number, number];

/** Who this page is. The first message of every connection. */
export interface Welcome {
  type: "Welcome";
  viewer: number;
  maxBodies: number;
}

/** Everyone who watches. Whoever is not in it has left. */
export interface Viewers {
  type: "Viewers";
  viewers: Viewer[];
}

/** One open page. */
export interface Viewer {
  id: number;
  name: string;
  color: Color;
}

/** How this page's viewer wants to be shown. */
export interface Hello {
  type: "Hello";
  name: string;
  color: Color;
}

/** Where a viewer points, in the scene. The server fills in `viewer`. */
export interface SetPointer {
  type: "SetPointer";
  viewer?: number;
  position: Vector;
  visible: boolean;
}

/** Echoed by the server. */
export interface Ping {
  type: "Ping";
  sentMs: number;
}

/** Creates or replaces a body that is a triangle mesh. */
export interface SetMesh {
  type: "SetMesh";
  name: string;
  /** float32: x, y, z of each. */
  vertices: Uint8Array;
  /** uint32: three to a triangle. */
  indices: Uint8Array;
  color: Color;
}

/** Names the geometry of a body. */
export type Shape = "box" | "sphere" | "ring" | "gem";

/** Creates or replaces a body that is a simple shape. */
export interface SetBody {
  type: "SetBody";
  name: string;
  shape: Shape;
  /** Radius of the sphere around it. */
  size: number;
  color: Color;
}

/** Moves a body. */
export interface SetPose {
  type: "SetPose";
  name: string;
  position: Vector;
  wxyz: Quaternion;
}

/** This page lets go of a body that it dragged. */
export interface Release {
  type: "Release";
  name: string;
}

/** This page wants one more body. */
export interface AddBody {
  type: "AddBody";
}

/** The body is gone. */
export interface RemoveBody {
  type: "RemoveBody";
  name: string;
}

export type FromServer =
  | Welcome
  | Viewers
  | SetPointer
  | Ping
  | SetMesh
  | SetBody
  | SetPose
  | RemoveBody;

export type ToServer = Hello | SetPointer | Ping | SetPose | Release | AddBody | RemoveBody;
