// The facts of a task. One that is set is a line with its editor behind it; one that is not is
// offered in the quiet line at the end.
import { useEffect, useState, type ReactNode } from "react";
import { Button } from "react-aria-components";
import type { Change } from "../app/change";
import type { TaskCard } from "../engine/api";
import { DueEditor } from "./DueEditor";
import { Icon, type IconName } from "./Icon";
import { Layer } from "./Layer";
import { PriorityEditor } from "./PriorityEditor";
import { ProjectEditor } from "./ProjectEditor";
import { RepeatEditor } from "./RepeatEditor";
import { TagEditor } from "./TagEditor";
import { priorityNames } from "./TaskRow";

export type Part = "due" | "repeat" | "priority" | "tags" | "project";
export type OnChange = (change: Change) => Promise<void>;

interface FactListProps {
  card: TaskCard;
  /** Rejects with why the change cannot be. */
  onChange: OnChange;
  /** The editor to open at once. */
  part: Part | null;
  /** Whether editors open beside the pane, so that the facts stay in sight. */
  beside?: boolean;
}

const parts: Part[] = ["due", "repeat", "priority", "tags", "project"];
const names: Record<Part, string> = {
  due: "Date",
  repeat: "Repeat",
  priority: "Priority",
  tags: "Tags",
  project: "Project",
};

export function FactList({ card, onChange, part, beside = false }: FactListProps) {
  const [open, setOpen] = useState<Part | null>(part);
  useEffect(() => setOpen(part), [part]);

  const facts = parts.filter((each) => each === open || isSet(card, each));
  const others = parts.filter((each) => !facts.includes(each));
  return (
    <>
      <div
        className="facts"
        hidden={facts.length === 0 && !card.start && !card.estimate && !card.blocked}
      >
        {facts.map((each) => (
          <EditableFact
            key={each}
            part={each}
            card={card}
            onChange={onChange}
            beside={beside}
            isOpen={open === each}
            onOpenChange={(isOpen) => setOpen(isOpen ? each : null)}
          />
        ))}
        {card.start && <PlainFact icon="late">Not before {card.start}</PlainFact>}
        {card.estimate && <PlainFact icon="timer">{card.estimate}</PlainFact>}
        {card.blocked && <PlainFact icon="lock">{card.blocked}</PlainFact>}
      </div>
      {others.length > 0 && (
        <div className="add-facts">
          {others.map((each) => (
            <Button key={each} className="btn" onPress={() => setOpen(each)}>
              <Icon name="plus" />
              {names[each]}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

function isSet({ task }: TaskCard, part: Part): boolean {
  switch (part) {
    case "due":
      return Boolean(task.due);
    case "repeat":
      return Boolean(task.recurrence);
    case "priority":
      return task.priority !== "none";
    case "tags":
      return (task.tags ?? []).length > 0;
    case "project":
      return Boolean(task.project);
  }
}

function PlainFact({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <div className="fact">
      <Icon name={icon} />
      <div>
        <span className="val">{children}</span>
      </div>
    </div>
  );
}

interface EditableFactProps {
  part: Part;
  card: TaskCard;
  onChange: OnChange;
  beside: boolean;
  isOpen: boolean;
  onOpenChange(open: boolean): void;
}

// From a value to the edge of its pane: the column of icons and the padding.
const paneEdge = 60;

function EditableFact(props: EditableFactProps) {
  const { part, card, onChange, beside, isOpen, onOpenChange } = props;
  const { icon, value, under } = shown(card, part);
  const late = part === "due" && card.due?.late ? " late" : "";
  return (
    <div className="fact">
      <Icon name={icon} />
      <div>
        <Layer
          label={names[part]}
          isOpen={isOpen}
          onOpenChange={onOpenChange}
          narrow={part === "priority" || part === "project"}
          placement={beside ? "left top" : "bottom start"}
          offset={beside ? paneEdge : 4}
          trigger={
            <Button className={`val num${late}`}>
              <span className="vh">{names[part]}: </span>
              {value}
            </Button>
          }
        >
          <Editor part={part} card={card} onChange={onChange} close={() => onOpenChange(false)} />
        </Layer>
        {under && <p className="under num">{under}</p>}
      </div>
    </div>
  );
}

interface ShownFact {
  icon: IconName;
  value: ReactNode;
  under?: string;
}

function shown({ task, due, repeats, project }: TaskCard, part: Part): ShownFact {
  const unset = <span className="muted">None yet</span>;
  switch (part) {
    case "due": {
      const hint = due?.hint ? <span className="hint">{due.hint}</span> : null;
      return {
        icon: "cal",
        value: due ? (
          <>
            {due.text}
            {hint}
          </>
        ) : (
          unset
        ),
      };
    }
    case "repeat":
      return { icon: "repeat", value: repeats?.text ?? unset, under: repeats?.then ?? "" };
    case "priority": {
      const icon = task.priority === "high" || task.priority === "urgent" ? "flagf" : "flag";
      return { icon, value: priorityNames[task.priority] };
    }
    case "project":
      return { icon: "at", value: project ? <span dir="auto">{project.name}</span> : unset };
    case "tags": {
      const chips = (task.tags ?? []).map((tag) => (
        <span className="chip" key={tag}>
          <span>
            #<bdi>{tag}</bdi>
          </span>
        </span>
      ));
      return { icon: "hash", value: chips.length ? chips : unset };
    }
  }
}

interface EditorProps {
  part: Part;
  card: TaskCard;
  onChange: OnChange;
  close(): void;
}

function Editor({ part, card: { task }, onChange, close }: EditorProps) {
  switch (part) {
    case "due":
      return <DueEditor due={task.due ?? null} onChange={onChange} close={close} />;
    case "repeat":
      return (
        <RepeatEditor
          due={task.due ?? null}
          recurrence={task.recurrence ?? null}
          onChange={onChange}
          close={close}
        />
      );
    case "priority":
      return <PriorityEditor priority={task.priority} onChange={onChange} close={close} />;
    case "tags":
      return <TagEditor tags={task.tags ?? []} onChange={onChange} close={close} />;
    case "project":
      return <ProjectEditor project={task.project ?? null} onChange={onChange} close={close} />;
  }
}
