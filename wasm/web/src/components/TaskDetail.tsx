// One task in full, each part edited where it is read.
import { Button } from "react-aria-components";
import { useActions } from "../app/actions";
import { patchOf, type Change } from "../app/change";
import { setDraft, useDraft } from "../app/drafts";
import { useAnswer, useEngine } from "../app/engine";
import { openTask } from "../app/router";
import type { TaskCard } from "../engine/api";
import type { Command, Task, TaskId } from "../engine/model";
import { Complaint } from "./Complaint";
import { FactList, type Part } from "./FactList";
import { GrowText } from "./GrowText";
import { Icon } from "./Icon";
import { Ring } from "./Ring";
import { TroubleLine } from "./TaskRow";
import { useComplaint } from "./useComplaint";

export type Focus = Part | "title" | "pane" | null;

interface TaskDetailProps {
  id: TaskId;
  /** What to edit at once. */
  focus: Focus;
}

export function TaskDetail({ id, focus }: TaskDetailProps) {
  const { value: card, error } = useAnswer(`task ${id}`, async (client) => ({
    found: await client.task(id),
  }));
  if (error) return <Gone says={error.message} />;
  if (!card) return null;
  return card.found ? (
    <Card key={id} card={card.found} focus={focus} />
  ) : (
    <Gone says="There is no such task. It may have been removed." />
  );
}

function Gone({ says }: { says: string }) {
  return (
    <>
      <div className="d-bar">
        <span className="crumb" />
        <CloseButton />
      </div>
      <p className="pane-empty">{says}</p>
    </>
  );
}

function CloseButton() {
  return (
    <Button className="btn-icon" aria-label="Close task" onPress={() => openTask(null)}>
      <Icon name="x" />
    </Button>
  );
}

function Card({ card, focus }: { card: TaskCard; focus: Focus }) {
  const { client } = useEngine();
  const { run, troubles, complain, forget } = useActions();
  const { task, removed } = card;
  const trouble = troubles.get(task.id);
  const edit = async (change: Change) => {
    await run({ type: "edit", task: task.id, patch: patchOf(task, change) });
  };

  // Beside the row, which leads back to the text; a task that was removed has none.
  async function late(part: TextPart, refused: { says: string; text: string } | null) {
    if (!refused) return forget(task.id);
    const { says, text } = refused;
    const now = await client.task(task.id);
    if (now && !now.removed) return complain(task.id, `The ${part} was not changed. ${says}`);
    await client.setAside({ type: "edit", task: task.id, patch: { [part]: text } }, says);
    setDraft(draftName(task.id, part), null);
  }

  const textProps = (part: TextPart) => ({
    value: task[part] ?? "",
    name: draftName(task.id, part),
    held: removed,
    onLate: (refused: { says: string; text: string } | null) => void late(part, refused),
  });
  return (
    <>
      <div className="d-bar">
        <span className="crumb">
          {card.project ? (
            <>
              @<bdi>{card.project.name}</bdi>
            </>
          ) : (
            "Inbox"
          )}
        </span>
        <CloseButton />
      </div>
      <div className="d-in">
        {removed && <RemovedStrip task={task} />}
        <div
          className="d-title"
          data-priority={task.priority}
          data-state={task.status === "open" && card.blocked ? "blocked" : task.status}
        >
          {removed ? (
            <span />
          ) : (
            <Ring task={task.id} status={task.status} label="Complete this task" />
          )}
          <div>
            <h2 className="vh">{task.title}</h2>
            <GrowText
              label="Title"
              single
              focused={focus === "title"}
              onKeep={(title) => edit({ title: title.trim() })}
              {...textProps("title")}
            />
          </div>
        </div>
        {trouble && <TroubleLine task={task.id} trouble={trouble} />}
        <div className="d-notes">
          <GrowText
            label="Notes"
            folds
            placeholder="Notes"
            onKeep={(notes) => edit({ notes })}
            {...textProps("notes")}
          />
        </div>
        {!removed && <FactList card={card} onChange={edit} part={partOf(focus)} beside />}
        {card.history && <p className="d-line">{card.history}</p>}
      </div>
      {!removed && <DetailFoot card={card} />}
    </>
  );
}

type TextPart = "title" | "notes";
const draftName = (task: TaskId, part: TextPart): string => `${task} ${part}`;

// Removed in another place, or here a moment ago: nothing that is written is lost by it.
function RemovedStrip({ task }: { task: Task }) {
  const { run } = useActions();
  const [complaint, attempt] = useComplaint();
  const title = useDraft(draftName(task.id, "title"))?.text;
  const notes = useDraft(draftName(task.id, "notes"))?.text;
  const isWritten = title !== undefined || notes !== undefined;

  async function restore() {
    const back: Command = { type: "restore", task: task.id };
    const patch = patchOf(task, {
      ...(title !== undefined && { title: title.trim() }),
      ...(notes !== undefined && { notes }),
    });
    const commands: Command[] = [back, { type: "edit", task: task.id, patch }];
    const whole: Command = isWritten ? { type: "batch", commands } : back;
    if (!(await attempt(() => run(whole)))) return;
    for (const part of ["title", "notes"] as const) setDraft(draftName(task.id, part), null);
  }

  return (
    <div className="strip warnish">
      <Icon name="trash" />
      <div>
        <div role="alert">
          <p>
            <b>This task was removed</b>
          </p>
          {isWritten && <p>What you wrote is kept here, and saved if you restore the task.</p>}
        </div>
        <div className="acts">
          <Button className="btn btn-text" onPress={() => void restore()}>
            {isWritten ? "Restore and save" : "Restore"}
          </Button>
        </div>
        <Complaint says={complaint} />
      </div>
    </div>
  );
}

const partOf = (focus: Focus): Part | null =>
  focus === "title" || focus === "pane" ? null : focus;

function DetailFoot({ card: { task } }: { card: TaskCard }) {
  const { runAt } = useActions();

  async function remove() {
    openTask(null);
    await runAt(task.id, { type: "remove", task: task.id });
  }

  return (
    <div className="d-foot">
      {task.recurrence && task.status === "open" && (
        <Button
          className="btn"
          onPress={() => void runAt(task.id, { type: "skip", task: task.id })}
        >
          <Icon name="skip" />
          Skip once
        </Button>
      )}
      <Button className="btn btn-late push" onPress={() => void remove()}>
        <Icon name="trash" />
        Remove
      </Button>
    </div>
  );
}
