// The border: memory that runs out, texts that are none, and how much goes across.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine, Todo, TodoError } from "libtodo";

test("when memory runs out, the instance is over and its snapshot goes on elsewhere", async () => {
  const todo = await Todo.create({ maxMemory: 8 });
  todo.create({ title: "Kept" });
  const kept = todo.snapshot();
  const fill = () => {
    for (;;) todo.create({ title: "Big", notes: "x".repeat(60_000) });
  };
  const isOver = (error) =>
    error instanceof TodoError && error.code === "unavailable" && /memory/.test(error.message);
  assert.throws(fill, isOver);
  assert.throws(() => todo.query(), isOver);
  const again = await Todo.create({ snapshot: kept });
  assert.deepEqual(
    [...again.query()].map(({ title }) => title),
    ["Kept"],
  );
});

test("a text that does not fit into memory is refused, not written over other data", async () => {
  const engine = await Engine.create({ maxMemory: 8 });
  assert.throws(() => engine.call(new Uint8Array(64 * 1024 * 1024)), TodoError);
});

test("a limit of memory that cannot be is refused", async () => {
  await assert.rejects(Engine.create({ maxMemory: 1 }), {
    code: "out_of_range",
    field: "/maxMemory",
  });
  await assert.rejects(Engine.create({ maxMemory: 4096 }), { code: "out_of_range" });
});

test("what is no call gets an error with a pointer", async () => {
  const engine = await Engine.create();
  const errorOf = (text) => JSON.parse(engine.call(text)).error;
  assert.equal(errorOf("").code, "malformed");
  assert.equal(errorOf('{"type":"task"').code, "malformed");
  assert.equal(errorOf(`${"[".repeat(100)}${"]".repeat(100)}`).code, "malformed");
  assert.equal(errorOf(Uint8Array.of(0x22, 0xff, 0x22)).code, "malformed");
  assert.deepEqual(errorOf('{"type":"nothing"}').field, "/type");
  assert.deepEqual(errorOf('{"type":"task"}'), {
    ...errorOf('{"type":"task"}'),
    code: "missing",
    field: "/id",
  });
  assert.equal(errorOf('{"type":"zones","more":1}').field, "/more");
  assert.equal(errorOf('{"type":"offsets","zone":"Mars/Olympus","at":[]}').field, "/zone");
});

// A view must not pull all tasks over the border, however many there are.
test("a page of 10,000 tasks is one call, and small", async () => {
  const todo = await Todo.create();
  for (let part = 0; part < 10; ++part) {
    todo.batch(
      Array.from({ length: 1000 }, (_, index) => ({
        type: "create",
        task: { id: todo.newId(), title: `Task ${part * 1000 + index}`, due: "2026-11-23" },
      })),
    );
  }
  const engine = todo.engine;
  const call = engine.call.bind(engine);
  const crossings = [];
  engine.call = (text) => {
    const answer = call(text);
    crossings.push(answer.length);
    return answer;
  };
  const page = todo.page("is:open", { sort: "due", limit: 50, count: true });
  assert.equal(page.total, 10_000);
  assert.equal(crossings.length, 1);
  assert.ok(crossings[0] < 20_000, `${crossings[0]} characters`);

  todo.complete(page.tasks[0].id);
  assert.ok(crossings.length <= 5, `${crossings.length} calls to complete a task`);
});
