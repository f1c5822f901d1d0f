// What opens from a button: a popover beside it, on the phone a sheet from below.
import type { ReactNode } from "react";
import { Dialog, DialogTrigger, Modal, ModalOverlay, Popover } from "react-aria-components";
import type { Placement } from "react-aria-components";
import { useWidth } from "../app/media";

interface LayerProps {
  label: string;
  trigger: ReactNode;
  isOpen: boolean;
  onOpenChange(open: boolean): void;
  narrow?: boolean;
  placement?: Placement;
  /** How far from its button, in px. */
  offset?: number;
  children: ReactNode;
}

export function Layer(props: LayerProps) {
  const {
    label,
    trigger,
    isOpen,
    onOpenChange,
    narrow = false,
    placement = "left top",
    offset = 8,
  } = props;
  const shape = narrow ? " narrow" : "";
  const content = <Dialog aria-label={label}>{props.children}</Dialog>;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      {useWidth() === "phone" ? (
        <ModalOverlay className="scrim" isDismissable>
          <Modal className={`sheet${shape}`}>{content}</Modal>
        </ModalOverlay>
      ) : (
        <Popover
          className={`pop${shape}`}
          placement={placement}
          offset={offset}
          containerPadding={16}
        >
          {content}
        </Popover>
      )}
    </DialogTrigger>
  );
}
