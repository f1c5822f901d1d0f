import { ListBox, ListBoxItem } from "react-aria-components";
import type { Priority } from "../engine/model";
import { Complaint } from "./Complaint";
import type { OnChange } from "./FactList";
import { Icon } from "./Icon";
import { priorityNames } from "./TaskRow";
import { useComplaint } from "./useComplaint";

interface PriorityEditorProps {
  priority: Priority;
  onChange: OnChange;
  close(): void;
}

const keys: [Priority, string][] = [
  ["urgent", "1"],
  ["high", "2"],
  ["medium", "3"],
  ["low", "4"],
  ["none", "0"],
];

export function PriorityEditor({ priority, onChange, close }: PriorityEditorProps) {
  const [complaint, attempt] = useComplaint();

  async function choose(chosen: Priority) {
    if (await attempt(() => onChange({ priority: chosen }))) close();
  }

  return (
    <>
      <ListBox
        aria-label="Priority"
        className="choices"
        autoFocus
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[priority]}
        onSelectionChange={(chosen) => {
          const [key] = chosen === "all" ? [] : [...chosen];
          if (key !== undefined && key !== priority) void choose(key as Priority);
        }}
      >
        {keys.map(([key, shortcut]) => (
          <ListBoxItem key={key} id={key} className="choice" textValue={priorityNames[key]}>
            <Icon name={key === "urgent" || key === "high" ? "flagf" : "flag"} className={key} />
            {priorityNames[key]}
            <span className="n kbd-d" aria-hidden="true">
              <kbd>{shortcut}</kbd>
            </span>
          </ListBoxItem>
        ))}
      </ListBox>
      <Complaint says={complaint} />
    </>
  );
}
