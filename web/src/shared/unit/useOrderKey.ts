import { useEffect } from "react";
import { useNavigate } from "react-router";
import { useOpenable } from "./OpenMenu";

/** F4 opens a work order: for the vehicle on the page, or for one that is not known yet. */
export function useOrderKey(unit: string | null): void {
  const go = useNavigate();
  const { repair } = useOpenable();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // Its code: an input method at work reports every key as its own.
      if (event.code !== "F4" || !repair) return;
      event.preventDefault();
      void go(unit ? `/open/${repair.id}?unit=${unit}` : `/open/${repair.id}`);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [go, unit, repair]);
}
