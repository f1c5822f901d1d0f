// What the owner does: commands, what they said, and taking them back.
import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { EngineError, type Applied, type NewTask } from "../engine/api";
import type { Command, Mutation, Task, TaskId } from "../engine/model";
import { sentence, useEngine } from "./engine";
import { useUndoStack, type UndoStack } from "./undo";

/** A refusal that is shown at the row that caused it. */
export interface Trouble {
  says: string;
  /** What would do it all the same. */
  instead: { label: string; command: Command } | null;
}

interface Actions extends Omit<UndoStack, "say" | "undoThis"> {
  /** Does it and says so; rejects with why it was refused, for whoever has the text at fault. */
  run(command: Command): Promise<Applied>;
  /** Does it to a task in a list; a refusal is shown at its row. */
  runAt(task: TaskId, command: Command): Promise<Applied | null>;
  add(task: NewTask): Promise<Applied>;
  /** Makes the change of a matter once more. */
  retry(matter: number): Promise<Applied>;
  troubles: ReadonlyMap<TaskId, Trouble>;
  /** Shows at the row of `task` that something about it was refused. */
  complain(task: TaskId, says: string): void;
  forget(task: TaskId): void;
  /** Rows that are completed and about to go; pressing again keeps them. */
  leaving: ReadonlySet<TaskId>;
  complete(task: TaskId, closed: boolean): Promise<unknown>;
  /** The task added last, to be seen once. */
  fresh: TaskId | null;
}

const ActionsContext = createContext<Actions | null>(null);
const stayMs = 600;

export function ActionsProvider({ children }: { children: ReactNode }) {
  const { client } = useEngine();
  const { toast, dismiss, say, offer, undo, undoThis } = useUndoStack(client);
  const [troubles, setTroubles] = useState<ReadonlyMap<TaskId, Trouble>>(new Map());
  const [leaving, setLeaving] = useState<ReadonlySet<TaskId>>(new Set());
  const [fresh, setFresh] = useState<TaskId | null>(null);
  const completions = useRef(new Map<TaskId, Mutation>());

  const run = useCallback(
    async (command: Command) => {
      const applied = await client.apply(command);
      say(applied);
      return applied;
    },
    [client, say],
  );

  const forget = useCallback((task: TaskId) => setTroubles((old) => without(old, task)), []);

  const complain = useCallback((task: TaskId, says: string) => {
    setTroubles((old) => new Map(old).set(task, { says, instead: null }));
  }, []);

  const runAt = useCallback(
    async (task: TaskId, command: Command) => {
      forget(task);
      try {
        return await run(command);
      } catch (error) {
        setTroubles((old) => new Map(old).set(task, troubleOf(command, error)));
        return null;
      }
    },
    [run, forget],
  );

  // A second press while the row is about to go takes the completion back.
  const complete = useCallback(
    async (task: TaskId, closed: boolean) => {
      const completed = completions.current.get(task);
      if (completed) return undoThis(completed);
      if (closed) return runAt(task, { type: "reopen", task });
      setLeaving((old) => new Set(old).add(task));
      setTimeout(() => {
        completions.current.delete(task);
        setLeaving((old) => outOf(old, task));
      }, stayMs);
      const applied = await runAt(task, { type: "complete", task });
      if (applied?.mutation) completions.current.set(task, applied.mutation);
      else setLeaving((old) => outOf(old, task));
    },
    [runAt, undoThis],
  );

  const add = useCallback(
    async (task: NewTask) => {
      const id = await client.newId();
      const whole = { priority: "none", status: "open", ...task, id } as Task;
      const applied = await client.apply({ type: "create", task: whole });
      say(applied);
      setFresh(id);
      return applied;
    },
    [client, say],
  );

  const retry = useCallback(
    async (matter: number) => {
      const applied = await client.retry(matter);
      say(applied);
      return applied;
    },
    [client, say],
  );

  const actions = useMemo(
    () => ({
      toast,
      dismiss,
      offer,
      undo,
      run,
      runAt,
      add,
      retry,
      troubles,
      complain,
      forget,
      leaving,
      complete,
      fresh,
    }),
    [
      toast,
      dismiss,
      offer,
      undo,
      run,
      runAt,
      add,
      retry,
      troubles,
      complain,
      forget,
      leaving,
      complete,
      fresh,
    ],
  );
  return <ActionsContext value={actions}>{children}</ActionsContext>;
}

export function useActions(): Actions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error("There is no ActionsProvider around this");
  return actions;
}

// Completing a task with open subtasks is refused, because it may be a slip; both can be meant.
function troubleOf(command: Command, error: unknown): Trouble {
  const closes = command.type === "complete" || command.type === "cancel";
  if (!closes || !(error instanceof EngineError) || error.code !== "conflict") {
    return { says: sentence(error), instead: null };
  }
  const label =
    command.type === "complete" ? "Complete its subtasks too" : "Cancel its subtasks too";
  const instead = { label, command: { ...command, cascade: true } };
  return { says: "A subtask of it is still open.", instead };
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

function outOf<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const rest = new Set(set);
  rest.delete(item);
  return rest;
}
