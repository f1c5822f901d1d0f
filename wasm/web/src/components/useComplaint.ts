// A change that may be refused: the reason stays beside what caused it until the next try.
import { useState } from "react";
import { sentence } from "../app/engine";

export function useComplaint(): [string, (change: () => Promise<unknown>) => Promise<boolean>] {
  const [complaint, setComplaint] = useState("");

  async function attempt(change: () => Promise<unknown>): Promise<boolean> {
    try {
      await change();
      setComplaint("");
      return true;
    } catch (error) {
      setComplaint(sentence(error));
      return false;
    }
  }

  return [complaint, attempt];
}
