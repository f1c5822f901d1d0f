// In which order the view stands; kept for each kind of view.
import { useState } from "react";
import { Button, ListBox, ListBoxItem } from "react-aria-components";
import { prefer, usePreferences } from "../app/preferences";
import type { SortKey, View } from "../engine/api";
import { Icon } from "./Icon";
import { Layer } from "./Layer";

const names: Record<SortKey, string> = {
  due: "By date",
  "-priority": "By priority",
  title: "By title",
  "-created": "Newest first",
  "-completed": "Last completed first",
};

/** `null`: the order that the view is made for. */
export function useSort(view: View): SortKey | null {
  return usePreferences().sorts[view.type] ?? null;
}

export function SortMenu({ view, sorts }: { view: View; sorts: SortKey[] }) {
  const [isOpen, setOpen] = useState(false);
  const { sorts: kept } = usePreferences();
  const preferred = kept[view.type];
  const current = preferred && sorts.includes(preferred) ? preferred : sorts[0]!;

  function choose(chosen: SortKey) {
    prefer({ sorts: { ...kept, [view.type]: chosen } });
    setOpen(false);
  }

  return (
    <Layer
      label="Sort"
      isOpen={isOpen}
      onOpenChange={setOpen}
      narrow
      placement="bottom end"
      trigger={
        <Button className="btn-icon" aria-label={`Sort: ${names[current].toLowerCase()}`}>
          <Icon name="sort" />
        </Button>
      }
    >
      <ListBox
        aria-label="Sort"
        className="choices"
        autoFocus
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[current]}
        onSelectionChange={(chosen) => {
          const [key] = chosen === "all" ? [] : [...chosen];
          choose((key ?? current) as SortKey);
        }}
      >
        {sorts.map((key) => (
          <ListBoxItem key={key} id={key} className="choice">
            {names[key]}
          </ListBoxItem>
        ))}
      </ListBox>
    </Layer>
  );
}
