import { useQuery } from "@tanstack/react-query";
import { useSpeech } from "@/shared/i18n";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { standingsQuery } from "../api/queries";

interface Props {
  card: string;
  period: string;
  choose: (org: string) => void;
}

/** How many have more points; equal points share a rank. */
function ahead(rows: readonly { points: number | null }[], points: number): number {
  return rows.filter((row) => (row.points ?? 0) > points).length;
}

/** How all stations in my scope stand, the most points first. */
export function Standings({ card, period, choose }: Props) {
  const { t, say } = useSpeech();
  const found = useQuery(standingsQuery(card, period));
  if (found.isPending) return <Loading lines={6} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      <div className="row score-out">
        <span className="push">
          <ExportButton
            list="standings"
            filter={{ card, period }}
            columns={[
              { key: "org", title: t("scorecards.station") },
              { key: "points", title: t("registers.points") },
              { key: "level", title: t("registers.level") },
              { key: "unrated", title: t("registers.unrated") },
              { key: "missing", title: t("registers.missing") },
            ]}
          />
        </span>
      </div>
      <ul className="plain card score-standings" aria-label={t("scorecards.standings")}>
        {found.data.items.map((row) => (
          <li key={row.org.id} className="row">
            {row.points !== null && (
              <span className="score-rank">
                {t("scorecards.rank", { n: ahead(found.data.items, row.points) + 1 })}
              </span>
            )}
            <button type="button" className="link" onClick={() => choose(row.org.id)}>
              {row.org.name}
            </button>
            <span className="push row">
              {row.level && <Tag tone="ok">{say(row.level)}</Tag>}
              {row.missing > 0 && (
                <Tag tone="warn">{t("scorecards.missing", { n: row.missing })}</Tag>
              )}
              {row.points !== null && <b>{t("scorecards.points", { n: row.points })}</b>}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
