import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { changed, patchOf } from "../src/app/change";
import { hasWord, projectWord, toggleWord, wordsOf } from "../src/app/query_text";
import { hrefOf, placeAt } from "../src/app/router";
import vite from "../vite.config";
import { task } from "./memory_core";

describe("the address", () => {
  it("leads back to the place it was made of", () => {
    for (const page of [
      { type: "today" },
      { type: "project", id: "a/b" },
      { type: "tag", name: "home.garden/ä" },
      { type: "search", query: '#a "two words" & more' },
      { type: "settings" },
    ] as const) {
      const place = { page, task: "0190" };
      const url = new URL(hrefOf(place), "http://localhost");
      expect(placeAt(url.pathname, url.search)).toEqual(place);
    }
  });

  it("opens a task by its own address", () => {
    expect(placeAt("/task/0190", "")).toEqual({ page: { type: "today" }, task: "0190" });
  });

  it("is said to lead to nothing if it does", () => {
    for (const path of ["/nonsense", "/project", "/tag/", "/today/tomorrow", "/tag/a/b"]) {
      const place = placeAt(path, "?task=0190");
      expect(place).toEqual({ page: { type: "nowhere", path }, task: null });
      expect(hrefOf(place)).toBe(path);
    }
    expect(placeAt("/", "").page).toEqual({ type: "today" });
  });

  it("survives a broken escape", () => {
    expect(placeAt("/tag/%E0%A4%A", "").page).toEqual({ type: "tag", name: "%E0%A4%A" });
  });
});

describe("the text of a query", () => {
  it("keeps what is quoted in one word", () => {
    expect(wordsOf('milk @"Flat move" "a phrase" open"')).toEqual([
      "milk",
      '@"Flat move"',
      '"a phrase"',
      'open"',
    ]);
  });

  it("gets a word and loses it again", () => {
    const once = toggleWord("milk", "#home", []);
    expect(once).toBe("milk #home");
    expect(toggleWord(once, "#Home", [])).toBe("milk");
  });

  it("holds one word of a group at most", () => {
    expect(toggleWord("!high milk", "!low", ["!high", "!medium"])).toBe("milk !low");
    expect(hasWord("!high milk", "!low")).toBe(false);
  });

  it("quotes a project only if it must", () => {
    expect(projectWord("Home.Garden")).toBe("@Home.Garden");
    expect(projectWord('The "big" move')).toBe('@"The \\"big\\" move"');
  });
});

describe("a change of a task", () => {
  it("says which tags came and went, not what they are", () => {
    const before = task(1, { tags: ["a", "b"] });
    expect(patchOf(before, { tags: ["b", "c"] })).toEqual({ tags: { add: ["c"], remove: ["a"] } });
    expect(patchOf(before, { due: null })).toEqual({ due: null });
  });

  it("takes a new time of day to the whole series, but a new date only to this occurrence", () => {
    const weekly = { rules: ["FREQ=WEEKLY"], anchor: "2026-11-02", exdates: ["2026-11-16"] };
    const policy = { anchored_to: "due", repeat_from: "schedule", missed: "keep" } as const;
    const before = task(1, { due: "2026-11-23", recurrence: { ...weekly, ...policy } });
    expect(patchOf(before, { due: "2026-11-24" })).toEqual({ due: "2026-11-24" });
    expect(patchOf(before, { due: "2026-11-24T09:30:00" })).toEqual({
      due: "2026-11-24T09:30:00",
      recurrence: {
        ...weekly,
        ...policy,
        anchor: "2026-11-02T09:30:00",
        exdates: ["2026-11-16T09:30:00"],
        rdates: [],
      },
    });
  });

  it("leaves out of a new task what is cleared", () => {
    expect(changed({ due: "2026-11-23", priority: "none" }, { due: null, tags: ["a"] })).toEqual({
      priority: "none",
      tags: ["a"],
    });
  });
});

describe("the page while it is developed", () => {
  it("asks the server where that listens unless it is told otherwise", () => {
    const config = readFileSync(new URL("../../../server/src/config/config.cpp", import.meta.url));
    const [, listen] = /string listen = "(.*?)"/.exec(String(config)) ?? [];
    expect(vite.server?.proxy).toEqual({ "/v1": `http://${listen}` });
  });
});
