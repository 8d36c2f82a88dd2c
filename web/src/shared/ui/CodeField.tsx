import Input from "antd/es/input/Input";
import { useSpeech } from "@/shared/i18n";

interface Props {
  id: string;
  value: string;
  change: (code: string) => void;
  /** At the door: larger, and where the cursor goes as soon as it is asked for. */
  door?: boolean;
}

/** What the authenticator on the phone shows now; some write it with a space in the middle. */
export function CodeField({ id, value, change, door = false }: Props) {
  const { t } = useSpeech();
  return (
    <>
      <label htmlFor={id}>{t("signin.code")}</label>
      <Input
        id={id}
        size={door ? "large" : undefined}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        autoFocus={door}
        value={value}
        onChange={(event) => change(event.target.value)}
      />
    </>
  );
}
