/** Makes an element with properties, attributes (`aria-…`, `data-…`, `role`, `class`) and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Readonly<Record<string, unknown>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role" || name === "class" || name === "for" || name === "scope") made.setAttribute(name, String(value));
    else (made as unknown as Record<string, unknown>)[name] = value;
  }
  made.append(...children);
  return made;
}

/** Sets an element's text, if it isn't that already: unchanged text costs no layout. */
export function setText(at: Node, text: string): void {
  if (at.textContent !== text) at.textContent = text;
}

const namespace = "http://www.w3.org/2000/svg";

/** Makes an icon of 20 × 20 from the data of its path. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(namespace, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
