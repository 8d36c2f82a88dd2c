import { useState } from "react";
import { Link } from "react-router";
import type { AccountRef, Custody, CustodyMove } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { AccountName, CaseLink } from "@/shared/ledger/AccountName";
import { Tag, type Tone } from "@/shared/ui/Tag";
import { When, Who } from "./Happened";
import { Labels } from "./Labels";

// Where a piece stands, as a colour beside the word: usable, on the move, out of use.
const tones: Record<string, Tone> = {
  stock: "ok",
  reserved: "ok",
  fitted: "ok",
  transit: "warn",
  difference: "bad",
  scrap: "bad",
};

function Where({ account }: { account: AccountRef }) {
  const { t, say } = useSpeech();
  return (
    <>
      <Tag tone={tones[account.rule ?? ""] ?? "na"}>{say(account.title)}</Tag>{" "}
      {account.unit ? (
        <Link to={`/unit/${account.unit}`} title={t("stock.vehicle")}>
          {say(account.about)}
        </Link>
      ) : (
        say(account.about)
      )}
    </>
  );
}

/** The whole life of a serial as a line from its birth down to where it is now. */
export function Life({ of }: { of: Custody }) {
  const { t, say } = useSpeech();
  const [label, setLabel] = useState(false);
  const born = of.moves[0];
  return (
    <section className="card life" aria-label={of.serial}>
      <div className="card-head">
        <h2 className="mono">{of.serial}</h2>
        <span>{say(of.part.title)}</span>
        <span className="muted small">{of.part.code}</span>
        <span className="push row small">
          <span className="muted">{t("stock.moves", { n: of.moves.length })}</span>
          <button type="button" className="link" onClick={() => setLabel(true)}>
            {t("stock.label")}
          </button>
        </span>
      </div>
      <p className="life-now">
        <span className="muted">{t("stock.now")}</span>{" "}
        {of.holder ? <AccountName account={of.holder} short /> : t("stock.nobody")}
      </p>
      <ol className="life-line">
        {born && (
          <li className="life-birth">
            <Where account={born.from} />
          </li>
        )}
        {of.moves.map((move) => (
          <Step key={move.transaction} of={move} />
        ))}
      </ol>
      {label && (
        <Labels part={of.part} tracked first={of.serial} close={() => setLabel(false)} />
      )}
    </section>
  );
}

function Step({ of }: { of: CustodyMove }) {
  const { say } = useSpeech();
  return (
    <li className={of.reverses ? "life-undone" : `life-${tones[of.to.rule ?? ""] ?? "na"}`}>
      <div>
        <Where account={of.to} />
      </div>
      <div className="small">
        {say(of.title)} · <CaseLink of={of.case} from={of.import} />
      </div>
      <div className="small muted">
        <When of={of} whole /> · <Who of={of} />
      </div>
    </li>
  );
}
