// A new task: its title in one line, and what else is known of it.
import { useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { Button, Dialog, Modal, ModalOverlay } from "react-aria-components";
import { useActions } from "../app/actions";
import { changed } from "../app/change";
import { setDraft, useDraft } from "../app/drafts";
import { useAnswer } from "../app/engine";
import type { NewTask } from "../engine/api";
import { quoted } from "../engine/quote";
import { Complaint } from "./Complaint";
import { FactList } from "./FactList";
import { useComplaint } from "./useComplaint";

type Facts = Omit<NewTask, "title">;

interface QuickAddProps {
  /** What the view that is shown gives to a task added in it. */
  starts: Facts;
  close(): void;
  reopen(): void;
}

// Put away unfinished, by Escape or a tap beside it, a title is there the next time.
const unfinished = "new task";

export function QuickAdd({ starts, close, reopen }: QuickAddProps) {
  return (
    <ModalOverlay className="scrim" isOpen isDismissable onOpenChange={(open) => open || close()}>
      <Modal className="dialog">
        <Dialog aria-label="Add task">
          <AddForm starts={starts} close={close} reopen={reopen} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function AddForm({ starts, close, reopen }: QuickAddProps) {
  const { add, offer } = useActions();
  const title = useDraft(unfinished)?.text ?? "";
  const [facts, setFacts] = useState<Facts>(starts);
  const [complaint, attempt] = useComplaint();
  const field = useRef<HTMLTextAreaElement>(null);
  const { value: card } = useAnswer(`draft ${JSON.stringify(facts)}`, (client) =>
    client.draft({ ...facts, title: "" }),
  );

  const setTitle = (text: string) => setDraft(unfinished, text ? { text, refused: null } : null);

  function cancel() {
    setTitle("");
    close();
    if (title.trim() === "") return;
    offer(`Put away ${quoted(title)}`, () => {
      setTitle(title);
      reopen();
    });
  }

  async function submit(stay: boolean) {
    if (title.trim() === "") return field.current?.focus();
    if (!(await attempt(() => add({ ...facts, title: title.trim() })))) return;
    setTitle("");
    if (!stay) return close();
    setFacts(starts);
    field.current?.focus();
  }

  return (
    <>
      <TitleLine
        title={title}
        onChange={setTitle}
        onEnter={(stay) => void submit(stay)}
        field={field}
      >
        <Complaint says={complaint} />
      </TitleLine>
      <div className="qa-facts">
        {card && (
          <FactList
            card={card}
            part={null}
            onChange={async (change) => setFacts((old) => changed(old, change))}
          />
        )}
      </div>
      <div className="qa-foot">
        <span className="where">
          <kbd>⇧</kbd> <kbd>↵</kbd> adds and stays open
        </span>
        <Button className="btn push" onPress={cancel}>
          Cancel
        </Button>
        <Button className="btn btn-primary" onPress={() => void submit(false)}>
          Add task{" "}
          <kbd className="kbd-d" aria-hidden="true">
            ↵
          </kbd>
        </Button>
      </div>
    </>
  );
}

interface TitleLineProps {
  title: string;
  onChange(title: string): void;
  onEnter(stay: boolean): void;
  field: RefObject<HTMLTextAreaElement | null>;
  children: ReactNode;
}

function TitleLine({ title, onChange, onEnter, field, children }: TitleLineProps) {
  const label = useId();

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onEnter(event.shiftKey);
  }

  return (
    <div className="qa-line">
      <label className="vh" htmlFor={label}>
        New task
      </label>
      <div className="grow" data-text={title || "What is to be done?"}>
        <textarea
          id={label}
          ref={field}
          rows={1}
          dir="auto"
          autoFocus
          placeholder="What is to be done?"
          value={title}
          onChange={(event) => onChange(event.target.value.replace(/\s*[\r\n]+\s*/g, " "))}
          onKeyDown={onKeyDown}
        />
      </div>
      {children}
    </div>
  );
}
