// What stands where no task does: what is, and always one next step.
import { Button, Link } from "react-aria-components";
import { pageHref, type Page } from "../app/router";
import type { EmptyState } from "../engine/api";
import { Icon } from "./Icon";

interface EmptyViewProps {
  empty: EmptyState;
  page: Page;
  add(): void;
}

export function EmptyView({ empty, page, add }: EmptyViewProps) {
  const elsewhere = page.type === "completed" || page.type === "search";
  return (
    <div className="empty">
      <svg
        viewBox="0 0 160 100"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {pictures[empty.picture]}
      </svg>
      <h2>{empty.title}</h2>
      {empty.text && <p>{empty.text}</p>}
      <div className="acts">
        {page.type === "today" && (
          <Link className="btn btn-line" href={pageHref({ type: "upcoming" })}>
            See tomorrow
          </Link>
        )}
        {empty.instead && (
          <Link
            className="btn btn-line"
            href={pageHref({ type: "search", query: empty.instead.query })}
          >
            {empty.instead.label}
          </Link>
        )}
        {elsewhere ? (
          <Link className="btn" href={pageHref({ type: "today" })}>
            See today
          </Link>
        ) : (
          <Button className="btn" onPress={add}>
            <Icon name="plus" />
            Add task
          </Button>
        )}
      </div>
    </div>
  );
}

const pictures = {
  sunrise: (
    <>
      <path d="M6 82h148M20 90h56M92 90h44" opacity=".55" />
      <path className="stroke" d="M52 82a28 28 0 0 1 56 0" strokeWidth="2" />
      <path className="stroke" d="M80 40V28M50 52l-8-8M110 52l8-8M38 76H27M133 76h-11" />
      <path className="stroke" d="m70 70 7 7 14-15" strokeWidth="2" />
    </>
  ),
  tray: (
    <>
      <path d="M6 90h148" opacity=".55" />
      <path d="M44 56 56 26h48l12 30v26a4 4 0 0 1-4 4H48a4 4 0 0 1-4-4z" />
      <path className="stroke" d="M44 56h22c2 8 7 12 14 12s12-4 14-12h22" strokeWidth="2" />
    </>
  ),
  lens: (
    <>
      <path d="M6 90h148" opacity=".55" />
      <circle cx="74" cy="46" r="26" />
      <path className="stroke" d="m93 65 21 21" strokeWidth="2" />
      <path className="stroke" d="M62 46h24M66 54h12" />
    </>
  ),
};
