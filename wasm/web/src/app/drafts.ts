// Texts that are being written and are not kept yet, by what they are the texts of. They outlive
// their fields: whatever closes one, its text is there when it opens again.
import { useSyncExternalStore } from "react";

export interface Draft {
  text: string;
  /** What could not be kept, and why. */
  refused: { text: string; says: string } | null;
}

const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

export const draftOf = (name: string): Draft | null => drafts.get(name) ?? null;

export function setDraft(name: string, draft: Draft | null): void {
  if (draft) drafts.set(name, draft);
  else drafts.delete(name);
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useDraft = (name: string): Draft | null =>
  useSyncExternalStore(subscribe, () => draftOf(name));

/** Whether closing the page would lose something. */
export const useHasDrafts = (): boolean =>
  useSyncExternalStore(subscribe, () =>
    [...drafts.values()].some(({ text }) => text.trim() !== ""),
  );
