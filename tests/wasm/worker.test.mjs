// The same engine in a worker: nothing here waits for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createInWorker, TodoError } from "libtodo/worker";
import { runProgram } from "./program.mjs";

test("calls go to the worker and come back, errors too", async () => {
  const todo = await createInWorker({ origin: "test" });
  const heard = [];
  todo.subscribe((entries) => heard.push(...entries));
  const task = await todo.create({ title: "Milk", due: "2026-11-23" });
  assert.equal((await todo.get(task.id)).title, "Milk");
  assert.deepEqual(
    (await todo.query("is:open")).map(({ id }) => id),
    [task.id],
  );
  await assert.rejects(
    todo.complete("nobody"),
    (error) => error instanceof TodoError && error.field === "/task",
  );
  assert.equal((await todo.snapshot()).seq, heard.length);
  todo.dispose();
  await assert.rejects(todo.get(task.id), { code: "unavailable" });
});

test("a worker that cannot be opened does not keep its program from ending", () => {
  const said = runProgram(`
    import { createInWorker } from "libtodo/worker";
    await createInWorker({ maxMemory: 1 }).catch(({ code, field }) => console.log(code, field));
  `);
  assert.equal(said, "out_of_range /maxMemory\n");
});
