import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { VerdictCard } from "@/shared/verdict/VerdictCard";
import { judge } from "../api/queries";
import { Facts, useFacts } from "./Facts";

/** A verdict on facts somebody makes up; the row that decides lights up in its table. */
export function TryIt({ hit }: { hit: (row: string | null) => void }) {
  const { t } = useSpeech();
  const { facts, put, asked } = useFacts();
  const verdict = useQuery({
    queryKey: ["verdict", facts],
    queryFn: ({ signal }) => judge(facts, signal),
    enabled: asked,
    placeholderData: (before) => before,
  });
  const row = asked ? (verdict.data?.row ?? null) : null;
  useEffect(() => hit(row), [hit, row]);
  return (
    <section className="card try">
      <h2>{t("rulebook.tryIt")}</h2>
      <p className="muted small">{t("rulebook.tryHint")}</p>
      <Facts facts={facts} put={put} />
      {!asked && <p className="muted">{t("rulebook.chooseFault")}</p>}
      {asked && verdict.error && <p className="late">{sentence(verdict.error, t)}</p>}
      {asked && verdict.data && <VerdictCard verdict={verdict.data} />}
    </section>
  );
}
