// Whether what was done is safe, in one line.
import { Link } from "react-aria-components";
import { useEngine } from "../app/engine";
import { pageHref } from "../app/router";
import type { Health } from "../engine/api";
import { Icon, type IconName } from "./Icon";

export const healthIcons: Record<Health["state"], IconName> = {
  loading: "down2",
  saved: "ok",
  sending: "wait",
  offline: "off",
  other_tab: "lock",
  refused: "warn",
  unsaved: "warn",
  failed: "warn",
};

export function SyncLine() {
  const { health } = useEngine();
  return (
    <p className="sync" data-state={health.state} role="status">
      <Icon name={healthIcons[health.state]} />
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
      <Icon name={healthIcons[health.state]} />
    </Link>
  );
}
