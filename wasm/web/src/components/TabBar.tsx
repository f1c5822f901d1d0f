// The rail at medium width, the bar at the bottom of a phone.
import { Button, Link } from "react-aria-components";
import { pageHref, usePlace, type Page } from "../app/router";
import { Icon, type IconName } from "./Icon";

export function TabBar({ add }: { add(): void }) {
  return (
    <nav className="tabs" aria-label="Main">
      <Tab page={{ type: "today" }} icon="today" name="Today" />
      <Tab page={{ type: "upcoming" }} icon="upcoming" name="Upcoming" />
      <Button className="tab plus" aria-label="Add task" onPress={add}>
        <Icon name="plus" />
        <span>Add</span>
      </Button>
      <Tab page={{ type: "inbox" }} icon="inbox" name="Inbox" className="t-3" />
      <Tab page={{ type: "browse" }} icon="menu" name="Browse" className="t-4" />
    </nav>
  );
}

interface TabProps {
  page: Page;
  icon: IconName;
  name: string;
  className?: string;
}

const main = ["today", "upcoming", "inbox"];

function Tab({ page, icon, name, className = "" }: TabProps) {
  const { page: current } = usePlace();
  const here =
    current.type === page.type || (page.type === "browse" && !main.includes(current.type));
  return (
    <Link
      className={`tab ${className}`}
      href={pageHref(page)}
      aria-current={here ? "page" : undefined}
    >
      <Icon name={icon} />
      <span>{name}</span>
    </Link>
  );
}
