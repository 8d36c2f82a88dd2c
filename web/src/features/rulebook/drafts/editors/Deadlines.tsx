import { useQuery } from "@tanstack/react-query";
import Input from "antd/es/input/Input";
import type { ReactNode } from "react";
import type { Draft, DraftItem } from "@/api/drafts";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { processQuery } from "../../api/queries";
import { deadlinePath, itemsQuery, namesQuery } from "../api";
import { Chosen, type Edits, KeysEditor } from "./KeysEditor";
import { SpanInput } from "./SpanInput";
import { Escalations, Several, Tells, Warns } from "./Tells";
import { type Breach, type Escalate, type Warn, deadlineSentence, list, namesOf } from "./deadline";
import { said } from "./fields";

/** The deadlines of a draft (时限), each as a sentence with its figures and people to change. */
export default function Deadlines({ draft }: { draft: Draft }) {
  const { t } = useSpeech();
  const items = useQuery(itemsQuery(draft.id));
  if (items.isPending) return <Loading lines={8} />;
  if (items.isError) return <Failed error={items.error} retry={() => void items.refetch()} />;
  const all = items.data.items;
  return (
    <Chosen items={all.filter((item) => item.kind === "deadline")} label={t("drafts.deadlines")}>
      {(item) => (
        <KeysEditor
          draft={draft}
          item={item}
          path={deadlinePath(draft.id, item.pack ?? item.from, item.id)}
          file={`processes/${item.id.split("/")[0]}.toml`}
        >
          {(edits) => <Deadline {...edits} draft={draft.id} items={all} />}
        </KeysEditor>
      )}
    </Chosen>
  );
}

interface Props extends Edits {
  draft: string;
  items: readonly DraftItem[];
}

function Deadline({ keys, set, off, item, items, draft }: Props) {
  const speech = useSpeech();
  const { t } = speech;
  const process = item.id.split("/")[0] ?? "";
  const page = useQuery(processQuery(process));
  const facts = useQuery(namesQuery(draft, process));
  const names = namesOf(page.data, items, keys, facts.data ?? new Map(), speech);
  const title = said(keys["title"]);
  const { within, until } = keys;
  const text = (key: string) => (typeof keys[key] === "string" ? keys[key] : "");
  const write = (key: string) => (value: string) => set(key, value || null);
  // A new process of the draft has no page yet; its deadlines are edited all the same.
  if (page.isPending || facts.isPending) return <Loading lines={6} />;
  return (
    <div className="stack">
      <p className="draft-sentence">{deadlineSentence(keys, names, speech)}</p>
      <Line label={t("drafts.title")}>
        {(["zh", "en"] as const).map((tongue) => (
          <Input
            key={tongue}
            aria-label={`${t("drafts.title")} · ${tongue}`}
            disabled={off}
            style={{ maxWidth: 280 }}
            value={title[tongue]}
            onChange={(event) => set("title", { ...title, [tongue]: event.target.value })}
          />
        ))}
      </Line>
      <Line label={t("drafts.starts")}>
        <Several
          label={t("drafts.starts")}
          options={names.triggers}
          value={list<string>(keys["starts"])}
          set={(next) => set("starts", next)}
          off={off}
        />
      </Line>
      {until === undefined && (
        <Line label={t("drafts.within")}>
          {typeof within === "string" || within === undefined ? (
            <SpanInput
              label={t("drafts.within")}
              value={text("within")}
              set={write("within")}
              off={off}
            />
          ) : (
            <span className="muted">{t("drafts.lengthInFile")}</span>
          )}
        </Line>
      )}
      {typeof until === "string" && (
        <Line label={t("drafts.until")}>
          <Input
            aria-label={t("drafts.until")}
            disabled={off}
            value={until}
            onChange={(event) => set("until", event.target.value)}
          />
        </Line>
      )}
      <Line label={t("drafts.stops")}>
        <Several
          label={t("drafts.stops")}
          options={names.triggers}
          value={list<string>(keys["stops"])}
          set={(next) => set("stops", next)}
          off={off}
        />
      </Line>
      <Line label={t("drafts.calendar")}>
        <Several
          one
          label={t("drafts.calendar")}
          options={names.calendars}
          value={[text("calendar") || "always"]}
          set={(next) => set("calendar", next[0] ?? "always")}
          off={off}
        />
      </Line>
      <Line label={t("drafts.repeat")}>
        <SpanInput
          label={t("drafts.repeat")}
          value={text("repeat")}
          set={write("repeat")}
          off={off}
        />
      </Line>
      <Line label={t("drafts.warns")}>
        <Warns
          names={names}
          value={list<Warn>(keys["warn"])}
          set={(next) => set("warn", next.length > 0 ? next : null)}
          off={off}
        />
      </Line>
      <Line label={t("drafts.breach")}>
        <Tells
          names={names}
          value={list<Breach>(keys["breach"])}
          set={(next) => set("breach", next.length > 0 ? next : null)}
          off={off}
        />
      </Line>
      <Line label={t("drafts.escalate")}>
        <Escalations
          names={names}
          value={list<Escalate>(keys["escalate"])}
          set={(next) => set("escalate", next.length > 0 ? next : null)}
          off={off}
        />
      </Line>
    </div>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="draft-line">
      <span className="muted">{label}</span>
      <div className="row">{children}</div>
    </div>
  );
}
