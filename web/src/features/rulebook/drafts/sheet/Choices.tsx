import { useEffect, useRef } from "react";
import { useSpeech } from "@/shared/i18n";
import type { SheetColumn } from "./columns";
import { type Editing, fitting } from "./picking";

interface Props {
  id: string;
  column: SheetColumn;
  editing: Editing;
  toggle: (key: string) => void;
  negate: () => void;
  /** Keeps the keyboard in the cell. */
  hold: (event: { preventDefault: () => void }) => void;
}

/** What a cell may say, under the cell: searched by typing, taken by Enter or a click. */
export function Choices({ id, column, editing, toggle, negate, hold }: Props) {
  const { t, say } = useSpeech();
  const list = useRef<HTMLUListElement>(null);
  const options = fitting(column, editing.text);
  useEffect(() => {
    list.current?.children[editing.at]?.scrollIntoView({ block: "nearest" });
  }, [editing.at]);
  return (
    <div className="sheet-choices" onMouseDown={hold}>
      {editing.picks.length > 0 && !column.output && (
        <div className="row sheet-picks">
          <button type="button" className="chip" aria-pressed={editing.not} onClick={negate}>
            {t("drafts.not")}
          </button>
          {editing.picks.map((key) => (
            <button key={key} type="button" className="chip" onClick={() => toggle(key)}>
              {say(column.choices.find((each) => each.key === key)?.title) || key} ×
            </button>
          ))}
        </div>
      )}
      <ul ref={list} id={id} role="listbox" aria-multiselectable={!column.output}>
        {options.map((option, i) => (
          <li
            key={option.key}
            role="option"
            aria-selected={editing.picks.includes(option.key)}
            className={i === editing.at ? "at" : ""}
            onClick={() => toggle(option.key)}
          >
            {say(option.title)} <span className="muted small">{option.key}</span>
          </li>
        ))}
        {options.length === 0 && <li className="muted">{t("drafts.noChoice")}</li>}
      </ul>
    </div>
  );
}
