// What the owner should know above every list: what is wrong with the whole, and each change that
// could not be saved, with the ways out of it. Nothing if all is well.
import { useRef, useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app/actions";
import { useAnswer, useEngine } from "../app/engine";
import type { Health, Matter } from "../engine/api";
import { count } from "../engine/dates";
import { Icon } from "./Icon";
import { healthIcons } from "./SyncLine";
import { useComplaint } from "./useComplaint";

const mattersShown = 3;

export function Notices() {
  const { value: matters } = useAnswer("matters", (client) => client.matters());
  const [all, showAll] = useState(false);
  const shown = all ? (matters ?? []) : (matters ?? []).slice(0, mattersShown);
  const hidden = (matters ?? []).length - shown.length;
  return (
    <>
      <HealthStrip />
      {shown.map((matter) => (
        <MatterStrip key={matter.id} matter={matter} />
      ))}
      {hidden > 0 && (
        <Button className="btn btn-text" onPress={() => showAll(true)}>
          Show {hidden} more
        </Button>
      )}
    </>
  );
}

function HealthStrip() {
  const { client, health } = useEngine();
  const note = noteOn(health);
  if (!note) return null;
  const { state } = health;
  return (
    <div className={state === "failed" ? "strip lateish" : "strip warnish"} role="status">
      <Icon name={healthIcons[state]} />
      <div>
        <p>
          <b>{health.says}</b>
        </p>
        <p>{note}</p>
        {(state === "offline" || state === "refused") && (
          <div className="acts">
            <Button className="btn btn-text" onPress={() => void client.hurry()}>
              Try now
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function noteOn({ state, waiting = 0 }: Health): string {
  const changes = `${count(waiting, "change")} made here`;
  const here = `${changes} ${waiting === 1 ? "is" : "are"} not on the server`;
  switch (state) {
    case "offline":
      return "Keep this tab open: what you do is sent when the server answers again.";
    case "other_tab":
      return "Tasks are changed in one tab at a time. Close the other one to go on here.";
    case "refused":
      return waiting ? `${here}. It is asked again by itself.` : "It is asked again by itself.";
    case "failed":
      return waiting
        ? `${here}. Copy what you wrote before you reload the page.`
        : "Your tasks are safe on the server. Reload the page to try again.";
    default:
      return "";
  }
}

function MatterStrip({ matter }: { matter: Matter }) {
  const { client } = useEngine();
  const { retry, offer } = useActions();
  const [, attempt] = useComplaint(); // the matter itself says why
  const { id, says, why, text } = matter;

  async function drop() {
    await client.drop(id);
    if (matter.retry) offer("Discarded the change", () => client.bringBack(id));
  }

  return (
    <section className={matter.retry ? "strip lateish" : "strip warnish"} aria-label={says}>
      <Icon name="warn" />
      <div className="matter">
        <div role="alert">
          <p>
            <b>{says}</b>
          </p>
          <p>{why}</p>
        </div>
        {text && <Written text={text} />}
        <div className="acts">
          {matter.retry && (
            <Button className="btn btn-text" onPress={() => void attempt(() => retry(id))}>
              {matter.retry}
            </Button>
          )}
          {text && <CopyButton text={text} />}
          <Button className="btn btn-text" onPress={() => void drop()}>
            {matter.retry ? "Discard" : "Close"}
          </Button>
        </div>
      </div>
    </section>
  );
}

// Can be scrolled, and selected where the clipboard is not to be had.
function Written({ text }: { text: string }) {
  return (
    <div className="written" dir="auto" tabIndex={0} role="group" aria-label="What you wrote">
      {text}
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const { offer } = useActions();
  const button = useRef<HTMLButtonElement>(null);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      offer("Copied what you wrote");
    } catch {
      const written = button.current?.closest(".matter")?.querySelector(".written");
      if (written) getSelection()?.selectAllChildren(written);
      offer("Selected what you wrote: copy it with your keys");
    }
  }

  return (
    <Button className="btn btn-text" ref={button} onPress={() => void copy()}>
      Copy text
    </Button>
  );
}
