// The engine as components reach it: answers that stay true, and the state of the whole.
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import { EngineError, type EngineClient, type Health } from "../engine/api";
import { asSentence } from "../engine/sentences";

interface Engine {
  client: EngineClient;
  health: Health;
  /** Whether tasks are there to be shown. */
  opened: boolean;
  /** Counts changes: an answer from before the last one may be old. */
  version: number;
}

const EngineContext = createContext<Engine | null>(null);

export function EngineProvider({
  client,
  children,
}: {
  client: EngineClient;
  children: ReactNode;
}) {
  const [health, setHealth] = useState<Health>({ state: "loading", says: "Fetching your tasks" });
  const [opened, setOpened] = useState(false);
  const [version, setVersion] = useState(0);

  useEffect(() => {
    const stop = client.subscribe((notice) => {
      if (notice.type === "changed") setVersion((count) => count + 1);
      else setHealth(notice.health);
    });
    client.open().then(
      () => setOpened(true),
      (error: unknown) => setHealth({ state: "failed", says: sentence(error) }),
    );
    return stop;
  }, [client]);

  useMinutes(() => setVersion((count) => count + 1));
  useReturns(client);

  const engine = useMemo(
    () => ({ client, health, opened, version }),
    [client, health, opened, version],
  );
  return <EngineContext value={engine}>{children}</EngineContext>;
}

const minuteMs = 60_000;

// What is shown changes with the clock alone: "20 min late", and tomorrow becomes today.
function useMinutes(pass: () => void): void {
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && pass();
    const timer = setInterval(look, minuteMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
}

// A server that was away is tried at once when somebody looks, or the line is there again.
function useReturns(client: EngineClient): void {
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && void client.hurry();
    window.addEventListener("online", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("online", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [client]);
}

export function useEngine(): Engine {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error("There is no EngineProvider around this");
  return engine;
}

/** What went wrong, for people. */
export const sentence = (error: unknown): string =>
  asSentence(error instanceof EngineError ? error.message : "The engine failed. Reload the page");

export interface Answer<T> {
  value: T | null;
  error: EngineError | null;
}

/** Asks again when `key` or anything in the workspace changes; `null` asks nothing. */
export function useAnswer<T>(
  key: string | null,
  ask: (client: EngineClient) => Promise<T>,
): Answer<T> {
  const { client, version, opened } = useEngine();
  const [answer, setAnswer] = useState<(Answer<T> & { key: string }) | null>(null);
  const asked = useCallback(ask, [key]); // the key says all that `ask` depends on

  useEffect(() => {
    if (key === null || !opened) return;
    let wanted = true;
    asked(client).then(
      (value) => wanted && setAnswer({ key, value, error: null }),
      (error: unknown) => {
        if (!(error instanceof EngineError)) throw error;
        if (wanted)
          setAnswer((old) => ({ key, value: old?.key === key ? old.value : null, error }));
      },
    );
    return () => {
      wanted = false;
    };
  }, [client, asked, key, version, opened]);

  return answer?.key === key ? answer : { value: null, error: null };
}
