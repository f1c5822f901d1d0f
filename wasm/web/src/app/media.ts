// The three widths of the layout.
import { useSyncExternalStore } from "react";

export type Width = "phone" | "medium" | "wide";

const phone = matchMedia("(max-width: 699px)");
const narrow = matchMedia("(max-width: 1099px)");

function subscribe(listener: () => void): () => void {
  for (const query of [phone, narrow]) query.addEventListener("change", listener);
  return () => {
    for (const query of [phone, narrow]) query.removeEventListener("change", listener);
  };
}

const width = (): Width => (phone.matches ? "phone" : narrow.matches ? "medium" : "wide");

export const useWidth = (): Width => useSyncExternalStore(subscribe, width);
