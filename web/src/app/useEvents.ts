import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { address } from "@/api/client";

/** Hears from the server what changed, and reads that again: to-dos, messages, a case, prices. */
export function useEvents(station: string | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    // What is told follows the acting station, so that another one listens anew.
    if (!station || typeof EventSource === "undefined") return;
    const source = new EventSource(address("/events"));
    // What happened while nobody listened is read again.
    let heard = false;
    source.addEventListener("open", () => {
      if (heard) {
        for (const read of ["offers", "messages", "me", "cases", "case"]) {
          void queries.invalidateQueries({ queryKey: [read] });
        }
      }
      heard = true;
    });
    source.addEventListener("changed", (event) => {
      const { kind, id } = JSON.parse((event as MessageEvent<string>).data) as {
        kind: string;
        id?: string;
      };
      if (kind === "offers") void queries.invalidateQueries({ queryKey: ["offers"] });
      if (kind === "messages") {
        void queries.invalidateQueries({ queryKey: ["messages"] });
        void queries.invalidateQueries({ queryKey: ["me"] });
      }
      if (kind === "duty") void queries.invalidateQueries({ queryKey: ["duty"] });
      if (kind === "masters") {
        for (const list of ["prices", "parts", "catalog"]) {
          void queries.invalidateQueries({ queryKey: [list] });
        }
      }
      if (kind === "case") {
        for (const read of ["cases", "stock", "accounts", "serials"]) {
          void queries.invalidateQueries({ queryKey: [read] });
        }
        void queries.invalidateQueries({ queryKey: id ? ["case", id] : ["case"] });
      }
    });
    return () => source.close();
  }, [station, queries]);
}
