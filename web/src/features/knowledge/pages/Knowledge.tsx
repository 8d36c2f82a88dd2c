import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import { useSearchParams } from "react-router";
import { meQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";
import { articlesQuery } from "@/shared/knowledge/queries";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { useDebounced } from "@/shared/useDebounced";
import { Editor } from "../components/Editor";
import { Reader } from "../components/Reader";
import { articleQuery } from "../queries";
import "./knowledge.css";

/** Knowledge (知识库): found by what somebody says, read beside the work, written with a reason. */
export default function Knowledge() {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const [search, setSearch] = useSearchParams();
  const [q, id, edit] = ["q", "id", "edit"].map((name) => search.get(name) ?? "");
  const asked = useDebounced((q ?? "").trim());
  const found = useQuery(articlesQuery(asked ? { q: asked } : {}));
  const chosen = useQuery({ ...articleQuery(id ?? ""), enabled: Boolean(id) });
  const writes = me?.permissions.includes("rulebook_edit") ?? false;
  const put = (next: Record<string, string>) =>
    setSearch(Object.fromEntries(Object.entries(next).filter(([, value]) => value)));
  const open = (article: string) => put({ q: q ?? "", id: article });
  return (
    <>
      <div className="page-head">
        <h1>{t("frame.knowledge")}</h1>
        {writes && (
          <Button className="push" onClick={() => put({ edit: "new" })}>
            {t("knowledge.write")}
          </Button>
        )}
      </div>
      <div className="knowledge">
        <section className="card stack">
          <Input
            allowClear
            value={q}
            placeholder={t("knowledge.find")}
            aria-label={t("knowledge.find")}
            onChange={(event) => setSearch(event.target.value ? { q: event.target.value } : {})}
          />
          {found.isPending ? (
            <Loading lines={5} />
          ) : found.isError ? (
            <Failed error={found.error} retry={() => void found.refetch()} />
          ) : found.data.items.length === 0 ? (
            <Blank title={t("knowledge.none")} text={t("knowledge.noneText")} />
          ) : (
            found.data.items.map((one) => (
              <button
                key={one.id}
                type="button"
                className="article-row"
                aria-current={one.id === id}
                onClick={() => open(one.id)}
              >
                <b>{one.title}</b>
                {!one.published && <Tag tone="bad">{t("knowledge.withdrawn")}</Tag>}
                <span className="sub">{one.body.slice(0, 60)}</span>
              </button>
            ))
          )}
        </section>
        {edit === "new" ? (
          <Editor article={null} done={open} cancel={() => put({})} />
        ) : edit && chosen.data ? (
          <Editor
            key={chosen.data.version}
            article={chosen.data}
            done={open}
            cancel={() => open(chosen.data.id)}
          />
        ) : id ? (
          <Reader
            id={id}
            change={writes ? () => put({ q: q ?? "", id, edit: "1" }) : null}
          />
        ) : null}
      </div>
    </>
  );
}
