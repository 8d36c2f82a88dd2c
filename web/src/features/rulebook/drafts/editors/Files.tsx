import { useQuery } from "@tanstack/react-query";
import Select from "antd/es/select";
import { useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import type { Draft, DraftText } from "@/api/drafts";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { filePath, getText, itemsQuery } from "../api";
import { Findings } from "../review/Findings";
import { Stands } from "../Stands";
import { useSaver } from "../useSaver";

/** The files of the packs as text (文件), for what has no editor of its own: examples, forms. */
export default function Files({ draft }: { draft: Draft }) {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const items = useQuery(itemsQuery(draft.id));
  if (items.isPending) return <Loading lines={8} />;
  if (items.isError) return <Failed error={items.error} retry={() => void items.refetch()} />;
  const files = items.data.items.filter((item) => item.kind === "file");
  const name = (item: { from: string; id: string }) => `${item.from}/${item.id}`;
  const chosen =
    files.find((item) => name(item) === search.get("item")) ?? files.find((item) => item.pack);
  if (!chosen) return <p className="muted">{t("words.none")}</p>;
  return (
    <section className="card stack">
      <div className="row">
        <Select
          style={{ minWidth: 320, maxWidth: "100%" }}
          aria-label={t("drafts.files")}
          showSearch
          value={name(chosen)}
          options={files.map((item) => ({
            value: name(item),
            label: item.changed ? `${name(item)} · ${t("drafts.changedMark")}` : name(item),
          }))}
          onChange={(item: string) => setSearch({ tab: "files", item }, { replace: true })}
        />
      </div>
      <Loaded key={name(chosen)} draft={draft} path={filePath(draft.id, chosen.from, chosen.id)} />
    </section>
  );
}

function Loaded({ draft, path }: { draft: Draft; path: string }) {
  const read = useQuery({
    queryKey: ["draft", draft.id, "file", path],
    queryFn: ({ signal }) => getText(path, signal),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (read.isPending) return <Loading lines={12} />;
  if (read.isError) return <Failed error={read.error} retry={() => void read.refetch()} />;
  return <Editor draft={draft} path={path} file={read.data} />;
}

function Editor({ draft, path, file }: { draft: Draft; path: string; file: DraftText }) {
  const { t } = useSpeech();
  const [search] = useSearchParams();
  const [start] = useState(file.text ?? "");
  const [text, setText] = useState(start);
  const area = useRef<HTMLTextAreaElement>(null);
  const off = !file.editable || !draft.can.includes("edit");
  const { standing, edit, decide } = useSaver<string>({
    draft: draft.id,
    path,
    value: start,
    version: file.version,
    body: (value) => ({ text: value }),
    get: async () => {
      const theirs = await getText(path);
      return { value: theirs.text ?? "", version: theirs.version };
    },
    // Of a text nobody can say which of two wishes is meant: a person decides.
    merge: (base, mine, theirs) =>
      mine === base || mine === theirs
        ? { value: theirs, clashes: [] }
        : { value: mine, clashes: theirs === base ? [] : [theirs] },
    same: (a, b) => a === b,
    came: setText,
  });
  const line = Number(search.get("line") ?? 0);
  useEffect(() => {
    const at = area.current;
    if (!at || line < 1) return;
    const before = start.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    const end = start.indexOf("\n", before);
    at.focus();
    at.setSelectionRange(before, end < 0 ? start.length : end);
    at.scrollTop = Math.max(line - 6, 0) * LINE;
  }, [line, start]);
  const found = draft.findings.filter((each) => each.file === `${file.pack}/${file.path}`);
  const [theirs] = standing.clashes as readonly string[];
  return (
    <div className="stack">
      <div className="row">
        <span className="push">
          {off ? (
            <span className="muted small">{t("drafts.readOnly")}</span>
          ) : (
            <Stands
              standing={standing}
              clashes={[`${file.pack}/${file.path}`]}
              mine={() => decide(text)}
              theirs={() => decide(theirs ?? text)}
            />
          )}
        </span>
      </div>
      <textarea
        ref={area}
        className="draft-text"
        aria-label={`${file.pack}/${file.path}`}
        spellCheck={false}
        readOnly={off}
        rows={26}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          edit(event.target.value);
        }}
      />
      <Findings findings={found} />
    </div>
  );
}

/** Height of a line of the text, as the style has it. */
const LINE = 20;
