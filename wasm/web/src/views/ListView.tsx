// Today, Upcoming, Inbox, a project, a tag, Completed: a heading and a list.
import { useEffect, useState } from "react";
import { Button, Link } from "react-aria-components";
import { useList } from "../app/list";
import { pageHref, pageKey } from "../app/router";
import { EmptyView } from "../components/EmptyView";
import { Icon } from "../components/Icon";
import { Skeleton } from "../components/Skeleton";
import { SortMenu, useSort } from "../components/SortMenu";
import { Notices } from "../components/Notices";
import { SyncIcon } from "../components/SyncLine";
import { TaskList } from "../components/TaskList";
import { ZoneStrip } from "../components/ZoneStrip";
import { sentence } from "../app/engine";
import type { ListPage, NewTask, View } from "../engine/api";

interface ListViewProps {
  view: View;
  add(): void;
  /** Tells what a task added here starts with. */
  onStarts(starts: Omit<NewTask, "title">): void;
}

export function ListView({ view, add, onStarts }: ListViewProps) {
  const list = useList(view, useSort(view));
  const { page } = list;
  const starts = JSON.stringify(page?.adds ?? {});
  useEffect(() => onStarts(JSON.parse(starts)), [onStarts, starts]);
  useTitle(page?.heading.title);

  return (
    <div className="list-in" aria-busy={!page}>
      <ListHead view={view} page={page} />
      <Notices />
      {view.type === "today" && <ZoneStrip />}
      {list.error && <p className="complaint">{sentence(list.error)}</p>}
      {!page && !list.error && <LateSkeleton />}
      {page && page.count > 0 && (
        <TaskList
          key={pageKey(view)}
          label={page.heading.title}
          groups={list.groups}
          more={list.more}
        />
      )}
      {page && page.count === 0 && <EmptyView empty={page.empty} page={view} add={add} />}
      {page && page.count > 0 && view.type !== "completed" && (
        <Button className="add-row" onPress={add}>
          <Icon name="plus" />
          <span>Add task</span>
          <kbd className="kbd-d" aria-hidden="true">
            Q
          </kbd>
        </Button>
      )}
    </div>
  );
}

function ListHead({ view, page }: { view: View; page: ListPage | null }) {
  const heading = page?.heading;
  return (
    <header className="head">
      <div className="head-text">
        <h1>
          <span dir="auto">{heading?.title ?? " "}</span>
          {heading?.aside && <small> {heading.aside}</small>}
        </h1>
        {heading?.summary && <p>{heading.summary}</p>}
      </div>
      <div className="head-tools">
        <SyncIcon />
        <Link
          className="btn-icon only-s"
          href={pageHref({ type: "search", query: "" })}
          aria-label="Search"
        >
          <Icon name="search" />
        </Link>
        {page && <SortMenu view={view} sorts={page.sorts} />}
      </div>
    </header>
  );
}

// An engine that answers at once needs no skeleton, which would only flash.
function LateSkeleton() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return late ? <Skeleton /> : null;
}

export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · libtodo`;
  }, [title]);
}
