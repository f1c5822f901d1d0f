// Text that is written where it is read. It is as high as what it holds, and what was refused stays
// in it with the reason beneath.
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { sentence } from "../app/engine";

interface GrowTextProps {
  label: string;
  value: string;
  placeholder?: string;
  /** One line of meaning: Enter keeps it instead of breaking the line. */
  single?: boolean;
  focused?: boolean;
  /** Of what it is the text, for ever: under this name a refused one is kept. */
  name: string;
  /** Rejects if the text cannot be. */
  onKeep(text: string): Promise<unknown>;
  /** A text was refused after its field had gone; `null` once the field is there again. */
  onLate(says: string | null): void;
}

// Texts that were refused and whose fields have gone: they are there again when one comes back.
const refused = new Map<string, { draft: string; complaint: string }>();

export function GrowText(props: GrowTextProps) {
  const { label, value, placeholder, single, focused, name, onKeep, onLate } = props;
  const [draft, setDraft] = useState<string | null>(refused.get(name)?.draft ?? null);
  const [complaint, setComplaint] = useState(refused.get(name)?.complaint ?? "");
  const area = useRef<HTMLTextAreaElement>(null);
  const complaintId = useId();
  const text = draft ?? value;

  useEffect(() => {
    if (refused.has(name)) onLate(null);
  }, [name]);

  useEffect(() => {
    if (focused) area.current?.select();
  }, [focused]);

  async function keep() {
    if (draft === null || draft === value) return forget();
    try {
      await onKeep(draft);
      forget();
    } catch (error) {
      refused.set(name, { draft, complaint: sentence(error) });
      setComplaint(sentence(error));
      if (!area.current) onLate(sentence(error));
    }
  }

  function forget() {
    refused.delete(name);
    setDraft(null);
    setComplaint("");
  }

  // A field that goes while it is written in (the back button, a sheet put away) keeps its text.
  const leave = useRef(keep);
  leave.current = keep;
  useEffect(
    () => () => {
      if (!refused.has(name)) void leave.current();
    },
    [name],
  );

  function onKeyDown(event: KeyboardEvent) {
    const keeps = event.key === "Enter" && (single || event.ctrlKey || event.metaKey);
    if (keeps && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void keep();
    } else if (event.key === "Escape" && draft !== null) {
      event.stopPropagation(); // the text is the innermost layer
      forget();
    }
  }

  return (
    <>
      <div className="grow" data-text={text || placeholder}>
        <textarea
          ref={area}
          rows={1}
          dir="auto"
          aria-label={label}
          aria-invalid={complaint !== "" || undefined}
          aria-describedby={complaint ? complaintId : undefined}
          placeholder={placeholder}
          value={text}
          onChange={(event) => setDraft(clean(event.target.value, single))}
          onBlur={() => void keep()}
          onKeyDown={onKeyDown}
        />
      </div>
      {complaint && (
        <p className="complaint" id={complaintId} role="alert">
          {complaint}
        </p>
      )}
    </>
  );
}

// Pasted lines become one.
const clean = (text: string, single?: boolean): string =>
  single ? text.replace(/\s*[\r\n]+\s*/g, " ") : text;
