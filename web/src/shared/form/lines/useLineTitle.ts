import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { catalogQuery } from "@/api/queries/shared";
import type { Line } from "@/api/types";
import { useSpeech } from "@/shared/i18n";

/** The words of a line: as on the paper in Chinese, as on the price list in English. */
export function useLineTitle(): (line: Line) => string {
  const { lang } = useSpeech();
  const { data } = useQuery({ ...catalogQuery, enabled: lang !== "zh" });
  const listed = useMemo(
    () => new Map(data?.prices.map((price) => [price.code, price.title])),
    [data],
  );
  return (line) => {
    const title = line.item ? listed.get(line.item) : undefined;
    return title && title.zh === line.title ? title[lang] : line.title;
  };
}
