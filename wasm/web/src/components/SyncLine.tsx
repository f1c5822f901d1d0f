// Whether what was done is safe, in one line.
import { Link } from "react-aria-components";
import { useEngine } from "../app/engine";
import { pageHref } from "../app/router";
import type { Health } from "../engine/api";
import { Icon, type IconName } from "./Icon";

const icons: Record<Health["state"], IconName> = {
  loading: "down2",
  saved: "ok",
  sending: "wait",
  offline: "off",
  other_tab: "lock",
  refused: "warn",
  failed: "warn",
};

export function SyncLine() {
  const { health } = useEngine();
  return (
    <p className="sync" data-state={health.state} role="status">
      <Icon name={icons[health.state]} />
      <span>{health.says}</span>
    </p>
  );
}

/** The same where there is no side bar. */
export function SyncIcon() {
  const { health } = useEngine();
  return (
    <Link
      className="btn-icon sync-icon only-s"
      data-state={health.state}
      href={pageHref({ type: "browse" })}
      aria-label={health.says}
    >
      <Icon name={icons[health.state]} />
    </Link>
  );
}

/** What is wrong with the whole, above every list; nothing if all is well. */
export function HealthStrip() {
  const { health } = useEngine();
  const notes: Partial<Record<Health["state"], string>> = {
    offline: "Keep this tab open: what you do is sent when the server answers again.",
    other_tab: "Tasks are changed in one tab at a time. Close the other one to go on here.",
    failed: "Your tasks are safe on the server. Reload the page to try again.",
  };
  const note = notes[health.state];
  if (!note) return null;
  return (
    <div className={health.state === "failed" ? "strip lateish" : "strip warnish"} role="status">
      <Icon name={icons[health.state]} />
      <div>
        <p>
          <b>{health.says}</b>
        </p>
        <p>{note}</p>
      </div>
    </div>
  );
}
