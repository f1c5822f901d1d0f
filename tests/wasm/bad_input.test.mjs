// Every member of every command, spoiled in every way: an error that names it, and no change.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine } from "libtodo";

const id = (number) => `0198c5a2-7b1e-7c3d-9a4f-${String(number).padStart(12, "0")}`;
const recurrence = {
  rules: ["FREQ=WEEKLY"],
  rdates: ["2026-12-24"],
  exdates: ["2026-12-28"],
  anchor: "2026-11-23",
  anchored_to: "due",
  repeat_from: "schedule",
  missed: "keep",
};
const task = {
  id: id(1),
  title: "Paint",
  notes: "Two coats",
  status: "open",
  priority: "high",
  tags: ["home"],
  project: id(2),
  parent: id(3),
  blocked_by: [id(4)],
  start: "2026-11-20",
  due: "2026-11-23",
  reminders: [
    { id: id(5), trigger: { type: "relative", to: "due", offset: "-PT1H" }, state: "scheduled" },
    { id: id(6), trigger: { type: "absolute", at: "2026-11-22T09:00:00Z" } },
  ],
  recurrence,
  estimate: "PT30M",
  order: "a0",
  attributes: { colour: "red" },
};
const patch = { title: "Paint it", tags: { add: ["red"], remove: ["home"] }, recurrence };
const mutation = { device: id(9), number: 1 };
const events = [
  { type: "task_changed", task: id(1), before: { title: "a" }, after: { title: "b" } },
];
const commands = [
  { type: "create", task },
  { type: "edit", task: id(1), patch },
  { type: "remove", task: id(1) },
  { type: "complete", task: id(1), cascade: true },
  { type: "cancel", task: id(1), cascade: true },
  { type: "reopen", task: id(1) },
  { type: "skip", task: id(1) },
  { type: "restore", task: id(1) },
  { type: "snooze", task: id(1), reminder: id(5), until: "2026-11-23T09:00:00Z" },
  { type: "acknowledge", task: id(1), reminder: id(5) },
  { type: "create_project", project: { id: id(2), name: "Home", order: "a0" } },
  { type: "edit_project", project: id(2), patch: { name: "House" } },
  { type: "remove_project", project: id(2) },
  { type: "create_filter", filter: { id: id(7), name: "Now", query: "is:overdue", sort: "due" } },
  { type: "edit_filter", filter: id(7), patch: { query: "is:today" } },
  { type: "remove_filter", filter: id(7) },
  {
    type: "edit_settings",
    patch: { zone: "Europe/Paris", week_start: "sunday", morning: "08:00" },
  },
  { type: "advance", tasks: [id(1)] },
  { type: "undo", of: mutation, events },
  { type: "batch", commands: [{ type: "complete", task: id(1) }] },
];

const engine = await Engine.create();
const ask = (call) => JSON.parse(engine.call(JSON.stringify(call)));
const readCommand = (text) => ask({ type: "read", as: "Command", text });
const untouched = JSON.stringify(ask({ type: "snapshot" }));

// Calls `visit(pointer, value, replaced)`, where `replaced(by)` is the command with `by` there.
function everywhere(command, visit) {
  const walk = (value, pointer, put) => {
    visit(pointer, value, put);
    if (value === null || typeof value !== "object") return;
    for (const [name, inner] of Object.entries(value)) {
      const copy = (by) => {
        const changed = structuredClone(value);
        if (by === undefined) delete changed[name];
        else changed[name] = by;
        return put(changed);
      };
      walk(inner, `${pointer}/${name}`, copy);
    }
  };
  walk(command, "", (by) => by);
}

function refused(spoiled, pointer, how) {
  const { error } = readCommand(JSON.stringify(spoiled));
  assert.ok(error, `${how} at ${pointer} of ${spoiled?.type} is accepted`);
  assert.ok(error.message, "an error says why");
  assert.equal(error.field ?? "", pointer, `${how}: ${error.message}`);
}

for (const command of commands) {
  test(`${command.type}: what is well formed is read`, () => {
    assert.equal(readCommand(JSON.stringify(command)).ok?.type, command.type);
  });

  test(`${command.type}: a member of another type is refused by its name`, () => {
    everywhere(command, (pointer, value, replaced) => {
      const other = typeof value === "boolean" ? "yes" : true;
      refused(replaced(other), pointer, "another type");
      refused(replaced(typeof value === "boolean" ? 1.5 : 1.25), pointer, "a fraction");
    });
  });

  test(`${command.type}: null, unknown members and bad encodings are refused by name`, () => {
    everywhere(command, (pointer, value, replaced) => {
      const inPatch = /^\/(patch|events\/0\/(before|after))\/[^/]+$/.test(pointer);
      if (!inPatch) refused(replaced(null), pointer, "null");
      const isMap = /\/attributes$/.test(pointer);
      if (value !== null && typeof value === "object" && !Array.isArray(value) && !isMap)
        refused(replaced({ ...value, surprise: 1 }), `${pointer}/surprise`, "an unknown member");
      if (typeof value === "string") refused(replaced("\ud800"), pointer, "half a character");
    });
  });

  test(`${command.type}: a text that ends too soon is malformed`, () => {
    const text = JSON.stringify(command);
    for (let length = 0; length < text.length; ++length)
      assert.equal(readCommand(text.slice(0, length)).error?.code, "malformed");
  });
}

test("what is too long is refused by name, and not cut off", () => {
  const long = "x".repeat(2_000_000);
  const members = ["title", "notes", "order", "due", "estimate"];
  for (const name of members) {
    const request = {
      context: { now: "2026-11-23T09:00:00Z", mutation: { device: id(9), number: 1 } },
      command: { type: "create", task: { id: id(1), title: "Paint", [name]: long } },
    };
    const { error } = ask({ type: "ask", request, if_accepted: true });
    assert.equal(error?.field, `/request/command/task/${name}`);
    assert.ok(error.message.length < 200);
  }
});

test("nothing of all this has changed anything", () => {
  assert.equal(JSON.stringify(ask({ type: "snapshot" })), untouched);
});
