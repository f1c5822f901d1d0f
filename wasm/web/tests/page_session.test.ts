// What is done in the page and the journal of a server that fails: nothing is lost, nothing twice.
import { Engine, type Entry, type Request } from "libtodo";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Health } from "../src/engine/api";
import type { Device } from "../src/engine/device";
import { PageSession } from "../src/engine/page_session";

const kept: { device: Device | null } = vi.hoisted(() => ({ device: null }));
vi.mock("../src/engine/device", () => ({
  readDevice: async () => kept.device,
  writeDevice: async (device: Device) => {
    kept.device = device;
    return true;
  },
}));

/** The server as `fetch` finds it. */
class Journal {
  lineage = "first";
  away = false;
  /** Takes requests, and then the answer is lost. */
  mute = false;
  readonly entries: Entry[] = [];
  readonly sent: Request[][] = [];
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  ask(call: object): unknown {
    const { ok, error } = JSON.parse(this.#engine.call(JSON.stringify(call)));
    if (error) throw new Error(JSON.stringify(error));
    return ok;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    if (this.away) throw new TypeError("no route");
    const url = new URL(path, "http://localhost");
    if (url.pathname === "/v1/snapshot")
      return Response.json(this.ask({ type: "snapshot" }), {
        headers: { "todo-lineage": this.lineage },
      });
    if (url.pathname === "/v1/requests") this.#take(JSON.parse(String(init.body)) as Request[]);
    const entries = this.entries.slice(Number(url.searchParams.get("after")));
    return Response.json({ lineage: this.lineage, more: false, entries });
  }

  #take(requests: Request[]): void {
    this.sent.push(requests);
    for (const request of requests) this.ask({ type: "ask", request });
    this.entries.push(...(this.ask({ type: "settle" }) as Entry[]));
    if (this.mute) throw new TypeError("cut off");
  }
}

let journal: Journal;
const titles = () => {
  const { tasks = [] } = journal.ask({ type: "snapshot" }) as { tasks?: { title: string }[] };
  return tasks.map(({ title }) => title).sort(); // two of one millisecond are in any order
};

beforeEach(async () => {
  journal = new Journal(await Engine.create());
  kept.device = null;
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => journal.fetch(path, init));
  vi.stubGlobal("navigator", {
    locks: {
      request: (_: string, options: unknown, act?: (granted: object) => unknown) =>
        Promise.resolve((act ?? (options as () => unknown))({})),
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

async function openSession() {
  const session = new PageSession();
  const healths: Health[] = [];
  session.subscribe((notice) => {
    if (notice.type === "health") healths.push(notice.health);
  });
  await session.open();
  const until = (state: Health["state"]) =>
    vi.waitFor(() => expect(healths.at(-1)?.state).toBe(state), { timeout: 5000, interval: 10 });
  const create = (title: string) => {
    const id = session.ask((replica) => replica.newId());
    return session.apply({ type: "create", task: { id, title } }, "2026-11-23");
  };
  return { session, healths, until, create };
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
  expect(journal.sent.length).toBeGreaterThan(1);
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

test("another journal in the server's place is not taken for this one", async () => {
  const { session, until } = await openSession();
  await until("saved");
  journal.lineage = "second";
  await until("failed");
  expect(session.ask((replica) => [...replica.query()])).toEqual([]);
});

test("undo says what it took back", async () => {
  const { session, create, until } = await openSession();
  const { mutation } = create("Milk");
  expect(session.undo(mutation!).says).toBe("Undone: Added “Milk”");
  await until("saved");
  expect(titles()).toEqual([]);
});
