/**
 * Why a connection ended: the codes of RFC 6455 section 7.4 that a Scenewire server
 * sends or a browser reports, and this client's own. docs/close-codes.md says when.
 * 4000–4999 are the application's, except those named here.
 */
export const CloseCode = {
  Normal: 1000,
  GoingAway: 1001,
  ProtocolError: 1002,
  UnsupportedData: 1003,
  NoStatus: 1005,
  Abnormal: 1006,
  InvalidPayload: 1007,
  PolicyViolation: 1008,
  MessageTooBig: 1009,
  MandatoryExtension: 1010,
  InternalError: 1011,
  ServiceRestart: 1012,
  TryAgainLater: 1013,
  BadGateway: 1014,
  TLSHandshake: 1015,
  /** Sent by this client after a window that it could not decode. */
  CorruptWindow: 4007,
  /** The application wants to know first who asks. */
  Unauthorized: 4401,
  /** The application doesn't let this client in. */
  Forbidden: 4403,
} as const;

/**
 * What a client does when its connection has ended.
 *
 * - `never`: it is closed for good, as trying again would end in the same way.
 * - `at once`: it dials without delay, unless the last connection broke early too.
 * - `backoff`: it dials after a random delay that grows with each failure.
 */
export type Reconnect = "never" | "at once" | "backoff";

const exceptions = new Map<number, Reconnect>([
  [CloseCode.Normal, "never"],
  [CloseCode.ProtocolError, "never"],
  [CloseCode.UnsupportedData, "never"],
  [CloseCode.InvalidPayload, "never"],
  [CloseCode.PolicyViolation, "never"],
  [CloseCode.MandatoryExtension, "never"],
  [CloseCode.ServiceRestart, "at once"],
  [CloseCode.Unauthorized, "never"],
  [CloseCode.Forbidden, "never"],
]);

/** Returns what a client does after a close code; unknown ones mean `backoff`. */
export function reconnectAfter(code: number): Reconnect {
  return exceptions.get(code) ?? "backoff";
}
