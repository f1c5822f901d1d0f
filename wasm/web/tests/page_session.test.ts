// What is done in the page and the journal of a server that fails: nothing is lost, nothing twice.
import { AsyncLocalStorage } from "node:async_hooks";
import { Engine, type Task } from "libtodo";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Health } from "../src/engine/api";
import type { Device } from "../src/engine/device";
import { Journal, problem } from "./journal";
import { id } from "./memory_core";
import { PageSession, type SessionOptions } from "../src/engine/page_session";

const kept: { device: Device | null } = vi.hoisted(() => ({ device: null }));
vi.mock("../src/engine/device", () => ({
  readDevice: async () => kept.device,
  writeDevice: async (device: Device) => {
    kept.device = device;
    return true;
  },
}));

let journal: Journal;
// Of the pages that other tests have left running, each asks the journal that it began with.
const own = new AsyncLocalStorage<Journal>();
const titles = () => {
  const { tasks = [] } = journal.ask({ type: "snapshot" }) as { tasks?: { title: string }[] };
  return tasks.map(({ title }) => title).sort(); // two of one millisecond are in any order
};

beforeEach(async () => {
  journal = new Journal(await Engine.create());
  kept.device = null;
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) =>
    (own.getStore() ?? journal).fetch(path, init),
  );
  vi.stubGlobal("navigator", {
    locks: {
      request: (_: string, options: unknown, act?: (granted: object) => unknown) =>
        Promise.resolve((act ?? (options as () => unknown))({})),
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

const patience = { timeout: 15_000 }; // of the slowest machine
const today = "2026-11-23";

async function openSession(options: SessionOptions = {}) {
  const session = new PageSession(options);
  const healths: Health[] = [];
  session.subscribe((notice) => {
    if (notice.type === "health") healths.push(notice.health);
  });
  await own.run(journal, () => session.open());
  const until = (state: Health["state"]) =>
    vi.waitFor(() => expect(healths.at(-1)?.state).toBe(state), { ...patience, interval: 10 });
  const { changes } = session;
  const create = (title: string, notes = "") => {
    const id = session.ask((replica) => replica.newId());
    return changes.apply({ type: "create", task: { id, title, notes } }, today);
  };
  const shown = () =>
    session.ask((replica) => [...replica.query("is:any")].map(({ title }) => title).sort());
  return { session, changes, healths, until, create, shown };
}

test("what is done is sent once and settles", async () => {
  const { create, until } = await openSession();
  create("Milk");
  await until("saved");
  expect(titles()).toEqual(["Milk"]);
  expect(journal.sent.length).toBe(1);
});

test("while the server is away, changes wait and are counted", async () => {
  const { create, until, healths } = await openSession();
  await until("saved");
  journal.away = true;
  create("One");
  create("Two");
  await vi.waitFor(() => expect(healths.at(-1)?.says).toBe("Offline: 2 changes wait here"));
  journal.away = false;
  await until("saved");
  expect(titles()).toEqual(["One", "Two"]);
});

test("an answer that is lost does not double what was done", async () => {
  const { create, until } = await openSession();
  await until("saved");
  journal.mute = true;
  create("Once");
  await until("offline");
  journal.mute = false;
  await until("saved");
  expect(journal.sent.length).toBe(1); // it is found in the journal
  expect(titles()).toEqual(["Once"]);
});

test("a number is kept before it is sent", async () => {
  const { create, until } = await openSession();
  await until("saved");
  const send = journal.fetch.bind(journal);
  const keptWhenSent: unknown[] = [];
  journal.fetch = (path, init) => {
    if (init?.method === "POST") keptWhenSent.push(kept.device?.number);
    return send(path, init);
  };
  create("Milk");
  await until("saved");
  expect(keptWhenSent).toEqual([1]);
});

// Its number may still come to the journal: used again, it would be taken for done.
test("a page that finds requests unsettled goes on as another device", async () => {
  const first = await openSession();
  first.create("Settled");
  await first.until("saved");
  const device = kept.device!;
  expect(device.number).toBe(1);

  await openSession();
  expect(kept.device).toEqual(device);
  kept.device = { ...device, number: 2 };
  const third = await openSession();
  expect(kept.device!.id).not.toBe(device.id);
  third.create("New");
  await third.until("saved");
  expect(titles()).toEqual(["New", "Settled"]);
});

test("what waited is asked of the journal that took the place of the one before", async () => {
  const { create, changes, shown, until } = await openSession();
  const before = create("In the backup");
  await until("saved");
  create("After the backup");
  await until("saved");
  journal.away = true;
  create("Waiting");
  const undone = create("Taken back");
  changes.undo(undone.mutation!);
  const kept = changes.undo(create("Done again").mutation!);
  changes.undo(kept.mutation!);
  changes.apply({ type: "edit", task: before.task!, patch: { notes: "Waiting too" } }, today);
  await journal.replace(1);
  journal.away = false;
  const all = ["Done again", "In the backup", "Waiting"];
  await vi.waitFor(() => expect(titles()).toEqual(all), patience);
  expect(shown()).toEqual(all);
  const [matter, ...others] = changes.matters();
  expect(others).toEqual([]);
  expect(matter).toMatchObject({ says: "The server holds other tasks than before", retry: null });
  expect(matter!.why).toContain("The 7 changes that waited here were made again.");
  changes.drop(matter!.id);
  await until("saved");
});

test("what the new journal cannot take is kept with its text, and said", async () => {
  const { create, changes, until, healths } = await openSession();
  const { task } = create("After the backup");
  await until("saved");
  journal.away = true;
  create("Waiting");
  changes.apply({ type: "edit", task: task!, patch: { notes: "Two hours of work" } }, today);
  await journal.replace(0);
  journal.away = false;
  await until("unsaved");
  expect(titles()).toEqual(["Waiting"]);
  const [lost, news] = changes.matters();
  expect(lost).toMatchObject({
    says: "Not saved: Changed the notes of “After the backup”",
    text: "Two hours of work",
    retry: "Try again",
  });
  expect(news!.why).toContain("Of 2 changes that waited here, 1 was made again; 1 could not be");
  expect(healths.at(-1)).toMatchObject({ says: "1 change could not be saved", waiting: 1 });
});

test("what is in the new journal already is not asked again", async () => {
  const { create, until } = await openSession();
  await until("saved");
  journal.mute = true;
  create("Once");
  await until("offline");
  await journal.replace(1);
  journal.mute = false;
  await until("saved");
  expect(titles()).toEqual(["Once"]);
});

// While the page loads anew for the next time.
function meanwhile(act: () => void): void {
  const fetch = journal.fetch.bind(journal);
  journal.fetch = async (path, init) => {
    if (path === "/v1/snapshot") {
      journal.fetch = fetch;
      act();
    }
    return fetch(path, init);
  };
}

test("a change while the page loads anew is not lost", async () => {
  const { create, until } = await openSession();
  await until("saved");
  meanwhile(() => create("Meanwhile"));
  await journal.replace(0);
  await vi.waitFor(() => expect(titles()).toEqual(["Meanwhile"]), patience);
});

test("several answers that are lost do not double what was done, nor stop it", async () => {
  const { create, until } = await openSession();
  await until("saved");
  journal.away = true;
  for (const title of ["One", "Two", "Three"]) create(title);
  await until("offline");
  journal.away = false;
  journal.mute = true;
  await vi.waitFor(() => expect(titles().length).toBe(3), patience);
  journal.mute = false;
  await until("saved");
  expect(titles()).toEqual(["One", "Three", "Two"]);
});

test("what waits is sent in pieces that any server takes", async () => {
  const { create, until } = await openSession();
  await until("saved");
  journal.away = true;
  for (let i = 0; i < 40; ++i) create(`Task ${i}`, "x".repeat(60_000)); // 2.4 MB
  journal.mostBytes = 150_000;
  journal.away = false;
  await until("saved");
  expect(titles().length).toBe(40);
});

test("a request that the server does not take is kept with its text; others go on", async () => {
  const { create, changes, shown, until } = await openSession();
  await until("saved");
  journal.mostBytes = 10_000;
  journal.away = true;
  create("First");
  create("Paste of the whole contract", "x".repeat(60_000));
  create("Last");
  meanwhile(() => create("Later"));
  journal.away = false;
  const rest = ["First", "Last", "Later"];
  await vi.waitFor(() => expect(titles()).toEqual(rest), patience);
  await until("unsaved");
  expect(shown()).toEqual(rest);
  const [matter, ...others] = changes.matters();
  expect(others).toEqual([]);
  expect(matter).toMatchObject({
    says: "Not saved: Added “Paste of the whole contract”",
    why: "The body is too large.",
    retry: "Try again",
  });
  expect(matter!.text).toContain("xxx");

  journal.mostBytes = 16 * 1024 * 1024;
  changes.retry(matter!.id, today);
  await until("saved");
  expect(titles()).toEqual([...rest, "Paste of the whole contract"]);
});

test("a no to whoever asks is no refusal of what is asked", async () => {
  const { create, changes, until } = await openSession();
  await until("saved");
  journal.answer = () => problem(403, "invalid", "This page may not write");
  create("Milk");
  await until("refused");
  expect(changes.matters()).toEqual([]);
  journal.answer = () => null;
  await until("saved");
  expect(titles()).toEqual(["Milk"]);
});

test("whoever does not want to wait for the next try does not have to", async () => {
  const { session, create, until } = await openSession();
  await until("saved");
  journal.away = true;
  create("Milk");
  let tries = 0;
  const fetch = journal.fetch.bind(journal);
  journal.fetch = (path, init) => {
    ++tries;
    return fetch(path, init);
  };
  await vi.waitFor(() => expect(tries).toBeGreaterThanOrEqual(5), patience); // the next: in 2 s
  journal.away = false;
  const before = performance.now();
  session.hurry();
  await until("saved");
  expect(performance.now() - before).toBeLessThan(1500);
});

test("a server that asks to be left alone is left alone", async () => {
  const { session, create, until } = await openSession();
  await until("saved");
  const asked: number[] = [];
  journal.answer = () => {
    asked.push(performance.now());
    const headers = { "retry-after": "1" };
    return asked.length === 1 ? new Response("", { status: 429, headers }) : null;
  };
  create("Milk");
  await until("offline");
  session.hurry();
  await until("saved");
  expect(asked[1]! - asked[0]!).toBeGreaterThanOrEqual(990);
});

test("so is one that has not shown its tasks yet", async () => {
  const asked: number[] = [];
  const fetch = journal.fetch.bind(journal);
  journal.fetch = async (path, init) => {
    asked.push(performance.now());
    const headers = { "retry-after": "1" };
    return asked.length === 1 ? new Response("", { status: 503, headers }) : fetch(path, init);
  };
  const session = new PageSession();
  const opening = own.run(journal, () => session.open());
  await vi.waitFor(() => expect(asked.length).toBe(1), patience);
  const hurrying = setInterval(() => session.hurry(), 50);
  await opening;
  clearInterval(hurrying);
  expect(asked[1]! - asked[0]!).toBeGreaterThanOrEqual(990);
});

test("what another device made impossible is kept, and can be made possible", async () => {
  const { create, changes, until } = await openSession();
  const { task } = create("Milk");
  await until("saved");
  journal.away = true;
  changes.apply({ type: "edit", task: task!, patch: { notes: "Semi-skimmed" } }, today);
  journal.hear({ type: "remove", task: task! });
  journal.away = false;
  await until("unsaved");
  const [matter] = changes.matters();
  expect(matter).toMatchObject({
    says: "Not saved: Changed the notes of “Milk”",
    text: "Semi-skimmed",
    retry: "Restore and save",
  });
  changes.drop(matter!.id);
  await until("saved");
  changes.bringBack(matter!.id);
  changes.retry(matter!.id, today);
  await until("saved");
  const { tasks } = journal.ask({ type: "snapshot" }) as { tasks: Task[] };
  expect(tasks[0]).toMatchObject({ title: "Milk", notes: "Semi-skimmed" });
  expect(tasks[0]!.deleted_at).toBeUndefined();
});

test("a text that is too long is measured as people do", async () => {
  const { create } = await openSession();
  expect(() => create("Contract", "x".repeat(72_000))).toThrow(
    "This is 71 KB of text, the limit is 64 KB",
  );
});

test("entries of a newer server are not taken for a broken engine", async () => {
  const { create, until, healths } = await openSession();
  await until("saved");
  const fetch = journal.fetch.bind(journal);
  journal.fetch = async (path, init) => {
    const answer = (await (await fetch(path, init)).json()) as { entries: object[] };
    return Response.json({
      ...answer,
      entries: answer.entries.map((entry) => ({ ...entry, v: 99 })),
    });
  };
  const complaint = vi.spyOn(console, "error").mockImplementation(() => {});
  create("Milk");
  await until("failed");
  expect(complaint).toHaveBeenCalledOnce();
  complaint.mockRestore();
  expect(healths.at(-1)).toMatchObject({ says: "The server is newer than this page", waiting: 1 });
});

test("an engine that runs out of memory begins again with all that it had accepted", async () => {
  const { create, shown, until } = await openSession({ maxMemory: 8 });
  create("Saved");
  await until("saved");
  journal.away = true;
  create("Waiting");
  expect(() => create("Too much", "x".repeat(9_000_000))).toThrow("ran out of memory");
  expect(() => create("Too early")).toThrow();
  journal.away = false;
  await until("saved");
  expect(shown()).toEqual(["Saved", "Waiting"]);
  create("Afterwards");
  await until("saved");
  expect(titles()).toEqual(["Afterwards", "Saved", "Waiting"]);
});

test("what comes from elsewhere may be too much for a moment", async () => {
  const { create, shown, until } = await openSession({ maxMemory: 8 });
  create("Mine");
  await until("saved");
  journal.away = true;
  create("Waiting");
  await until("offline");
  const task = id(1);
  journal.hear({ type: "create", task: { id: task, title: "Theirs" } });
  for (let i = 0; i < 150; ++i) {
    journal.hear({ type: "edit", task, patch: { notes: `${i}`.repeat(30_000) } });
    journal.hear({ type: "edit", task, patch: { notes: null } });
  }
  journal.away = false;
  await until("loading");
  await until("saved");
  expect(shown()).toEqual(["Mine", "Theirs", "Waiting"]);
  expect(titles()).toEqual(["Mine", "Theirs", "Waiting"]);
});

test("undo says what it took back", async () => {
  const { changes, create, until } = await openSession();
  const { mutation } = create("Milk");
  expect(changes.undo(mutation!).says).toBe("Undone: Added “Milk”");
  await until("saved");
  expect(titles()).toEqual([]);
});
