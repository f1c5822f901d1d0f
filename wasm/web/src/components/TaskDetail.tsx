// One task in full, each part edited where it is read.
import { Button } from "react-aria-components";
import { useActions } from "../app/actions";
import { patchOf, type Change } from "../app/change";
import { useAnswer } from "../app/engine";
import { openTask } from "../app/router";
import type { TaskCard } from "../engine/api";
import type { TaskId } from "../engine/model";
import { FactList, type Part } from "./FactList";
import { GrowText } from "./GrowText";
import { Icon } from "./Icon";
import { Ring } from "./Ring";
import { TroubleLine } from "./TaskRow";

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
    <Gone says="This task is not there any more." />
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
  const { run, troubles, complain, forget } = useActions();
  const { task } = card;
  const trouble = troubles.get(task.id);
  const edit = async (change: Change) => {
    await run({ type: "edit", task: task.id, patch: patchOf(task, change) });
  };
  const late = (says: string | null) => (says ? complain(task.id, says) : forget(task.id));
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
        <div
          className="d-title"
          data-priority={task.priority}
          data-state={task.status === "open" && card.blocked ? "blocked" : task.status}
        >
          <Ring task={task.id} status={task.status} label="Complete this task" />
          <div>
            <h2 className="vh">{task.title}</h2>
            <GrowText
              label="Title"
              value={task.title ?? ""}
              single
              focused={focus === "title"}
              name={`${task.id} title`}
              onKeep={(title) => edit({ title: title.trim() })}
              onLate={(says) => late(says && `The title was not changed. ${says}`)}
            />
          </div>
        </div>
        {trouble && <TroubleLine task={task.id} trouble={trouble} />}
        <div className="d-notes">
          <GrowText
            label="Notes"
            value={task.notes ?? ""}
            placeholder="Notes"
            name={`${task.id} notes`}
            onKeep={(notes) => edit({ notes })}
            onLate={(says) => late(says && `The notes were not changed. ${says}`)}
          />
        </div>
        <FactList card={card} onChange={edit} part={partOf(focus)} beside />
        {card.history && <p className="d-line">{card.history}</p>}
      </div>
      <DetailFoot card={card} />
    </>
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
