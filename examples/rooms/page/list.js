// The list of rooms, as it changes.
import { connect } from "./client/scenewire.js";
import { showState } from "./state.js";

const list = document.getElementById("rooms");
const none = document.getElementById("none");
const rooms = new Map(); // name to number of people

/** @typedef {import("../types/messages.gen.js").FromList} FromList */
/** @type {import("./client/scenewire.js").Client<FromList>} */
const client = connect(new URL(".", location.href));
client.on("SetRoom", ({ name, people }) => rooms.set(name, people));
client.on("RemoveRoom", ({ name }) => rooms.delete(name));
client.onReset(() => rooms.clear());
client.onAny(() => requestAnimationFrame(show));
client.onState(showState);

function show() {
  const names = [...rooms.keys()].sort();
  list.replaceChildren(...names.map(line));
  none.hidden = names.length > 0;
}

function line(name) {
  const link = document.createElement("a");
  link.href = `room/${name}`;
  link.textContent = name;
  const people = document.createElement("span");
  people.className = "people";
  people.textContent = rooms.get(name);
  people.title = "people inside";
  const item = document.createElement("li");
  item.append(link, people);
  return item;
}

const name = /** @type {HTMLInputElement} */ (document.getElementById("name"));
document.getElementById("enter").addEventListener("submit", (event) => {
  event.preventDefault();
  location.href = `room/${name.value}`;
});
