export { Client, connect, defaultProtocol } from "./client.js";
export { CloseCode, reconnectAfter } from "./closecodes.js";
export type { Reconnect } from "./closecodes.js";
export type { ConnectOptions, SendOptions } from "./client.js";
export type { Unsubscribe } from "./handlers.js";
export type { AnyMessage, MessageOf, SceneWindow } from "./message.js";
export type { Dropped } from "./outbox.js";
export type { WorkerSource } from "./spawn.js";
export type { ConnectionState, OfflinePolicy, StateChange } from "./thread.js";
