import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { type What, faultsQuery } from "../api/queries";

/** The repairs behind a batch. */
export function Behind({ what, of, batch }: { what: What; of: string; batch: string }) {
  const { t, say } = useSpeech();
  const found = useQuery(faultsQuery(what, of, batch));
  if (found.isPending) return <Loading lines={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <ul className="plain batch-behind" aria-label={t("quality.behindOf", { batch })}>
      {found.data.items.map((row) => (
        <li key={`${row.case}/${row.fault.zh}`}>
          <Link to={`/case/${row.case}`}>{row.number}</Link>
          <span>
            {say(row.component)} · {say(row.fault)}
          </span>
          <Link to={`/unit/${row.unit}`}>{row.frame_no ?? "–"}</Link>
          <span className="muted">
            {row.org} · {row.day}
          </span>
        </li>
      ))}
    </ul>
  );
}
