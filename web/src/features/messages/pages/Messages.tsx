import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import { useState } from "react";
import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { dateTime, shortTime } from "@/shared/time/format";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Pick } from "@/shared/ui/Pick";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { markRead, messagesQuery } from "../api/queries";
import "./messages.css";

/** In-app messages (消息): warnings, assignments, notices; each leads to its case. */
export default function Messages() {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [unread, setUnread] = useState(false);
  const messages = useQuery(messagesQuery(unread));
  const read = useMutation({
    mutationFn: markRead,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["messages"] });
      void queries.invalidateQueries({ queryKey: ["me"] });
    },
  });
  const items = messages.data?.items ?? [];
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
        <span className="push row">
          {items.length > 0 && (
            <ExportButton
              list="messages"
              filter={{ unread: unread || null }}
              columns={[
                { key: "at", title: t("messages.at") },
                { key: "title", title: t("messages.title") },
                { key: "body", title: t("messages.body") },
                { key: "case", title: t("cases.number") },
              ]}
            />
          )}
          <Button
            disabled={!items.some((message) => !message.read)}
            loading={read.isPending}
            onClick={() => read.mutate("all")}
          >
            {t("messages.readAll")}
          </Button>
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
          <article key={message.id} className={message.read ? "message" : "message new"}>
            <b>{message.title}</b>
            <time title={dateTime(message.at)}>{shortTime(message.at, now())}</time>
            <p>{message.body}</p>
            {message.case && (
              <Link
                to={`/case/${message.case.id}`}
                onClick={() => !message.read && read.mutate([message.id])}
              >
                {t("messages.openCase", { number: message.case.number })}
              </Link>
            )}
          </article>
        ))}
      </div>
    </>
  );
}
