import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import Popover from "antd/es/popover";
import { type FormEvent, useState } from "react";
import { useSearchParams } from "react-router";
import type { SavedFilter } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { type ListColumn, ticked } from "./columns";
import { useListSetting } from "./settings";
import "./list.css";

/** What is typed to find somebody may be their name: it is not kept with a filter. */
const SEARCH = "q";

/** The address's filter, in one order, without the search word. */
export function filterOf(search: URLSearchParams): string {
  const kept = new URLSearchParams(search);
  kept.delete(SEARCH);
  kept.sort();
  return kept.toString();
}

interface Props<R> {
  list: string;
  columns?: readonly ListColumn<R>[];
}

/** My saved filters of a list, one click each, and which columns it shows. */
export function ListBar<R>({ list, columns }: Props<R>) {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const setting = useListSetting(list);
  const now = filterOf(search);
  const known = setting.saved.some((saved) => saved.query === now);
  const drop = (gone: SavedFilter) =>
    setting.setSaved(setting.saved.filter((saved) => saved.name !== gone.name));
  // What is ticked before it is known how the list stands would take the rest of it away.
  if (!setting.known) return null;
  if (!columns && setting.saved.length === 0 && !now) return null;
  return (
    <div className="list-bar">
      {setting.saved.map((saved) => (
        <span key={saved.name} className={saved.query === now ? "saved-filter on" : "saved-filter"}>
          <button
            type="button"
            aria-pressed={saved.query === now}
            onClick={() => setSearch(new URLSearchParams(saved.query === now ? "" : saved.query))}
          >
            {saved.name}
          </button>
          <button
            type="button"
            aria-label={t("list.forget", { name: saved.name })}
            title={t("list.forget", { name: saved.name })}
            onClick={() => drop(saved)}
          >
            ×
          </button>
        </span>
      ))}
      {now && !known && (
        <Save
          taken={setting.saved.map((saved) => saved.name)}
          save={(name) => setting.setSaved([...setting.saved, { name, query: now }])}
        />
      )}
      {columns && (
        <Choice columns={columns} chosen={setting.columns} choose={setting.setColumns} />
      )}
      {setting.failed && <span className="list-wrong">{sentence(setting.failed, t)}</span>}
    </div>
  );
}

function Save({ taken, save }: { taken: string[]; save: (name: string) => void }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const wanted = name.trim();
  const twice = taken.includes(wanted);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wanted || twice) return;
    save(wanted);
    setOpen(false);
    setName("");
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      destroyOnHidden
      content={
        <form className="list-save" onSubmit={submit}>
          <label>
            {t("list.filterName")}
            <Input
              autoFocus
              maxLength={30}
              value={name}
              aria-invalid={twice}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          {twice && <span className="list-wrong">{t("list.nameTaken")}</span>}
          <span className="muted small">{t("list.saveHint")}</span>
          <Button type="primary" htmlType="submit" disabled={!wanted || twice}>
            {t("words.save")}
          </Button>
        </form>
      }
    >
      <Button size="small">{t("list.saveFilter")}</Button>
    </Popover>
  );
}

interface ChoiceProps<R> {
  columns: readonly ListColumn<R>[];
  chosen: string[] | null;
  choose: (columns: string[] | null) => void;
}

function Choice<R>(props: ChoiceProps<R>) {
  const { t } = useSpeech();
  return (
    <Popover trigger="click" placement="bottomRight" destroyOnHidden content={<Ticks {...props} />}>
      <Button size="small">{t("list.columns")}</Button>
    </Popover>
  );
}

function Ticks<R>({ columns, chosen, choose }: ChoiceProps<R>) {
  const { t } = useSpeech();
  // A tick stands at once; the way over the list's setting is a moment longer.
  const [ticks, setTicks] = useState(chosen);
  const set = (next: string[] | null) => {
    setTicks(next);
    choose(next);
  };
  return (
    <div className="list-choice" role="group" aria-label={t("list.columns")}>
      {columns.map((column) => (
        <label key={column.id}>
          <input
            type="checkbox"
            disabled={column.fixed}
            checked={column.fixed || (ticks ? ticks.includes(column.id) : !column.extra)}
            onChange={() => set(ticked(columns, ticks, column.id))}
          />
          {t(column.name)}
        </label>
      ))}
      {ticks && (
        <button type="button" className="link" onClick={() => set(null)}>
          {t("list.begin")}
        </button>
      )}
    </div>
  );
}
