// The page's side of the worker: every call is one message there and one back.
import { EngineError, type EngineClient, type Notice } from "./api";
import type { Call, Message, Method, Methods } from "./protocol";

/** As much of a Worker as is needed. */
export interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => unknown) | null;
  onerror?: ((event: ErrorEvent) => unknown) | null;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: EngineError): void;
}

export function connect(port: Port): EngineClient {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(notice: Notice) => void>();
  let last = 0;

  port.onmessage = (event: MessageEvent) => {
    const message = event.data as Message;
    if (message.type === "notice") {
      for (const listener of [...listeners]) listener(message.notice);
      return;
    }
    const asker = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === "answer") asker?.resolve(message.value);
    else
      asker?.reject(
        new EngineError(message.error.code, message.error.message, message.error.field),
      );
  };

  // A worker that cannot start or dies answers nobody any more.
  port.onerror = () => {
    const health = { state: "failed", says: "The engine stopped. Reload the page" } as const;
    for (const asker of waiting.values()) asker.reject(new EngineError("unavailable", health.says));
    waiting.clear();
    for (const listener of [...listeners]) listener({ type: "health", health });
  };

  function call<M extends Method>(method: M) {
    return (...args: Parameters<Methods[M]>): ReturnType<Methods[M]> => {
      const id = ++last;
      const answer = new Promise<unknown>((resolve, reject) =>
        waiting.set(id, { resolve, reject }),
      );
      port.postMessage({ id, method, args } satisfies Call);
      return answer as ReturnType<Methods[M]>;
    };
  }

  return {
    open: call("open"),
    list: call("list"),
    task: call("task"),
    draft: call("draft"),
    places: call("places"),
    dueMenu: call("dueMenu"),
    repeatMenu: call("repeatMenu"),
    settings: call("settings"),
    newId: call("newId"),
    apply: call("apply"),
    undo: call("undo"),
    matters: call("matters"),
    retry: call("retry"),
    drop: call("drop"),
    bringBack: call("bringBack"),
    setAside: call("setAside"),
    hurry: call("hurry"),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
