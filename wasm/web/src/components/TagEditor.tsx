// Tags: those there are, a field for a new one, and those used elsewhere.
import { useState, type FormEvent } from "react";
import { Button, Input, TextField } from "react-aria-components";
import { useAnswer } from "../app/engine";
import { Complaint } from "./Complaint";
import type { OnChange } from "./FactList";
import { Icon } from "./Icon";
import { useComplaint } from "./useComplaint";

interface TagEditorProps {
  tags: string[];
  onChange: OnChange;
  close(): void;
}

const offered = 8;

export function TagEditor({ tags, onChange, close }: TagEditorProps) {
  const [text, setText] = useState("");
  const [complaint, attempt] = useComplaint();
  const { value: places } = useAnswer("places", (client) => client.places());
  const others = (places?.tags ?? [])
    .map(({ name }) => name)
    .filter((name) => !tags.includes(name) && name.toLowerCase().includes(text.toLowerCase()))
    .slice(0, offered);

  async function put(tag: string) {
    const added = await attempt(() =>
      onChange({ tags: [...tags.filter((each) => each !== tag), tag] }),
    );
    if (added) setText("");
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const tag = text.trim().replace(/^#/, "");
    if (tag) await put(tag);
    else close();
  }

  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      {tags.length > 0 && (
        <ul className="tag-list" aria-label="Tags of this task">
          {tags.map((tag) => (
            <li className="chip" key={tag}>
              <span>
                #<bdi>{tag}</bdi>
              </span>
              <Button
                className="btn-icon"
                aria-label={`Take #${tag} off`}
                onPress={() =>
                  void attempt(() => onChange({ tags: tags.filter((each) => each !== tag) }))
                }
              >
                <Icon name="x" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <TextField aria-label="New tag" value={text} onChange={setText} autoFocus>
        <Input className="inp fill" placeholder="New tag, then Enter" />
      </TextField>
      <Complaint says={complaint} />
      {others.length > 0 && (
        <div className="tag-list" role="group" aria-label="Tags used elsewhere">
          {others.map((tag) => (
            <Button key={tag} className="btn btn-text" onPress={() => void put(tag)}>
              #{tag}
            </Button>
          ))}
        </div>
      )}
    </form>
  );
}
