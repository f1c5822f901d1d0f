// The keyboard: what single keys do, for the page and for the row that has the focus.
import { useEffect, useRef } from "react";
import type { Priority, TaskId } from "../engine/model";
import { currentPreferences } from "./preferences";
import type { Page } from "./router";

export interface KeyActions {
  add(): void;
  go(page: Page): void;
  undo(): void;
  /** Leaves what is open. */
  leave(): void;
  open(task: TaskId): void;
  complete(task: TaskId): void;
  remove(task: TaskId): void;
  postpone(task: TaskId): void;
  prioritize(task: TaskId, priority: Priority): void;
  edit(task: TaskId, part: "title" | "due" | "repeat" | "tags" | "project"): void;
}

/** As they are listed for people. */
export const shortcuts: { keys: string[]; does: string }[] = [
  { keys: ["Q"], does: "Add a task" },
  { keys: ["/"], does: "Search" },
  { keys: ["G", "then", "T", "U", "I", "C"], does: "Go to Today, Upcoming, Inbox, Completed" },
  { keys: ["↑", "↓"], does: "Move between tasks" },
  { keys: ["↵"], does: "Open the task" },
  { keys: ["Space"], does: "Complete it, or reopen it" },
  { keys: ["E"], does: "Edit its title" },
  { keys: ["D"], does: "Set its date" },
  { keys: ["T"], does: "Put it off until tomorrow" },
  { keys: ["R"], does: "Make it repeat" },
  { keys: ["1", "2", "3", "4", "0"], does: "Urgent, high, medium, low, no priority" },
  { keys: ["#"], does: "Change its tags" },
  { keys: ["M"], does: "Move it to a project" },
  { keys: ["⌫"], does: "Remove it" },
  { keys: ["Z"], does: "Undo" },
  { keys: ["Esc"], does: "Leave what is open" },
];

const places: Record<string, Page> = {
  t: { type: "today" },
  u: { type: "upcoming" },
  i: { type: "inbox" },
  c: { type: "completed" },
};
const priorities: Record<string, Priority> = {
  1: "urgent",
  2: "high",
  3: "medium",
  4: "low",
  0: "none",
};
const parts = { e: "title", d: "due", r: "repeat", "#": "tags", m: "project" } as const;
const goMs = 1000;

/** `true` if the key did something. */
export function press(
  key: string,
  row: TaskId | null,
  going: boolean,
  actions: KeyActions,
): boolean {
  const place = going ? places[key] : undefined;
  if (place) actions.go(place);
  else if (key === "q") actions.add();
  else if (key === "/") actions.go({ type: "search", query: "" });
  else if (key === "?") actions.go({ type: "settings" });
  else if (key === "z") actions.undo();
  else if (row !== null) return pressAtRow(key, row, actions);
  else return false;
  return true;
}

function pressAtRow(key: string, row: TaskId, actions: KeyActions): boolean {
  const priority = priorities[key];
  if (key === "enter") actions.open(row);
  else if (key === " ") actions.complete(row);
  else if (key === "backspace" || key === "delete") actions.remove(row);
  else if (key === "t") actions.postpone(row);
  else if (priority) actions.prioritize(row, priority);
  else if (key in parts) actions.edit(row, parts[key as keyof typeof parts]);
  else return false;
  return true;
}

export function useShortcuts(actions: KeyActions): void {
  const current = useRef(actions);
  current.current = actions;

  useEffect(() => {
    let goingUntil = 0;
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.isComposing || event.altKey || isText(target)) return;
      const key = event.key.toLowerCase();
      const nowhere = target === document.body; // what had the focus has gone
      const layers = document.querySelector(".scrim, .pop") !== null;
      if (layers && !(nowhere && key === "escape")) return;
      if (key === "escape") return current.current.leave();
      const modified = event.ctrlKey || event.metaKey;
      if (modified ? key !== "z" || event.shiftKey : !allowed(key)) return;
      const going = performance.now() < goingUntil;
      goingUntil = key === "g" ? performance.now() + goMs : 0;
      if (!press(key, rowAt(target), going, current.current)) return;
      event.preventDefault();
      event.stopPropagation(); // else the row's own keys act as well
    };
    document.addEventListener("keydown", listen, true);
    return () => document.removeEventListener("keydown", listen, true);
  }, []);
}

const allowed = (key: string): boolean =>
  currentPreferences().letters || ["enter", " ", "backspace", "delete"].includes(key);

const isText = (target: HTMLElement): boolean =>
  target.matches(
    "input:not([type=checkbox]), textarea, select, [contenteditable], [role=spinbutton]",
  );

// Space on a button or a ring within the row is theirs.
function rowAt(target: HTMLElement): TaskId | null {
  return target.getAttribute("role") === "row" ? (target.dataset["key"] ?? null) : null;
}
