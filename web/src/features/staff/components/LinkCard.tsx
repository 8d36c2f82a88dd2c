import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import type { Link } from "../api/queries";

/** The link that sets a password: shown once, to be handed over by any way one trusts. */
export function LinkCard({ link, name }: { link: Link; name: string }) {
  const { t } = useSpeech();
  const [copied, setCopied] = useState(false);
  const address = `${location.origin}${link.path}`;
  return (
    <section className="notice ok stack" role="status">
      <b>{t("staff.linkTitle", { name })}</b>
      <p>{t("staff.linkText", { until: dateTime(link.expires_at) })}</p>
      <div className="row link-row">
        <Input
          readOnly
          aria-label={t("staff.link")}
          value={address}
          onFocus={(event) => event.target.select()}
        />
        <Button
          type="primary"
          onClick={() => {
            // Without HTTPS there is no clipboard; the field can still be selected by hand.
            void navigator.clipboard?.writeText(address).then(() => setCopied(true));
          }}
        >
          {t(copied ? "staff.copied" : "staff.copy")}
        </Button>
      </div>
    </section>
  );
}
