// The page's engine: reads from the replica in this worker, and what is done goes to the server.
import type { EngineClient } from "./api";
import { dateOf } from "./dates";
import { PageSession } from "./page_session";
import { createReader } from "./reader";
import { createCore } from "./replica_core";

export function createEngineClient(): EngineClient {
  const session = new PageSession();
  const { changes } = session;
  const core = createCore((question) => session.ask(question));
  const reader = createReader(core);
  const today = () => dateOf(core.local(core.now()));
  const afterOpening =
    <Args extends unknown[], T>(call: (...args: Args) => T | Promise<T>) =>
    async (...args: Args): Promise<T> => {
      await session.opened;
      return call(...args);
    };
  return {
    open: () => session.open(),
    list: afterOpening(reader.list),
    task: afterOpening(reader.task),
    draft: afterOpening(reader.draft),
    places: afterOpening(reader.places),
    dueMenu: afterOpening(reader.dueMenu),
    repeatMenu: afterOpening(reader.repeatMenu),
    settings: afterOpening(reader.settings),
    newId: afterOpening(() => session.ask((replica) => replica.newId())),
    apply: afterOpening((command) => changes.apply(command, today())),
    undo: afterOpening((mutation) => changes.undo(mutation)),
    matters: afterOpening(() => changes.matters()),
    retry: afterOpening((matter) => changes.retry(matter, today())),
    drop: afterOpening((matter) => changes.drop(matter)),
    bringBack: afterOpening((matter) => changes.bringBack(matter)),
    setAside: afterOpening((command, why) => changes.setAside(command, why, today())),
    hurry: async () => session.hurry(),
    subscribe: (listener) => session.subscribe(listener),
  };
}
