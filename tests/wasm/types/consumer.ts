// Must compile under `tsc --strict`; the lines marked as errors must not.
import { Replica, Todo, TodoError, type Command, type Entry, type Task } from "libtodo";
import { createInWorker, type RemoteTodo } from "libtodo/worker";

export async function use(): Promise<string[]> {
  const todo = await Todo.create({ origin: "example" });
  const task: Task = todo.create({ title: "Write", priority: "high", tags: ["home"] });
  const command: Command = { type: "complete", task: task.id };
  const entry: Entry = todo.apply(command, new Date());
  for (const event of entry.events ?? []) {
    if (event.type === "task_changed") console.log(event.after?.status);
  }
  // @ts-expect-error: there is no such priority
  todo.create({ title: "Write", priority: "highest" });
  // @ts-expect-error: a task has a title, not a name
  todo.create({ name: "Write" });
  // @ts-expect-error: no such command
  todo.apply({ type: "finish", task: task.id });
  try {
    todo.edit(task.id, { due: null });
  } catch (error) {
    if (error instanceof TodoError && error.code === "not_found") return [error.field];
  }
  return [...todo.query("is:open", { sort: "due" })].map(({ title }) => title ?? "");
}

export async function sync(send: (body: string) => Promise<Entry[]>): Promise<void> {
  const replica = await Replica.create();
  replica.commit(await send(JSON.stringify(replica.requests())));
}

export async function apart(): Promise<RemoteTodo> {
  const remote = await createInWorker();
  const task: Task = await remote.create({ title: "Elsewhere" });
  await remote.complete(task.id, { cascade: true });
  return remote;
}
