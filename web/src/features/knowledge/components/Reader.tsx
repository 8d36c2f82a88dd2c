import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { articleQuery, versionsQuery } from "../queries";

/** An article as it stands, and what it said before. */
export function Reader({ id, change }: { id: string; change: (() => void) | null }) {
  const { t } = useSpeech();
  const article = useQuery(articleQuery(id));
  const [before, setBefore] = useState(false);
  if (article.isPending) return <Loading lines={8} />;
  if (article.isError) {
    return <Failed error={article.error} retry={() => void article.refetch()} />;
  }
  const { title, body, published, version, helped, changed_at } = article.data;
  return (
    <article className="card stack">
      <div className="card-head">
        <h1>{title}</h1>
        {!published && <Tag tone="bad">{t("knowledge.withdrawn")}</Tag>}
        {change && (
          <Button className="push" onClick={change}>
            {t("knowledge.change")}
          </Button>
        )}
      </div>
      <p className="article-body">{body}</p>
      <p className="muted small dots">
        <span>{t("knowledge.version", { n: version })}</span>
        <span>{dateTime(changed_at)}</span>
        <span>{t("knowledge.helped", { n: helped })}</span>
      </p>
      <button type="button" className="link" onClick={() => setBefore(!before)}>
        {t("knowledge.before")}
      </button>
      {before && <Before id={id} />}
    </article>
  );
}

function Before({ id }: { id: string }) {
  const { t } = useSpeech();
  const versions = useQuery(versionsQuery(id));
  if (versions.isPending) return <Loading lines={3} />;
  if (versions.isError) {
    return <Failed error={versions.error} retry={() => void versions.refetch()} />;
  }
  return (
    <>
      {versions.data.items.map((one) => (
        <details key={one.version}>
          <summary>
            {t("knowledge.version", { n: one.version })} · {dateTime(one.at)} · {one.by.name} ·{" "}
            {one.reason}
          </summary>
          <b>{one.title}</b>
          <p className="article-body">{one.body}</p>
        </details>
      ))}
    </>
  );
}
