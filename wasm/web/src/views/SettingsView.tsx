// How things look here, how dates are read, and what the keys do.
import { useId, type ReactNode } from "react";
import { Radio, RadioGroup, Switch } from "react-aria-components";
import { useActions } from "../app/actions";
import { useAnswer } from "../app/engine";
import { prefer, usePreferences, type Preferences } from "../app/preferences";
import { shortcuts } from "../app/shortcuts";
import { Complaint } from "../components/Complaint";
import { useComplaint } from "../components/useComplaint";
import type { SettingsPatch, Weekday } from "../engine/model";
import { useTitle } from "./ListView";

export function SettingsView() {
  useTitle("Settings");
  return (
    <div className="list-in">
      <header className="head">
        <h1>Settings</h1>
      </header>
      <div className="set">
        <section aria-labelledby="set-look">
          <h2 id="set-look">Appearance</h2>
          <ThemeOption />
        </section>
        <section aria-labelledby="set-time">
          <h2 id="set-time">Dates and times</h2>
          <TimeOptions />
        </section>
        <section aria-labelledby="set-keys">
          <h2 id="set-keys">Shortcuts</h2>
          <KeyOptions />
        </section>
      </div>
    </div>
  );
}

interface OptionProps {
  name: ReactNode;
  note?: string;
  children: ReactNode;
}

function Option({ name, note, children }: OptionProps) {
  return (
    <div className="opt">
      <div className="what">
        {name}
        {note && <small>{note}</small>}
      </div>
      {children}
    </div>
  );
}

function ThemeOption() {
  const { theme } = usePreferences();
  const id = useId();
  return (
    <Option name={<span id={id}>Theme</span>}>
      <RadioGroup
        aria-labelledby={id}
        className="seg"
        orientation="horizontal"
        value={theme}
        onChange={(chosen) => prefer({ theme: chosen as Preferences["theme"] })}
      >
        <Radio value="system">System</Radio>
        <Radio value="light">Light</Radio>
        <Radio value="dark">Dark</Radio>
      </RadioGroup>
    </Option>
  );
}

const weekdays: Weekday[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

function TimeOptions() {
  const { run } = useActions();
  const zoneId = useId();
  const weekId = useId();
  const [complaint, attempt] = useComplaint();
  const { value: settings } = useAnswer("settings", (client) => client.settings());
  const { value: menu } = useAnswer("zones", (client) => client.dueMenu(null));
  if (!settings || !menu) return null;

  const set = (patch: SettingsPatch) => void attempt(() => run({ type: "edit_settings", patch }));
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = menu.zones.includes(settings.zone) ? menu.zones : [settings.zone, ...menu.zones];
  return (
    <>
      <Option
        name={<label htmlFor={zoneId}>Time zone</label>}
        note={here === settings.zone ? "The one this device is in" : `This device is in ${here}`}
      >
        <select
          className="inp"
          id={zoneId}
          value={settings.zone}
          onChange={(event) => set({ zone: event.target.value })}
        >
          {zones.map((name) => (
            <option key={name} value={name}>
              {name.replaceAll("_", " ")}
            </option>
          ))}
        </select>
      </Option>
      <Option name={<label htmlFor={weekId}>The week starts on</label>}>
        <select
          className="inp"
          id={weekId}
          value={settings.week_start}
          onChange={(event) => set({ week_start: event.target.value as Weekday })}
        >
          {weekdays.map((day) => (
            <option key={day} value={day}>
              {day.charAt(0).toUpperCase() + day.slice(1)}
            </option>
          ))}
        </select>
      </Option>
      <Complaint says={complaint} />
    </>
  );
}

function KeyOptions() {
  const { letters } = usePreferences();
  const id = useId();
  return (
    <>
      <Option name={<span id={id}>Single letters</span>} note="They do nothing while you type text">
        <Switch
          className="switch"
          aria-labelledby={id}
          isSelected={letters}
          onChange={(chosen) => prefer({ letters: chosen })}
        >
          <i />
        </Switch>
      </Option>
      {shortcuts.map(({ keys, does }) => (
        <Option key={does} name={does}>
          <span className="keys">
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </span>
        </Option>
      ))}
    </>
  );
}
