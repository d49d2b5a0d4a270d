/** Stops what a registration started. Calling it again does nothing. */
export type Unsubscribe = () => void;

/**
 * Functions to be called with a value, in order of registration.
 *
 * The list is replaced, never changed: who registers or unregisters during a
 * call does not disturb it.
 */
export class Handlers<V> {
  #list: readonly ((value: V) => void)[] = [];

  /** Registers `handler`; the same function may be registered several times. */
  add(handler: (value: V) => void): Unsubscribe {
    // A wrapper of its own tells this registration from others of the function.
    const entry = (value: V) => handler(value);
    this.#list = [...this.#list, entry];
    return () => {
      this.#list = this.#list.filter((other) => other !== entry);
    };
  }

  /** Calls every handler. One that throws is reported, the others still run. */
  emit(value: V): void {
    for (const handler of this.#list) {
      try {
        handler(value);
      } catch (error) {
        // As an uncaught error: it reaches window.onerror and the console.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
