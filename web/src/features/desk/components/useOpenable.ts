import { useQuery } from "@tanstack/react-query";
import { processesQuery } from "@/api/queries/shared";
import type { ProcessInfo } from "@/api/types";

/** What the person may open here: the repair order first, the others after. */
export function useOpenable(): { repair: ProcessInfo | null; others: ProcessInfo[] } {
  const { data } = useQuery(processesQuery);
  const may = data?.items.filter((process) => process.can_open) ?? [];
  const repairs = may.filter((process) => process.area === "repair");
  const repair = repairs.find((process) => process.id === "repair_order") ?? repairs[0] ?? null;
  return { repair, others: may.filter((process) => process !== repair) };
}
