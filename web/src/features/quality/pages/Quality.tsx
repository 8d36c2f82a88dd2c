import { useQuery } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { Choose } from "@/shared/list/Filters";
import "@/shared/list/list.css";
import { Pick } from "@/shared/ui/Pick";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { useFilter } from "@/shared/useFilter";
import { type Batches, batchesQuery, type What } from "../api/queries";
import { BatchRows } from "../components/BatchRows";
import { Reach } from "../components/Reach";
import "../quality.css";

const WHATS: What[] = ["component", "model"];

/** Early warning (质量预警): batches beside what the others let expect; and the outlets' reach. */
export default function Quality() {
  const { t } = useSpeech();
  const [filter, put] = useFilter(["tab", "of"] as const);
  const outlets = filter.tab === "outlets";
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{t("frame.batches")}</h1>
        <span className="push">
          <Pick
            small
            label={t("frame.batches")}
            options={[
              { value: "batches", label: t("quality.batches") },
              { value: "outlets", label: t("quality.outlets") },
            ]}
            value={outlets ? "outlets" : "batches"}
            set={(next) => put("tab", next === "outlets" ? next : null)}
          />
        </span>
      </div>
      {outlets ? <Reach /> : <Warning of={filter.of} put={(next) => put("of", next)} />}
    </div>
  );
}

function Warning({ of, put }: { of: string; put: (next: string | null) => void }) {
  const { t, say } = useSpeech();
  const [what = "", key = ""] = of.split(":");
  const found = useQuery(batchesQuery(what, key));
  if (found.isPending) return <Loading lines={9} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const page = found.data;
  return (
    <>
      <div className="list-filters">
        <Choose
          many
          width={260}
          label={t("quality.of")}
          value={page.what ? `${page.what}:${page.key}` : ""}
          options={WHATS.map((what) => ({
            label: t(`quality.${what}`),
            options: page.choices
              .filter((one) => one.what === what)
              .map((one) => ({
                value: `${one.what}:${one.key}`,
                label: t("quality.faultsOf", { title: say(one.title), n: one.faults }),
              })),
          }))}
          put={put}
        />
      </div>
      {page.what && page.key && page.rows.length > 0 ? (
        <section className="card" aria-label={t("quality.chart", { title: say(page.title) })}>
          <Summary page={page} />
          <p className="muted small">{t("quality.bar")}</p>
          <BatchRows what={page.what} of={page.key} rows={page.rows} />
          {page.earlier > 0 && (
            <p className="muted small">{t("quality.earlier", { n: page.earlier })}</p>
          )}
        </section>
      ) : (
        <Blank title={t("quality.none")} text={t("quality.noneText")} />
      )}
      <How limits={page.limits} />
    </>
  );
}

function Summary({ page }: { page: Batches }) {
  const { t, say } = useSpeech();
  const named = page.rows.filter((row) => row.warned);
  const batches = named.map((row) => row.batch).join(" · ");
  return (
    <>
      <h2>{t("quality.chart", { title: say(page.title) })}</h2>
      <p className={named.length > 0 ? "notice bad" : "notice"} role="status">
        {named.length > 0
          ? t("quality.named", { n: named.length, batches })
          : t("quality.nothing")}
      </p>
    </>
  );
}

const SENTENCES = [1, 2, 3, 4, 5, 6, 7, 8] as const;

function How({ limits }: { limits: Batches["limits"] }) {
  const { t, lang } = useSpeech();
  const said = {
    months: limits.months,
    chance: limits.chance_pct,
    least: limits.least,
    characters: limits.characters,
  };
  return (
    <section className="card">
      <h2>{t("quality.howTitle")}</h2>
      <p className="muted">
        {SENTENCES.map((n) => t(`quality.how${n}`, said)).join(lang === "zh" ? "" : " ")}
      </p>
    </section>
  );
}
