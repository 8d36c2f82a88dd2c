import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { dateTime } from "@/shared/time/format";
import { Failed, Loading, sentence } from "@/shared/ui/States";
import { merge, pairQuery, sayApart, type Compared, type Pair } from "../api/queries";
import { useAlike } from "../components/useAlike";
import "../customers.css";

const fields = ["name", "phone", "address"] as const;
type Field = (typeof fields)[number];

const masked = (file: Compared, field: Field) => file[`${field}_masked`];

/** Two files side by side, field by field; one stays, and says what each field shall be. */
export default function MergePage() {
  const { id = "", other = "" } = useParams();
  const { t } = useSpeech();
  const pair = useQuery(pairQuery(id, other));
  if (pair.isPending) return <Loading lines={6} />;
  if (pair.isError) return <Failed error={pair.error} retry={() => void pair.refetch()} />;
  return (
    <div className="stack customer-page">
      <div className="page-head">
        <h1>{t("customers.mergeTitle")}</h1>
      </div>
      <Choice pair={pair.data} />
    </div>
  );
}

function Choice({ pair }: { pair: Pair }) {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const queries = useQueryClient();
  const alike = useAlike();
  const files = [pair.one, pair.other];
  const [stays, setStays] = useState(pair.one.id);
  const [chosen, setChosen] = useState<Partial<Record<Field, string>>>({});
  const [reason, setReason] = useState("");
  const gone = files.find((file) => file.id !== stays)?.id ?? "";
  const of = (field: Field) => {
    const has = files.filter((file) => masked(file, field));
    return chosen[field] ?? (has.length === 1 ? has[0]?.id : stays) ?? stays;
  };
  const fresh = () =>
    Promise.all(
      [["customer"], ["duplicates"]].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
  const join = useMutation({
    mutationFn: () =>
      merge(stays, gone, fields.filter((field) => of(field) === gone), reason.trim()),
    onSuccess: async (kept) => {
      await fresh();
      void go(`/customer/${kept.id}`);
    },
  });
  const apart = useMutation({
    mutationFn: () => sayApart(stays, gone),
    onSuccess: async () => {
      await fresh();
      void go(-1);
    },
  });
  const failed = join.error ?? apart.error;
  return (
    <section className="card stack">
      <p className="muted">
        {pair.alike.length > 0 && t("customers.alike", { by: alike(pair.alike) })}
      </p>
      <div className="merge-table" role="group" aria-label={t("customers.mergeTitle")}>
        <Line label={t("customers.stays")} name="stays" files={files} value={stays} set={setStays}>
          {(file) => t("customers.madeAt", { at: dateTime(file.made_at).slice(0, 10) })}
        </Line>
        {fields.map((field) => (
          <Line
            key={field}
            label={t(
              field === "name"
                ? "customers.fieldName"
                : field === "phone"
                  ? "customers.fieldPhone"
                  : "customers.fieldAddress",
            )}
            name={field}
            files={files}
            value={of(field)}
            set={(id) => setChosen({ ...chosen, [field]: id })}
          >
            {(file) => masked(file, field) ?? "–"}
          </Line>
        ))}
        <div className="merge-line">
          <b>{t("customers.brings")}</b>
          {files.map((file) => (
            <span key={file.id}>
              {t("customers.counts", { vehicles: file.vehicles, cases: file.cases })}
            </span>
          ))}
        </div>
      </div>
      <p className="muted small">
        {t("customers.mergeText")} {t("customers.mergeAfter")}
      </p>
      {pair.refused ? (
        <p className="notice warn">{say(pair.refused)}</p>
      ) : (
        <Input
          maxLength={200}
          aria-label={t("customers.mergeReason")}
          placeholder={t("customers.mergeReason")}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      {failed && (
        <p className="notice bad" role="alert">
          {sentence(failed, t)}
        </p>
      )}
      <div className="row">
        {!pair.refused && (
          <Button
            type="primary"
            loading={join.isPending}
            disabled={reason.trim().length < 2}
            onClick={() => join.mutate()}
          >
            {t("customers.merge")}
          </Button>
        )}
        <Button loading={apart.isPending} onClick={() => apart.mutate()}>
          {t("customers.twoPeople")}
        </Button>
      </div>
    </section>
  );
}

interface LineProps {
  label: string;
  name: string;
  files: readonly Compared[];
  value: string;
  set: (id: string) => void;
  children: (file: Compared) => string;
}

function Line({ label, name, files, value, set, children }: LineProps) {
  return (
    <div className="merge-line" role="radiogroup" aria-label={label}>
      <b>{label}</b>
      {files.map((file) => (
        <label key={file.id} className="merge-choice">
          <input
            type="radio"
            name={name}
            checked={file.id === value}
            onChange={() => set(file.id)}
          />
          {children(file)}
        </label>
      ))}
    </div>
  );
}
