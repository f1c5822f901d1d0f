// The face of the package: what a program of one user relies on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Todo, TodoError } from "libtodo";
import { runProgram } from "./program.mjs";

const monday = new Date("2026-10-19T06:00:00Z");
const open = (options = {}) => Todo.create({ now: () => monday, ...options });
const titles = (tasks) => [...tasks].map(({ title }) => title);
const refuses = (code, field) => (error) =>
  error instanceof TodoError && error.code === code && error.field === field;

test("a weekly meeting keeps its hour when the clocks change", async () => {
  const todo = await open();
  const { id } = todo.create({
    title: "Weekly meeting",
    due: "2026-10-19T09:00:00[Europe/Paris]",
    recurrence: { rules: ["FREQ=WEEKLY"] },
  });
  assert.equal(todo.complete(id).status, "done");
  const [next, ...others] = todo.query("is:open");
  assert.equal(next.due, "2026-10-26T09:00:00[Europe/Paris]");
  assert.deepEqual(others, []);
  assert.deepEqual(todo.instants(["2026-10-19T09:00:00[Europe/Paris]", next.due]), [
    "2026-10-19T07:00:00Z",
    "2026-10-26T08:00:00Z",
  ]);
});

test("a refusal names the member at fault and changes nothing", async () => {
  const todo = await open();
  const before = todo.snapshot().tasks;
  assert.throws(() => todo.create({ title: "x", due: "soon" }), refuses("malformed", "/task/due"));
  assert.throws(() => todo.create({ title: "" }), refuses("missing", "/task/title"));
  assert.throws(
    () => todo.create({ title: "x", colour: "red" }),
    refuses("unknown_member", "/task/colour"),
  );
  assert.throws(() => todo.apply({ type: "dance" }), refuses("unknown_name", "/type"));
  assert.throws(
    () => todo.create({ title: "\ud800" }),
    (error) => error.code === "malformed",
  );
  assert.deepEqual(todo.snapshot().tasks, before);
});

test("a batch holds whole or not at all", async () => {
  const todo = await open();
  const first = todo.newId();
  const commands = [
    { type: "create", task: { id: first, title: "Paint" } },
    { type: "complete", task: todo.newId() },
  ];
  assert.throws(() => todo.batch(commands), refuses("not_found", "/commands/1/task"));
  assert.equal(todo.get(first), null);
  todo.batch([commands[0], { type: "complete", task: first }]);
  assert.equal(todo.get(first).status, "done");
});

test("undo remembers as much as memory can bear, and the last thing always", async () => {
  const todo = await open();
  const notes = "a".repeat(65_000);
  const createMany = (count) =>
    todo.batch(
      Array.from({ length: count }, () => ({
        type: "create",
        task: { id: todo.newId(), title: "Large", notes },
      })),
    );
  for (let batch = 0; batch < 3; ++batch) createMany(60);
  todo.undo();
  assert.throws(() => todo.undo(), refuses("not_found", ""));
  createMany(150);
  todo.undo();
  assert.equal([...todo.query("")].length, 120);
});

test("undo and redo go back and forth until something else is done", async () => {
  const todo = await open();
  const { id } = todo.create({ title: "Draft" });
  todo.edit(id, { title: "Letter" });
  todo.undo();
  assert.equal(todo.get(id).title, "Draft");
  todo.undo();
  assert.equal(todo.get(id), null);
  assert.throws(() => todo.undo(), refuses("not_found", ""));
  todo.redo();
  todo.redo();
  assert.equal(todo.get(id).title, "Letter");
  todo.undo();
  todo.edit(id, { priority: "high" });
  assert.throws(() => todo.redo(), refuses("not_found", ""));
});

test("a query gives every task once, in its order, a page at a time", async () => {
  const todo = await open();
  const commands = Array.from({ length: 1234 }, (_, index) => ({
    type: "create",
    task: { id: todo.newId(), title: `Task ${String(index).padStart(5, "0")}` },
  }));
  todo.batch(commands);
  const found = titles(todo.query("", { sort: "-title" }));
  assert.equal(found.length, 1234);
  assert.deepEqual(found, commands.map(({ task }) => task.title).reverse());
  const page = todo.page("task", { limit: 10, count: true });
  assert.equal(page.tasks.length, 10);
  assert.equal(page.total, 1234);
  assert.throws(() => todo.page("colour:red (", {}), TodoError);
  assert.throws(() => todo.page("", { limit: 501 }), refuses("out_of_range", "/limit"));
});

test("a snapshot is where another one goes on", async () => {
  const todo = await open();
  const project = todo.createProject({ name: "Garden" });
  todo.create({ title: "Seeds", project, tags: ["Spring"] });
  const copy = await open({ snapshot: todo.snapshot(), device: todo.device });
  assert.deepEqual(titles(copy.query("@garden #spring")), ["Seeds"]);
  copy.create({ title: "Water" });
  assert.equal(copy.seq, todo.seq + 1);
  assert.deepEqual(copy.tags(), [{ name: "Spring", open: 1 }]);
});

test("a snapshot that cannot be is refused by name", async () => {
  const zone = { v: 1, settings: { zone: "Mars/Olympus" } };
  await assert.rejects(open({ snapshot: zone }), { field: "/snapshot/settings/zone" });
  await assert.rejects(open({ snapshot: { v: 99 } }), {
    code: "unsupported",
    field: "/snapshot/v",
  });
});

test("listeners hear of every entry until they go", async () => {
  const todo = await open();
  const heard = [];
  const stop = todo.subscribe((entries) => heard.push(...entries.map(({ seq }) => seq)));
  todo.create({ title: "One" });
  stop();
  todo.create({ title: "Two" });
  assert.deepEqual(heard, [1]);
});

test("listeners hear of entries in order, also of those that one of them makes", async () => {
  const todo = await open();
  const heard = [];
  todo.subscribe(([{ seq }]) => {
    if (seq === 1) todo.create({ title: "Inner" });
  });
  todo.subscribe((entries) => heard.push(...entries.map(({ seq }) => seq)));
  todo.create({ title: "Outer" });
  assert.deepEqual(heard, [1, 2]);
  todo.undo();
  assert.deepEqual(titles(todo.query()), ["Outer"]);
});

test("a listener that fails is reported, and what was done stays done", () => {
  const said = runProgram(`
    import { Todo } from "libtodo";
    process.on("uncaughtException", ({ message }) => console.log("reported:", message));
    const todo = await Todo.create();
    todo.subscribe(() => { throw new Error("The view is broken"); });
    todo.subscribe(([{ command }]) => console.log("heard:", command));
    console.log("created:", todo.create({ title: "Milk" }).title);
    todo.undo();
    console.log("left:", [...todo.query()].length);
  `);
  assert.deepEqual(said.trim().split("\n").sort(), [
    "created: Milk",
    "heard: create",
    "heard: undo",
    "left: 0",
    "reported: The view is broken",
    "reported: The view is broken",
  ]);
});

test("a reminder fires when the clock is told to go on", async () => {
  const todo = await open();
  const { id } = todo.create({
    title: "Call",
    due: "2026-10-20T09:00:00[Europe/Paris]",
    reminders: [{ id: todo.newId(), trigger: { type: "relative", to: "due", offset: "-PT1H" } }],
  });
  assert.equal(todo.nextDue.toISOString(), "2026-10-20T06:00:00.000Z");
  assert.deepEqual(todo.advance(new Date("2026-10-20T05:59:59Z")), []);
  assert.equal(todo.advance(new Date("2026-10-20T06:00:00Z")).length, 1);
  assert.equal(todo.get(id).reminders[0].state, "fired");
  assert.equal(todo.nextDue, null);
});

test("clock and random bits are those that are given", async () => {
  const make = async () => {
    let last = 0;
    const todo = await open({ random: (bytes) => bytes.fill(++last) });
    todo.create({ title: "Same" });
    return JSON.stringify(todo.snapshot());
  };
  assert.equal(await make(), await make());
});

test("a recurrence is previewed as it will come", async () => {
  const todo = await open();
  const rules = { rules: ["FREQ=MONTHLY;BYMONTHDAY=31"] };
  assert.deepEqual(todo.occurrences(rules, { date: "2026-01-31", limit: 3 }), [
    "2026-01-31",
    "2026-03-31",
    "2026-05-31",
  ]);
  assert.equal(
    todo.nextOccurrence(rules, { date: "2026-01-31", after: "2026-05-31" }),
    "2026-07-31",
  );
  assert.throws(
    () => todo.occurrences({ rules: ["FREQ=SOMETIMES"] }, { date: "2026-01-31" }),
    refuses("malformed", "/recurrence/rules/0"),
  );
});

test("another program's tasks come in once, with a report of what was lost", async () => {
  const todo = await open();
  const text = JSON.stringify([
    {
      uuid: "6a2f6f2e-2c53-4c3e-9a0b-0d4d2d3a9f11",
      description: "Paint the fence",
      status: "pending",
      entry: "20261101T090000Z",
      urgency: 3.2,
      tags: ["garden"],
    },
  ]);
  const namespace = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";
  const first = todo.readImport("taskwarrior", text, { namespace });
  assert.deepEqual(titles(todo.query()), []); // only looked at so far
  todo.batch(first.commands);
  assert.deepEqual(titles(todo.query("#garden")), ["Paint the fence"]);
  assert.ok(
    first.losses.some(({ property, fate }) => property === "urgency" && fate === "derived"),
  );
  assert.deepEqual(todo.readImport("taskwarrior", text, { namespace }).commands, []);
  assert.throws(
    () => todo.readImport("ical", "nothing", { namespace }),
    (error) => error.code === "malformed",
  );
});

test("what was disposed says so", async () => {
  const todo = await open();
  todo.dispose();
  todo.dispose();
  assert.throws(
    () => todo.query(),
    (error) => error.code === "unavailable" && /disposed/.test(error.message),
  );
});
