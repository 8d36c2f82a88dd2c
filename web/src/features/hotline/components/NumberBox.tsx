import PhoneOutlined from "@ant-design/icons/PhoneOutlined";
import { useEffect, useRef } from "react";
import { useSpeech } from "@/shared/i18n";
import { Kbd } from "@/shared/ui/Tag";
import { usePhone } from "@/shared/ui/usePhone";

interface Props {
  text: string;
  change: (text: string) => void;
  enter: () => void;
  status: string;
}

/** The number of who calls. The cursor stands in it; Enter goes on to what the call is about. */
export function NumberBox({ text, change, enter, status }: Props) {
  const { t } = useSpeech();
  const phone = usePhone();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!phone) input.current?.focus();
  }, [phone]);
  return (
    <form
      className="number-box"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        enter();
      }}
    >
      <PhoneOutlined aria-hidden="true" />
      <input
        ref={input}
        data-number
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && change("")}
        placeholder={t(phone ? "hotline.hintShort" : "hotline.hint")}
        aria-label={t("hotline.hint")}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
      />
      <span className="muted small nowrap" role="status">
        {status}
      </span>
      {!phone && <Kbd>Enter</Kbd>}
    </form>
  );
}
