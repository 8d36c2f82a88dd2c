import { useQuery } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { CertificateCard } from "./Card";
import { mineQuery } from "./queries";

/** My own certificate; nothing for who never needed one. */
export function OwnCertificate() {
  const { t } = useSpeech();
  const { data } = useQuery(mineQuery);
  const row = data?.items[0];
  if (!row) return null;
  return (
    <section className="card stack">
      <h2>{t("certificates.mine")}</h2>
      <CertificateCard row={row} />
    </section>
  );
}
