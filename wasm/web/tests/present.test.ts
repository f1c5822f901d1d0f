import { describe, expect, it } from "vitest";
import { cardOf, lookAt, rowOf, whenOf } from "../src/engine/present";
import { id, memoryCore, task, type World } from "./memory_core";

// It is Monday 23 November 2026, 10:00 in Berlin.
const when = (members: Parameters<typeof task>[1], said: string | null = null, world: World = {}) =>
  whenOf(lookAt(memoryCore(world)), task(1, members), said);

describe("when a task is due", () => {
  it("is said as a day word near today and as a date further off", () => {
    expect(when({ due: "2026-11-23" })?.text).toBe("Today");
    expect(when({ due: "2026-11-24T10:00:00" })?.text).toBe("Tomorrow, 10:00");
    expect(when({ due: "2026-11-27" })?.text).toBe("Fri 27 Nov");
    expect(when({ due: "2027-11-27" })?.text).toBe("Sat 27 Nov 2027");
  });

  it("leaves out the day that the heading says", () => {
    expect(when({ due: "2026-11-23T14:00:00" }, "2026-11-23")?.text).toBe("14:00");
    expect(when({ due: "2026-11-23" }, "2026-11-23")).toBeNull();
  });

  it("counts lateness in days up to a week, then says the date", () => {
    expect(when({ due: "2026-11-22" })).toEqual({ text: "1 day late", state: "late" });
    expect(when({ due: "2026-11-16" })).toEqual({ text: "7 days late", state: "late" });
    expect(when({ due: "2026-11-15" })).toEqual({ text: "Sun 15 Nov", state: "late" });
  });

  it("counts lateness of a time today in minutes and hours", () => {
    expect(when({ due: "2026-11-23T09:35:00" })?.text).toBe("25 min late");
    expect(when({ due: "2026-11-23T07:00:00" })?.text).toBe("3 h late");
    expect(when({ due: "2026-11-23T10:00:01" })?.state).toBe("today");
  });

  it("is not late on its own day if it has no time", () => {
    expect(when({ due: "2026-11-23" }, null, { now: "2026-11-23T22:59:00Z" })?.state).toBe("today");
    expect(when({ due: "2026-11-23" }, null, { now: "2026-11-23T23:00:00Z" })?.state).toBe("late");
  });

  it("is read on the owner's wall clock when it is in another zone", () => {
    expect(when({ due: "2026-11-24T06:00:00[Asia/Tokyo]" })?.text).toBe("Today, 22:00");
  });

  it("gives way to the time of completion", () => {
    const done = {
      status: "done",
      completed_at: "2026-11-22T13:02:00Z",
      due: "2026-11-20",
    } as const;
    expect(when(done)).toEqual({ text: "Yesterday, 14:02", state: "closed" });
  });
});

describe("a row", () => {
  it("names the open task that it waits for", () => {
    const blocker = task(2, { title: "Buy a watering can" });
    const waits = task(1, { blocked_by: [id(2)] });
    const scene = lookAt(memoryCore({ tasks: [blocker, waits] }));
    expect(rowOf(scene, waits, "all", { day: null, project: null }).blocked).toBe(
      "Waits for “Buy a watering can”",
    );
  });

  it("does not wait for a task that is done", () => {
    const waits = task(1, { blocked_by: [id(2)] });
    const scene = lookAt(memoryCore({ tasks: [task(2, { status: "done" }), waits] }));
    expect(rowOf(scene, waits, "all", { day: null, project: null }).blocked).toBeNull();
  });
});

describe("a row in the view of its project", () => {
  it("does not say the project again", () => {
    const home = { id: id(9), name: "Home" };
    const scene = lookAt(memoryCore({ projects: [home] }));
    const inHome = task(1, { project: home.id });
    expect(rowOf(scene, inHome, "all", { day: null, project: null }).project).toBe("Home");
    expect(rowOf(scene, inHome, "all", { day: null, project: home.id }).project).toBeNull();
  });
});

describe("a card", () => {
  it("shows a foreign time in its owner's zone and hints at the other", () => {
    const card = cardOf(lookAt(memoryCore()), task(1, { due: "2026-11-24T06:00:00[Asia/Tokyo]" }));
    expect(card.due).toEqual({ text: "Today, 22:00", hint: "06:00 Tokyo time", late: false });
  });

  it("says how far off a date is", () => {
    const card = cardOf(lookAt(memoryCore()), task(1, { due: "2026-11-30" }));
    expect(card.due).toEqual({ text: "Mon 30 Nov", hint: "in 7 days", late: false });
  });

  it("lists the dates that come after this one", () => {
    const world = { occurrences: ["2026-12-23", "2027-01-23"] };
    const repeats = {
      rules: ["FREQ=MONTHLY;COUNT=3"],
      anchored_to: "due",
      repeat_from: "schedule",
      missed: "keep",
    } as const;
    const card = cardOf(
      lookAt(memoryCore(world)),
      task(1, { due: "2026-11-23", recurrence: { ...repeats, rules: [...repeats.rules] } }),
    );
    expect(card.repeats?.text).toBe("Every month on the 23rd, 3 times");
    expect(card.repeats?.then).toBe("Then Wed 23 Dec, Sat 23 Jan");
  });
});
