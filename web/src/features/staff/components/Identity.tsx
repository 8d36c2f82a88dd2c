import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useState } from "react";
import { unlinkIdentity } from "@/api/queries/provider";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { sentence } from "@/shared/ui/States";
import type { PersonPage } from "../api/queries";

/** Who somebody is at the company's identity provider; whoever manages them may let it go. */
export function Identity({ page }: { page: PersonPage }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const { identity, person } = page;
  const end = useMutation({
    mutationFn: () => unlinkIdentity(person.id),
    onSuccess: async () => {
      setSure(false);
      await queries.invalidateQueries({ queryKey: ["people"] });
    },
  });
  if (!identity) return null;
  return (
    <section className="card stack">
      <h2>{t("staff.identityOther")}</h2>
      <p>{t("staff.identityLinked", { name: identity.name, at: dateTime(identity.linked_at) })}</p>
      <p className="muted small">
        {identity.issuer}
        {person.manageable && ` · ${t("staff.identityEndText")}`}
      </p>
      {end.error && (
        <p className="notice bad" role="alert">
          {sentence(end.error, t)}
        </p>
      )}
      {person.manageable && (
        <div className="row">
          {sure && (
            <Button danger loading={end.isPending} onClick={() => end.mutate()}>
              {t("staff.identityEndNow")}
            </Button>
          )}
          <Button onClick={() => setSure(!sure)}>
            {t(sure ? "words.cancel" : "staff.identityEnd")}
          </Button>
        </div>
      )}
    </section>
  );
}
