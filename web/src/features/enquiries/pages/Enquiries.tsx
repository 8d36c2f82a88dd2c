import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { DutyLine } from "@/shared/duty/DutyLine";
import { useSpeech } from "@/shared/i18n";
import { ExportButton } from "@/shared/ui/ExportButton";
import { Blank, Failed, Loading } from "@/shared/ui/States";
import { usePhone } from "@/shared/ui/usePhone";
import { enquiriesQuery } from "../api/queries";
import { Conversation } from "../components/Conversation";
import { Queue } from "../components/Queue";
import "@/shared/ui/pick.css";
import "./enquiries.css";

const shown = ["all", "mine", "free"] as const;

/** What the page leaves out of the list by itself. */
const narrowed: Record<(typeof shown)[number], Record<string, string>> = {
  all: {},
  mine: { mine: "true" },
  free: { assignee: "" },
};

/** Online enquiries (在线咨询): what waits on the left, one of them on the right. */
export default function Enquiries() {
  const { t } = useSpeech();
  const phone = usePhone();
  const [search, setSearch] = useSearchParams();
  const list = useQuery(enquiriesQuery);
  const chosen = search.get("id");
  const which = shown.find((each) => each === search.get("show")) ?? "all";
  const put = (key: string, value: string | null) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
  if (list.isPending) return <Loading lines={8} />;
  if (list.isError) return <Failed error={list.error} retry={() => void list.refetch()} />;
  const rows = list.data.items.filter(
    (row) => which === "all" || (which === "mine" ? row.mine : !row.assignee),
  );
  const fresh = list.data.items.filter((row) => row.unread > 0).length;
  const waiting = list.data.items.filter((row) => row.waiting).length;
  return (
    <div className={`enquiries ${chosen ? "reading" : ""}`}>
      <div className="enquiry-list">
        <div className="row">
          <h1>{t("frame.enquiries")}</h1>
          <span className="muted">
            {t("enquiries.waiting", { n: waiting })}
            {fresh > 0 && ` · ${t("enquiries.unread", { n: fresh })}`}
          </span>
          {rows.length > 0 && !phone && (
            <ExportButton
              list="enquiries"
              filter={{}}
              only={narrowed[which]}
              columns={[
                { key: "number", title: t("cases.number") },
                { key: "kind", title: t("registers.kind") },
                { key: "channel", title: t("registers.channel") },
                { key: "glimpse", title: t("registers.said") },
                { key: "state", title: t("cases.state") },
                { key: "customer_masked", title: t("cases.customer") },
                { key: "org", title: t("cases.station") },
                { key: "assignee", title: t("cases.assignee") },
                { key: "opened_at", title: t("cases.openedAt") },
                { key: "due_at", title: t("cases.due") },
              ]}
            />
          )}
          <Link to="/open/enquiry" className="enquiry-more">
            {t("enquiries.byHand")}
          </Link>
        </div>
        <DutyLine desk />
        <div className="row" role="group" aria-label={t("enquiries.show")}>
          {shown.map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              aria-pressed={which === each}
              onClick={() => put("show", each === "all" ? null : each)}
            >
              {t(`enquiries.${each}`)}
            </button>
          ))}
        </div>
        {rows.length === 0 ? (
          <Blank title={t("enquiries.none")} text={t("enquiries.noneText")} />
        ) : (
          <Queue rows={rows} chosen={chosen} choose={(id) => put("id", id)} />
        )}
      </div>
      <div className="enquiry-side">
        {chosen ? (
          <>
            <button type="button" className="link enquiry-back" onClick={() => put("id", null)}>
              {t("enquiries.back")}
            </button>
            <Conversation key={chosen} id={chosen} />
          </>
        ) : (
          <p className="muted enquiry-none">{t("enquiries.choose")}</p>
        )}
      </div>
    </div>
  );
}
