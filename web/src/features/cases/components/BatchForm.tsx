import { useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Modal from "antd/es/modal";
import Progress from "antd/es/progress";
import { useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import { freshKey, Refused } from "@/api/client";
import type { Case } from "@/api/types";
import { FormFields } from "@/shared/form/FormFields";
import { useForm } from "@/shared/form/useForm";
import { useSpeech } from "@/shared/i18n";
import { Refusal } from "@/shared/ui/Refusal";
import { sentence } from "@/shared/ui/States";
import { act } from "../api/queries";
import type { Together } from "./batch";

interface Props {
  what: Together;
  close: () => void;
  done: () => void;
}

interface Ended {
  one: Case;
  error: unknown;
}

/** One form for several cases; each is acted on by itself, and says by itself when it refuses. */
export function BatchForm({ what, close, done }: Props) {
  const { t, say } = useSpeech();
  const queries = useQueryClient();
  const { action, cases } = what;
  const first = cases[0];
  // What the server filled in was meant for one case: here somebody fills it for all.
  const schema = useMemo(() => {
    const form = action.form ?? { id: "none", title: { zh: "", en: "" }, fields: [] };
    return { ...form, fields: form.fields.map((field) => ({ ...field, value: null })) };
  }, [action]);
  const form = useForm({ schema, draftKey: `batch.${what.process}.${action.id}` });
  const [at, setAt] = useState<number | null>(null);
  const [ended, setEnded] = useState<Ended[]>([]);
  // One key for each case: a second press after the line failed cannot act twice.
  const keys = useRef(new Map<string, string>());
  const left = cases.filter((one) => !ended.some((each) => each.one.id === one.id && !each.error));
  const refused = ended.filter((each) => each.error);
  const run = async () => {
    if (!form.complete() || at !== null) return;
    const body = { form: form.body() };
    const before = ended.filter((each) => !each.error);
    const now: Ended[] = [];
    for (const [index, one] of left.entries()) {
      setAt(index);
      const key = keys.current.get(one.id) ?? freshKey();
      keys.current.set(one.id, key);
      try {
        await act(one, action.id, body, key);
        now.push({ one, error: null });
      } catch (error) {
        if (error instanceof Refused) keys.current.delete(one.id);
        now.push({ one, error });
      }
      setEnded([...before, ...now]);
    }
    setAt(null);
    void queries.invalidateQueries({ queryKey: ["cases"] });
    void queries.invalidateQueries({ queryKey: ["offers"] });
    for (const { one } of now) void queries.invalidateQueries({ queryKey: ["case", one.id] });
    if (now.every((each) => !each.error)) {
      form.reset();
    }
  };
  const over = ended.length > 0 && at === null && left.length === 0;
  const other = what.asked - cases.length;
  return (
    <Modal
      open
      title={t("list.batchAct", { act: say(action.title), n: cases.length })}
      onCancel={ended.length > 0 ? done : close}
      closable={at === null}
      mask={{ closable: false }}
      footer={null}
      destroyOnHidden
      width={720}
    >
      {other > 0 && <p className="muted small">{t("list.batchSome", { n: other })}</p>}
      {!over && first && (
        <FormFields
          form={form}
          act={say(action.title)}
          at={`/cases/${first.id}/actions/${action.id}`}
          model={null}
        />
      )}
      <div aria-live="polite">
        {at !== null && (
          <>
            <Progress percent={Math.round((at / left.length) * 100)} showInfo={false} />
            <p className="muted">{t("list.batchAt", { at: at + 1, n: left.length })}</p>
          </>
        )}
        {ended.length > refused.length && (
          <p className="notice ok">{t("list.batchDone", { n: ended.length - refused.length })}</p>
        )}
        {refused.length > 0 && (
          <div className="notice bad">
            <b>{t("list.batchRefused", { n: refused.length })}</b>
            {refused.map(({ one, error }) => (
              <p key={one.id}>
                <Link to={`/case/${one.id}`}>{one.number}</Link>{" "}
                {error instanceof Refused ? (
                  <Refusal problem={error.problem} />
                ) : (
                  sentence(error, t)
                )}
              </p>
            ))}
          </div>
        )}
      </div>
      <div className="row batch-foot">
        {over ? (
          <Button type="primary" onClick={done}>
            {t("words.close")}
          </Button>
        ) : (
          <Button type="primary" loading={at !== null} onClick={() => void run()}>
            {t("list.batchGo", { n: left.length })}
          </Button>
        )}
      </div>
    </Modal>
  );
}
