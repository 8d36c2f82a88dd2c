import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { DutyLine } from "@/shared/duty/DutyLine";
import { useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { TimeLeft } from "@/shared/ui/TimeLeft";
import { backQuery } from "../api/queries";

/** Calls to be returned (回电), what is due first at the top. */
export function BackList() {
  const { t } = useSpeech();
  const back = useQuery(backQuery);
  const rows = back.data?.items ?? [];
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t("hotline.back")}</h2>
        {rows.length > 0 && <span className="muted">{rows.length}</span>}
      </div>
      <DutyLine />
      {back.isPending ? (
        <Loading lines={3} />
      ) : back.isError ? (
        <Failed error={back.error} retry={() => void back.refetch()} />
      ) : rows.length === 0 ? (
        <p className="muted">{t("hotline.backNone")}</p>
      ) : (
        rows.map((one) => (
          <Link key={one.id} to={`/case/${one.id}`} className="back-row">
            <span className="row">
              {one.due_at && <TimeLeft due={one.due_at} />}
              <b>{one.customer_masked ?? t("hotline.unknownName")}</b>
              <span className="muted small">{one.number}</span>
            </span>
            <span className="sub">{one.matter}</span>
          </Link>
        ))
      )}
    </section>
  );
}
