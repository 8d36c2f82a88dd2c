import { useMutation, useQuery } from "@tanstack/react-query";
import Popover from "antd/es/popover";
import { meQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { unmask } from "./queries";

interface Masked {
  id?: string;
  name_masked: string | null;
  phone_masked: string | null;
}

/** A customer, masked; in full on a click for those who may, with a reason that is kept. */
export function Owner({ owner }: { owner: Masked }) {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const reveal = useMutation({
    mutationFn: (reason: string) => unmask(owner.id ?? "", reason),
  });
  if (reveal.data) {
    return (
      <span className="owner-known">
        <b>{reveal.data.name}</b>
        {reveal.data.phone && <a href={`tel:${reveal.data.phone}`}>{reveal.data.phone}</a>}
      </span>
    );
  }
  const masked = [owner.name_masked, owner.phone_masked].filter(Boolean).join(" · ");
  if (!owner.id || !me?.permissions.includes("unmask")) return <span>{masked}</span>;
  const reasons = [t("cases.unmaskContact"), t("cases.unmaskIdentity"), t("cases.unmaskDelivery")];
  return (
    <Popover
      trigger="click"
      content={
        <div className="stack" style={{ gap: 10 }}>
          <span>{t("cases.unmaskWhy")}</span>
          <div className="row">
            {reasons.map((reason) => (
              <button
                key={reason}
                type="button"
                className="chip"
                disabled={reveal.isPending}
                onClick={() => reveal.mutate(reason)}
              >
                {reason}
              </button>
            ))}
          </div>
          {reveal.error && <span className="late">{sentence(reveal.error, t)}</span>}
        </div>
      }
    >
      <button type="button" className="link" title={t("cases.unmask")}>
        {masked}
      </button>
    </Popover>
  );
}
