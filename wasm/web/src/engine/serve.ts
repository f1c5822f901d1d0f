// The worker's side: answers what the page calls, and passes on what it should hear.
import { EngineError, type EngineClient } from "./api";
import type { Call, Message, Refusal } from "./protocol";

/** As much of a worker's global scope as is needed. */
export interface Scope {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => unknown) | null;
}

export function serve(scope: Scope, engine: EngineClient): void {
  const send = (message: Message) => scope.postMessage(message);
  engine.subscribe((notice) => send({ type: "notice", notice }));

  scope.onmessage = async (event: MessageEvent) => {
    const { id, method, args } = event.data as Call;
    try {
      const answer = engine[method] as (...args: unknown[]) => Promise<unknown>;
      send({ type: "answer", id, value: await answer.apply(engine, args) });
    } catch (error) {
      send({ type: "refusal", id, error: refusalOf(error) });
    }
  };
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof EngineError) {
    return { code: error.code, message: error.message, field: error.field };
  }
  console.error(error);
  return { code: "unavailable", message: "The engine failed. Reload the page", field: "" };
}
