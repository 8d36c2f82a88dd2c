import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { meQuery } from "@/api/queries/session";
import type { AccountRef, SourceCase, SourceImport } from "@/api/types";
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

interface SourceProps {
  of: SourceCase | null;
  from: SourceImport | null;
}

/** The case something stems from as a link, or the workbook it was imported from. */
export function CaseLink({ of, from }: SourceProps) {
  const { t, say } = useSpeech();
  if (!of) {
    return (
      <span>
        {from?.file_name} <span className="muted small">{t("stock.imported")}</span>
      </span>
    );
  }
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
