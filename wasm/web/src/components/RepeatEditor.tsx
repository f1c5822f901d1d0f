// How a task comes again. The sentence is the heading and changes as the rule is edited; whatever
// the fields do not know can be written as a rule.
import { useState, type FormEvent } from "react";
import { Button } from "react-aria-components";
import { useAnswer } from "../app/engine";
import type { RepeatMenu } from "../engine/api";
import type { Recurrence, When } from "../engine/model";
import { everyDay, formatRule, parseRule, type RuleParts } from "../engine/rule";
import { Complaint } from "./Complaint";
import type { OnChange } from "./FactList";
import { EndFields, EveryFields, OnFields, PolicyFields, RuleField } from "./RepeatFields";
import { useComplaint } from "./useComplaint";

interface RepeatEditorProps {
  due: When | null;
  recurrence: Recurrence | null;
  onChange: OnChange;
  close(): void;
}

export function RepeatEditor(props: RepeatEditorProps) {
  const [edited, setEdited] = useState<Recurrence | null>(props.recurrence);
  if (edited) return <RuleEditor {...props} edited={edited} setEdited={setEdited} />;
  return <Presets {...props} edit={setEdited} />;
}

const repeating = (rule: string, before: Recurrence | null): Recurrence =>
  ({
    anchored_to: "due",
    repeat_from: "schedule",
    missed: "keep",
    ...before,
    rules: [rule],
    anchor: undefined, // another rule counts from the date that the task has now
  }) as Recurrence;

function Presets({
  due,
  onChange,
  close,
  edit,
}: RepeatEditorProps & { edit(edited: Recurrence): void }) {
  const [complaint, attempt] = useComplaint();
  const { value: menu } = useAnswer(`presets ${due}`, (client) =>
    client.repeatMenu({ due, recurrence: null }),
  );

  async function choose(rule: string) {
    const change = { due: menu!.due, recurrence: repeating(rule, null) };
    if (await attempt(() => onChange(due ? { recurrence: change.recurrence } : change))) close();
  }

  return (
    <div className="form">
      <div className="days" role="group" aria-label="Usual repetitions">
        {menu?.presets.map(({ label, rule }, index) => (
          <Button
            key={rule}
            className="choice"
            autoFocus={index === 0}
            onPress={() => void choose(rule)}
          >
            {label}
          </Button>
        ))}
        <Button
          className="choice"
          onPress={() => edit(repeating(menu?.presets[2]?.rule ?? "FREQ=WEEKLY", null))}
        >
          Another way
          <span className="n">…</span>
        </Button>
      </div>
      {menu && !due && <p className="muted small">It gets a date as well: today.</p>}
      <Complaint says={complaint} />
    </div>
  );
}

interface RuleEditorProps extends RepeatEditorProps {
  edited: Recurrence;
  setEdited(edited: Recurrence): void;
}

function RuleEditor({ due, recurrence, onChange, close, edited, setEdited }: RuleEditorProps) {
  const [complaint, attempt] = useComplaint();
  const [rule = ""] = edited.rules ?? [];
  const parts = parseRule(rule);
  const key = JSON.stringify(["repeat", due, edited]);
  const { value: menu } = useLast(
    useAnswer(key, (client) => client.repeatMenu({ due, recurrence: edited })).value,
  );

  const setRule = (text: string) => setEdited(repeating(text, edited));
  const setParts = (change: Partial<RuleParts>) =>
    setRule(formatRule({ ...(parts ?? everyDay()), ...change }));

  async function submit(event: FormEvent) {
    event.preventDefault();
    const change = due ? { recurrence: edited } : { due: menu!.due, recurrence: edited };
    if (await attempt(() => onChange(change))) close();
  }

  async function stop() {
    if (await attempt(() => onChange({ recurrence: null }))) close();
  }

  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <p className="say" aria-live="polite">
        {menu ? `${menu.says}.` : " "}
      </p>
      {parts && <EveryFields parts={parts} onChange={setParts} />}
      {parts && <OnFields parts={parts} monthDays={menu?.monthDays ?? []} onChange={setParts} />}
      <PolicyFields
        recurrence={edited}
        onChange={(change) => setEdited({ ...edited, ...change })}
      />
      {parts && <EndFields parts={parts} onChange={setParts} from={menu?.due ?? due} />}
      <RuleField rule={rule} onChange={setRule} refusal={menu?.refusal ?? ""} />
      <NextDates menu={menu} />
      <Complaint says={complaint} />
      <div className="pop-foot">
        {recurrence && (
          <Button className="btn btn-late" onPress={() => void stop()}>
            Stop repeating
          </Button>
        )}
        <Button className="btn" onPress={close}>
          Cancel
        </Button>
        <Button className="btn btn-primary" type="submit" isDisabled={!menu || menu.refusal !== ""}>
          Set
        </Button>
      </div>
    </form>
  );
}

// What was there before stays until the next answer comes, so that nothing jumps while one types.
function useLast<T>(value: T | null): { value: T | null } {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return { value: value ?? last };
}

function NextDates({ menu }: { menu: RepeatMenu | null }) {
  if (!menu || menu.refusal) return null;
  return (
    <div className="next-dates">
      <h3>
        {menu.next.length === 5 ? "Next five" : menu.next.length ? "Until it ends" : "No date"}
      </h3>
      <ol>
        {menu.next.map((date) => (
          <li key={date}>{date}</li>
        ))}
      </ol>
    </div>
  );
}
