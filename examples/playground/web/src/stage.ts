import {
  CircleGeometry,
  DirectionalLight,
  HemisphereLight,
  Mesh,
  NeutralToneMapping,
  PCFShadowMap,
  PerspectiveCamera,
  Scene,
  ShaderMaterial,
  ShadowMaterial,
  Vector3,
  WebGLRenderer,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { chooseQuality, Watch } from "./quality.js";
import type { Theme } from "./theme.js";

/** Light and ground of one theme. */
interface Look {
  readonly exposure: number;
  readonly key: number;
  readonly rim: number;
  readonly sky: number;
  readonly shadow: number;
  readonly grid: readonly [number, number, number, number];
}

const looks: Readonly<Record<Theme, Look>> = {
  light: { exposure: 1.0, key: 2.1, rim: 0.7, sky: 1.75, shadow: 0.17, grid: [0.2, 0.25, 0.4, 0.16] },
  dark: { exposure: 1.0, key: 2.0, rim: 1.4, sky: 0.55, shadow: 0.55, grid: [0.6, 0.7, 1.0, 0.13] },
};

const groundRadius = 40;
/** Everything that throws a shadow is within this distance of the middle. */
const shadowRadius = 13;

/** The empty studio: renderer, camera, light and ground. */
export class Stage {
  readonly scene = new Scene();
  readonly camera = new PerspectiveCamera(34, 1, 0.1, 120);
  readonly controls: OrbitControls;
  readonly quality = chooseQuality();
  readonly #renderer: WebGLRenderer;
  readonly #key = new DirectionalLight(0xfff4e6);
  readonly #rim = new DirectionalLight(0xcfdcff);
  readonly #sky = new HemisphereLight(0xffffff, 0xd8d2cc);
  readonly #shadow = new ShadowMaterial();
  readonly #grid = gridMaterial();
  readonly #watch = new Watch();
  #pixelRatio = this.quality.pixelRatio;
  #lastMs = 0;

  constructor(readonly canvas: HTMLCanvasElement) {
    this.#renderer = new WebGLRenderer({ canvas, antialias: this.quality.fine, alpha: true });
    document.documentElement.dataset.quality = this.quality.fine ? "high" : "low";
    this.#renderer.toneMapping = NeutralToneMapping;
    this.#renderer.shadowMap.enabled = true;
    this.#renderer.shadowMap.type = PCFShadowMap;
    this.#light();
    this.#lay();
    this.controls = this.#look();
    new ResizeObserver(() => this.#resize()).observe(canvas);
    this.#resize();
  }

  /** Changes light and ground. */
  setTheme(theme: Theme): void {
    const look = looks[theme];
    this.#renderer.toneMappingExposure = look.exposure;
    this.#key.intensity = look.key;
    this.#rim.intensity = look.rim;
    this.#sky.intensity = look.sky;
    this.#shadow.opacity = look.shadow;
    this.#grid.uniforms.color?.value.splice(0, 4, ...look.grid);
  }

  /** Draws one frame; `nowMs` is when, as animation frames have it. */
  render(nowMs: number): void {
    if (this.#watch.isTooSlow(nowMs - this.#lastMs)) this.#simplify();
    this.#lastMs = nowMs;
    this.controls.update();
    this.#renderer.render(this.scene, this.camera);
  }

  /** Trades looks for speed: coarser pixels first, then no shadows. */
  #simplify(): void {
    if (this.#pixelRatio > 1) this.#pixelRatio = 1;
    else if (this.#key.castShadow) this.#key.castShadow = false;
    this.#resize();
  }

  #light(): void {
    this.#key.position.set(6, 14, 8);
    this.#key.castShadow = this.quality.shadows;
    this.#key.shadow.mapSize.set(2048, 2048);
    this.#key.shadow.radius = 3;
    this.#key.shadow.normalBias = 0.03;
    this.#key.shadow.bias = -0.0004;
    const view = this.#key.shadow.camera;
    view.left = view.bottom = -shadowRadius;
    view.right = view.top = shadowRadius;
    view.far = 40;
    this.#rim.position.set(-8, 5, -10);
    this.scene.add(this.#key, this.#rim, this.#sky);
  }

  #lay(): void {
    const disc = new CircleGeometry(groundRadius, 64).rotateX(-Math.PI / 2);
    const shadow = new Mesh(disc, this.#shadow);
    shadow.receiveShadow = true;
    const grid = new Mesh(disc, this.#grid);
    grid.position.y = 0.002;
    this.scene.add(shadow, grid);
  }

  #look(): OrbitControls {
    const controls = new OrbitControls(this.camera, this.canvas);
    // On a phone held upright: from further above, and clear of the panel below.
    const upright = this.canvas.clientWidth < this.canvas.clientHeight;
    this.camera.position.set(0, upright ? 15.5 : 9.4, upright ? 17 : 20.5);
    controls.target.set(0, upright ? -1.6 : 0.7, 0);
    controls.enableDamping = true;
    controls.dampingFactor = 0.08;
    controls.minDistance = 4;
    controls.maxDistance = 45;
    controls.maxPolarAngle = Math.PI / 2 - 0.04;
    return controls;
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#renderer.setPixelRatio(this.#pixelRatio);
    this.#renderer.setSize(clientWidth, clientHeight, false);
    this.camera.aspect = clientWidth / clientHeight;
    // On a narrow screen the width decides what fits.
    const fit = Math.max(1, 1.25 / this.camera.aspect);
    this.camera.fov = (2 * Math.atan(Math.tan((17 * Math.PI) / 180) * Math.min(fit, 2.1)) * 180) / Math.PI;
    this.camera.updateProjectionMatrix();
  }
}

/** Returns where a point of the scene is on the canvas, in CSS pixels, or undefined behind the camera. */
export function project(stage: Stage, point: readonly number[]): { x: number; y: number } | undefined {
  const at = new Vector3(point[0], point[1], point[2]).project(stage.camera);
  if (at.z > 1) return undefined;
  const { clientWidth, clientHeight } = stage.canvas;
  return { x: ((at.x + 1) / 2) * clientWidth, y: ((1 - at.y) / 2) * clientHeight };
}

/** Thin lines every metre that fade with distance, on a ground that is otherwise clear. */
function gridMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    transparent: true,
    depthWrite: false,
    uniforms: { color: { value: [0, 0, 0, 0] } },
    vertexShader: /* glsl */ `
      varying vec2 ground;
      void main() {
        ground = position.xz;
        gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
      }`,
    fragmentShader: /* glsl */ `
      uniform vec4 color;
      varying vec2 ground;
      void main() {
        vec2 width = fwidth(ground);
        vec2 off = abs(fract(ground - 0.5) - 0.5) / width;
        float line = 1.0 - min(min(off.x, off.y), 1.0);
        float dense = max(width.x, width.y);
        float fade = exp(-dot(ground, ground) / 130.0) * (1.0 - smoothstep(0.2, 0.6, dense));
        gl_FragColor = vec4(color.rgb, color.a * line * fade);
      }`,
  });
}
