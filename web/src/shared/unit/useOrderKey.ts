import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { useOpenable } from "./OpenMenu";

/** F4 opens a work order: for the vehicle on the page, or for one that is not known yet. */
export function useOrderKey(unit: string | null): void {
  const go = useNavigate();
  const { repair } = useOpenable();
  // Pressed before the page knew what may be opened: who is in a hurry does not press twice.
  const waiting = useRef(false);
  useEffect(() => {
    const open = () => {
      if (!repair) {
        waiting.current = true;
        return;
      }
      waiting.current = false;
      void go(unit ? `/open/${repair.id}?unit=${unit}` : `/open/${repair.id}`);
    };
    const press = (event: KeyboardEvent) => {
      // Its code: an input method at work reports every key as its own.
      if (event.code !== "F4") return;
      event.preventDefault();
      open();
    };
    if (waiting.current) open();
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [go, unit, repair]);
}
