/**
 * Hooks for React.
 *
 * @module
 */
import { useEffect, useRef, useState } from "react";
import { type Client, connect, type ConnectOptions } from "./client.js";
import type { AnyMessage, MessageOf } from "./message.js";
import type { Receiver } from "./receiver.js";
import type { StateChange } from "./thread.js";

const unconnected: StateChange = { state: "connecting", reason: "" };

/**
 * Connects to a server for as long as the component is there, and again when `url`
 * changes. Undefined in the first rendering. The options are those of the first one.
 */
export function useClient<In extends AnyMessage, Out extends AnyMessage = In>(
  url: string,
  options?: ConnectOptions,
): Client<In, Out> | undefined {
  const [client, setClient] = useState<Client<In, Out>>();
  const first = useRef(options);
  useEffect(() => {
    const opened = connect<In, Out>(url, first.current);
    setClient(opened);
    return () => {
      opened.close();
      setClient(undefined);
    };
  }, [url]);
  return client;
}

/** Where a client's connection stands. */
export function useConnection(client: Pick<Client<AnyMessage>, "state" | "onState"> | undefined): StateChange {
  const [change, setChange] = useState(unconnected);
  useEffect(() => {
    setChange(client === undefined ? unconnected : { state: client.state, reason: "" });
    return client?.onState(setChange);
  }, [client]);
  return change;
}

/**
 * The scene that messages make: `apply` returns what a scene is with a message, and
 * `initial` is what it is without any. Each window renders once; a reset begins anew.
 */
export function useScene<In extends AnyMessage, S>(
  receiver: Receiver<In> | undefined,
  initial: S,
  apply: (scene: S, message: In) => S,
): S {
  const [scene, setScene] = useState(initial);
  const latest = useRef({ initial, apply });
  useEffect(() => {
    latest.current = { initial, apply };
  });
  useEffect(() => {
    setScene(latest.current.initial);
    const stops = [
      receiver?.onReset(() => setScene(latest.current.initial)),
      receiver?.onBatch(({ messages }) => setScene((before) => messages.reduce((s, m) => latest.current.apply(s, m), before))),
    ];
    return () => stops.forEach((stop) => stop?.());
  }, [receiver]);
  return scene;
}

/** The newest message of a type; undefined before the first, and after a reset. */
export function useLatest<In extends AnyMessage, T extends In["type"]>(
  receiver: Receiver<In> | undefined,
  type: T,
): MessageOf<In, T> | undefined {
  const [message, setMessage] = useState<MessageOf<In, T>>();
  useEffect(() => {
    setMessage(undefined);
    const stops = [receiver?.onReset(() => setMessage(undefined)), receiver?.on(type, (m) => setMessage(() => m))];
    return () => stops.forEach((stop) => stop?.());
  }, [receiver, type]);
  return message;
}
