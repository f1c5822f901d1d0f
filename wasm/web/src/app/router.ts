// Where the owner is: a page, and perhaps a task open beside it. The address bar holds all of it.
import { useSyncExternalStore } from "react";
import type { View } from "../engine/api";
import type { TaskId } from "../engine/model";

export type Page =
  | View
  | { type: "settings" }
  | { type: "browse" }
  /** An address that leads to nothing. */
  | { type: "nowhere"; path: string };

export interface Place {
  page: Page;
  task: TaskId | null;
}

/** `/task/<id>` alone opens the task beside Today. */
export function placeAt(path: string, query: string): Place {
  const parts = path.split("/").filter(Boolean).map(decode);
  const asked = new URLSearchParams(query);
  const [first, second] = parts;
  if (first === "task" && second && parts.length === 2) {
    return { page: { type: "today" }, task: second };
  }
  const page = pageAt(parts, asked.get("q") ?? "");
  return { page: page ?? { type: "nowhere", path }, task: page && asked.get("task") };
}

function pageAt([first = "today", ...rest]: string[], query: string): Page | null {
  if (first === "project" || first === "tag") {
    const [name] = rest;
    if (!name || rest.length > 1) return null;
    return first === "tag" ? { type: first, name } : { type: first, id: name };
  }
  if (rest.length > 0) return null;
  switch (first) {
    case "today":
    case "upcoming":
    case "inbox":
    case "completed":
    case "settings":
    case "browse":
      return { type: first };
    case "search":
      return { type: first, query };
    default:
      return null;
  }
}

// A broken escape in a typed address is no reason to fail.
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function hrefOf({ page, task }: Place): string {
  const asked = new URLSearchParams();
  if (page.type === "search" && page.query) asked.set("q", page.query);
  if (task) asked.set("task", task);
  const query = asked.toString();
  return pathOf(page) + (query && `?${query}`);
}

function pathOf(page: Page): string {
  if (page.type === "nowhere") return page.path;
  if (page.type === "project") return `/project/${encodeURIComponent(page.id)}`;
  if (page.type === "tag") return `/tag/${encodeURIComponent(page.name)}`;
  return `/${page.type}`;
}

export const pageHref = (page: Page): string => hrefOf({ page, task: null });

/** One text for each page, whatever is open beside it. */
export const pageKey = (page: Page): string => pageHref(page);

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("popstate", tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("popstate", tell);
  };
}

let current: { address: string; place: Place } | null = null;

// The same object as long as the address is the same, as React asks.
function here(): Place {
  const address = location.pathname + location.search;
  if (current?.address !== address) {
    current = { address, place: placeAt(location.pathname, location.search) };
  }
  return current.place;
}

export const usePlace = (): Place => useSyncExternalStore(subscribe, here);

export function goTo(href: string, how: "push" | "replace" = "push"): void {
  if (href === location.pathname + location.search) return;
  history[how === "push" ? "pushState" : "replaceState"](null, "", href);
  tell();
}

export function goToPage(page: Page, how: "push" | "replace" = "push"): void {
  goTo(pageHref(page), how);
}

/** Opens a task beside the page, or closes it with `null`. */
export function openTask(task: TaskId | null): void {
  const { page, task: open } = here();
  goTo(hrefOf({ page, task }), open === null && task !== null ? "push" : "replace");
}
