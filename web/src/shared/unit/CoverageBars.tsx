import Popover from "antd/es/popover";
import type { Coverage, CoverageBar } from "@/api/types";
import { useSpeech } from "@/shared/i18n";
import { ClauseRef } from "@/shared/ui/ClauseRef";
import { Tag, type Tone } from "@/shared/ui/Tag";
import { type Axis, axis } from "./axis";
import "./unit.css";

const tone: Record<CoverageBar["state"], Tone> = { covered: "ok", soon: "warn", over: "na" };

/** One line per part: green until, grey after; hover, focus or tap opens the arithmetic. */
export function CoverageBars({ coverage }: { coverage: Coverage }) {
  const { t, say } = useSpeech();
  if (coverage.bars.length === 0) return <p className="muted">{t("unit.noCoverage")}</p>;
  const line = axis(coverage.axis.from, coverage.axis.to);
  return (
    <div className="cov">
      <div className="cov-row cov-axis" aria-hidden="true">
        <span />
        <div className="cov-ticks">
          {line.ticks.map((tick) => (
            <span key={tick.day} style={{ left: `${tick.at}%` }}>
              {tick.day.slice(2, 7)}
            </span>
          ))}
        </div>
        <span />
      </div>
      {coverage.bars.map((bar) => (
        <Popover
          key={`${bar.components.join()}${say(bar.fault_group)}`}
          trigger={["hover", "focus", "click"]}
          placement="bottomLeft"
          content={<Why bar={bar} />}
        >
          <div className="cov-row" tabIndex={0} role="button">
            <Bar bar={bar} line={line} today={coverage.today} />
          </div>
        </Popover>
      ))}
    </div>
  );
}

function Bar({ bar, line, today }: { bar: CoverageBar; line: Axis; today: string }) {
  const { t, say } = useSpeech();
  const group = say(bar.fault_group);
  const name = group ? t("unit.group", { part: say(bar.title), fault: group }) : say(bar.title);
  const from = line.at(bar.starts);
  const until = bar.guarantee_until;
  const guaranteed = until && until >= today && until > bar.ends;
  return (
    <>
      <span className="cov-name">{name}</span>
      <div className="cov-bar" aria-hidden="true">
        <i
          className={bar.state}
          style={{ left: `${from}%`, width: `${line.at(bar.ends) - from}%` }}
        />
        <u style={{ left: `${line.at(today)}%` }} />
      </div>
      <span className="cov-state">
        <Tag tone={tone[bar.state]}>{t(`unit.${bar.state}`)}</Tag>{" "}
        <span className="nowrap">
          {bar.state === "over"
            ? t("unit.since", { day: bar.ends })
            : t("unit.until", { day: bar.ends })}
        </span>{" "}
        {guaranteed && <Tag tone="ok">{t("unit.guarantee", { day: until })}</Tag>}{" "}
        {bar.clause && <span className="clause">{bar.clause.label}</span>}
      </span>
    </>
  );
}

function Why({ bar }: { bar: CoverageBar }) {
  const { say } = useSpeech();
  return (
    <div className="cov-why">
      {bar.why.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {bar.clause && (
        <p className="muted">
          <ClauseRef clause={bar.clause} /> {say(bar.clause.text)}
        </p>
      )}
    </div>
  );
}
