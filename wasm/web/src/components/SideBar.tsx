// The views, on the left where there is room.
import type { ReactNode } from "react";
import { Button, Link } from "react-aria-components";
import { useAnswer } from "../app/engine";
import { pageHref, pageKey, usePlace, type Page } from "../app/router";
import { Icon, type IconName } from "./Icon";
import { SyncLine } from "./SyncLine";

const tagsShown = 8;

export function SideBar({ add }: { add(): void }) {
  return (
    <nav className="side" aria-label="Views" tabIndex={-1}>
      <div className="side-top">
        <Button className="nav add" onPress={add}>
          <Icon name="plus" />
          <span className="name">Add task</span>
          <span className="n" aria-hidden="true">
            <kbd>Q</kbd>
          </span>
        </Button>
        <NavLink page={{ type: "search", query: "" }} icon="search" name="Search">
          <span className="n" aria-hidden="true">
            <kbd>/</kbd>
          </span>
        </NavLink>
      </div>
      <PlaceLinks tags={tagsShown} />
      <div className="side-end">
        <NavLink page={{ type: "completed" }} icon="done" name="Completed" />
        <NavLink page={{ type: "settings" }} icon="settings" name="Settings" />
      </div>
      <div className="side-foot">
        <SyncLine />
      </div>
    </nav>
  );
}

/** Views, projects and the tags used most, with what is open in each. */
export function PlaceLinks({ tags }: { tags: number }) {
  const { value: places } = useAnswer("places", (client) => client.places());
  return (
    <>
      <div>
        <NavLink page={{ type: "today" }} icon="today" name="Today" open={places?.today} />
        <NavLink
          page={{ type: "upcoming" }}
          icon="upcoming"
          name="Upcoming"
          open={places?.upcoming}
        />
        <NavLink page={{ type: "inbox" }} icon="inbox" name="Inbox" open={places?.inbox} />
      </div>
      {places && places.projects.length > 0 && (
        <div>
          <h2>Projects</h2>
          {places.projects.map(({ id, name, open }) => (
            <NavLink key={id} page={{ type: "project", id }} sign="@" name={name} open={open} />
          ))}
        </div>
      )}
      {places && places.tags.length > 0 && (
        <div>
          <h2>Tags</h2>
          {places.tags.slice(0, tags).map(({ name, open }) => (
            <NavLink key={name} page={{ type: "tag", name }} sign="#" name={name} open={open} />
          ))}
        </div>
      )}
    </>
  );
}

interface NavLinkProps {
  page: Page;
  name: string;
  icon?: IconName;
  sign?: string;
  open?: number | undefined;
  children?: ReactNode;
}

function NavLink({ page, name, icon, sign, open, children }: NavLinkProps) {
  const { page: current } = usePlace();
  const here =
    current.type === page.type && (page.type === "search" || pageKey(current) === pageKey(page));
  return (
    <Link className="nav" href={pageHref(page)} aria-current={here ? "page" : undefined}>
      {icon && <Icon name={icon} />}
      {sign && (
        <span className="sig" aria-hidden="true">
          {sign}
        </span>
      )}
      <span className="name" dir="auto">
        {name}
      </span>
      {Boolean(open) && (
        <span className="n">
          {open!.toLocaleString("en-GB")}
          <span className="vh"> open</span>
        </span>
      )}
      {children}
    </Link>
  );
}
