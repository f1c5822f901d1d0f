// Text that is written where it is read. It is as high as what it holds, and what was refused stays
// in it with the reason beneath.
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app/actions";
import { draftOf, setDraft, useDraft } from "../app/drafts";
import { sentence } from "../app/engine";

interface GrowTextProps {
  label: string;
  value: string;
  placeholder?: string;
  /** One line of meaning: Enter keeps it instead of breaking the line. */
  single?: boolean;
  /** If it is long, only its beginning is shown until somebody wants more. */
  folds?: boolean;
  focused?: boolean;
  /** Of what it is the text, for ever: under this name it is a draft until it is kept. */
  name: string;
  /** It cannot be kept as things are: what is written stays a draft. */
  held?: boolean;
  /** Rejects if the text cannot be. */
  onKeep(text: string): Promise<unknown>;
  /** A text was refused after its field had gone; `null` once the field is there again. */
  onLate(late: { says: string; text: string } | null): void;
}

export function GrowText(props: GrowTextProps) {
  const { label, value, placeholder, single, folds, focused, name, held, onKeep, onLate } = props;
  const draft = useDraft(name);
  const area = useRef<HTMLTextAreaElement>(null);
  const { offer } = useActions();
  const complaintId = useId();
  const [unfolded, setUnfolded] = useState(false);
  const text = draft?.text ?? value;
  const foldable = folds && isLong(text);
  const folded = foldable && !unfolded;
  const complaint = draft?.refused?.says ?? "";

  useEffect(() => {
    if (draftOf(name)?.refused) onLate(null);
  }, [name]);

  useEffect(() => {
    if (focused) area.current?.select();
  }, [focused]);

  async function keep() {
    const text = draftOf(name)?.text ?? value;
    if (text === value) return setDraft(name, null);
    const isStill = () => draftOf(name)?.text === text; // while it was kept, more may be written
    try {
      await onKeep(text);
      if (isStill()) setDraft(name, null);
    } catch (error) {
      const says = sentence(error);
      if (isStill()) setDraft(name, { text, refused: { text, says } });
      if (!area.current) onLate({ says, text });
    }
  }

  // A field that goes while it is written in (the back button, a sheet put away) keeps its text.
  const leave = useRef(keep);
  leave.current = keep;
  useEffect(
    () => () => {
      const left = draftOf(name);
      if (left && left.text !== left.refused?.text) void leave.current();
    },
    [name],
  );

  const bringBack = useRef<(() => void) | null>(null); // what was put away in this field

  function putAway(text: string) {
    setDraft(name, null);
    const back = () => {
      setDraft(name, { text, refused: null });
      if (!area.current) void leave.current();
      bringBack.current = null;
    };
    bringBack.current = back;
    offer(`Put away what you wrote (${label.toLowerCase()})`, back);
  }

  function onKeyDown(event: KeyboardEvent) {
    const control = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && (single || control) && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (!held) void keep();
    } else if (event.key === "Escape" && draft && draft.text !== value) {
      event.stopPropagation(); // the text is the innermost layer
      putAway(draft.text);
    } else if (event.key.toLowerCase() === "z" && control && !draft && bringBack.current) {
      event.preventDefault();
      bringBack.current();
    }
  }

  return (
    <>
      <div className="grow" data-text={text || placeholder} data-folded={folded || undefined}>
        <textarea
          ref={area}
          rows={1}
          dir="auto"
          aria-label={label}
          aria-invalid={complaint !== "" || undefined}
          aria-describedby={complaint ? complaintId : undefined}
          placeholder={placeholder}
          value={text}
          onChange={(event) => {
            const text = clean(event.target.value, single);
            setDraft(name, { text, refused: draft?.refused ?? null });
          }}
          onFocus={() => setUnfolded(true)}
          onBlur={() => held || void keep()}
          onKeyDown={onKeyDown}
        />
      </div>
      {foldable && (
        <Button
          className="btn btn-text fold"
          aria-expanded={!folded}
          onPress={() => setUnfolded(!unfolded)}
        >
          {folded ? "Show all" : "Show less"}
          <span className="vh"> of the {label.toLowerCase()}</span>
        </Button>
      )}
      {complaint && (
        <p className="complaint" id={complaintId} role="alert">
          {complaint}
        </p>
      )}
    </>
  );
}

// More than a pane shows beside anything else.
const isLong = (text: string): boolean => text.length > 1500 || text.split("\n").length > 20;

// Pasted lines become one.
const clean = (text: string, single?: boolean): string =>
  single ? text.replace(/\s*[\r\n]+\s*/g, " ") : text;
