import { startWorker } from "#port";
import type { Port } from "./port.js";
import { TodoError } from "./error.js";
import { Listeners, type Listener } from "./listeners.js";
import type { Snapshot, Task } from "./model.js";
import type { Todo } from "./todo.js";

export { TodoError } from "./error.js";
export type * from "./model.js";

export interface WorkerOptions {
  snapshot?: Snapshot;
  device?: string;
  actor?: string;
  origin?: string;
  /** MiB. */
  maxMemory?: number;
}

type Called =
  | "apply"
  | "batch"
  | "create"
  | "edit"
  | "remove"
  | "restore"
  | "complete"
  | "cancel"
  | "reopen"
  | "skip"
  | "get"
  | "page"
  | "tags"
  | "projects"
  | "createProject"
  | "filters"
  | "createFilter"
  | "settings"
  | "editSettings"
  | "undo"
  | "redo"
  | "instants"
  | "localTimes"
  | "offsets"
  | "zones"
  | "occurrences"
  | "nextOccurrence"
  | "readImport"
  | "snapshot"
  | "newId"
  | "advance";

/** A Todo in a worker of its own: the same calls, answered by promises. */
export type RemoteTodo = {
  [Name in Called]: (...args: Parameters<Todo[Name]>) => Promise<ReturnType<Todo[Name]>>;
} & {
  readonly device: string;
  /** All tasks that match. */
  query(...args: Parameters<Todo["query"]>): Promise<Task[]>;
  nextDue(): Promise<Date | null>;
  subscribe(listener: Listener): () => void;
  dispose(): void;
  [Symbol.dispose](): void;
};

/** Starts a worker that holds the tasks, so that nothing here waits for the engine. */
export async function createInWorker(options: WorkerOptions = {}): Promise<RemoteTodo> {
  const caller = new Caller(startWorker());
  const device = await caller.open(options);
  const own: Partial<RemoteTodo> = {
    device,
    subscribe: (listener) => caller.subscribe(listener),
    dispose: () => caller.close(),
    [Symbol.dispose]: () => caller.close(),
  };
  return new Proxy(own, {
    get(target, name) {
      if (name in target || typeof name === "symbol") return Reflect.get(target, name) as unknown;
      if (name === "then") return undefined; // so that it can be awaited
      return (...args: unknown[]) => caller.call(name, args);
    },
  }) as RemoteTodo;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: TodoError): void;
}

type Message =
  | { entries: Parameters<Listener>[0] }
  | { id: number; value: unknown }
  | { id: number; error: { code: TodoError["code"]; message: string; field: string } };

class Caller {
  readonly #port: Port;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Listeners();
  #last = 0;
  #over = "";

  constructor(port: Port) {
    this.#port = port;
    port.onMessage((message) => this.#hear(message as Message));
    port.onDeath((reason) => this.#end(`the worker has stopped: ${reason}`));
  }

  /** Gives the device; a worker that has nothing to hold does not stay. */
  async open(options: WorkerOptions): Promise<string> {
    try {
      return (await this.call("open", [options])) as string;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  call(method: string, args: unknown[]): Promise<unknown> {
    if (this.#over) return Promise.reject(new TodoError("unavailable", this.#over));
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#port.postMessage({ id, method, args });
    });
  }

  subscribe(listener: Listener): () => void {
    return this.#listeners.add(listener);
  }

  close(): void {
    this.#end("this was disposed");
    this.#port.close();
  }

  #hear(message: Message): void {
    if ("entries" in message) {
      this.#listeners.tell(message.entries);
      return;
    }
    const asker = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ("value" in message) asker?.resolve(message.value);
    else {
      const { code, message: text, field } = message.error;
      asker?.reject(new TodoError(code, text, field));
    }
  }

  #end(why: string): void {
    this.#over ||= why;
    for (const asker of this.#waiting.values()) asker.reject(new TodoError("unavailable", why));
    this.#waiting.clear();
  }
}
