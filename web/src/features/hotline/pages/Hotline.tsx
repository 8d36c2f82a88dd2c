import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { Link } from "react-router";
import { processesQuery } from "@/api/queries/shared";
import type { Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Suggested } from "@/shared/knowledge/Suggested";
import { helpedWith } from "@/shared/knowledge/queries";
import { now } from "@/shared/time/clock";
import { shortTime } from "@/shared/time/format";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { useDebounced } from "@/shared/useDebounced";
import { callersQuery, scriptQuery, searchable } from "../api/queries";
import { noCall, phoneOf, spoken, useCall } from "../call";
import { BackList } from "../components/BackList";
import { CallForm, type Told } from "../components/CallForm";
import { CallerCard } from "../components/CallerCard";
import { NumberBox } from "../components/NumberBox";
import { ScriptSteps } from "../components/ScriptSteps";
import "@/shared/unit/unit.css";
import "./hotline.css";

/** Articles that helped, and with which call. */
interface Marks {
  call: string;
  articles: readonly string[];
}

const nothing: Told = { name: "", phone: "", back: null, matter: "" };

/** The hotline (热线): who calls, what is said, what is taken down, whom to call back. */
export default function Hotline() {
  const { t } = useSpeech();
  const [call, put] = useCall();
  const q = useDebounced(call.text.trim());
  const found = useQuery(callersQuery(q));
  const scripts = useQuery(scriptQuery);
  const processes = useQuery(processesQuery);
  const [field, setField] = useState<string | null>(null);
  const [known, setKnown] = useState(nothing);
  const [wanted, setWanted] = useState(false);
  const [marks, setMarks] = useState<Marks>({ call: "", articles: [] });
  // Of another caller's call nothing is counted.
  const helped = marks.call === call.text ? marks.articles : [];
  const said = useDebounced(known.matter.trim());
  const [saved, setSaved] = useState<Case | null>(null);
  const callers = searchable(q) ? (found.data?.items ?? []) : [];
  const settled = searchable(q) && q === call.text.trim() && !found.isFetching;
  const only = callers.length === 1 ? callers[0] : undefined;
  const caller = callers.find((each) => each.id === call.customer) ?? only;
  const unit =
    call.unit ?? (caller?.vehicles.length === 1 ? (caller.vehicles[0]?.id ?? null) : null);
  const phone = phoneOf(q);
  // Who is a number alone may be named in this call: the file of the number takes the name.
  const customer = phone && caller && !caller.name_masked ? null : (caller?.id ?? null);
  const script = scripts.data?.items[0];
  const process = processes.data?.items.find((each) => each.id === script?.process);
  const told = useCallback((next: Told) => setKnown(next), []);
  const arrived = useCallback(() => setWanted(false), []);
  const done = (made: Case) => {
    // Counted with the call; a count that fails loses no call.
    for (const article of helped) helpedWith(article, made.id).catch(() => undefined);
    setMarks({ call: "", articles: [] });
    setSaved(made);
    put(noCall);
    document.querySelector<HTMLInputElement>("input[data-number]")?.focus();
  };
  const change = (text: string) => {
    setSaved(null);
    put({ text, customer: null, unit: null });
  };
  if (scripts.isPending || processes.isPending) return <Loading lines={10} />;
  if (scripts.isError) {
    return <Failed error={scripts.error} retry={() => void scripts.refetch()} />;
  }
  // Of a masked name the surname is said: 周先生/女士.
  const name = known.name || caller?.name_masked?.replace(/\*.*/, "") || "";
  const number = phone ?? known.phone;
  return (
    <div className="hotline">
      <div className="stack">
        <NumberBox
          text={call.text}
          change={change}
          enter={() => setWanted(true)}
          status={settled && !found.isError ? t("hotline.people", { n: callers.length }) : ""}
        />
        {saved && (
          <p className="notice ok" role="status">
            {t("hotline.saved")} <Link to={`/case/${saved.id}`}>{saved.number}</Link>
          </p>
        )}
        {found.isError && searchable(q) && (
          <Failed error={found.error} retry={() => void found.refetch()} />
        )}
        {settled && callers.length === 0 && !found.isError && (
          <p className="notice">
            <b>{t("hotline.unknown")}</b> {t("hotline.unknownText")}{" "}
            <Link to={`/desk?q=${encodeURIComponent(q)}`}>{t("hotline.toDesk")}</Link>
          </p>
        )}
        {callers.length > 1 && <p className="muted small">{t("hotline.several")}</p>}
        {callers.map((each) => (
          <CallerCard
            key={each.id}
            caller={each}
            chosen={callers.length > 1 ? each.id === caller?.id : null}
            choose={() => put({ customer: each.id === caller?.id ? null : each.id, unit: null })}
            unit={each.id === caller?.id ? unit : null}
            chooseUnit={(next) => put({ customer: each.id, unit: next })}
          />
        ))}
        {process?.can_open ? (
          <section
            className="card action"
            onFocus={(event) =>
              setField(event.target.closest<HTMLElement>("[data-field]")?.dataset["field"] ?? null)
            }
          >
            <h1>{t("hotline.taken")}</h1>
            <CallForm
              key={[caller?.id, unit, phone, call.follow].join()}
              process={process}
              unit={unit}
              customer={customer}
              phone={phone}
              follow={call.follow}
              wanted={wanted && (settled || !searchable(call.text))}
              arrived={arrived}
              told={told}
              done={done}
            />
          </section>
        ) : (
          <Blank title={t("hotline.mayNot")} text={t("hotline.mayNotText")} />
        )}
      </div>
      <aside className="stack">
        {script && (
          <ScriptSteps
            script={script}
            field={field}
            known={{
              "caller.name": name ? t("hotline.address", { name }) : "",
              "caller.phone": number ? spoken(number) : (caller?.phone_masked ?? "……"),
              ...(known.back && { call_back_at: shortTime(known.back, now()) }),
            }}
          />
        )}
        <Suggested
          said={said}
          helped={helped}
          mark={(id) =>
            setMarks({
              call: call.text,
              articles: helped.includes(id)
                ? helped.filter((each) => each !== id)
                : [...helped, id],
            })
          }
        />
        <BackList />
      </aside>
    </div>
  );
}
