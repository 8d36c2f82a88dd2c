import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import type { AccountRef, SourceCase } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { accountPath, serialPath } from "./words";
import "./ledger.css";

interface Props {
  account: AccountRef;
  /** Without the part, where it stands beside. */
  short?: boolean;
}

/** An account in words; a link where the reader may open it. */
export function AccountName({ account, short = false }: Props) {
  const { say } = useSpeech();
  const brief = [say(account.title), say(account.about)].filter(Boolean).join(" · ");
  const words = short ? brief : say(account.words);
  if (!account.open) return <span title={account.path}>{words}</span>;
  return (
    <Link to={accountPath(account.path)} title={account.path}>
      {words}
    </Link>
  );
}

/** The case something stems from, as a link. */
export function CaseLink({ of }: { of: SourceCase | null }) {
  const { t, say } = useSpeech();
  if (!of) return <span className="muted">{t("stock.imported")}</span>;
  return (
    <>
      <Link to={`/case/${of.id}`}>{of.number}</Link>{" "}
      <span className="muted small">{say(of.process_title)}</span>
    </>
  );
}

/** Serials, each a link to its whole life for those who see stock. */
export function Serials({ of }: { of: readonly string[] }) {
  const { data: me } = useQuery(meQuery);
  const may = me?.permissions.includes("stock_read");
  return (
    <span className="serial-links mono small">
      {of.map((serial) =>
        may ? (
          <Link key={serial} to={serialPath(serial)}>
            {serial}
          </Link>
        ) : (
          <span key={serial}>{serial}</span>
        ),
      )}
    </span>
  );
}
