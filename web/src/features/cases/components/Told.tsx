import { useQuery } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { ToldLine } from "@/shared/told/ToldLine";
import { Failed } from "@/shared/ui/States";
import { toldQuery } from "../api/queries";

/** What the customer was told about this case, and whether it arrived. */
export function Told({ id }: { id: string }) {
  const { t } = useSpeech();
  const found = useQuery(toldQuery(id));
  const rows = found.data?.items ?? [];
  if (found.isSuccess && rows.length === 0) return null;
  return (
    <section className="card told">
      <h2>{t("told.title")}</h2>
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      <ul className="told-list">
        {rows.map((row) => (
          <ToldLine key={row.id} of={row} />
        ))}
      </ul>
    </section>
  );
}
