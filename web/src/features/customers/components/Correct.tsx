import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input";
import { useState } from "react";
import { useSpeech } from "@/shared/i18n";
import { Pick } from "@/shared/ui/Pick";
import { sentence } from "@/shared/ui/States";
import { type Correction, type Means, correct, documents, sendCode } from "../api/queries";

/** Puts name, telephone or address right: by the person's own word, or by who answers for data. */
export function Correct({ id, officer }: { id: string; officer: boolean }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{t("customers.correct")}</Button>
      </div>
    );
  }
  return <Form id={id} officer={officer} close={() => setOpen(false)} />;
}

interface FormProps {
  id: string;
  officer: boolean;
  close: () => void;
}

function Form({ id, officer, close }: FormProps) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [is, setIs] = useState({ name: "", phone: "", address: "" });
  const [means, setMeans] = useState<Means>("identity");
  const [said, setSaid] = useState<Said>(nothing);
  const send = useMutation({ mutationFn: () => sendCode(id) });
  const put = useMutation({
    mutationFn: () => correct(id, correction(is, means, said)),
    onSuccess: async () => {
      close();
      await client.invalidateQueries({ queryKey: ["customer", id] });
    },
  });
  const ways: Means[] = officer ? ["identity", "code", "officer"] : ["identity", "code"];
  const problem = put.error ?? send.error;
  const text = (field: "name" | "phone" | "address") => (
    <label className="correct-field">
      <span className="muted small">{t(`customers.right_${field}`)}</span>
      <Input
        value={is[field]}
        maxLength={200}
        autoComplete="off"
        inputMode={field === "phone" ? "tel" : "text"}
        onChange={(event) => setIs({ ...is, [field]: event.target.value })}
      />
    </label>
  );
  return (
    <form
      className="stack correct"
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate();
      }}
    >
      <h2>{t("customers.correct")}</h2>
      <p className="muted">{t("customers.correctText")}</p>
      {text("name")}
      {text("phone")}
      {text("address")}
      <Pick
        label={t("customers.proof")}
        value={means}
        options={ways.map((value) => ({ value, label: t(`customers.means_${value}`) }))}
        set={(way) => way !== null && setMeans(way)}
      />
      {means === "identity" && (
        <div className="row">
          <Pick
            label={t("customers.document")}
            value={said.document}
            options={documents.map((value) => ({ value, label: t(`customers.doc_${value}`) }))}
            set={(document) => document !== null && setSaid({ ...said, document })}
          />
          <Input
            aria-label={t("customers.last4")}
            placeholder={t("customers.last4")}
            maxLength={4}
            style={{ width: 140 }}
            value={said.last4}
            onChange={(event) => setSaid({ ...said, last4: event.target.value })}
          />
        </div>
      )}
      {means === "code" && (
        <div className="row">
          <Button loading={send.isPending} onClick={() => send.mutate()}>
            {t("customers.sendCode")}
          </Button>
          <Input
            aria-label={t("customers.codeRead")}
            placeholder={t("customers.codeRead")}
            inputMode="numeric"
            maxLength={6}
            style={{ width: 140 }}
            value={said.code}
            onChange={(event) => setSaid({ ...said, code: event.target.value })}
          />
          {send.data && (
            <span className="muted small">
              {t(send.data.sent ? "customers.codeWaits" : "customers.noPhone")}
            </span>
          )}
        </div>
      )}
      {means === "officer" && (
        <Input
          aria-label={t("customers.officerReason")}
          placeholder={t("customers.officerReason")}
          maxLength={200}
          value={said.reason}
          onChange={(event) => setSaid({ ...said, reason: event.target.value })}
        />
      )}
      {problem && (
        <p className="notice bad" role="alert">
          {sentence(problem, t)}
        </p>
      )}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={put.isPending}>
          {t("customers.putRight")}
        </Button>
        <Button onClick={close}>{t("words.cancel")}</Button>
      </div>
    </form>
  );
}

interface Said {
  document: (typeof documents)[number];
  last4: string;
  code: string;
  reason: string;
}

const nothing: Said = { document: "identity_card", last4: "", code: "", reason: "" };

function correction(
  is: { name: string; phone: string; address: string },
  means: Means,
  said: Said,
): Correction {
  const given = Object.entries(is).filter(([, text]) => text.trim() !== "");
  const proof =
    means === "identity"
      ? { means, document: said.document, last4: said.last4 }
      : means === "code"
        ? { means, code: said.code }
        : { means, reason: said.reason };
  return { ...Object.fromEntries(given), proof };
}
