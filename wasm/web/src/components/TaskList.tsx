// The list of a view: one grid with sections, so that the arrow keys run through all of it. Only
// rows in sight are drawn.
import {
  Collection,
  GridList,
  GridListHeader,
  GridListItem,
  GridListLoadMoreItem,
  GridListSection,
  ListLayout,
  Virtualizer,
} from "react-aria-components";
import type { Group } from "../app/list";
import { openTask } from "../app/router";
import { Icon } from "./Icon";
import { spoken, TaskRow } from "./TaskRow";

interface TaskListProps {
  label: string;
  groups: Group[];
  more: (() => void) | null;
}

const layout = { estimatedRowHeight: 65, headingHeight: 52, loaderHeight: 1 };

export function TaskList({ label, groups, more }: TaskListProps) {
  const items = groups.map((group) => ({ ...group, id: group.section.key || "all" }));
  return (
    <Virtualizer layout={ListLayout} layoutOptions={layout} shouldObserveItemSize>
      <GridList
        aria-label={label}
        className={items[0]?.section.title ? "rows headed" : "rows"}
        selectionMode="none"
        disallowTypeAhead
        onAction={(key) => openTask(String(key))}
      >
        <Collection items={items}>{(group) => <TaskSection group={group} />}</Collection>
        {more && <GridListLoadMoreItem onLoadMore={more} scrollOffset={2} />}
      </GridList>
    </Virtualizer>
  );
}

function TaskSection({ group: { section, rows } }: { group: Group }) {
  return (
    <GridListSection id={section.key} aria-label={section.title ? undefined : "Tasks"}>
      {section.title && (
        <GridListHeader className="group-head">
          <h2 className={section.tone === "late" ? "late" : ""}>
            {section.tone === "late" && <Icon name="late" className="i-s" />}
            {section.title}
            {section.count !== null && (
              <span className="n">{section.count.toLocaleString("en-GB")}</span>
            )}
          </h2>
        </GridListHeader>
      )}
      <Collection items={rows}>
        {(row) => (
          <GridListItem id={row.id} textValue={spoken(row)} className="item">
            <TaskRow row={row} />
          </GridListItem>
        )}
      </Collection>
    </GridListSection>
  );
}
