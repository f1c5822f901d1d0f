// One task in a list: ring, title, when; and beneath it the facts, always in the same order.
import { Button } from "react-aria-components";
import { useActions, type Trouble } from "../app/actions";
import { usePlace } from "../app/router";
import type { Row, ShownWhen } from "../engine/api";
import type { Priority, TaskId } from "../engine/model";
import { Icon } from "./Icon";
import { Ring } from "./Ring";

export const priorityNames: Record<Priority, string> = {
  none: "None",
  low: "Low",
  medium: "Medium",
  high: "High",
  urgent: "Urgent",
};
const tagsShown = 3;

export function TaskRow({ row }: { row: Row }) {
  const { task: open } = usePlace();
  const { leaving, fresh, troubles } = useActions();
  const going = leaving.has(row.id);
  const trouble = troubles.get(row.id);
  return (
    <div
      className="row"
      data-priority={row.priority}
      data-state={stateOf(row, going)}
      data-open={open === row.id || undefined}
      data-leaving={going || undefined}
      data-new={fresh === row.id || undefined}
    >
      <Ring task={row.id} status={row.status} label={`Complete “${row.title}”`} />
      <div className="row-body">
        <span className="title" dir="auto">
          {row.title}
        </span>
        <Meta row={row} />
      </div>
      {row.when && <When when={row.when} />}
      {trouble && open !== row.id && <TroubleLine task={row.id} trouble={trouble} />}
    </div>
  );
}

/** What a screen reader says of a row as the arrow keys come to it. */
export function spoken(row: Row): string {
  const facts = [
    row.title,
    row.status === "done" && "Done",
    row.status === "cancelled" && "Cancelled",
    row.when?.text,
    row.blocked,
    row.priority !== "none" && `${priorityNames[row.priority]} priority`,
    row.repeats,
  ];
  return facts.filter(Boolean).join(", ");
}

function stateOf(row: Row, going: boolean): string | undefined {
  if (going) return "done";
  if (row.status !== "open") return row.status;
  const states = [row.blocked && "blocked", row.when?.state === "late" && "late"];
  return states.filter(Boolean).join(" ") || undefined;
}

function When({ when }: { when: ShownWhen }) {
  const late = when.state === "late";
  return (
    <span className={late ? "when late" : "when"}>
      {late && <Icon name="late" />}
      {when.text}
    </span>
  );
}

function Meta({ row }: { row: Row }) {
  const facts = [
    row.when && <When key="when" when={row.when} />,
    row.status === "cancelled" && <span key="cancelled">Cancelled</span>,
    row.blocked && (
      <span key="blocked" className="warn">
        <Icon name="lock" />
        {row.blocked}
      </span>
    ),
    row.priority !== "none" && <PriorityFact key="priority" priority={row.priority} />,
    row.repeats && (
      <span key="repeats">
        <Icon name="repeat" />
        {row.repeats}
      </span>
    ),
    row.reminders > 0 && (
      <span key="reminders">
        <Icon name="bell" />
        {row.reminders}
        <span className="vh"> reminders</span>
      </span>
    ),
    row.estimate && (
      <span key="estimate">
        <Icon name="timer" />
        {row.estimate}
      </span>
    ),
    row.notes && (
      <span key="notes">
        <Icon name="note" />
        Notes
      </span>
    ),
    row.project && (
      <span key="project">
        <span className="name">
          @<bdi>{row.project}</bdi>
        </span>
      </span>
    ),
    row.tags.length > 0 && <TagsFact key="tags" tags={row.tags} />,
  ].filter(Boolean);
  const only = facts.length === 1 && row.when;
  return facts.length ? <div className={only ? "meta m-when" : "meta"}>{facts}</div> : null;
}

function PriorityFact({ priority }: { priority: Priority }) {
  const tone = { none: "", low: "", medium: "", high: "warn", urgent: "late" }[priority];
  return (
    <span className={tone}>
      <Icon name={tone ? "flagf" : "flag"} />
      {priorityNames[priority]}
    </span>
  );
}

function TagsFact({ tags }: { tags: string[] }) {
  const more = tags.slice(tagsShown);
  return (
    <span className="tags">
      {tags.slice(0, tagsShown).map((tag) => (
        <span key={tag}>
          #<bdi>{tag}</bdi>
        </span>
      ))}
      {more.length > 0 && (
        <span title={more.map((tag) => `#${tag}`).join(" ")}>
          +{more.length}
          <span className="vh"> more tags</span>
        </span>
      )}
    </span>
  );
}

export function TroubleLine({ task, trouble }: { task: TaskId; trouble: Trouble }) {
  const { runAt, forget } = useActions();
  return (
    <div className="note-line" role="alert">
      <p>
        <Icon name="warn" className="i-s" />
        {trouble.says}
      </p>
      <span className="acts">
        {trouble.instead && (
          <Button
            className="btn btn-text"
            onPress={() => void runAt(task, trouble.instead!.command)}
          >
            {trouble.instead.label}
          </Button>
        )}
        <Button className="btn btn-text" onPress={() => forget(task)}>
          Leave it
        </Button>
      </span>
    </div>
  );
}
