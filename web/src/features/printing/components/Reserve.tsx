import { useMutation, useQueryClient } from "@tanstack/react-query";
import Button from "antd/es/button";
import InputNumber from "antd/es/input-number";
import Select from "antd/es/select";
import { useId, useState } from "react";
import type { PrintedForm } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { sentence } from "@/shared/ui/States";
import { blanksQuery, reserve } from "../api";

/** Most forms printed at once, as the server holds it. */
const most = 200;

/** Numbers for forms that are filled in by hand when the network is down. */
export function Reserve({ forms, done }: { forms: PrintedForm[]; done: (id: string) => void }) {
  const { t, say } = useSpeech();
  const id = useId();
  const queries = useQueryClient();
  const [form, setForm] = useState(forms[0]?.id ?? "");
  const [count, setCount] = useState(50);
  const asked = useMutation({
    mutationFn: () => reserve(form, count),
    onSuccess: (block) => {
      void queries.invalidateQueries({ queryKey: blanksQuery.queryKey });
      done(block.id);
    },
  });
  return (
    <section className="card stack">
      <p className="muted">{t("print.blanksText")}</p>
      <div className="printing-look">
        <label htmlFor={`${id}f`}>
          <span className="sub">{t("print.form")}</span>
          <Select
            id={`${id}f`}
            value={form}
            options={forms.map((one) => ({ value: one.id, label: say(one.title) }))}
            onChange={setForm}
            popupMatchSelectWidth={false}
          />
        </label>
        <label htmlFor={`${id}n`}>
          <span className="sub">{t("print.howMany")}</span>
          <InputNumber
            id={`${id}n`}
            min={1}
            max={most}
            precision={0}
            value={count}
            onChange={(next) => setCount(next ?? 1)}
          />
        </label>
        <Button
          type="primary"
          disabled={!form}
          loading={asked.isPending}
          onClick={() => asked.mutate()}
        >
          {t("print.reserve")}
        </Button>
      </div>
      {asked.error && (
        <p className="notice bad" role="alert">
          {sentence(asked.error, t)}
        </p>
      )}
    </section>
  );
}
