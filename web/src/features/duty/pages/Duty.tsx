import { useQuery } from "@tanstack/react-query";
import Button from "antd/es/button";
import Select from "antd/es/select";
import { useState } from "react";
import { useSearchParams } from "react-router";
import type { DutyDate, DutyHours } from "@/api/types";
import { type Key, useSpeech } from "@/shared/i18n";
import { Failed, Loading } from "@/shared/ui/States";
import { Tag } from "@/shared/ui/Tag";
import { rosterQuery } from "../api/queries";
import { DayBar } from "../components/DayBar";
import { type Editing, ShiftEditor } from "../components/ShiftEditor";
import { Shifts } from "../components/Shifts";
import "./duty.css";

const said = (hours: readonly DutyHours[], and: string) =>
  hours.map((each) => `${each.from}–${each.to}`).join(and);

/** The duty roster (值班表): what stands for every week, and the next two weeks with their gaps. */
export default function Duty() {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const roster = useQuery(rosterQuery(search.get("org"), search.get("from")));
  const [editing, setEditing] = useState<Editing | null>(null);
  if (roster.isPending) return <Loading lines={8} />;
  if (roster.isError) return <Failed error={roster.error} retry={() => void roster.refetch()} />;
  const { org, units, week, days, may_edit } = roster.data;
  const gaps = days.filter((day) => day.gaps.length > 0).length;
  const edit = (next: Editing) =>
    may_edit && (
      <Button
        size="small"
        onClick={() => setEditing(next)}
        aria-label={t("duty.editOf", { day: nameOf(next) })}
      >
        {t("duty.edit")}
      </Button>
    );
  const nameOf = (next: Editing) =>
    "weekday" in next ? t(`duty.day${next.weekday}` as Key) : next.day;
  return (
    <div className="stack duty">
      <div className="page-head">
        <h1>{t("frame.duty")}</h1>
        {units.length > 1 ? (
          <Select
            className="duty-unit"
            aria-label={t("duty.unit")}
            showSearch
            optionFilterProp="label"
            value={org.id}
            onChange={(id: string) => setSearch({ org: id }, { replace: true })}
            options={units.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : (
          <span className="muted">{org.name}</span>
        )}
      </div>
      <p className="muted small">{t("duty.text")}</p>
      {gaps > 0 && (
        <p className="notice warn" role="status">
          {t("duty.gaps", { n: gaps })}
        </p>
      )}
      <section className="card stack" aria-label={t("duty.weekly")}>
        <h2>{t("duty.weekly")}</h2>
        <ol className="duty-week">
          {week.map(({ weekday, shifts }) => (
            <li key={weekday}>
              <b>{t(`duty.day${weekday}` as Key)}</b>
              <Shifts shifts={shifts} none={t("duty.nobody")} />
              {edit({ weekday })}
            </li>
          ))}
        </ol>
      </section>
      <section className="card stack" aria-label={t("duty.dates")}>
        <h2>{t("duty.dates")}</h2>
        <p className="muted small duty-legend">
          <i className="open" /> {t("duty.open")} <i className="on" /> {t("duty.onDuty")}{" "}
          <i className="gap" /> {t("duty.gap")}
        </p>
        <ol className="duty-days">
          {days.map((day, at) => (
            <li key={day.day}>
              <span className="duty-date">
                <b>{day.day.slice(5)}</b>{" "}
                <span className="muted">{t(`duty.day${day.weekday}` as Key)}</span>{" "}
                {day.own && <Tag>{t("duty.own")}</Tag>}
              </span>
              <DayBar day={day} before={days[at - 1]} />
              <div className="duty-said">
                <Shifts shifts={day.shifts} none={t("duty.nobody")} />
                <Notes day={day} />
              </div>
              {edit({ day: day.day, own: day.own })}
            </li>
          ))}
        </ol>
      </section>
      {editing && (
        <ShiftEditor roster={roster.data} editing={editing} close={() => setEditing(null)} />
      )}
    </div>
  );
}

function Notes({ day }: { day: DutyDate }) {
  const { t } = useSpeech();
  return (
    <>
      {day.gaps.length > 0 && (
        <span className="small late">
          {t("duty.gapAt", { hours: said(day.gaps, t("duty.and")) })}
        </span>
      )}
      {day.overlaps.length > 0 && (
        <span className="small muted">
          {t("duty.overlap", { hours: said(day.overlaps, t("duty.and")) })}
        </span>
      )}
    </>
  );
}
