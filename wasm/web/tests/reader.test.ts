import { describe, expect, it } from "vitest";
import type { ListAsk } from "../src/engine/api";
import { createReader } from "../src/engine/reader";
import { id, memoryCore, task, type World } from "./memory_core";

const ask = (members: Partial<ListAsk> = {}): ListAsk => ({
  view: { type: "today" },
  sort: null,
  limit: 50,
  cursor: null,
  ...members,
});
const tasks = [1, 2, 3, 4, 5].map((number) => task(number, { due: "2026-11-23" }));
const world: World = {
  tasks,
  answers: { "is:overdue": [id(1), id(2)], "is:today -is:overdue": [id(3), id(4), id(5)] },
};

describe("a task", () => {
  it("is none if its id is not one of ours, as in a mistyped address", async () => {
    const reader = createReader(memoryCore(world));
    expect(await reader.task("nobody")).toBeNull();
    expect(await reader.task(id(77))).toBeNull();
  });

  it("can be looked at when it was removed, so that it can come back", async () => {
    const removed = task(1, { deleted_at: "2026-11-22T09:00:00Z" });
    const card = await createReader(memoryCore({ tasks: [removed] })).task(removed.id);
    expect(card?.removed).toBe(true);
  });
});

describe("a list", () => {
  it("puts its sections one after the other with their counts", async () => {
    const page = await createReader(memoryCore(world)).list(ask());
    expect(page.rows.map((row) => row.section)).toEqual([
      "overdue",
      "overdue",
      "today",
      "today",
      "today",
    ]);
    expect(page.sections.map(({ title, count }) => [title, count])).toEqual([
      ["Overdue", 2],
      ["Today", 3],
    ]);
    expect(page.heading.summary).toBe("5 to do, 2 of them late.");
  });

  it("gives every row once however small the pages are", async () => {
    const reader = createReader(memoryCore(world));
    for (const limit of [1, 2, 3, 4]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await reader.list(ask({ limit, cursor }));
        expect(page.rows.length).toBeLessThanOrEqual(limit);
        seen.push(...page.rows.map((row) => row.id));
        cursor = page.next;
      } while (cursor !== null);
      expect(seen).toEqual(tasks.map((each) => each.id));
    }
  });

  it("asks the engine for 500 at a time when more are shown", async () => {
    const many = Array.from({ length: 1200 }, (_, index) => task(index + 1));
    const core = memoryCore({ tasks: many, answers: { "is:done": many.map((each) => each.id) } });
    const page = await createReader(core).list(ask({ view: { type: "completed" }, limit: 1100 }));
    expect(page.rows.length).toBe(1100);
    expect(page.next).toBe("0 1100");
  });

  it("has a heading for each day in Upcoming", async () => {
    const due = ["2026-11-24", "2026-11-24T08:00:00", "2026-11-30"];
    const later = due.map((date, index) => task(index + 1, { due: date }));
    const core = memoryCore({
      tasks: later,
      answers: { "is:upcoming": later.map((each) => each.id) },
    });
    const page = await createReader(core).list(ask({ view: { type: "upcoming" } }));
    expect(page.sections.map(({ title }) => title)).toEqual([
      "Tomorrow, Tuesday 24 November",
      "Monday 30 November",
    ]);
    expect(page.rows.map((row) => row.when?.text ?? "")).toEqual(["", "08:00", ""]);
  });

  it("drops the dated sections for another order", async () => {
    const core = memoryCore({ tasks, answers: { "is:inbox": tasks.map((each) => each.id) } });
    const page = await createReader(core).list(ask({ view: { type: "inbox" }, sort: "title" }));
    expect(page.sections).toEqual([{ key: "all", title: "", tone: "plain", count: 5 }]);
  });

  it("says what tomorrow has when nothing is left for today", async () => {
    const tram = task(1, { title: "Tram to the dentist", due: "2026-11-24T08:30:00" });
    const core = memoryCore({ tasks: [tram], answers: { "due:tomorrow": [tram.id] } });
    const page = await createReader(core).list(ask());
    expect(page.empty.title).toBe("Nothing left for today");
    expect(page.empty.text).toBe("Tomorrow has 1, the first at 08:30: “Tram to the dentist”.");
  });

  it("says which word of a query left everything out", async () => {
    const core = memoryCore({ tasks, answers: { "due:today": tasks.map((each) => each.id) } });
    const page = await createReader(core).list(
      ask({ view: { type: "search", query: "!high due:today" } }),
    );
    expect(page.empty.text).toBe("Without !high there are 5.");
    expect(page.empty.instead).toEqual({ label: "Leave out !high", query: "due:today" });
  });
});
