import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import TextArea from "antd/es/input/TextArea";
import Select from "antd/es/select";
import { useId, useState } from "react";
import { catalogQuery } from "@/api/queries/shared";
import { useSpeech } from "@/shared/i18n";
import type { Article } from "@/shared/knowledge/queries";
import { sentence } from "@/shared/ui/States";
import { writeArticle } from "../queries";

interface Props {
  /** What is changed; null for a new one. */
  article: Article | null;
  done: (id: string) => void;
  cancel: () => void;
}

const kinds = ["models", "components", "faults"] as const;

/** Writes an article, or its next version with the reason. */
export function Editor({ article, done, cancel }: Props) {
  const { t, say } = useSpeech();
  const id = useId();
  const queries = useQueryClient();
  const { data: catalog } = useQuery(catalogQuery);
  const [title, setTitle] = useState(article?.title ?? "");
  const [body, setBody] = useState(article?.body ?? "");
  const [tags, setTags] = useState(article?.tags ?? { models: [], components: [], faults: [] });
  const [reason, setReason] = useState("");
  const write = useMutation({
    mutationFn: (published: boolean) =>
      writeArticle(article?.id ?? null, {
        ...{ title, body, tags, published, reason },
        ...(article && { version: article.version }),
      }),
    onSuccess: (made) => {
      for (const read of ["articles", "article"]) {
        void queries.invalidateQueries({ queryKey: [read] });
      }
      done(made.id);
    },
  });
  const ready = [title, body, reason].every((text) => text.trim() !== "");
  return (
    <section className="card stack">
      <h1>{t(article ? "knowledge.change" : "knowledge.write")}</h1>
      <label htmlFor={`${id}-title`}>{t("knowledge.title")}</label>
      <Input
        id={`${id}-title`}
        maxLength={120}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <label htmlFor={`${id}-body`}>{t("knowledge.body")}</label>
      <TextArea
        id={`${id}-body`}
        maxLength={8000}
        autoSize={{ minRows: 8, maxRows: 24 }}
        value={body}
        onChange={(event) => setBody(event.target.value)}
      />
      {kinds.map((kind) => (
        <div key={kind} className="stack">
          <label htmlFor={`${id}-${kind}`}>{t(`knowledge.${kind}`)}</label>
          <Select
            id={`${id}-${kind}`}
            mode="multiple"
            maxCount={20}
            showSearch={{ optionFilterProp: "label" }}
            value={tags[kind]}
            options={catalog?.[kind].map((one) => ({ value: one.id, label: say(one.title) })) ?? []}
            onChange={(next: string[]) => setTags({ ...tags, [kind]: next })}
          />
        </div>
      ))}
      <label htmlFor={`${id}-reason`}>{t("knowledge.reason")}</label>
      <Input
        id={`${id}-reason`}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {write.error && (
        <p className="notice bad" role="alert">
          {sentence(write.error, t)}
        </p>
      )}
      <div className="row">
        <Button
          type="primary"
          disabled={!ready}
          loading={write.isPending}
          onClick={() => write.mutate(true)}
        >
          {t("knowledge.publish")}
        </Button>
        {article?.published && (
          <Button disabled={!ready} onClick={() => write.mutate(false)}>
            {t("knowledge.withdraw")}
          </Button>
        )}
        <Button onClick={cancel}>{t("words.cancel")}</Button>
      </div>
    </section>
  );
}
