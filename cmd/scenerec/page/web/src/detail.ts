const mostElements = 64;
const mostText = 400;

/** Shows a value as it is in a message, nested as it is. Long lists and texts are cut. */
export function show(value: unknown): Node {
  if (value instanceof Uint8Array) return bytes(value);
  if (Array.isArray(value)) return list(value);
  if (typeof value === "object" && value !== null) return fields(value as Record<string, unknown>);
  return span(typeof value, scalar(value));
}

/** Shows the fields of a message or map, one below the other. */
export function fields(map: Readonly<Record<string, unknown>>): HTMLElement {
  const shown = document.createElement("dl");
  for (const [name, value] of Object.entries(map)) {
    const term = document.createElement("dt");
    term.textContent = name;
    const description = document.createElement("dd");
    description.append(show(value));
    shown.append(term, description);
  }
  return shown;
}

function scalar(value: unknown): string {
  if (typeof value === "string") {
    const text = value.length > mostText ? `${value.slice(0, mostText)}…` : value;
    return JSON.stringify(text);
  }
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toPrecision(9)));
  return String(value);
}

function list(values: readonly unknown[]): Node {
  const isFlat = values.every((value) => typeof value !== "object" || value === null);
  if (!isFlat) return fields(Object.fromEntries(values.slice(0, mostElements).map((value, i) => [i, value])));
  const texts = values.slice(0, mostElements).map(scalar);
  const more = values.length > mostElements ? `, … ${values.length} in all` : "";
  return span("list", `[${texts.join(", ")}${more}]`);
}

/** Arrays come as bytes; what they are isn't known, so the likely readings are shown. */
function bytes(value: Uint8Array): Node {
  const shown = document.createElement("span");
  shown.append(span("bytes", `${value.byteLength} bytes`));
  shown.append(span("reading", readBytes(value)));
  if (value.byteLength >= 4 && value.byteLength % 4 === 0) {
    shown.append(span("reading", `as float32: ${floats(value)}`));
  }
  return shown;
}

function readBytes(value: Uint8Array): string {
  const hex = [...value.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return value.byteLength > 16 ? `${hex} …` : hex;
}

function floats(value: Uint8Array): string {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const numbers: string[] = [];
  for (let at = 0; at < Math.min(value.byteLength, 24); at += 4) {
    numbers.push(String(Number(view.getFloat32(at, true).toPrecision(5))));
  }
  return numbers.join(", ") + (value.byteLength > 24 ? ", …" : "");
}

function span(className: string, text: string): HTMLElement {
  const made = document.createElement("span");
  made.className = className;
  made.textContent = text;
  return made;
}
