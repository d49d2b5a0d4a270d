// One room: everybody's pointers.
import { connect } from "./client/scenewire.js";
import { showState } from "./state.js";

const floor = document.getElementById("floor");
const name = decodeURIComponent(location.pathname.split("/").pop());
document.getElementById("name").textContent = document.title = name;

const pointers = new Map(); // viewer to element

/** @typedef {import("../types/messages.gen.js").FromRoom} FromRoom */
/** @typedef {import("../types/messages.gen.js").ToRoom} ToRoom */
/** @type {import("./client/scenewire.js").Client<FromRoom, ToRoom>} */
const client = connect(location.href);
client.on("Welcome", ({ viewer }) => document.body.style.setProperty("--mine", color(viewer)));
client.on("People", ({ count }) => (document.getElementById("people").textContent = String(count)));
client.on("SetPointer", ({ viewer, x, y }) => {
  const { style } = pointers.get(viewer) ?? addPointer(viewer);
  style.left = `${100 * x}%`;
  style.top = `${100 * y}%`;
});
client.on("RemovePointer", ({ viewer }) => removePointer(viewer));
client.onReset(() => [...pointers.keys()].forEach(removePointer));
client.onState(showState);

// One message for each picture is as many as others can see. Of those that wait only
// the newest is kept, and none waits for a connection.
let next;
floor.addEventListener("pointermove", ({ clientX, clientY }) => {
  if (next === undefined) requestAnimationFrame(sendPointer);
  next = [clientX, clientY];
});

function sendPointer() {
  const box = floor.getBoundingClientRect();
  const part = (value, size) => Math.min(1, Math.max(0, value / size));
  const x = part(next[0] - box.left, box.width);
  const y = part(next[1] - box.top, box.height);
  next = undefined;
  client.send({ type: "SetPointer", viewer: 0, x, y }, { key: "pointer", offline: "drop" });
}

function addPointer(viewer) {
  const pointer = document.createElement("div");
  pointer.className = "pointer";
  pointer.dataset.viewer = viewer;
  pointer.style.setProperty("--color", color(viewer));
  floor.append(pointer);
  pointers.set(viewer, pointer);
  return pointer;
}

function removePointer(viewer) {
  pointers.get(viewer)?.remove();
  pointers.delete(viewer);
}

/** Neighbouring numbers get colours far from each other. */
function color(viewer) {
  return `oklch(0.65 0.17 ${(Number(viewer) * 137.5) % 360})`;
}
