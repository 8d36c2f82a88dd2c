import { Link } from "react-router";
import type { Case } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { Stamp } from "@/shared/ui/Stamp";
import { Tag } from "@/shared/ui/Tag";
import { TimeLeft } from "@/shared/ui/TimeLeft";
import { Campaigns } from "@/shared/unit/Campaigns";
import { HeedLines } from "@/shared/unit/HeedLines";
import { Owner } from "@/shared/unit/Owner";
import { Standing } from "@/shared/unit/Standing";
import { Steps } from "./Steps";

/** The head of the paper: number, vehicle, customer, steps, seals, time left. */
export function CaseHead({ one }: { one: Case }) {
  const { t, say } = useSpeech();
  const main = one.tracks.find((track) => track.id === "main") ?? one.tracks[0];
  const side = one.tracks.filter((track) => track !== main && track.state.kind !== "idle");
  const next = one.deadlines
    .filter((deadline) => deadline.due_at && ["running", "breached"].includes(deadline.status))
    .sort((a, b) => (a.due_at ?? "").localeCompare(b.due_at ?? ""))[0];
  return (
    <header className="card case-head">
      {one.seals.length > 0 && (
        <div className="seals">
          {one.seals.map((seal, i) => (
            <Stamp key={say(seal)} word={say(seal)} index={i} />
          ))}
        </div>
      )}
      <div className="case-title">
        <h1>{one.number}</h1>
        <span className="sub">{say(one.process.title)}</span>
        {main && (
          <Tag tone={tone(main.state.kind)}>{say(main.state.title)}</Tag>
        )}
        {side.map((track) => (
          <Tag key={track.id} tone={tone(track.state.kind)}>
            {say(track.title)} · {say(track.state.title)}
          </Tag>
        ))}
        {next?.due_at && !one.closed_at && (
          <span className="case-due">
            <span className="muted">{say(next.title)}</span> <TimeLeft due={next.due_at} />
          </span>
        )}
      </div>
      <p className="sub dots">
        {one.unit ? (
          <span>
            <Link to={`/unit/${one.unit.id}`}>
              {[say(one.unit.model?.title), one.unit.frame_no].filter(Boolean).join(" ")}
            </Link>
          </span>
        ) : (
          one.subject === "unit" && <span className="muted">{t("cases.noVehicle")}</span>
        )}
        {one.customer && (
          <span>
            <Owner owner={one.customer} />
          </span>
        )}
        {one.org && <span>{one.org.name}</span>}
        {one.parent && (
          <span>
            <Link to={`/case/${one.parent.id}`}>
              {t("cases.parent", { number: one.parent.number })}
            </Link>
          </span>
        )}
      </p>
      {one.customer?.id && <Standing customer={one.customer.id} />}
      <HeedLines heeded={one.heeded} />
      {one.unit?.campaigns && !one.closed_at && (
        <Campaigns campaigns={one.unit.campaigns} doing={one.data["campaign_no"]} />
      )}
      <Steps steps={one.steps} />
    </header>
  );
}

function tone(kind: string) {
  if (kind === "done") return "ok";
  if (kind === "cancelled") return "bad";
  return kind === "working" || kind === "idle" ? "na" : "warn";
}
