import SearchOutlined from "@ant-design/icons/SearchOutlined";
import { useEffect, useRef } from "react";
import type { MatchedBy } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { PhotoCode } from "@/shared/ui/PhotoCode";
import { Kbd } from "@/shared/ui/Tag";
import { usePhone } from "@/shared/ui/usePhone";
import { useOpenable } from "@/shared/unit/OpenMenu";

interface Props {
  text: string;
  change: (text: string) => void;
  count: number | null;
  by: MatchedBy | null;
  enter: () => void;
}

/** The one box of the desk. The cursor stands in it when the page opens. */
export function SearchBox({ text, change, count, by, enter }: Props) {
  const { t } = useSpeech();
  const phone = usePhone();
  const { repair } = useOpenable();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!phone) input.current?.focus();
  }, [phone]);
  return (
    <form
      className="desk-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        enter();
      }}
    >
      <SearchOutlined aria-hidden="true" />
      <input
        ref={input}
        data-search
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") change("");
          if (event.key === "ArrowDown") document.querySelector<HTMLElement>(".hit")?.focus();
        }}
        placeholder={t(phone ? "desk.hintShort" : "desk.hint")}
        aria-label={t("desk.hint")}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="search"
      />
      <span className="desk-count muted" role="status">
        {count !== null && (
          <>
            {count > 0 && by && `${t(`desk.by_${by}`)} · `}
            {t("desk.hits", { n: count })}
          </>
        )}
      </span>
      {phone ? (
        <PhotoCode className="icon" read={change} />
      ) : (
        repair && (
          <span className="muted small nowrap">
            {t("unit.newOrder")} <Kbd>F4</Kbd>
          </span>
        )
      )}
    </form>
  );
}
