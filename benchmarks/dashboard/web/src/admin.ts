import { element } from "./element.js";
import type { Rights, Session } from "./session.js";

/** The button that says what the viewer may do, and the dialog in which they log in. */
export class AdminButton {
  readonly #button: HTMLButtonElement;
  readonly #session: Session;
  readonly #dialog: HTMLDialogElement;
  readonly #token = element("input", { type: "password", id: "token", autocomplete: "off", required: true });
  readonly #fault = element("p", { class: "fault", role: "alert", hidden: true });

  constructor(button: HTMLButtonElement, session: Session) {
    this.#button = button;
    this.#session = session;
    const form = element(
      "form",
      { method: "dialog" },
      element("h2", {}, "Log in"),
      element("p", {}, "With the admin token, clients can be paused, flushed and closed. It stays in this tab until it is closed."),
      element("label", { for: "token" }, "Admin token"),
      this.#token,
      this.#fault,
      element("div", { class: "answers" }, cancel(() => this.#dialog.close()), element("button", { type: "submit", class: "primary" }, "Log in")),
    );
    this.#dialog = element("dialog", { "aria-label": "Log in as admin" }, form);
    document.body.append(this.#dialog);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#fault.hidden = true;
      session.login(this.#token.value);
    });
    button.addEventListener("click", () => this.open());
    this.setRights(session.rights);
  }

  /** Asks for the token, or, of an admin, whether to log out. */
  open(): void {
    if (this.#session.rights.admin) return this.#session.logout();
    this.#token.value = "";
    this.#fault.hidden = true;
    this.#dialog.showModal();
  }

  setRights({ canLogin, admin, fault }: Rights): void {
    this.#button.disabled = !canLogin && !admin;
    this.#button.textContent = admin ? "Log out" : canLogin ? "Log in" : "Read-only";
    this.#button.title = admin
      ? "You may pause, flush and close clients. Log out to be read-only again."
      : canLogin
        ? "Read-only until you log in with the admin token."
        : "This dashboard has no admin token: nothing can be changed here.";
    if (admin) this.#dialog.close();
    this.#fault.textContent = fault;
    this.#fault.hidden = fault === "";
    if (fault !== "" && this.#dialog.open) this.#token.select();
  }
}

/** Asks for a confirmation, and resolves with the text that was given, or undefined. */
export function confirm(question: string, explanation: string, act: string, field: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const input = element("input", { type: "text", id: "confirm-field", maxLength: 100, autocomplete: "off" });
    const form = element(
      "form",
      { method: "dialog" },
      element("h2", { id: "confirm-title" }, question),
      element("p", {}, explanation),
      element("label", { for: "confirm-field" }, field),
      input,
      element("div", { class: "answers" }, cancel(() => dialog.close()), element("button", { type: "submit", class: "danger" }, act)),
    );
    const dialog = element("dialog", { "aria-labelledby": "confirm-title", id: "confirm" }, form);
    let answer: string | undefined;
    form.addEventListener("submit", () => (answer = input.value));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function cancel(act: () => void): HTMLButtonElement {
  const button = element("button", { type: "button" }, "Cancel");
  button.addEventListener("click", act);
  return button;
}
