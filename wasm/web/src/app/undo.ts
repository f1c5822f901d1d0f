// What was just done, in a sentence, and the way back from it and from what was done before.
import { useCallback, useRef, useState } from "react";
import type { Applied, EngineClient } from "../engine/api";
import type { Mutation } from "../engine/model";
import { sentence } from "./engine";

type Way = () => Promise<string>; // back; gives what is to be said of it

export interface Toast {
  says: string;
  canUndo: boolean;
}

export interface UndoStack {
  toast: Toast | null;
  dismiss(): void;
  /** Says what was applied. */
  say(applied: Applied): void;
  /** Says what happened to something that is no task, and how it is taken back. */
  offer(says: string, back?: () => unknown): void;
  /** Takes back what was done last. */
  undo(): Promise<void>;
  /** Takes back what was applied under this name. */
  undoThis(mutation: Mutation): Promise<void>;
}

export function useUndoStack(client: EngineClient): UndoStack {
  const [toast, setToast] = useState<Toast | null>(null);
  const ways = useRef<{ way: Way; mutation: Mutation | null }[]>([]);

  const dismiss = useCallback(() => setToast(null), []);

  const say = useCallback(
    ({ says, mutation }: Applied) => {
      const way = async () => (await client.undo(mutation!)).says;
      if (mutation) ways.current.push({ way, mutation });
      setToast({ says, canUndo: mutation !== null });
    },
    [client],
  );

  const offer = useCallback((says: string, back?: () => unknown) => {
    const way = async () => {
      await back?.();
      return "";
    };
    if (back) ways.current.push({ way, mutation: null });
    setToast({ says, canUndo: back !== undefined });
  }, []);

  const go = useCallback(async (way: Way) => {
    ways.current = ways.current.filter((each) => each.way !== way);
    const says = await way().catch(sentence);
    setToast(says ? { says, canUndo: false } : null);
  }, []);

  const undo = useCallback(async () => {
    const last = ways.current.at(-1);
    if (last) await go(last.way);
    else setToast({ says: "Nothing to undo", canUndo: false });
  }, [go]);

  const undoThis = useCallback(
    async (mutation: Mutation) => {
      const done = ways.current.find((each) => each.mutation === mutation);
      if (done) await go(done.way);
    },
    [go],
  );

  return { toast, dismiss, say, offer, undo, undoThis };
}
