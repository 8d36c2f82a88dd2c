import Button from "antd/es/button";
import { useSpeech } from "@/shared/i18n";
import { Blank } from "@/shared/ui/States";

/** A page that threw: what was typed is kept, so a reload loses nothing. */
export function Crashed() {
  const { t } = useSpeech();
  return (
    <Blank title={t("frame.crashedTitle")} text={t("frame.crashedText")}>
      <Button type="primary" onClick={() => location.reload()}>
        {t("frame.reload")}
      </Button>
    </Blank>
  );
}
