import type { Speech } from "@/shared/i18n";
import type { ListColumn } from "./columns";

/** The columns shown as they go into a workbook, under the heads of the page. */
export const outColumns = <R>(shown: readonly ListColumn<R>[], t: Speech["t"]) =>
  shown.flatMap((column) => column.out ?? []).map(([key, name]) => ({ key, title: t(name) }));
