import { useQuery } from "@tanstack/react-query";
import Input from "antd/es/input/Input";
import TextArea from "antd/es/input/TextArea";
import { useId, useRef } from "react";
import type { Draft } from "@/api/drafts";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { itemsQuery, messagePath, namesQuery } from "../api";
import { Chosen, type Edits, KeysEditor } from "./KeysEditor";
import { type FactNames, fieldName, fieldsOf, type Said, said, sampled } from "./fields";

/** The messages of a draft (消息): their words in both languages, and how they will read. */
export default function Messages({ draft }: { draft: Draft }) {
  const { t } = useSpeech();
  const items = useQuery(itemsQuery(draft.id));
  if (items.isPending) return <Loading lines={8} />;
  if (items.isError) return <Failed error={items.error} retry={() => void items.refetch()} />;
  const all = items.data.items.filter((item) => item.kind === "message");
  return (
    <Chosen items={all} label={t("drafts.messages")}>
      {(item) => (
        <KeysEditor
          draft={draft}
          item={item}
          path={messagePath(draft.id, item.pack ?? item.from, item.id)}
          file="messages.toml"
        >
          {(edits) => <Message {...edits} draft={draft.id} />}
        </KeysEditor>
      )}
    </Chosen>
  );
}

const tongues = ["zh", "en"] as const;

function Message({ keys, set, off, draft }: Edits & { draft: string }) {
  const { t } = useSpeech();
  const names = useQuery(namesQuery(draft)).data;
  const [title, body] = [said(keys["title"]), said(keys["body"])];
  const fields = fieldsOf(`${body.zh} ${body.en}`);
  return (
    <div className="draft-tongues">
      {tongues.map((tongue) => (
        <Tongue
          key={tongue}
          tongue={tongue}
          title={title}
          body={body}
          fields={fields}
          names={names}
          off={off}
          setTitle={(text) => set("title", { ...title, [tongue]: text })}
          setBody={(text) => set("body", { ...body, [tongue]: text })}
        />
      ))}
      <p className="muted small">{t("drafts.sampleHint")}</p>
    </div>
  );
}

interface TongueProps {
  tongue: "zh" | "en";
  title: Said;
  body: Said;
  fields: readonly string[];
  names: FactNames | undefined;
  off: boolean;
  setTitle: (text: string) => void;
  setBody: (text: string) => void;
}

function Tongue(props: TongueProps) {
  const { tongue, title, body, fields, names, off, setTitle, setBody } = props;
  const { t } = useSpeech();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  // A field is put where the cursor stands.
  const put = (field: string) => {
    const area = box.current?.querySelector("textarea");
    const at = area?.selectionStart ?? body[tongue].length;
    const text = `{{ ${field} }}`;
    setBody(body[tongue].slice(0, at) + text + body[tongue].slice(area?.selectionEnd ?? at));
    area?.focus();
  };
  return (
    <div className="stack" lang={tongue === "zh" ? "zh-CN" : "en"}>
      <h3>{t(tongue === "zh" ? "drafts.inChinese" : "drafts.inEnglish")}</h3>
      <label htmlFor={`${id}-title`}>{t("drafts.messageTitle")}</label>
      <Input
        id={`${id}-title`}
        disabled={off}
        value={title[tongue]}
        onChange={(event) => setTitle(event.target.value)}
      />
      <label htmlFor={`${id}-body`}>{t("drafts.messageBody")}</label>
      <div ref={box}>
        <TextArea
          id={`${id}-body`}
          disabled={off}
          autoSize={{ minRows: 3, maxRows: 10 }}
          value={body[tongue]}
          onChange={(event) => setBody(event.target.value)}
        />
      </div>
      {!off && (
        <div className="row draft-fields">
          {fields.map((field) => (
            <button
              key={field}
              type="button"
              className="chip"
              title={field}
              onClick={() => put(field)}
            >
              {fieldName(field, names, tongue)}
            </button>
          ))}
        </div>
      )}
      <div className="draft-preview" aria-label={t("words.preview")}>
        <b>{sampled(title[tongue], tongue, names)}</b>
        <p>{sampled(body[tongue], tongue, names)}</p>
      </div>
    </div>
  );
}
