import { Handlers, type Unsubscribe } from "./handlers.js";
import type { AnyMessage, MessageOf, SceneWindow } from "./message.js";

/**
 * What hands out the messages of a scene: a connection or a recording. Code that only
 * takes a `Receiver` works with both.
 *
 * Handlers run on the page's thread, in order: those of `onBatch` for the window, then
 * for each of its messages those of `on` and `onAny`. Every registration returns a
 * function that ends it.
 */
export class Receiver<In extends AnyMessage> {
  readonly #byType = new Map<string, Handlers<AnyMessage>>();
  readonly #any = new Handlers<In>();
  readonly #batch = new Handlers<SceneWindow<In>>();
  readonly #reset = new Handlers<void>();
  readonly #error = new Handlers<string>();

  /** Calls `handler` with every message of the given type. */
  on<T extends In["type"]>(type: T, handler: (message: MessageOf<In, T>) => void): Unsubscribe {
    let handlers = this.#byType.get(type);
    if (handlers === undefined) {
      handlers = new Handlers();
      this.#byType.set(type, handlers);
    }
    // The table is keyed by type, so the message is of that type.
    return handlers.add(handler as unknown as (message: AnyMessage) => void);
  }

  /** Calls `handler` with every message, whatever its type. */
  onAny(handler: (message: In) => void): Unsubscribe {
    return this.#any.add(handler);
  }

  /** Calls `handler` with every window, before the handlers of its messages. */
  onBatch(handler: (window: SceneWindow<In>) => void): Unsubscribe {
    return this.#batch.add(handler);
  }

  /**
   * Calls `handler` when what was built from the messages so far must be cleared: the
   * whole state comes next. A connection does so when another has taken its place, a
   * recording when it goes on from another moment.
   */
  onReset(handler: () => void): Unsubscribe {
    return this.#reset.add(handler);
  }

  /** Calls `handler` with the reason when something could not be loaded or decoded. */
  onError(handler: (reason: string) => void): Unsubscribe {
    return this.#error.add(handler);
  }

  /** Hands out one window. */
  protected deliver(window: SceneWindow<In>): void {
    this.#batch.emit(window);
    for (const message of window.messages) {
      this.#byType.get(message.type)?.emit(message);
      this.#any.emit(message);
    }
  }

  protected emitReset(): void {
    this.#reset.emit();
  }

  protected emitError(reason: string): void {
    this.#error.emit(reason);
  }
}
