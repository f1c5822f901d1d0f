// An address that leads to nothing, mistyped or of an older version.
import { Link } from "react-aria-components";
import { pageHref } from "../app/router";
import { useTitle } from "./ListView";

export function NowhereView({ path }: { path: string }) {
  useTitle("Nothing here");
  return (
    <div className="list-in">
      <header className="head">
        <h1>Nothing here</h1>
      </header>
      <div className="empty">
        <p>There is no page at {path}.</p>
        <div className="acts">
          <Link className="btn btn-line" href={pageHref({ type: "today" })}>
            See today
          </Link>
        </div>
      </div>
    </div>
  );
}
