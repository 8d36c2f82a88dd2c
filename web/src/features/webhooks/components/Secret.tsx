import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useState } from "react";
import type { SecretWebhook } from "@/api/webhooks";
import { useSpeech } from "@/shared/i18n";

/** The secret a receiver verifies by: shown once. */
export function Secret({ made, close }: { made: SecretWebhook; close: () => void }) {
  const { t } = useSpeech();
  const [copied, setCopied] = useState(false);
  return (
    <section className="notice ok stack" role="status">
      <b>
        {t("webhooks.secretTitle")} · {made.webhook.name}
      </b>
      <p>{t("webhooks.secretText")}</p>
      <div className="row webhooks-secret">
        <Input
          readOnly
          className="mono"
          aria-label={t("webhooks.secretTitle")}
          value={made.secret}
          onFocus={(event) => event.target.select()}
        />
        <Button
          type="primary"
          onClick={() => {
            // Without HTTPS there is no clipboard; the field can still be selected by hand.
            void navigator.clipboard?.writeText(made.secret).then(() => setCopied(true));
          }}
        >
          {t(copied ? "staff.copied" : "staff.copy")}
        </Button>
        <Button onClick={close}>{t("tokens.kept")}</Button>
      </div>
    </section>
  );
}
