// What was just done, and the way back. It never takes the focus, and stays while it is looked at.
import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
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
  // It lies above the layers and can be pressed while one is open.
  return createPortal(
    <div
      role="status"
      data-react-aria-top-layer="true"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast && (
        <div className="toast">
          <span>{toast.says}</span>
          {toast.canUndo && (
            <Button className="btn" onPress={() => void undo()}>
              Undo <kbd className="kbd-d">Z</kbd>
            </Button>
          )}
        </div>
      )}
    </div>,
    document.body,
  );
}
