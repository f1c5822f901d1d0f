// All places on one page, where the side bar has no room.
import { Link } from "react-aria-components";
import { pageHref } from "../app/router";
import { Icon } from "../components/Icon";
import { Notices } from "../components/Notices";
import { PlaceLinks } from "../components/SideBar";
import { SyncLine } from "../components/SyncLine";
import { useTitle } from "./ListView";

export function BrowseView() {
  useTitle("Browse");
  return (
    <div className="list-in browse">
      <header className="head">
        <h1>Browse</h1>
        <div className="head-tools">
          <Link
            className="btn-icon"
            href={pageHref({ type: "search", query: "" })}
            aria-label="Search"
          >
            <Icon name="search" />
          </Link>
        </div>
      </header>
      <Notices />
      <nav className="places" aria-label="All places">
        <PlaceLinks tags={Infinity} />
        <div>
          <Link className="nav" href={pageHref({ type: "completed" })}>
            <Icon name="done" />
            <span className="name">Completed</span>
          </Link>
          <Link className="nav" href={pageHref({ type: "settings" })}>
            <Icon name="settings" />
            <span className="name">Settings</span>
          </Link>
        </div>
      </nav>
      <SyncLine />
    </div>
  );
}
