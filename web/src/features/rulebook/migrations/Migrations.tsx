import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { PinnedCases } from "@/api/migrations";
import { useSpeech } from "@/shared/i18n";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { pinnedQuery } from "./api";
import { Move } from "./Move";
import "./migrations.css";

/** Under which releases open cases run, and moving them to a later one (案件换版). */
export default function Migrations() {
  const { t } = useSpeech();
  const pinned = useQuery(pinnedQuery);
  const [chosen, setChosen] = useState<PinnedCases | null>(null);
  const items = pinned.data?.items ?? [];
  const old = items.filter((each) => !each.in_force);
  return (
    <>
      <div className="page-head">
        <span className="muted small">
          <Link to="/rulebook?tab=releases">{t("rulebook.releases")}</Link> /
        </span>
        <h1>{t("migrations.title")}</h1>
      </div>
      <div className="stack">
        <p className="muted migrations-lead">{t("migrations.lead")}</p>
        {pinned.isPending && <Loading lines={6} />}
        {pinned.isError && <Failed error={pinned.error} retry={() => void pinned.refetch()} />}
        {pinned.data && items.length === 0 && <Blank title={t("migrations.noCases")} />}
        {items.length > 0 && old.length === 0 && (
          <p className="notice ok">{t("migrations.allCurrent")}</p>
        )}
        {items.length > 0 && (
          <section className="card scroll-x">
            <table className="paper-table">
              <thead>
                <tr>
                  <th>{t("migrations.release")}</th>
                  <th>{t("migrations.process")}</th>
                  <th className="num">{t("migrations.open")}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {items.map((row) => (
                  <Row
                    key={`${row.release.hash}/${row.process}`}
                    row={row}
                    chosen={row === chosen}
                    choose={() => setChosen(row)}
                  />
                ))}
              </tbody>
            </table>
          </section>
        )}
        {chosen && <Move key={`${chosen.release.hash}/${chosen.process}`} from={chosen} />}
      </div>
    </>
  );
}

function Row(props: { row: PinnedCases; chosen: boolean; choose: () => void }) {
  const { t, say } = useSpeech();
  const { release, effective, in_force: now, process_title: title, open } = props.row;
  return (
    <tr className={props.chosen ? "migrations-chosen" : ""}>
      <td>
        {[release.packs.at(-1)?.version, effective, release.short].filter(Boolean).join(" · ")}{" "}
        {now && <Tag tone="ok">{t("rulebook.releaseNow")}</Tag>}
      </td>
      <td>{say(title)}</td>
      <td className="num">{open}</td>
      <td className="num">
        {!now && (
          <button type="button" className="link" aria-pressed={props.chosen} onClick={props.choose}>
            {t("migrations.choose")}
          </button>
        )}
      </td>
    </tr>
  );
}
