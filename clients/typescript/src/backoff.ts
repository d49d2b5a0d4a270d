/** How long to wait before dialling again. All times are milliseconds. */
export interface Backoff {
  /** Upper bound of the first delay. */
  readonly baseMs: number;
  /** Upper bound of every delay. */
  readonly capMs: number;
}

/** 250 ms, 500 ms, 1 s … 10 s. */
export const defaultBackoff: Backoff = { baseMs: 250, capMs: 10_000 };

/**
 * Returns the delay before retry number `attempt` (0 is the first).
 *
 * The delay is drawn evenly from [0, min(cap, base·2^attempt)): "full jitter",
 * so that the clients of a restarted server do not come back all at once.
 */
export function backoffDelay(
  attempt: number,
  backoff: Backoff = defaultBackoff,
  random: () => number = Math.random,
): number {
  const bound = Math.min(backoff.capMs, backoff.baseMs * 2 ** attempt);
  return random() * bound;
}
