import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { sentence } from "@/shared/ui/States";
import { type Brings, forget, headingsQuery } from "../api/queries";

/** What people have said that headings mean: known by itself in the next workbook, until it is
 *  forgotten. Of `only` these headings, where a workbook has some of them. */
export function Remembered({ kind, only }: { kind: Brings; only?: readonly string[] }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const found = useQuery(headingsQuery(kind));
  const drop = useMutation({
    mutationFn: (heading: string) => forget(kind, heading),
    onSettled: () => queries.invalidateQueries({ queryKey: headingsQuery(kind).queryKey }),
  });
  const all = found.data?.items ?? [];
  const shown = only ? all.filter((one) => only.includes(one.heading)) : all;
  if (shown.length === 0) return null;
  return (
    <details className="import-known">
      <summary>{t(only ? "imports.knownHere" : "imports.known", { n: shown.length })}</summary>
      <ul>
        {shown.map((one) => (
          <li key={one.heading}>
            <b>{one.heading}</b>
            <span>{one.title ? `→ ${one.title}` : t("imports.notRead")}</span>
            <span className="muted small">{`${one.by} · ${dateTime(one.at)}`}</span>
            <button
              type="button"
              className="link"
              aria-label={t("imports.forgetOne", { heading: one.heading })}
              disabled={drop.isPending}
              onClick={() => drop.mutate(one.heading)}
            >
              {t("imports.forget")}
            </button>
          </li>
        ))}
      </ul>
      {drop.error && (
        <p className="late small" role="alert">
          {sentence(drop.error, t)}
        </p>
      )}
    </details>
  );
}
