import Radio from "antd/es/radio";
import { type Key, useSpeech } from "@/shared/i18n";
import { type Ground, grounds } from "../api/queries";

const names: Record<Ground, Key> = {
  asked: "customers.groundAsked",
  consent_withdrawn: "customers.groundConsent",
  purpose_done: "customers.groundDone",
};

/** Why the data is erased, by the grounds the law names. */
export function GroundChoice(props: { value: Ground; choose: (ground: Ground) => void }) {
  const { t } = useSpeech();
  return (
    <Radio.Group
      aria-label={t("customers.ground")}
      value={props.value}
      onChange={(event) => props.choose(event.target.value as Ground)}
    >
      {grounds.map((ground) => (
        <Radio key={ground} value={ground} style={{ display: "flex", minHeight: 36 }}>
          {t(names[ground])}
        </Radio>
      ))}
    </Radio.Group>
  );
}
