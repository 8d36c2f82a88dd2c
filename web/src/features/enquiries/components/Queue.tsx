import { useSpeech } from "@/shared/i18n";
import { TimeLeft } from "@/shared/ui/TimeLeft";
import type { EnquiryRow } from "../api/queries";

interface Props {
  rows: readonly EnquiryRow[];
  chosen: string | null;
  choose: (id: string) => void;
}

/** Enquiries by how they press; arrow keys go from one to the next. */
export function Queue({ rows, chosen, choose }: Props) {
  const { t, say } = useSpeech();
  const walk = (event: React.KeyboardEvent, at: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step === undefined ? undefined : rows[at + step];
    if (!next) return;
    event.preventDefault();
    choose(next.id);
    document.getElementById(`enquiry-${next.id}`)?.focus();
  };
  return (
    <ul className="enquiry-queue" aria-label={t("enquiries.queue")}>
      {rows.map((row, at) => (
        <li key={row.id}>
          <button
            type="button"
            id={`enquiry-${row.id}`}
            aria-current={row.id === chosen}
            className={`${row.waiting ? "waiting" : ""} ${row.unread > 0 ? "unread" : ""}`}
            onClick={() => choose(row.id)}
            onKeyDown={(event) => walk(event, at)}
          >
            <span className="row">
              {row.unread > 0 && (
                <b className="enquiry-unread" aria-label={t("enquiries.unread", { n: row.unread })}>
                  {row.unread > 99 ? "99+" : row.unread}
                </b>
              )}
              {row.urgent && <b className="late">{t("enquiries.danger")}</b>}
              <b>{say(row.kind) || t("enquiries.kindUnknown")}</b>
              <span className="muted small">{say(row.channel)}</span>
              <span className="enquiry-due">
                {row.waiting && row.due_at ? (
                  <TimeLeft due={row.due_at} />
                ) : (
                  <span className="muted small">{say(row.state.title)}</span>
                )}
              </span>
            </span>
            <span className="enquiry-glimpse">{row.glimpse}</span>
            <span className="muted small">
              {[row.customer_masked ?? t("enquiries.nameless"), row.org.name,
                row.assignee?.name ?? t("enquiries.nobody")].join(" · ")}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
