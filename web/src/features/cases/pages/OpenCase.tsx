import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocation, useNavigate, useParams, useSearchParams } from "react-router";
import { Refused } from "@/api/client";
import { processesQuery } from "@/api/queries/shared";
import type { ProcessInfo } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { FormFields } from "@/shared/form/FormFields";
import { REASON, focusField } from "@/shared/form/focusField";
import { useForm } from "@/shared/form/useForm";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { usePhone } from "@/shared/ui/usePhone";
import { ForCustomer } from "@/shared/unit/ForCustomer";
import { VehicleAside } from "@/shared/unit/VehicleAside";
import { Vehicle } from "@/shared/unit/Vehicle";
import { unitQuery } from "@/shared/unit/queries";
import { type Submit, openCase, previewOpen } from "../api/queries";
import { Extras, type ExtrasValue, blankExtras, extrasBody } from "../components/Extras";
import { Outcome } from "../components/Outcome";
import { SubmitBar } from "../components/SubmitBar";
import { useAttempt } from "@/shared/form/useAttempt";
import "./cases.css";

/** Opening a case: the start form, with the vehicle beside it. */
export default function OpenCase() {
  const { t } = useSpeech();
  const { process: id = "" } = useParams();
  const processes = useQuery(processesQuery);
  if (processes.isPending) return <Loading />;
  if (processes.isError) {
    return <Failed error={processes.error} retry={() => void processes.refetch()} />;
  }
  const process = processes.data.items.find((each) => each.id === id && each.can_open);
  if (!process) return <Blank title={t("cases.noSuchProcess")} />;
  return <Start key={id} process={process} />;
}

const emptyForm = { id: "none", title: { zh: "", en: "" }, fields: [] };

function Start({ process }: { process: ProcessInfo }) {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const queries = useQueryClient();
  const [search] = useSearchParams();
  const attempt = useAttempt();
  const phone = usePhone();
  const [extras, setExtras] = useState<ExtrasValue>(blankExtras);
  const unit = search.get("unit");
  const customer = search.get("customer");
  const from = search.get("from");
  const handed = useLocation().state as { preset?: Record<string, unknown> } | null;
  const opening = {
    process: process.id,
    subject: { ...(unit && { unit }), ...(customer && { customer }), ...(from && { from }) },
  };
  const form = useForm({
    schema: process.form ?? emptyForm,
    draftKey: `open.${process.id}.${from ?? unit ?? customer ?? "new"}`,
    preset: { ...handed?.preset, ...presets(search) },
    eager: true,
    preview: (body, signal) => previewOpen(opening, body, signal),
  });
  const submit = useMutation({
    mutationFn: (body: Submit) =>
      attempt({ opening, body }, (key) => openCase(opening, body, key)),
    onSuccess: (next) => {
      form.reset();
      queries.setQueryData(["case", next.id], next);
      void queries.invalidateQueries({ queryKey: ["offers"] });
      void queries.invalidateQueries({ queryKey: ["cases"] });
      void queries.invalidateQueries({ queryKey: ["unit"] });
      // Opened while somebody is on the line: the call goes on, with the number of its case.
      // What grew out of an enquiry leads back to it: somebody waits for the answer.
      if (from) return void go(`/enquiries?id=${from}`, { replace: true });
      const to = search.has("call") ? `/hotline?case=${next.number}` : `/case/${next.id}`;
      void go(to, { replace: true });
    },
    onError: (error) => {
      if (!(error instanceof Refused)) return;
      form.refuse(error.problem);
      if (error.problem.code === "reason-needed") focusField(REASON);
    },
  });
  // At the desk the rider is already talking: the cursor stands where the words go.
  const first = form.ready && !phone ? form.fields[0]?.id : undefined;
  useEffect(() => {
    if (first) focusField(first, "nearest");
  }, [first]);
  const asksReason =
    form.problem?.code === "reason-needed" || form.preview?.problem?.grade === "reason";
  const send = () => {
    if (!form.complete() || submit.isPending) return;
    submit.mutate({ form: form.body(), ...extrasBody(extras) });
  };
  return (
    <div className={unit ? "columns" : ""}>
      <section className="card action">
        <div className="card-head">
          <h1>{t("cases.openTitle", { process: say(process.title) })}</h1>
          {form.restored && (
            <span className="push small muted">
              {form.restoredFrom
              ? t("form.restoredFrom", { name: form.restoredFrom })
              : t("form.restored")}{" "}
              <button type="button" className="link" onClick={form.reset}>
                {t("form.discard")}
              </button>
            </span>
          )}
        </div>
        {customer && !unit && <ForCustomer id={customer} />}
        {form.ready ? (
          <>
            <FormFields form={form} />
            <Outcome form={form} error={submit.error} />
            <Extras value={extras} change={setExtras} asksReason={asksReason} />
            <SubmitBar
              label={t("cases.openTitle", { process: say(process.title) })}
              busy={submit.isPending}
              asking={form.asking}
              next={form.preview?.ok ? say(form.preview.next?.state) : ""}
              disabled={asksReason && extras.reason.trim() === ""}
              submit={send}
            />
          </>
        ) : (
          // Until the server has seen the subject nothing is drawn that would move again.
          <Loading lines={14} />
        )}
      </section>
      {unit && <Subject id={unit} />}
    </div>
  );
}

/** The vehicle at the counter, small, so that the advisor sees what it is. */
function Subject({ id }: { id: string }) {
  const unit = useQuery(unitQuery(id));
  if (unit.isError) return <Failed error={unit.error} retry={() => void unit.refetch()} />;
  if (!unit.data) {
    return (
      <aside className="card">
        <Loading lines={8} />
      </aside>
    );
  }
  return (
    <aside className="stack subject">
      <Vehicle unit={unit.data} />
      <VehicleAside unit={unit.data} />
    </aside>
  );
}

// `?v.field=value` fills a field: how the desk hands over what was typed there. `?rows.field=`
// hands over rows of parts, as `code*pieces` each.
function presets(search: URLSearchParams): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, value] of search) {
    if (name.startsWith("v.")) out[name.slice(2)] = value;
    if (name.startsWith("rows.")) out[name.slice(5)] = value.split(",").map(partRow);
  }
  return out;
}

function partRow(text: string) {
  const [part = "", pieces] = text.split("*");
  return { part, quantity: Math.max(1, Math.round(Number(pieces)) || 1) };
}
