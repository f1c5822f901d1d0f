// What this browser remembers about how the owner likes to look at things. Never about tasks.
import { useSyncExternalStore } from "react";
import type { SortKey, View } from "../engine/api";

export interface Preferences {
  theme: "system" | "light" | "dark";
  /** Whether single letters are shortcuts (WCAG 2.1.4). */
  letters: boolean;
  sorts: Partial<Record<View["type"], SortKey>>;
  /** Pairs of the owner's zone and this device's that are meant to differ. */
  zonesKept: string[];
}

const usual: Preferences = { theme: "system", letters: true, sorts: {}, zonesKept: [] };
const key = "libtodo.preferences";
const listeners = new Set<() => void>();
let preferences = load();

// Storage may be forbidden, or hold what another version wrote.
function load(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    return { ...usual, ...(stored as Partial<Preferences>) };
  } catch {
    return usual;
  }
}

export function prefer(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // They hold until the page is closed.
  }
  showTheme();
  listeners.forEach((listener) => listener());
}

export function showTheme(): void {
  const { theme } = preferences;
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const currentPreferences = (): Preferences => preferences;
export const usePreferences = (): Preferences =>
  useSyncExternalStore(subscribe, currentPreferences);
