import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useState } from "react";
import type { MadeToken } from "@/api/types";
import { useSpeech } from "@/shared/i18n";

/** The token itself: shown once, to be put where the program reads it. */
export function SecretCard({ made, close }: { made: MadeToken; close: () => void }) {
  const { t } = useSpeech();
  const [copied, setCopied] = useState(false);
  return (
    <section className="notice ok stack" role="status">
      <b>{t("tokens.madeTitle")}</b>
      <p>{t("tokens.madeText")}</p>
      <div className="row tokens-secret">
        <Input
          readOnly
          className="mono"
          aria-label={t("tokens.secret")}
          value={made.token}
          onFocus={(event) => event.target.select()}
        />
        <Button
          type="primary"
          onClick={() => {
            // Without HTTPS there is no clipboard; the field can still be selected by hand.
            void navigator.clipboard?.writeText(made.token).then(() => setCopied(true));
          }}
        >
          {t(copied ? "staff.copied" : "staff.copy")}
        </Button>
        <Button onClick={close}>{t("tokens.kept")}</Button>
      </div>
    </section>
  );
}
