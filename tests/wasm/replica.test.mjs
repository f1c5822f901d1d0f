// Two devices and a journal: what each shows before and after they have heard of one another.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine, Replica, Todo } from "libtodo";

// Keeps the journal, as a server does.
async function openJournal() {
  const engine = await Engine.create();
  const ask = (call) => {
    const { ok, error } = JSON.parse(engine.call(JSON.stringify(call)));
    if (error) throw new Error(JSON.stringify(error));
    return ok;
  };
  const entries = [];
  return {
    snapshot: () => ask({ type: "snapshot" }),
    send(requests) {
      for (const request of requests) ask({ type: "ask", request });
      entries.push(...ask({ type: "settle" }));
    },
    after: (seq) => entries.slice(seq),
  };
}

const exchange = (replica, journal) => {
  journal.send(replica.requests());
  return replica.commit(journal.after(replica.seq));
};
const tasksOf = (replica) => replica.snapshot().tasks;

test("what is asked shows at once and is pending until the journal has it", async () => {
  const journal = await openJournal();
  const replica = await Replica.create();
  const { id } = replica.create({ title: "Milk" });
  assert.equal(replica.get(id).title, "Milk");
  assert.equal(replica.pending, 1);
  assert.equal(tasksOf(replica), undefined);
  const { settled } = exchange(replica, journal);
  assert.equal(settled.length, 1);
  assert.equal(replica.pending, 0);
  assert.equal(tasksOf(replica)[0].id, id);
});

test("two devices that complete one occurrence make one successor", async () => {
  const journal = await openJournal();
  const [one, two] = [await Replica.create(), await Replica.create()];
  const { id } = one.create({
    title: "Weekly meeting",
    due: "2026-10-19T09:00:00[Europe/Paris]",
    recurrence: { rules: ["FREQ=WEEKLY"] },
  });
  exchange(one, journal);
  exchange(two, journal);
  one.complete(id);
  two.complete(id);
  exchange(one, journal);
  exchange(two, journal);
  exchange(one, journal);
  assert.deepEqual(tasksOf(one), tasksOf(two));
  assert.equal(tasksOf(one).length, 2);
});

test("a request that is sent again is done once", async () => {
  const journal = await openJournal();
  const replica = await Replica.create();
  replica.create({ title: "Once" });
  journal.send(replica.requests());
  exchange(replica, journal);
  assert.equal(replica.seq, 1);
  assert.equal(tasksOf(replica).length, 1);
});

test("what the journal refuses does not show, and the answer says why", async () => {
  const journal = await openJournal();
  const [one, two] = [await Replica.create(), await Replica.create()];
  const { id } = one.create({ title: "Old" });
  exchange(one, journal);
  exchange(two, journal);
  two.remove(id);
  exchange(two, journal);
  one.edit(id, { title: "Late" });
  assert.equal(one.get(id).title, "Late");
  const [answer] = exchange(one, journal).settled;
  assert.equal(answer.refusal.code, "conflict");
  assert.equal(one.get(id).title, "Old");
  exchange(two, journal);
  assert.deepEqual(tasksOf(one), tasksOf(two));
});

test("a replica goes on from a snapshot, and its device goes on counting", async () => {
  const journal = await openJournal();
  const replica = await Replica.create();
  replica.create({ title: "One" });
  exchange(replica, journal);
  const later = await Replica.create({ snapshot: journal.snapshot(), device: replica.device });
  assert.equal(later.lastNumber, 1);
  later.create({ title: "Two" });
  exchange(later, journal);
  assert.deepEqual(
    tasksOf(later)
      .map(({ title }) => title)
      .sort(),
    ["One", "Two"],
  );
});

// Otherwise nothing older could be taken back ever again.
test("what others have changed since is refused once, and undo goes on with the rest", async () => {
  const journal = await openJournal();
  const [one, two] = [await Replica.create(), await Replica.create()];
  const older = one.create({ title: "Older" });
  const shared = one.create({ title: "Shared" });
  one.edit(older.id, { priority: "high" });
  const { context } = one.apply({ type: "edit", task: shared.id, patch: { title: "Mine" } });
  exchange(one, journal);
  exchange(two, journal);
  two.edit(shared.id, { title: "Theirs" });
  exchange(two, journal);
  exchange(one, journal);
  assert.throws(() => one.undo(), { code: "conflict" });
  one.undo();
  assert.equal(one.get(older.id).priority, "none");
  exchange(one, journal);
  one.redo();
  assert.equal(one.get(older.id).priority, "high");
  assert.throws(() => one.undo(context.mutation), { code: "conflict" });
});

test("so is a redo", async () => {
  const journal = await openJournal();
  const [one, two] = [await Replica.create(), await Replica.create()];
  const shared = one.create({ title: "Shared" });
  const later = one.create({ title: "Later" });
  one.edit(shared.id, { title: "Mine" });
  one.edit(later.id, { priority: "high" });
  one.undo();
  one.undo();
  exchange(one, journal);
  exchange(two, journal);
  two.edit(shared.id, { title: "Theirs" });
  exchange(two, journal);
  exchange(one, journal);
  assert.throws(() => one.redo(), { code: "conflict" });
  one.redo();
  assert.equal(one.get(later.id).priority, "high");
  assert.throws(() => one.redo(), { code: "not_found" });
});

test("the index follows what comes from elsewhere and what is taken back", async () => {
  const journal = await openJournal();
  const here = await Replica.create();
  const there = await Todo.create();
  here.create({ title: "Apples" });
  there.create({ title: "Pears" });
  there.dispose();
  here.undo();
  exchange(here, journal);
  assert.deepEqual([...here.query("apples")], []);
  here.redo();
  assert.equal([...here.query("apples")].length, 1);
});
