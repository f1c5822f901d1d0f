// The owner's day begins in the owner's zone: asked once when this device is in another one.
import { Button } from "react-aria-components";
import { useActions } from "../app/actions";
import { useAnswer } from "../app/engine";
import { prefer, usePreferences } from "../app/preferences";
import { Complaint } from "./Complaint";
import { Icon } from "./Icon";
import { useComplaint } from "./useComplaint";

export function ZoneStrip() {
  const { run } = useActions();
  const { zonesKept } = usePreferences();
  const [complaint, attempt] = useComplaint();
  const { value: settings } = useAnswer("settings", (client) => client.settings());
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!settings || settings.zone === here) return null;
  const question = `${settings.zone} ${here}`;
  if (zonesKept.includes(question)) return null;

  const use = () => void attempt(() => run({ type: "edit_settings", patch: { zone: here } }));
  return (
    <div className="strip" role="group" aria-label="Time zone">
      <Icon name="late" />
      <div>
        <p>
          <b>Your days and times are read in {spoken(settings.zone)}</b>
        </p>
        <p>This device is in {spoken(here)}.</p>
        <div className="acts">
          <Button className="btn btn-text" onPress={use}>
            Use {spoken(here)}
          </Button>
          <Button
            className="btn btn-text"
            onPress={() => prefer({ zonesKept: [...zonesKept, question] })}
          >
            Keep {spoken(settings.zone)}
          </Button>
        </div>
        <Complaint says={complaint} />
      </div>
    </div>
  );
}

const spoken = (zone: string): string => zone.replaceAll("_", " ");
