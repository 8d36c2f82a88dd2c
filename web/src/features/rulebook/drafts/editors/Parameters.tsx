import { useQuery, useQueryClient } from "@tanstack/react-query";
import Input from "antd/es/input/Input";
import { useState } from "react";
import type { Draft, DraftParameter } from "@/api/drafts";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { parametersPath, parametersQuery } from "../api";
import { api } from "@/api/client";
import { Findings } from "../review/Findings";
import { Stands } from "../Stands";
import { useSaver } from "../useSaver";
import { Value, plain } from "./Value";
import { changed, joined } from "./useKeys";
import type { Keys } from "@/api/drafts";
import type { Page } from "@/api/types";

/** The settings of a draft (参数): the blanks of the standard's text, by what they are. */
export default function Parameters({ draft }: { draft: Draft }) {
  const read = useQuery({
    ...parametersQuery(draft.id),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (read.isPending) return <Loading lines={10} />;
  if (read.isError) return <Failed error={read.error} retry={() => void read.refetch()} />;
  return <Loaded draft={draft} items={read.data.items} />;
}

const values = (items: readonly DraftParameter[]): Keys =>
  Object.fromEntries(items.map((item) => [item.id, item.value ?? null]));

function Loaded({ draft, items }: { draft: Draft; items: readonly DraftParameter[] }) {
  const { t, say } = useSpeech();
  const client = useQueryClient();
  const [filter, setFilter] = useState("");
  const [start] = useState(() => values(items));
  const [now, setNow] = useState(start);
  const own = draft.packs.filter((pack) => pack.own).at(-1)?.id ?? "";
  const path = parametersPath(draft.id);
  const { standing, edit, decide } = useSaver<Keys>({
    draft: draft.id,
    path,
    value: start,
    version: draft.version,
    body: (wish, base) => ({ pack: own, values: changed(wish, base) }),
    get: async () => {
      const fresh = await client.fetchQuery({ ...parametersQuery(draft.id), staleTime: 0 });
      const head = await api.get<Draft>(`/rulebook/drafts/${draft.id}`);
      return { value: values((fresh as Page<DraftParameter>).items), version: head.version };
    },
    merge: joined,
    same: (a, b) => Object.keys(changed(a, b)).length === 0,
    came: setNow,
  });
  const set = (id: string, value: unknown) => {
    const next = { ...now, [id]: value };
    setNow(next);
    edit(next);
  };
  const wanted = filter.trim().toLowerCase();
  const shown = items.filter((item) =>
    `${item.id} ${item.title.zh} ${item.title.en} ${item.clauses.join(" ")}`
      .toLowerCase()
      .includes(wanted),
  );
  // What no draft of the company may write is the law's.
  const ours = shown.filter((item) => item.pack !== null);
  const valued = ours.filter((item) => start[item.id] !== null);
  // By what was set when the page came: a row does not run away from the hand that fills it.
  const groups: { name: string; items: DraftParameter[]; hint?: string }[] = [
    { name: t("drafts.unset"), items: ours.filter((item) => start[item.id] === null) },
    { name: t("drafts.exampleValues"), items: valued.filter((item) => item.example) },
    { name: t("drafts.ownValues"), items: valued.filter((item) => !item.example) },
    {
      name: t("drafts.lawValues"),
      items: shown.filter((item) => item.pack === null),
      hint: t("drafts.lawValuesHint"),
    },
  ];
  const clashes = standing.clashes as readonly { name: string; theirs: unknown }[];
  const theirs = () =>
    decide({ ...now, ...Object.fromEntries(clashes.map((each) => [each.name, each.theirs])) });
  const titleOf = (id: string) => say(items.find((item) => item.id === id)?.title) || id;
  const inWords = (value: unknown) =>
    typeof value === "boolean"
      ? t(value ? "words.yes" : "words.no")
      : plain(value, t("drafts.unset"));
  const editable = draft.can.includes("edit");
  return (
    <section className="card stack">
      <div className="row">
        <Input
          style={{ maxWidth: 260 }}
          allowClear
          value={filter}
          placeholder={t("drafts.filter")}
          aria-label={t("drafts.filter")}
          onChange={(event) => setFilter(event.target.value)}
        />
        <span className="push">
          <Stands
            standing={standing}
            clashes={clashes.map((each) => `${titleOf(each.name)}: ${String(each.theirs)}`)}
            mine={() => decide(now)}
            theirs={theirs}
          />
        </span>
      </div>
      {groups.map(
        (group) =>
          group.items.length > 0 && (
            <div key={group.name}>
              <h2>
                {group.name} <span className="muted">{group.items.length}</span>
              </h2>
              {group.hint && <p className="muted small">{group.hint}</p>}
              <ul className="draft-settings">
                {group.items.map((item) => (
                  <li key={item.id}>
                    <div title={item.id}>
                      {say(item.title)}{" "}
                      {item.required && <Tag tone="bad">{t("words.required")}</Tag>}{" "}
                      {item.clauses.map((clause) => (
                        <span key={clause} className="clause">
                          {clause}
                        </span>
                      ))}
                      {String(item.base) !== String(now[item.id]) && (
                        <span className="muted small draft-id">
                          {t("drafts.was", { value: inWords(item.base) })}
                        </span>
                      )}
                    </div>
                    <Value
                      item={item}
                      value={now[item.id] ?? null}
                      set={(value) => set(item.id, value)}
                      off={!editable || item.pack === null}
                    />
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
      <Findings findings={draft.findings.filter((e) => e.file.endsWith("/rulebook.toml"))} />
    </section>
  );
}
