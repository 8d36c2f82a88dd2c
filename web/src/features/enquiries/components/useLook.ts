import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type EnquiryThread, looked } from "../api/queries";

/** Tells that what they wrote was read, once it is on a screen that somebody looks at. */
export function useLook(id: string, thread: EnquiryThread | undefined): void {
  const queries = useQueryClient();
  const message = thread?.messages.filter((each) => each.by === "theirs").at(-1)?.id ?? null;
  const photo = thread?.photos.at(-1)?.id ?? null;
  useEffect(() => {
    if (!message) return;
    const tell = () => {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", tell);
      // A mark that fails comes back with the next look.
      looked(id, { message, photo })
        .then(() => queries.invalidateQueries({ queryKey: ["cases", "enquiries"] }))
        .catch(() => undefined);
    };
    document.addEventListener("visibilitychange", tell);
    tell();
    return () => document.removeEventListener("visibilitychange", tell);
  }, [id, message, photo, queries]);
}
