import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Select from "antd/es/select";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Pick } from "@/shared/ui/Pick";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { markRead, messagesQuery } from "../api/queries";
import { MessageLine } from "../components/MessageLine";
import "./messages.css";

/**
 * In-app messages (消息): warnings, assignments, notices; each leads to its case. Of one kind, or
 * those that are ticked, are marked as read together.
 */
export default function Messages() {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [unread, setUnread] = useState(false);
  const [kind, setKind] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const messages = useQuery(messagesQuery(unread));
  const read = useMutation({
    mutationFn: markRead,
    onSuccess: () => {
      setChosen(new Set());
      void queries.invalidateQueries({ queryKey: ["messages"] });
      void queries.invalidateQueries({ queryKey: ["me"] });
    },
  });
  const all = messages.data?.items ?? [];
  const kinds = [...new Set(all.map((message) => message.title))];
  // A kind that is not among them any more hides nothing.
  const only = kind && kinds.includes(kind) ? kind : null;
  const items = only ? all.filter((message) => message.title === only) : all;
  const picked = items.filter((message) => chosen.has(message.id));
  const news = (picked.length > 0 ? picked : only ? items : []).filter((one) => !one.read);
  const toggle = (id: number) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <>
      <div className="page-head">
        <h1>{t("messages.title")}</h1>
        <Pick
          small
          label={t("messages.title")}
          options={[
            { value: "all", label: t("messages.all") },
            { value: "unread", label: t("messages.unread") },
          ]}
          value={unread ? "unread" : "all"}
          set={(next) => setUnread(next === "unread")}
        />
        {kinds.length > 1 && (
          <Select
            className="messages-kind"
            allowClear
            showSearch
            aria-label={t("messages.kind")}
            placeholder={t("messages.kind")}
            value={only}
            onChange={(next: string | undefined) => setKind(next ?? null)}
            options={kinds.map((title) => ({ value: title, label: title }))}
          />
        )}
        <span className="push row">
          {items.length > 0 && (
            <ExportButton
              list="messages"
              filter={{ unread: unread || null }}
              {...(only && { only: { title: only } })}
              columns={[
                { key: "at", title: t("messages.at") },
                { key: "title", title: t("messages.title") },
                { key: "body", title: t("messages.body") },
                { key: "case", title: t("cases.number") },
              ]}
            />
          )}
          {picked.length > 0 || only ? (
            <Button
              disabled={news.length === 0}
              loading={read.isPending}
              onClick={() => read.mutate(news.map((message) => message.id))}
            >
              {t("messages.readSome", { n: news.length })}
            </Button>
          ) : (
            <Button
              disabled={!items.some((message) => !message.read)}
              loading={read.isPending}
              onClick={() => read.mutate("all")}
            >
              {t("messages.readAll")}
            </Button>
          )}
        </span>
      </div>
      <div className="card messages">
        {messages.isPending && <Loading lines={6} />}
        {messages.isError && (
          <Failed error={messages.error} retry={() => void messages.refetch()} />
        )}
        {messages.isSuccess && items.length === 0 && (
          <Blank title={t("messages.emptyTitle")} text={t("messages.emptyText")} />
        )}
        {items.map((message) => (
          <MessageLine
            key={message.id}
            message={message}
            chosen={chosen.has(message.id)}
            toggle={() => toggle(message.id)}
            read={() => read.mutate([message.id])}
          />
        ))}
      </div>
    </>
  );
}
