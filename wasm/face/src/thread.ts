// What runs in the worker of `libtodo/worker`: one Todo, called by name.
import { parent } from "#port";
import { TodoError } from "./error.js";
import { Todo } from "./todo.js";

const port = parent();
let todo: Todo | undefined;

port.onMessage(async (message) => {
  const { id, method, args } = message as { id: number; method: string; args: unknown[] };
  try {
    port.postMessage({ id, value: await answer(method, args) });
  } catch (error) {
    port.postMessage({ id, error: refusalOf(error) });
  }
});

async function answer(method: string, args: unknown[]): Promise<unknown> {
  if (method === "open") {
    todo = await Todo.create(args[0] as object);
    todo.subscribe((entries) => port.postMessage({ entries }));
    return todo.device;
  }
  const member = todo![method as keyof Todo] as unknown;
  const value: unknown =
    typeof member === "function"
      ? (member as (...args: unknown[]) => unknown).apply(todo, args)
      : member;
  return method === "query" ? [...(value as Iterable<unknown>)] : value;
}

function refusalOf(error: unknown) {
  if (error instanceof TodoError) {
    return { code: error.code, message: error.message, field: error.field };
  }
  return { code: "unavailable", message: String(error), field: "" };
}
