// The ring that completes a task, or reopens it. Its whole column can be pressed.
import { Checkbox } from "react-aria-components";
import type { Status, TaskId } from "../engine/model";
import { useActions } from "../app/actions";

interface RingProps {
  task: TaskId;
  status: Status;
  label: string;
}

export function Ring({ task, status, label }: RingProps) {
  const { complete, leaving } = useActions();
  const closed = status !== "open";
  return (
    <Checkbox
      slot={null}
      className="check"
      aria-label={label}
      isSelected={status === "done" || leaving.has(task)}
      onChange={() => void complete(task, closed)}
    >
      <span className="ring" />
    </Checkbox>
  );
}
