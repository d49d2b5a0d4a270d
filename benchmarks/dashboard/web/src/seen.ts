/**
 * Calls `changed` with whether an element can be seen: it is on the screen, or nearly, and
 * the page isn't hidden. What can't be seen needn't be asked for.
 */
export function whileSeen(target: HTMLElement, changed: (seen: boolean) => void): void {
  let onScreen = false;
  let last = false;
  const look = () => {
    const seen = onScreen && document.visibilityState === "visible";
    if (seen !== last) changed((last = seen));
  };
  new IntersectionObserver(
    (entries) => {
      onScreen = entries.at(-1)?.isIntersecting ?? false;
      look();
    },
    { rootMargin: "120px" },
  ).observe(target);
  document.addEventListener("visibilitychange", look);
}
