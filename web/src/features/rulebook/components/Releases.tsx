import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { meQuery } from "@/api/queries/session";
import type { RulebookRelease } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { changesQuery, releasesQuery } from "../api/queries";
import { ChangeList } from "./ChangeList";

/** What was published, and what a release changed against another, in sentences. */
export default function Releases() {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const releases = useQuery(releasesQuery);
  const { data: me } = useQuery(meQuery);
  if (releases.isPending) return <Loading lines={8} />;
  if (releases.isError) {
    return <Failed error={releases.error} retry={() => void releases.refetch()} />;
  }
  const items = releases.data.items;
  const find = (key: string) => items.find((each) => each.release.hash === search.get(key));
  const to = find("to") ?? items[0];
  const from = find("from") ?? (to && items[items.indexOf(to) + 1]);
  const pick = (key: "to" | "from", hash: string) => {
    const next = new URLSearchParams(search);
    next.set(key, hash);
    setSearch(next);
  };
  if (!to) return <p className="muted">{t("words.none")}</p>;
  return (
    <section className="card releases">
      <div className="card-head">
        <Choice
          label={t("rulebook.releases")}
          items={items}
          value={to}
          set={(hash) => pick("to", hash)}
        />
        {from && (
          <>
            <span className="muted">{t("rulebook.releaseFrom")}</span>
            <Choice
              label={t("rulebook.releaseFrom")}
              items={items}
              value={from}
              set={(hash) => pick("from", hash)}
            />
          </>
        )}
        {me?.permissions.includes("rulebook_publish") && (
          <Link className="push" to="/rulebook/migrations">
            {t("frame.migrations")}
          </Link>
        )}
      </div>
      {from ? (
        <Changes to={to.release.hash} from={from.release.hash} />
      ) : (
        <p className="muted">{t("rulebook.releaseOnly")}</p>
      )}
    </section>
  );
}

function Choice(props: {
  label: string;
  items: RulebookRelease[];
  value: RulebookRelease;
  set: (hash: string) => void;
}) {
  const { t } = useSpeech();
  const name = ({ release, effective, in_force }: RulebookRelease) =>
    [
      effective && t("rulebook.inForce", { day: effective }),
      release.packs.at(-1)?.version,
      release.short,
      in_force && t("rulebook.releaseNow"),
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <select
      aria-label={props.label}
      value={props.value.release.hash}
      onChange={(event) => props.set(event.target.value)}
    >
      {props.items.map((each) => (
        <option key={each.release.hash} value={each.release.hash}>
          {name(each)}
        </option>
      ))}
    </select>
  );
}

function Changes({ to, from }: { to: string; from: string }) {
  const { t } = useSpeech();
  const changes = useQuery(changesQuery(to, from));
  if (changes.isPending) return <Loading lines={6} />;
  if (changes.isError) {
    return <Failed error={changes.error} retry={() => void changes.refetch()} />;
  }
  const items = changes.data.items;
  if (items.length === 0) return <p className="muted">{t("rulebook.releaseSame")}</p>;
  return (
    <>
      <p className="muted small">{t("rulebook.releaseCount", { count: items.length })}</p>
      <ChangeList items={items} />
    </>
  );
}
