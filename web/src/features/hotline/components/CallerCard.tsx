import { Link } from "react-router";
import { useSpeech } from "@/shared/i18n";
import { now } from "@/shared/time/clock";
import { shortTime } from "@/shared/time/format";
import { Tag } from "@/shared/ui/Tag";
import { Owner } from "@/shared/unit/Owner";
import { Standing } from "@/shared/unit/Standing";
import type { Caller, CallerCase } from "../api/queries";

interface Props {
  caller: Caller;
  /** Whether the call is taken down for this person; null where there is nobody else. */
  chosen: boolean | null;
  choose: () => void;
  unit: string | null;
  chooseUnit: (unit: string | null) => void;
}

/** Who calls: their vehicles, what is open and promised, what they called about before. */
export function CallerCard({ caller, chosen, choose, unit, chooseUnit }: Props) {
  const { t } = useSpeech();
  const nameless = !caller.name_masked;
  return (
    <section className={`card caller ${chosen ? "chosen" : ""}`}>
      <div className="card-head">
        <h2>{nameless ? t("hotline.nameless") : <Owner owner={caller} />}</h2>
        <span className="push row">
          {chosen !== null && (
            <button type="button" className="chip" aria-pressed={chosen} onClick={choose}>
              {t("hotline.isCalling")}
            </button>
          )}
          <Link to={`/customer/${caller.id}`}>{t("hotline.customerPage")}</Link>
        </span>
      </div>
      {!nameless && <Standing customer={caller.id} />}
      {caller.vehicles.length > 0 && (
        <Vehicles caller={caller} unit={unit} choose={chooseUnit} />
      )}
      {caller.open.length > 0 && (
        <>
          <h3>{t("hotline.open")}</h3>
          {caller.open.map((one) => (
            <OpenRow key={one.id} one={one} />
          ))}
        </>
      )}
      {caller.calls.length > 0 && (
        <>
          <h3>{t("hotline.calls")}</h3>
          {caller.calls.map((one) => (
            <CallRow key={one.id} one={one} />
          ))}
        </>
      )}
      {caller.open.length + caller.calls.length === 0 && (
        <p className="muted small">{t("hotline.nothingBefore")}</p>
      )}
    </section>
  );
}

function Vehicles(props: { caller: Caller; unit: string | null; choose: Props["chooseUnit"] }) {
  const { t, say } = useSpeech();
  const { caller, unit, choose } = props;
  return (
    <div className="row caller-units" role="group" aria-label={t("hotline.vehicles")}>
      {caller.vehicles.map((each) => (
        <span key={each.id} className="caller-unit">
          <button
            type="button"
            className="chip"
            aria-pressed={each.id === unit}
            onClick={() => choose(each.id === unit ? null : each.id)}
          >
            {say(each.model.title)} {each.frame_no?.slice(-6) ?? each.plate ?? ""}
          </button>
          <Link to={`/unit/${each.id}`} className="small">
            {t("hotline.unitPage")}
          </Link>
        </span>
      ))}
    </div>
  );
}

function OpenRow({ one }: { one: CallerCase }) {
  const { t, say } = useSpeech();
  return (
    <div className="history-row">
      <Link to={`/case/${one.id}`} className="nowrap">
        {one.number}
      </Link>
      <span className="sub">{say(one.process_title)}</span>
      <Tag tone={one.late ? "bad" : "warn"}>{say(one.state.title)}</Tag>
      {one.promised_at && (
        <span className={`nowrap ${Date.parse(one.promised_at) < now() ? "late" : ""}`}>
          {t("hotline.promised", { at: shortTime(one.promised_at, now()) })}
        </span>
      )}
      <span className="muted small">{one.org.name}</span>
    </div>
  );
}

function CallRow({ one }: { one: CallerCase }) {
  const { say } = useSpeech();
  return (
    <div className="history-row">
      <span className="muted nowrap">{shortTime(one.opened_at, now())}</span>
      <Link to={`/case/${one.id}`} className="caller-matter">
        {one.matter ?? one.number}
      </Link>
      <Tag tone={one.closed_at ? "na" : one.late ? "bad" : "warn"}>{say(one.state.title)}</Tag>
    </div>
  );
}
