/** How the page looks. */
export type Theme = "light" | "dark";

const storageKey = "scenewire.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

/** Follows the system until the viewer chooses; the choice is kept in this browser. */
export class ThemeSwitch {
  readonly #apply: (theme: Theme) => void;

  /** `apply` is called at once and after every change. */
  constructor(apply: (theme: Theme) => void) {
    this.#apply = apply;
    system.addEventListener("change", () => this.#show());
    this.#show();
  }

  /** The theme that is shown. */
  get theme(): Theme {
    const chosen = kept();
    if (chosen === "light" || chosen === "dark") return chosen;
    return system.matches ? "dark" : "light";
  }

  /** Changes to the other theme. */
  toggle(): void {
    keep(this.theme === "dark" ? "light" : "dark");
    this.#show();
  }

  #show(): void {
    document.documentElement.dataset.theme = this.theme;
    this.#apply(this.theme);
  }
}

/** What was chosen on this page, where the browser keeps nothing for it. */
let fallback: string | null = null;

function kept(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return fallback;
  }
}

function keep(theme: Theme): void {
  fallback = theme;
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // A page from a file may have no storage.
  }
}
