// What was just done, and the way back. It never takes the focus, and stays while it is looked at.
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { useActions } from "../app/actions";

const stayMs = 8000;

export function UndoToast() {
  const { toast, dismiss, undo } = useActions();
  const [held, setHeld] = useState(false);

  useEffect(() => {
    if (!toast || held) return;
    const timer = setTimeout(dismiss, stayMs);
    return () => clearTimeout(timer);
  }, [toast, held, dismiss]);

  // The region is always there, so that a screen reader hears what comes into it.
  return (
    <div
      role="status"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast && (
        <div className="toast">
          <span>{toast.says}</span>
          {toast.undo && (
            <Button className="btn" onPress={() => void undo()}>
              Undo <kbd className="kbd-d">Z</kbd>
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
