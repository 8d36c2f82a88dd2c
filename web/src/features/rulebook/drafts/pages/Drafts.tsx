import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import TextArea from "antd/es/input/TextArea";
import { useId, useState } from "react";
import { Link, useNavigate } from "react-router";
import type { DraftRow } from "@/api/drafts";
import { meQuery } from "@/api/queries/session";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Blank, Failed, Loading, sentence } from "@/shared/ui/States";
import { beginDraft, draftsQuery, importDraft } from "../api";
import { StateTag } from "../StateTag";
import "../drafts.css";

/** Drafts of the standard (制度草稿): who changes what, how far each is, and a new one. */
export default function Drafts() {
  const { t } = useSpeech();
  const { data: me } = useQuery(meQuery);
  const drafts = useQuery(draftsQuery);
  const [making, setMaking] = useState(false);
  const may = me?.permissions.includes("rulebook_edit") ?? false;
  return (
    <>
      <div className="page-head">
        <h1>{t("drafts.drafts")}</h1>
        {may && !making && (
          <Button type="primary" className="push" onClick={() => setMaking(true)}>
            {t("drafts.begin")}
          </Button>
        )}
      </div>
      {making && <Begin close={() => setMaking(false)} />}
      {drafts.isPending && <Loading lines={6} />}
      {drafts.isError && <Failed error={drafts.error} retry={() => void drafts.refetch()} />}
      {drafts.data?.items.length === 0 && !making && (
        <Blank title={t("drafts.noneTitle")} text={t("drafts.noneText")} />
      )}
      <ul className="draft-rows">
        {drafts.data?.items.map((draft) => (
          <Row key={draft.id} draft={draft} />
        ))}
      </ul>
    </>
  );
}

function Row({ draft }: { draft: DraftRow }) {
  const { t } = useSpeech();
  return (
    <li className="card">
      <div className="card-head">
        <h2>
          <Link to={`/rulebook/drafts/${draft.id}`}>{draft.title}</Link>
        </h2>
        <StateTag draft={draft} />
        <span className="push muted small">
          {draft.owner.name} · {dateTime(draft.changed_at)}
        </span>
      </div>
      <p>{draft.reason}</p>
      {draft.behind && <p className="muted small">{t("drafts.behind")}</p>}
    </li>
  );
}

function Begin({ close }: { close: () => void }) {
  const { t } = useSpeech();
  const id = useId();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [title, setTitle] = useState("");
  const [reason, setReason] = useState("");
  const [zip, setZip] = useState<File | null>(null);
  const begin = useMutation({
    mutationFn: () => (zip ? importDraft(title, reason, zip) : beginDraft(title, reason)),
    onSuccess: (draft) => {
      client.setQueryData(["draft", draft.id], draft);
      void client.invalidateQueries({ queryKey: ["drafts"] });
      void navigate(`/rulebook/drafts/${draft.id}?tab=${zip ? "changes" : "tables"}`);
    },
  });
  return (
    <form
      className="card stack draft-begin"
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate();
      }}
    >
      <h2>{t("drafts.begin")}</h2>
      <label htmlFor={`${id}-title`}>{t("drafts.title")}</label>
      <Input
        id={`${id}-title`}
        autoFocus
        maxLength={500}
        placeholder={t("drafts.titleHint")}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <label htmlFor={`${id}-reason`}>{t("drafts.reason")}</label>
      <TextArea
        id={`${id}-reason`}
        maxLength={500}
        autoSize={{ minRows: 2 }}
        placeholder={t("drafts.reasonHint")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <label htmlFor={`${id}-zip`}>{t("drafts.zip")}</label>
      <input
        id={`${id}-zip`}
        type="file"
        accept=".zip"
        onChange={(event) => setZip(event.target.files?.[0] ?? null)}
      />
      <p className="muted small">{t("drafts.zipHint")}</p>
      {begin.error && <p className="late">{sentence(begin.error, t)}</p>}
      <div className="row">
        <Button
          type="primary"
          htmlType="submit"
          loading={begin.isPending}
          disabled={!title.trim() || !reason.trim()}
        >
          {t(zip ? "drafts.zipBegin" : "drafts.beginNow")}
        </Button>
        <Button onClick={close}>{t("words.cancel")}</Button>
      </div>
    </form>
  );
}
