// Projects: one is chosen, or a new one is named.
import { useState, type FormEvent } from "react";
import { Button, Input, ListBox, ListBoxItem, TextField } from "react-aria-components";
import { useActions } from "../app/actions";
import { useAnswer, useEngine } from "../app/engine";
import type { ProjectId } from "../engine/model";
import { Complaint } from "./Complaint";
import type { OnChange } from "./FactList";
import { Icon } from "./Icon";
import { useComplaint } from "./useComplaint";

interface ProjectEditorProps {
  project: ProjectId | null;
  onChange: OnChange;
  close(): void;
}

const none = "none";

export function ProjectEditor({ project, onChange, close }: ProjectEditorProps) {
  const { client } = useEngine();
  const { run } = useActions();
  const [name, setName] = useState("");
  const [complaint, attempt] = useComplaint();
  const { value: places } = useAnswer("places", (engine) => engine.places());
  const projects = places?.projects ?? [];

  async function choose(chosen: ProjectId | null) {
    if (chosen === project || (await attempt(() => onChange({ project: chosen })))) close();
  }

  async function create() {
    const id = await client.newId();
    await run({ type: "create_project", project: { id, name: name.trim() } });
    await onChange({ project: id });
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "") return;
    if (await attempt(create)) close();
  }

  return (
    <>
      <ListBox
        aria-label="Project"
        className="choices"
        autoFocus
        selectionMode="single"
        selectedKeys={[project ?? none]}
        onSelectionChange={(chosen) => {
          const [key = project ?? none] = chosen === "all" ? [] : [...chosen];
          void choose(key === none ? null : String(key));
        }}
      >
        <ListBoxItem id={none} className="choice" textValue="No project">
          <Icon name="inbox" />
          No project
        </ListBoxItem>
        {projects.map(({ id, name: known }) => (
          <ListBoxItem key={id} id={id} className="choice" textValue={known}>
            <Icon name="at" />
            <span className="name" dir="auto">
              {known}
            </span>
          </ListBoxItem>
        ))}
      </ListBox>
      <form className="field new-project" onSubmit={(event) => void submit(event)}>
        <TextField aria-label="New project" value={name} onChange={setName} className="fill">
          <Input className="inp fill" placeholder="New project" />
        </TextField>
        <Button
          type="submit"
          className="btn-icon"
          aria-label="Add the project"
          isDisabled={name.trim() === ""}
        >
          <Icon name="plus" />
        </Button>
      </form>
      <Complaint says={complaint} />
    </>
  );
}
