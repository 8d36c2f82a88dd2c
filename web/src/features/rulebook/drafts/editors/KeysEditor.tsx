import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import type { Draft, DraftItem, DraftKeys, Keys } from "@/api/drafts";
import type { Text } from "@/api/types";
import { type Key, type Speech, useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { getKeys } from "../api";
import { Findings } from "../review/Findings";
import { Stands } from "../Stands";
import { useKeys } from "./useKeys";

/** What an editor of keys is given: what they say, and a way to say otherwise. */
export interface Edits {
  keys: Keys;
  set: (name: string, value: unknown) => void;
  off: boolean;
  item: DraftItem;
}

interface Props {
  draft: Draft;
  item: DraftItem;
  path: string;
  /** The file whose findings are shown. */
  file: string;
  children: (edits: Edits) => ReactNode;
}

/** A message or a deadline, read and kept at each edit. */
export function KeysEditor(props: Props) {
  const { draft, path } = props;
  const read = useQuery({
    queryKey: ["draft", draft.id, "keys", path],
    queryFn: ({ signal }) => getKeys(path, signal),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (read.isPending) return <Loading lines={6} />;
  if (read.isError) return <Failed error={read.error} retry={() => void read.refetch()} />;
  return <Loaded {...props} data={read.data} />;
}

function Loaded({ draft, item, path, file, children, data }: Props & { data: DraftKeys }) {
  const speech = useSpeech();
  const { t, say } = speech;
  const { keys, set, standing, decide } = useKeys(draft.id, path, data);
  const off = !data.editable || !draft.can.includes("edit");
  const clashes = standing.clashes as readonly { name: string; theirs: unknown }[];
  const theirs = () => {
    const next = { ...keys };
    for (const clash of clashes) next[clash.name] = clash.theirs;
    decide(next);
  };
  const pack = draft.packs.find((each) => data.from.endsWith(each.id));
  const fromTitle = say(pack?.title) || data.from;
  const found = draft.findings.filter((each) => each.file === `${data.pack}/${file}`);
  return (
    <div className="stack">
      <div className="row">
        {item.clauses.map((clause) => (
          <span key={clause} className="clause">
            {clause}
          </span>
        ))}
        {data.inherited && <Tag tone="line">{t("drafts.inherited", { pack: fromTitle })}</Tag>}
        <span className="push">
          {off ? (
            <span className="muted small">{t("drafts.readOnly")}</span>
          ) : (
            <Stands
              standing={standing}
              clashes={clashes.map((clash) => clashWords(clash.name, clash.theirs, speech))}
              mine={() => decide(keys)}
              theirs={theirs}
            />
          )}
        </span>
      </div>
      {children({ keys, set, off, item })}
      <Findings findings={found} />
    </div>
  );
}

const clashNames: Record<string, Key> = {
  title: "drafts.title",
  body: "drafts.messageBody",
  starts: "drafts.starts",
  within: "drafts.within",
  until: "drafts.until",
  stops: "drafts.stops",
  calendar: "drafts.calendar",
  repeat: "drafts.repeat",
  warn: "drafts.warns",
  breach: "drafts.breach",
  escalate: "drafts.escalate",
};

/** What somebody else wrote in the same place; a list is named, not spelled out. */
function clashWords(name: string, theirs: unknown, { t, say, lang }: Speech): string {
  const label = clashNames[name];
  const text = typeof theirs === "string" ? theirs : say((theirs ?? "") as Text);
  const shown = typeof text === "string" && text !== "" ? text : "";
  return [label ? t(label) : name, shown].filter(Boolean).join(lang === "zh" ? ":" : ": ");
}

interface Chooser {
  items: readonly DraftItem[];
  label: string;
  children: (item: DraftItem) => ReactNode;
}

/** A list to choose from beside what is chosen. */
export function Chosen({ items, label, children }: Chooser) {
  const { t, say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const chosen = items.find((item) => item.id === search.get("item")) ?? items[0];
  if (!chosen) return <p className="muted">{t("words.none")}</p>;
  const pick = (id: string) => {
    const next = new URLSearchParams(search);
    next.set("item", id);
    setSearch(next, { replace: true });
  };
  return (
    <div className="draft-chosen">
      <nav className="card draft-list" aria-label={label}>
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            aria-current={item.id === chosen.id}
            onClick={() => pick(item.id)}
          >
            {say(item.title)}
            {item.changed && <Tag tone="warn">{t("drafts.changedMark")}</Tag>}
          </button>
        ))}
      </nav>
      <section className="card" key={chosen.id}>
        <h2>{say(chosen.title)}</h2>
        {children(chosen)}
      </section>
    </div>
  );
}
