import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Input from "antd/es/input/Input";
import Select from "antd/es/select";
import { useState } from "react";
import { Link } from "react-router";
import { processesQuery } from "@/api/queries/shared";
import type { CertificateRow, Standing } from "@/api/types";
import { CertificateCard, standingName } from "@/shared/certificate/Card";
import { wallQuery } from "@/shared/certificate/queries";
import { useSpeech } from "@/shared/i18n";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Pick } from "@/shared/ui/Pick";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import "@/shared/list/list.css";
import "./wall.css";

const standings: Standing[] = ["valid", "expiring", "expired", "withdrawn", "missing"];

/** Station by station, in the order of the server. */
function byStation(rows: readonly CertificateRow[]): [string, CertificateRow[]][] {
  const groups = new Map<string, CertificateRow[]>();
  for (const row of rows) {
    const name = row.org?.name ?? "–";
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups.entries()];
}

/** The certificate wall (上岗证墙): per station who holds what, and for how long. */
export default function Wall() {
  const { t, say } = useSpeech();
  const wall = useQuery(wallQuery);
  const { data: processes } = useQuery(processesQuery);
  const [standing, setStanding] = useState<Standing | "all">("all");
  const [skill, setSkill] = useState<string | null>(null);
  const [text, setText] = useState("");
  const rows = wall.data?.items ?? [];
  const skills = new Map(rows.flatMap((row) => row.skills).map((one) => [one.id, one.title]));
  const found = rows.filter(
    (row) =>
      (skill === null || row.skills.some((one) => one.id === skill)) &&
      (text === "" || `${row.person.name} ${row.number ?? ""}`.includes(text.trim())),
  );
  const count = (one: Standing) => found.filter((row) => row.standing === one).length;
  const shown = found.filter((row) => standing === "all" || row.standing === standing);
  const trains = processes?.items.some((one) => one.id === "training" && one.can_open);
  return (
    <div className="wall">
      <div className="page-head">
        <h1>{t("certificates.title")}</h1>
        <span className="push row no-print">
          {trains && (
            <Link to="/open/training">
              <Button>{t("certificates.planTraining")}</Button>
            </Link>
          )}
          {shown.length > 0 && text === "" && (
            <ExportButton
              list="certificates"
              filter={{ skill, standing: standing === "all" ? null : standing }}
              columns={[
                { key: "person", title: t("staff.name") },
                { key: "org", title: t("staff.unit") },
                { key: "number", title: t("certificates.number") },
                { key: "issued_on", title: t("certificates.issuedOn") },
                { key: "expires", title: t("certificates.expires") },
                { key: "days_left", title: t("certificates.left") },
                { key: "skills", title: t("certificates.skills") },
              ]}
            />
          )}
          <Button onClick={() => window.print()}>{t("certificates.print")}</Button>
        </span>
      </div>
      <div className="list-filters no-print">
        <Pick
          small
          label={t("certificates.title")}
          options={[
            { value: "all" as const, label: `${t("certificates.all")} ${found.length}` },
            ...standings
              .filter((one) => count(one) > 0 || one === standing)
              .map((one) => ({ value: one, label: `${t(standingName[one])} ${count(one)}` })),
          ]}
          value={standing}
          set={(next) => setStanding(next ?? "all")}
        />
        <Select
          allowClear
          className="wall-skill"
          aria-label={t("certificates.anySkill")}
          placeholder={t("certificates.anySkill")}
          value={skill}
          options={[...skills].map(([id, title]) => ({ value: id, label: say(title) }))}
          onChange={(next: string | undefined) => setSkill(next ?? null)}
        />
        <Input
          allowClear
          className="wall-search"
          aria-label={t("certificates.search")}
          placeholder={t("certificates.search")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {wall.isPending && <Loading lines={6} />}
      {wall.isError && <Failed error={wall.error} retry={() => void wall.refetch()} />}
      {wall.isSuccess && shown.length === 0 && (
        <Blank
          title={t(rows.length > 0 ? "certificates.noneTitle" : "certificates.emptyTitle")}
          text={t(rows.length > 0 ? "certificates.noneText" : "certificates.emptyText")}
        />
      )}
      {byStation(shown).map(([station, people]) => (
        <section key={station} className="wall-station" aria-label={station}>
          <h2>
            {station}{" "}
            <span className="muted">{t("certificates.people", { n: people.length })}</span>
          </h2>
          <div className="wall-grid">
            {people.map((row) => (
              <CertificateCard key={row.person.id} row={row} />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
