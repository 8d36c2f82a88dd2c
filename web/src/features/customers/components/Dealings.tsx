import { useInfiniteQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import { Link } from "react-router";
import { type Key, useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { dateTime, shortDay } from "@/shared/time/format";
import { ToldLine } from "@/shared/told/ToldLine";
import { Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { type Dealing, dealingsQuery } from "../api/queries";
import { useEventWords } from "./useEventWords";

/** What there was with a customer (往来), the latest first: one list, each entry with its paper. */
export function Dealings({ id }: { id: string }) {
  const { t } = useSpeech();
  const found = useInfiniteQuery(dealingsQuery(id));
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card stack">
      <h2>{t("customers.dealings")}</h2>
      {found.isPending && <Loading lines={4} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && (
        <p className="muted">{t("customers.noDealing")}</p>
      )}
      {rows.length > 0 && (
        <ol className="dealings">
          {rows.map((row) => (
            <li key={row.id}>
              <time className="muted nowrap" dateTime={row.at} title={dateTime(row.at)}>
                {shortDay(row.at, now())}
              </time>
              <span className="dealing-kind">{t(`customers.kind_${row.kind}` as Key)}</span>
              <What of={row} />
            </li>
          ))}
        </ol>
      )}
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("customers.earlier")}
        </Button>
      )}
    </section>
  );
}

function What({ of }: { of: Dealing }) {
  const { t, say } = useSpeech();
  const { said } = useEventWords();
  if (of.event) {
    return (
      <div className="dealing-what">
        {/* Why stands in the record of who answers for the data; here it is masked. */}
        <span>{said({ ...of.event, reason: null })}</span>
        <span className="muted small">{of.event.by?.name ?? t("staff.byProgram")}</span>
      </div>
    );
  }
  if (of.told) {
    return (
      <div className="dealing-what">
        <ul className="told-list dealing-told">
          <ToldLine of={of.told} />
        </ul>
        {of.told.case && <Link to={`/case/${of.told.case.id}`}>{of.told.case.number}</Link>}
      </div>
    );
  }
  const row = of.case?.row;
  return (
    <div className="dealing-what">
      {of.unit && (
        <Link to={`/unit/${of.unit.id}`}>
          {say(of.unit.model.title)} {of.unit.frame_no?.slice(-6) ?? of.unit.plate}
        </Link>
      )}
      {of.case && (
        <Link to={`/case/${of.case.id}`} className="nowrap">
          {of.case.number}
        </Link>
      )}
      {row && <span className="sub">{say(row.process_title)}</span>}
      {of.matter && <span className="dealing-matter">{of.matter}</span>}
      {row?.unit && <span className="muted small">{row.unit.plate ?? row.unit.frame_no}</span>}
      {row && (
        <span className="push row">
          <span className="muted small">{row.org.name}</span>
          <Tag tone={row.closed_at ? "na" : row.late ? "bad" : "warn"}>{say(row.state.title)}</Tag>
        </span>
      )}
    </div>
  );
}
