// The frame: places on the left, a view in the middle, a task on the right; sheets where there is
// no room beside the list.
import { useCallback, useEffect, useRef, useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { QuickAdd } from "../components/QuickAdd";
import { SideBar } from "../components/SideBar";
import { TabBar } from "../components/TabBar";
import { TaskDetail, type Focus } from "../components/TaskDetail";
import { UndoToast } from "../components/UndoToast";
import type { EngineClient, NewTask } from "../engine/api";
import type { Command, TaskId } from "../engine/model";
import { BrowseView } from "../views/BrowseView";
import { ListView } from "../views/ListView";
import { NowhereView } from "../views/NowhereView";
import { FacetPane, SearchView } from "../views/SearchView";
import { SettingsView } from "../views/SettingsView";
import { useActions } from "./actions";
import { patchOf } from "./change";
import { useHasDrafts } from "./drafts";
import { useEngine } from "./engine";
import { useWidth } from "./media";
import { goToPage, openTask, pageKey, usePlace, type Page } from "./router";
import { useShortcuts } from "./shortcuts";

type Starts = Omit<NewTask, "title">;

export function AppShell() {
  const { page, task } = usePlace();
  const [adding, setAdding] = useState(false);
  const [starts, setStarts] = useState<Starts>({});
  const [focus, setFocus] = useState<Focus>(null);
  const wide = useWidth() === "wide";
  const add = useCallback(() => setAdding(true), []);
  useEffect(() => setFocus((old) => (task ? old : null)), [task]);
  useEffect(() => {
    window.scrollTo(0, 0); // on the phone the page itself scrolls
  }, [viewKey(page)]);
  useKeys(add, setFocus);
  useFarewell();

  const paneless = isPaneless(page);
  return (
    <>
      <a className="skip" href="#main">
        Skip to tasks
      </a>
      <div className={paneless && !task ? "shell two" : "shell"}>
        <SideBar add={add} />
        <TabBar add={add} />
        <main className="list" id="main" tabIndex={-1} key={viewKey(page)}>
          <CurrentView page={page} add={add} onStarts={setStarts} />
        </main>
        {wide && <DetailPane page={page} task={task} focus={focus} />}
      </div>
      {!wide && <DetailSheet task={task} focus={focus} />}
      {adding && (
        <QuickAdd
          starts={page.type === "search" || paneless ? {} : starts}
          close={() => setAdding(false)}
          reopen={add}
        />
      )}
      <UndoToast />
    </>
  );
}

// Closing the page asks first while it holds what is nowhere else.
function useFarewell() {
  const waiting = useEngine().health.waiting ?? 0;
  const waits = useHasDrafts() || waiting > 0;
  useEffect(() => {
    if (!waits) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [waits]);
}

// Where there is no list to choose a task from.
const isPaneless = ({ type }: Page): boolean =>
  type === "settings" || type === "browse" || type === "nowhere";

// Typing a query stays within one view.
const viewKey = (page: Page): string => (page.type === "search" ? "search" : pageKey(page));

interface CurrentViewProps {
  page: Page;
  add(): void;
  onStarts(starts: Starts): void;
}

function CurrentView({ page, add, onStarts }: CurrentViewProps) {
  switch (page.type) {
    case "search":
      return <SearchView query={page.query} add={add} />;
    case "settings":
      return <SettingsView />;
    case "browse":
      return <BrowseView />;
    case "nowhere":
      return <NowhereView path={page.path} />;
    default:
      return <ListView view={page} add={add} onStarts={onStarts} />;
  }
}

interface DetailPaneProps {
  page: Page;
  task: TaskId | null;
  focus: Focus;
}

function DetailPane({ page, task, focus }: DetailPaneProps) {
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    if (focus === "pane" && task) pane.current?.focus();
  }, [focus, task]);
  if (!task && page.type === "search") return <FacetPane />;
  if (!task && isPaneless(page)) return null;
  return (
    <aside
      className="detail"
      aria-label="Task"
      tabIndex={-1}
      ref={pane}
      onKeyDown={(event) => event.key === "Escape" && leave()}
    >
      {task ? (
        <TaskDetail key={task} id={task} focus={focus} />
      ) : (
        <p className="pane-empty">Choose a task to see it here.</p>
      )}
    </aside>
  );
}

// The task stays drawn while its sheet goes away.
function DetailSheet({ task, focus }: { task: TaskId | null; focus: Focus }) {
  const [last, setLast] = useState(task);
  if (task && task !== last) setLast(task);
  return (
    <ModalOverlay
      className="scrim"
      isOpen={task !== null}
      isDismissable
      onOpenChange={(open) => open || openTask(null)}
    >
      <Modal className="side-sheet">
        <Dialog className="detail" aria-label="Task">
          {last && <TaskDetail key={last} id={last} focus={focus} />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

async function postpone(client: EngineClient, task: TaskId): Promise<Command | null> {
  const card = await client.task(task);
  if (!card) return null;
  const { choices } = await client.dueMenu(card.task.due ?? null);
  const tomorrow = choices.find(({ label }) => label === "Tomorrow")!;
  return { type: "edit", task, patch: patchOf(card.task, { due: tomorrow.due }) };
}

// The task that was open has the focus again.
function leave(): void {
  const open = document.querySelector<HTMLElement>(".item:has([data-open])");
  openTask(null);
  open?.focus();
}

function selectQuery(): void {
  document.querySelector<HTMLInputElement>("#query")?.select();
}

function useKeys(add: () => void, setFocus: (focus: Focus) => void): void {
  const { client } = useEngine();
  const { complete, runAt, undo } = useActions();
  const { page: here } = usePlace();
  useShortcuts({
    add,
    go: (page) => {
      if (page.type === "search" && here.type === "search") selectQuery();
      else goToPage(page);
    },
    undo: () => void undo(),
    leave,
    open(task) {
      setFocus("pane");
      openTask(task);
    },
    complete: (task) =>
      void client.task(task).then((card) => card && complete(task, card.task.status !== "open")),
    remove: (task) => void runAt(task, { type: "remove", task }),
    postpone: (task) =>
      void postpone(client, task).then((command) => command && runAt(task, command)),
    prioritize: (task, priority) => void runAt(task, { type: "edit", task, patch: { priority } }),
    edit(task, part) {
      setFocus(part);
      openTask(task);
    },
  });
}
